using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;

namespace Theory.Dynamics;

/// <summary>Overlap matrices as inputs and outputs: checked, joined, and carried to and from the outside.</summary>
internal static class SgdTables
{
    /// <summary>Ω may have an eigenvalue as low as this times its size: rounding of inputs.</summary>
    private const double LeastEigenvalue = -1e-9;

    public static ImmutableArray<ImmutableArray<double>> Finite(ImmutableArray<ImmutableArray<double>> rows, string name)
    {
        if (rows.IsDefaultOrEmpty) throw new ArgumentException($"{name} must have at least one row", name);
        foreach (var row in rows)
        {
            if (row.IsDefaultOrEmpty || row.Length != rows[0].Length) throw new ArgumentException($"{name} must have rows of one length, at least 1", name);
            foreach (var x in row) Guard.In(x, ParameterRange.Finite, name);
        }

        return rows;
    }

    /// <summary>Ω = [[Q, M], [Mᵀ, P]], row by row.</summary>
    /// <exception cref="InvalidInputException">Shapes do not fit, a matrix is not symmetric, or Ω is not positive semi-definite.</exception>
    public static double[] Join(
        ImmutableArray<ImmutableArray<double>> q, ImmutableArray<ImmutableArray<double>> m, ImmutableArray<ImmutableArray<double>> teacher, string qName = "q", string mName = "m", string pName = "p")
    {
        var (p, k) = (q.Length, teacher.Length);
        RequireSymmetric(q, qName);
        RequireSymmetric(teacher, pName);
        if (m.Length != p || m[0].Length != k) throw new InvalidInputException(mName, $"{mName} must have {p} rows (those of {qName}) of {k} numbers (those of {pName}); got {m.Length} × {m[0].Length}");
        for (var j = 0; j < p; j++)
        {
            if (!(q[j][j] > 0)) throw new InvalidInputException(qName, FormattableString.Invariant($"{qName} must have a positive diagonal; element {j} is {q[j][j]}"));
        }

        var n = p + k;
        var omega = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                omega[i * n + j] = i < p ? j < p ? (q[i][j] + q[j][i]) / 2 : m[i][j - p] : j < p ? m[j][i - p] : (teacher[i - p][j - p] + teacher[j - p][i - p]) / 2;
        }

        var least = Least(omega, n);
        return least >= LeastEigenvalue * (1 + omega.Max())
            ? omega
            : throw new InvalidInputException(mName, FormattableString.Invariant($"the overlaps {qName}, {mName}, {pName} belong to no weights: their joint matrix has the eigenvalue {least:g6}"));
    }

    public static double Least(ReadOnlySpan<double> omega, int n)
    {
        var copy = omega.ToArray();
        return DenseAlgebra.SymmetricEigenvalues(DenseMatrix.Create(n, n, (i, j) => copy[i * n + j]))[0];
    }

    public static ImmutableArray<ImmutableArray<double>> Rows(ReadOnlySpan<double> flat, int rows, int columns, int stride = 0, int firstColumn = 0)
    {
        var result = ImmutableArray.CreateBuilder<ImmutableArray<double>>(rows);
        for (var i = 0; i < rows; i++) result.Add([.. flat.Slice(i * (stride == 0 ? columns : stride) + firstColumn, columns)]);
        return result.MoveToImmutable();
    }

    public static bool Same(ImmutableArray<double> a, ImmutableArray<double> b) => a.AsSpan().SequenceEqual(b.AsSpan());

    public static bool Same(ImmutableArray<ImmutableArray<double>> a, ImmutableArray<ImmutableArray<double>> b) =>
        a.Length == b.Length && a.Zip(b).All(pair => Same(pair.First, pair.Second));

    public static Value ToValue(ImmutableArray<ImmutableArray<double>> rows) => Value.ListOf(rows.Select(row => Value.Vector(row.AsSpan())));

    public static Value ToValue(ImmutableArray<ImmutableArray<ImmutableArray<double>>> tables) => Value.ListOf(tables.Select(ToValue));

    public static ImmutableArray<ImmutableArray<double>> ToMatrix(Value value) => value is Value.List list
        ? [.. list.Items.Select(row => row.ToVector())]
        : throw new FormatException("must be a list of lists of numbers");

    private static void RequireSymmetric(ImmutableArray<ImmutableArray<double>> matrix, string name)
    {
        var n = matrix.Length;
        if (matrix[0].Length != n) throw new InvalidInputException(name, $"{name} must be square; got {n} × {matrix[0].Length}");
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (!(Math.Abs(matrix[i][j] - matrix[j][i]) <= 1e-9 * (1 + Math.Abs(matrix[i][j])))) throw new InvalidInputException(name, $"{name} must be symmetric");
            }
        }
    }
}
