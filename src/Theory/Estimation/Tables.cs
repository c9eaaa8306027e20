using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;

namespace Theory.Estimation;

/// <summary>Lists and tables of numbers as inputs: checked, compared, and carried to and from the outside.</summary>
internal static class Tables
{
    public static ImmutableArray<double> In(ImmutableArray<double> values, ParameterRange range, string name)
    {
        if (values.IsDefaultOrEmpty) throw new ArgumentException($"{name} must have at least one element", name);
        foreach (var value in values) Guard.In(value, range, name);
        return values;
    }

    public static ImmutableArray<ImmutableArray<double>> In(ImmutableArray<ImmutableArray<double>> rows, ParameterRange range, string name)
    {
        if (rows.IsDefaultOrEmpty) throw new ArgumentException($"{name} must have at least one row", name);
        foreach (var row in rows) In(row, range, name);
        return rows;
    }

    public static ImmutableArray<ImmutableArray<ImmutableArray<double>>> In(ImmutableArray<ImmutableArray<ImmutableArray<double>>> tables, string name)
    {
        if (tables.IsDefaultOrEmpty) throw new ArgumentException($"{name} must have at least one table", name);
        foreach (var table in tables) In(table, ParameterRange.Finite, name);
        return tables;
    }

    /// <summary>Positive numbers that sum to 1.</summary>
    public static ImmutableArray<double> Law(ImmutableArray<double> weights, string name)
    {
        var sum = In(weights, new ParameterRange(0, false, 1, true), name).Sum();
        return Math.Abs(sum - 1) <= 1e-9 ? weights : throw new ArgumentException(FormattableString.Invariant($"{name} must sum to 1 within 1e-9; they sum to {sum:R}"), name);
    }

    /// <summary>A symmetric and positive semi-definite matrix.</summary>
    public static void RequireGram(ImmutableArray<ImmutableArray<double>> gram, string name)
    {
        var matrix = DenseMatrix.Create(gram.Length, gram.Length, (c, e) => gram[c][e]);
        if ((matrix - matrix.Transpose()).Enumerate().Any(x => Math.Abs(x) > 1e-9)) throw new InvalidInputException(name, $"{name} must be symmetric");
        var least = DenseAlgebra.SymmetricEigenvalues(matrix)[0];
        if (least < -1e-9 * (1 + matrix.Trace()))
            throw new InvalidInputException(name, FormattableString.Invariant($"{name} belongs to no vectors: it has the eigenvalue {least:g6}"));
    }

    public static bool Same(ImmutableArray<double> a, ImmutableArray<double> b) => a.AsSpan().SequenceEqual(b.AsSpan());

    public static bool Same(ImmutableArray<ImmutableArray<double>> a, ImmutableArray<ImmutableArray<double>> b) =>
        a.Length == b.Length && a.Zip(b).All(pair => Same(pair.First, pair.Second));

    public static bool Same(ImmutableArray<ImmutableArray<ImmutableArray<double>>> a, ImmutableArray<ImmutableArray<ImmutableArray<double>>> b) =>
        a.Length == b.Length && a.Zip(b).All(pair => Same(pair.First, pair.Second));

    public static Value ToValue(ImmutableArray<double> values) => Value.Vector(values.AsSpan());

    public static Value ToValue(ImmutableArray<ImmutableArray<double>> rows) => Value.ListOf(rows.Select(ToValue));

    public static Value ToValue(ImmutableArray<ImmutableArray<ImmutableArray<double>>> tables) => Value.ListOf(tables.Select(ToValue));

    public static ImmutableArray<ImmutableArray<double>> ToMatrix(Value value) => [.. Items(value, "a list of lists of numbers").Select(v => v.ToVector())];

    public static ImmutableArray<ImmutableArray<ImmutableArray<double>>> ToTables(Value value) => [.. Items(value, "a list of matrices").Select(ToMatrix)];

    public static void RequireLength(int expected, int actual, string name, string other)
    {
        if (actual != expected) throw new InvalidInputException(name, $"{name} must have as many elements as {other}, {expected}; got {actual}");
    }

    private static ImmutableArray<Value> Items(Value value, string what) => value is Value.List list ? list.Items : throw new FormatException($"must be {what}");
}
