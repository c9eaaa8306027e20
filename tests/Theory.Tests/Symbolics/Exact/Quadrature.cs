using MathNet.Numerics.Integration;

namespace Theory.Tests.Symbolics.Exact;

/// <summary>Hermite coefficients by composite Gauss–Legendre on [−15, 15], split at breakpoints, geometrically refined towards them.</summary>
internal static class Quadrature
{
    public static double[] OrthonormalCoefficients(Func<double, double> f, IEnumerable<double> breakpoints, int order)
    {
        var sums = new double[order + 1];
        foreach ((double low, double high) in Panels([.. breakpoints]))
        {
            var rule = new GaussLegendreRule(low, high, 24);
            for (int i = 0; i < rule.Order; i++)
            {
                double z = rule.GetAbscissa(i), weight = rule.GetWeight(i) * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * f(z);
                (double previous, double current) = (0, 1);
                for (int k = 0; k <= order; k++)
                {
                    sums[k] += weight * current;
                    (previous, current) = (current, ((z * current) - (Math.Sqrt(k) * previous)) / Math.Sqrt(k + 1));
                }
            }
        }
        return sums;
    }

    private static IEnumerable<(double Low, double High)> Panels(double[] breakpoints)
    {
        const double range = 15, width = 0.5, ratio = 0.15;
        const int levels = 20;
        SortedSet<double> cuts = [.. Enumerable.Range(0, 61).Select(i => -range + (width * i))];
        foreach (double b in breakpoints.Where(b => Math.Abs(b) < range))
        {
            cuts.Add(b);
            for (int level = 0; level < levels; level++)
            {
                cuts.Add(b + (width * Math.Pow(ratio, level)));
                cuts.Add(b - (width * Math.Pow(ratio, level)));
            }
        }
        return cuts.Zip(cuts.Skip(1));
    }
}
