using System.Collections.Immutable;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>The label y = f⋆(z) + √Δ ξ as quadrature sees it: values, and where f⋆ is not smooth in one variable given those before it.</summary>
internal sealed class TargetLaw(Expression target, int directions, double noise)
{
    private static readonly double[] Generic = [0.6180339887, -1.1447298858, 0.2914560794, 1.7320508076];
    private readonly Expression formula = target.Simplify();
    private ImmutableArray<double>[]? common;

    public int Directions => directions;

    public bool IsNoisy => noise > 0;

    public double NoiseDeviation { get; } = Math.Sqrt(noise);

    /// <summary>f⋆ of many points, direction by direction.</summary>
    public void Evaluate(ReadOnlySpan<double> columns, Span<double> values) => target.Evaluate(columns, values);

    /// <summary>Points at which to split the integral over z_j given z_1 … z_{j−1} (later variables integrated): exact for the last variable, for others those that do not move with the later ones.</summary>
    public ReadOnlySpan<double> Splits(ReadOnlySpan<double> before)
    {
        var j = before.Length;
        if (directions == 1) return One(formula);
        if (common is null) Prepare();
        if (j < directions - 1 || common![j].IsDefault) return common![j].IsDefault ? default : common[j].AsSpan();
        var conditional = formula;
        for (var i = 0; i < j; i++) conditional = conditional.Substitute(i + 1, Constant(before[i]));
        return One(conditional.Substitute(directions, Expression.OfVariable(1)));
    }

    /// <summary>Finds the points of each variable at generic values of the others; no points at all means that the integral need not be split.</summary>
    private void Prepare()
    {
        var found = new ImmutableArray<double>[directions];
        for (var j = 0; j < directions; j++)
        {
            HashSet<double>? shared = null;
            var any = false;
            for (var trial = 0; trial < 3; trial++)
            {
                var points = One(Others(j, trial)).ToArray();
                any |= points.Length > 0;
                var rounded = points.Select(x => Math.Round(x, 10)).ToHashSet();
                if (shared is null) shared = rounded;
                else shared.IntersectWith(rounded);
            }
            if (any) found[j] = [.. shared!.Order()];
        }
        common = found;
    }

    private Expression Others(int j, int trial)
    {
        var conditional = formula;
        for (var i = 0; i < directions; i++)
            if (i != j) conditional = conditional.Substitute(i + 1, Constant(Generic[(i + trial) % Generic.Length]));
        return conditional.Substitute(j + 1, Expression.OfVariable(1));
    }

    private static Expression Constant(double value) => Expression.OfRational(Fractions.Fraction.FromDouble(value));

    private static ReadOnlySpan<double> One(Expression conditional) => ScalarFunction.Of(conditional).SplitPoints.AsSpan();
}
