using System.Collections.Immutable;
using Theory.Hermite.Tensors;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>
/// Labels that, on each box of some variables, are a function of at most one further variable: sums of products in which all other
/// factors are constant between breakpoints, as z1² + sign(z1 z2 z3). Each box is a sheet.
/// </summary>
internal sealed class CellSheets
{
    private const int MaxBoxes = 4096;

    private readonly Expression label;
    private readonly int variables;
    private readonly int continuous;
    private readonly double[][] cuts;

    private CellSheets(Expression label, int continuous, double[][] cuts) =>
        (this.label, variables, this.continuous, this.cuts) = (label, cuts.Length, continuous, cuts);

    /// <summary>The number of moments E[z_i z_j − δ_ij; ·], i ≥ j, in rows of the lower triangle.</summary>
    internal int Moments => variables * (variables + 1) / 2;

    internal MomentLayout Layout
    {
        get
        {
            var layout = new MomentLayout(variables);
            for (int i = 0, moment = 0; i < variables; i++)
            {
                for (var j = 0; j <= i; j++)
                    layout.Set(i, j, moment++);
            }
            return layout;
        }
    }

    /// <summary>The sheets, or <see langword="null"/> when the label has another structure.</summary>
    internal static CellSheets? TryOf(Expression label, FactorisedFunction function)
    {
        var continuous = -1;
        var cuts = new double[function.VariableCount][];
        for (var i = 0; i < cuts.Length; i++)
        {
            Expression[] factors = [.. function.Terms.Select(term => term.Factors.GetValueOrDefault(i + 1)).OfType<Expression>().Distinct()];
            if (!factors.All(factor => factor.Differentiate() is Expression.Number { Value.IsZero: true }))
            {
                if (continuous >= 0)
                    return null;
                continuous = i;
            }
            cuts[i] = [.. factors.SelectMany(factor => ScalarFunction.Of(factor).Breakpoints).Distinct().Order()];
        }
        var boxes = cuts.Where((_, i) => i != continuous).Aggregate(1.0, (product, list) => product * (list.Length + 1));
        return boxes > MaxBoxes ? null : new(label, continuous, cuts);
    }

    internal IReadOnlyList<LabelSheet> Sheets()
    {
        List<LabelSheet> sheets = [];
        Visit(0, label, [], sheets);
        return sheets;
    }

    private void Visit(int variable, Expression restricted, ImmutableList<(double Mass, double Mean, double Second)> moments, List<LabelSheet> sheets)
    {
        if (variable == variables)
        {
            sheets.Add(Sheet(restricted, moments));
            return;
        }
        if (variable == continuous)
        {
            Visit(variable + 1, restricted, moments.Add((1, 0, 0)), sheets);
            return;
        }
        double[] ends = [double.NegativeInfinity, .. cuts[variable], double.PositiveInfinity];
        for (var i = 0; i + 1 < ends.Length; i++)
        {
            var inside = double.IsInfinity(ends[i]) ? (double.IsInfinity(ends[i + 1]) ? 0.5 : ends[i + 1] - 1)
                : double.IsInfinity(ends[i + 1]) ? ends[i] + 1 : 0.5 * (ends[i] + ends[i + 1]);
            var fixedHere = restricted.Substitute(variable + 1, Expression.OfRational(Rational.FromDouble(inside)));
            Visit(variable + 1, fixedHere, moments.Add(IntervalMoments(ends[i], ends[i + 1])), sheets);
        }
    }

    /// <summary>E[(1, z, z² − 1); a &lt; z &lt; b].</summary>
    private static (double Mass, double Mean, double Second) IntervalMoments(double a, double b)
    {
        double Density(double x) => double.IsInfinity(x) ? 0 : Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
        double Tail(double x) => 0.5 * MathNet.Numerics.SpecialFunctions.Erfc(x / Math.Sqrt(2));
        var mass = a > 0 ? Tail(a) - Tail(b) : Tail(-b) - Tail(-a);
        return (mass, Density(a) - Density(b), (double.IsInfinity(a) ? 0 : a * Density(a)) - (double.IsInfinity(b) ? 0 : b * Density(b)));
    }

    private LabelSheet Sheet(Expression restricted, ImmutableList<(double Mass, double Mean, double Second)> moments)
    {
        var function = ScalarFunction.Of(continuous > 0 ? restricted.Substitute(continuous + 1, Expression.OfVariable(1)) : restricted);
        // Every density is a constant times He_k(z) φ(z), k = 0, 1, 2, of the continuous variable.
        var parts = new (double Constant, int Order)[Moments + 1];
        parts[0] = Part(moments, -1, -1);
        for (int i = 0, moment = 1; i < variables; i++)
        {
            for (var j = 0; j <= i; j++)
                parts[moment++] = Part(moments, i, j);
        }
        return new()
        {
            Value = function.Evaluate,
            Slope = LabelSheets.Derivative(function),
            Breakpoints = function.Breakpoints,
            Densities = (z, densities) =>
            {
                var density = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
                for (var moment = 0; moment < parts.Length; moment++)
                    densities[moment] = parts[moment].Constant * density * (parts[moment].Order switch { 0 => 1, 1 => z, _ => (z * z) - 1 });
            },
        };
    }

    private (double Constant, int Order) Part(ImmutableList<(double Mass, double Mean, double Second)> moments, int row, int column)
    {
        var (constant, order) = (1.0, 0);
        for (var k = 0; k < variables; k++)
        {
            var power = (k == row ? 1 : 0) + (k == column ? 1 : 0);
            if (k == continuous)
                order = power;
            else
                constant *= power switch { 0 => moments[k].Mass, 1 => moments[k].Mean, _ => moments[k].Second };
        }
        return (constant, order);
    }
}
