using MathNet.Numerics.RootFinding;

namespace Theory.Symbolics;

/// <summary>Roots of a smooth function by sign changes on a fine grid over [−40, 40] and Brent's method; touching roots by the sign changes of the derivative.</summary>
internal static class NumericRoots
{
    /// <summary>Beyond this the standard Gaussian density is below the smallest double.</summary>
    public const double Reach = 40;

    private const double Step = 1.0 / 128;
    private const int MaximumRoots = 2500;

    public static Points Of(Expression g, double lower, double upper)
    {
        (lower, upper) = (Math.Max(lower, -Reach), Math.Min(upper, Reach));
        if (!(lower < upper)) return new([], false);
        var count = Math.Max(16, (int)Math.Ceiling((upper - lower) / Step));
        var z = new double[count + 1];
        for (var i = 0; i <= count; i++) z[i] = lower + (upper - lower) * i / count;
        var values = new double[count + 1];
        g.Evaluate(z, values);
        var slope = g.Differentiate();
        var slopes = new double[count + 1];
        slope.Evaluate(z, slopes);
        var roots = new List<double>();
        for (var i = 0; i <= count; i++)
        {
            if (values[i] == 0)
            {
                if (IsIsolated(values, i)) roots.Add(z[i]);
            }
            else if (i < count && Differ(values[i], values[i + 1]))
            {
                roots.Add(Refine(g, z[i], z[i + 1]));
            }
            else if (i < count && Differ(slopes[i], slopes[i + 1]) && values[i + 1] != 0)
            {
                AddTouching(roots, g, slope, (z[i], z[i + 1]), Math.Max(Math.Abs(values[i]), Math.Abs(values[i + 1])));
            }
            if (roots.Count > MaximumRoots)
                throw new ArgumentException($"{g.Quote} vanishes more than {MaximumRoots} times between -{Reach} and {Reach}: it oscillates too fast for its breakpoints to be found");
        }
        return Points.None.Union(new([.. roots], false));
    }

    /// <summary>A value that underflowed is 0 at its neighbours, too, and no root.</summary>
    private static bool IsIsolated(double[] values, int i) => (i == 0 || values[i - 1] != 0) && (i == values.Length - 1 || values[i + 1] != 0);

    /// <summary>Between two points of equal sign an extremum may touch zero (one root) or cross it twice (two).</summary>
    private static void AddTouching(List<double> roots, Expression g, Expression slope, (double Lower, double Upper) cell, double scale)
    {
        var extremum = Refine(slope, cell.Lower, cell.Upper);
        var value = g.Evaluate(extremum);
        if (Math.Abs(value) <= 1e-13 * scale)
        {
            roots.Add(extremum);
        }
        else if (Differ(value, g.Evaluate(cell.Lower)))
        {
            roots.Add(Refine(g, cell.Lower, extremum));
            roots.Add(Refine(g, extremum, cell.Upper));
        }
    }

    private static bool Differ(double left, double right) => (left < 0 && right > 0) || (left > 0 && right < 0);

    private static double Refine(Expression g, double lower, double upper)
    {
        // Brent also stops at a small value, which must mean small beside those at the ends.
        var scale = Math.Max(Math.Abs(g.Evaluate(lower)), Math.Abs(g.Evaluate(upper)));
        if (!double.IsFinite(scale) || scale == 0) scale = 1;
        return Brent.TryFindRoot(x => g.Evaluate(x) / scale, lower, upper, 1e-16, 200, out var root)
            ? root
            : throw new ArgumentException($"the root of {g.Quote} between {lower:g6} and {upper:g6} could not be found");
    }
}
