using Theory.Hermite.Tensors;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>A label of two coordinates, each a variable or the length of a group of variables, with its moments.</summary>
/// <param name="Label">The label with its densities.</param>
/// <param name="Layout">Where each moment stands in G.</param>
/// <param name="Moments">The number of moments.</param>
internal sealed record PlaneLabels(PlaneLabel Label, MomentLayout Layout, int Moments)
{
    internal static PlaneLabels Of(Expression label, int[][] groups)
    {
        var layout = new MomentLayout(groups.Sum(group => group.Length));
        for (var g = 0; g < 2; g++)
        {
            foreach (var i in groups[g])
                layout.Set(i, i, g);
        }
        // Off the diagonal only two single variables can correlate; a length has no direction.
        var single = groups[0].Length == 1 && groups[1].Length == 1;
        if (single)
            layout.Set(groups[0][0], groups[1][0], 2);
        var plane = OnPlane(label, groups);
        var (slopeX, slopeY) = (plane.Differentiate(1), plane.Differentiate(2));
        var (x, y) = (new Coordinate(groups[0].Length), new Coordinate(groups[1].Length));
        var moments = single ? 3 : 2;
        return new(
            new()
            {
                Value = (a, b) => plane.Evaluate([a, b]),
                SlopeX = (a, b) => slopeX.Evaluate([a, b]),
                SlopeY = (a, b) => slopeY.Evaluate([a, b]),
                CutsX = [x.Lower, .. AxisCuts(plane, 1).Where(cut => cut > x.Lower && cut < Coordinate.Upper), Coordinate.Upper],
                CutsY = [y.Lower, .. AxisCuts(plane, 2).Where(cut => cut > y.Lower && cut < Coordinate.Upper), Coordinate.Upper],
                Densities = (a, b, densities) =>
                {
                    var density = x.Density(a) * y.Density(b);
                    densities[0] = density;
                    densities[1] = density * x.Excess(a);
                    densities[2] = density * y.Excess(b);
                    if (single)
                        densities[3] = density * a * b;
                },
            },
            layout,
            moments);
    }

    /// <summary>The label with the first variable of each group named z1 and z2, the others 0.</summary>
    private static Expression OnPlane(Expression label, int[][] groups) => Simplifier.Rebuild(label, e => e is Expression.Variable v
        ? v.Index - 1 == groups[0][0] ? Expression.OfVariable(1) : v.Index - 1 == groups[1][0] ? Expression.OfVariable(2) : Simplifier.Zero
        : null).Simplify();

    /// <summary>Lines z_i = const on which a factor of that variable alone has a kink or a jump.</summary>
    private static IEnumerable<double> AxisCuts(Expression expression, int variable)
    {
        if (FactorisedFunction.TryOf(expression) is { } function)
        {
            return function.Terms.Select(term => term.Factors.GetValueOrDefault(variable)).OfType<Expression>().Distinct()
                .SelectMany(factor => ScalarFunction.Of(factor).Breakpoints).Distinct().Order();
        }
        // Without a factorisation the coordinate planes are the likely places; a needless cut does no harm.
        return [0];
    }

    private readonly record struct Coordinate(int Size)
    {
        internal const double Upper = 9;

        internal double Lower => Size == 1 ? -Upper : 0;

        internal double Density(double value) => Size == 1
            ? Math.Exp(-0.5 * value * value) / Math.Sqrt(2 * Math.PI)
            : Math.Exp(((1 - (0.5 * Size)) * Math.Log(2)) - MathNet.Numerics.SpecialFunctions.GammaLn(0.5 * Size)) * Math.Pow(value, Size - 1) * Math.Exp(-0.5 * value * value);

        internal double Excess(double value) => (value * value / Size) - 1;
    }
}
