using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>A model of the batch map with its defaults filled in and its parts checked against each other.</summary>
internal sealed record BatchMapSetting(DenseMatrix Q, DenseMatrix M, DenseMatrix P, ImmutableArray<double> Readout, ScalarFunction Activation, Expression? Target)
{
    public static BatchMapSetting Of(BatchMapModel model)
    {
        var (students, teachers) = (model.M0.Length, model.M0[0].Length);
        if (model.HermiteOrder is not null && model.Activation is not null) throw new InvalidInputException("activation", "give either hermite_order or activation, not both");
        if (model.Order is { } order)
        {
            RequireSingle(model);
            return new(Unit(1), DenseMatrix.Create(1, 1, model.M0[0][0]), Unit(1), [1], $"He{order}(z)/sqrt({Factorial(order)})", null);
        }
        if (teachers > 9) throw new InvalidInputException("m0", $"m0 must have at most 9 columns, one for each teacher; got {teachers}");
        var q = Square(model.Q0, students, "q0", "rows");
        var p = Square(model.P, teachers, "p", "columns");
        var a = model.A.IsDefaultOrEmpty ? [.. Enumerable.Repeat(1.0, students)] : model.A;
        if (a.Length != students) throw new InvalidInputException("a", $"a must have {students} elements, as m0 has rows; got {a.Length}");
        if (!a.All(double.IsFinite)) throw new InvalidInputException("a", "a must be finite");
        var m = DenseMatrix.Create(students, teachers, (j, r) => model.M0[j][r]);
        for (var j = 0; j < students && model.IsSpherical; j++)
            if (!(Math.Abs(q[j, j] - 1) <= 1e-9)) throw new InvalidInputException("q0", FormattableString.Invariant($"q0 must have ones on its diagonal for spherical weights; got {q[j, j]:g6}"));
        if (model.Target is { } target && target.VariableCount > teachers)
            throw new InvalidInputException("target", $"target {target} has {target.VariableCount} variables, but m0 has {teachers} columns");
        try
        {
            OverlapFactor.Of(q, m, p);
        }
        catch (ArgumentException e) when (e is not InvalidInputException)
        {
            throw new InvalidInputException("q0", e.Message.Split(" (Parameter")[0], e);
        }
        return new(q, m, p, a, model.Activation!, model.Target);
    }

    /// <summary>The target as a formula in the teacher fields z1 … zk.</summary>
    public Expression Label
    {
        get
        {
            if (Target is not null) return Target;
            var k = P.RowCount;
            var sum = Expression.OfRational(0);
            for (var r = 1; r <= k; r++) sum += Activation.Expression!.Substitute(1, Expression.OfVariable(r));
            return (sum * Expression.OfRational(new(1, k))).Simplify();
        }
    }

    private static void RequireSingle(BatchMapModel model)
    {
        if (model.M0 is not [[var m]]) throw new InvalidInputException("m0", "m0 must be one number with hermite_order");
        if (!(Math.Abs(m) <= 1)) throw new InvalidInputException("m0", FormattableString.Invariant($"m0 must be in [-1, 1] with hermite_order; got {m}"));
        if (model.Spherical is false) throw new InvalidInputException("spherical", "the weight is spherical with hermite_order; give an activation for one that is not");
        var (name, isGiven) = model switch
        {
            { Target: not null } => ("target", true),
            { Q0.IsDefaultOrEmpty: false } => ("q0", !(model.Q0 is [[1.0]])),
            { P.IsDefaultOrEmpty: false } => ("p", !(model.P is [[1.0]])),
            { A.IsDefaultOrEmpty: false } => ("a", !(model.A is [1.0])),
            _ => ("", false),
        };
        if (isGiven) throw new InvalidInputException(name, $"{name} is fixed by hermite_order: one unit student, one unit teacher of the same kind, a = 1");
    }

    private static DenseMatrix Square(ImmutableArray<ImmutableArray<double>> rows, int size, string name, string what)
    {
        if (rows.IsDefaultOrEmpty) return Unit(size);
        if (rows.Length != size || rows.Any(row => row.Length != size)) throw new InvalidInputException(name, $"{name} must be {size} × {size}, as m0 has {size} {what}");
        return rows.All(row => row.All(double.IsFinite)) ? DenseMatrix.Create(size, size, (i, j) => rows[i][j]) : throw new InvalidInputException(name, $"{name} must be finite");
    }

    private static DenseMatrix Unit(int size) => DenseMatrix.CreateIdentity(size);

    private static long Factorial(int n) => Enumerable.Range(1, n).Aggregate(1L, (product, i) => product * i);
}
