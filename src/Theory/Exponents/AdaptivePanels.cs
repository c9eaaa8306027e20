using MathNet.Numerics.Integration;

namespace Theory.Exponents;

/// <summary>Several integrals over one interval at once, by Gauss–Legendre panels halved until both halves agree with the whole.</summary>
internal sealed class AdaptivePanels
{
    private const int MaxDepth = 30;

    private readonly GaussLegendreRule rule = new(-1, 1, 12);
    private readonly Action<double, double[]> integrand;
    private readonly double[] scratch;
    private readonly double tolerance;

    /// <param name="outputs">The number of integrals.</param>
    /// <param name="integrand">Writes all integrands at a point.</param>
    /// <param name="tolerance">Absolute tolerance of a panel, for every integral.</param>
    internal AdaptivePanels(int outputs, Action<double, double[]> integrand, double tolerance)
    {
        this.integrand = integrand;
        this.tolerance = tolerance;
        (scratch, Total) = (new double[outputs], new double[outputs]);
    }

    internal double[] Total { get; }

    /// <summary>The sum of the disagreements of accepted panels: an estimate of the error, usually far too large.</summary>
    internal double Error { get; private set; }

    internal void Add(double from, double to, double longestPanel)
    {
        if (from.Equals(to))
            return;
        var panels = Math.Max(1, (int)Math.Ceiling(Math.Abs(to - from) / longestPanel));
        for (var i = 0; i < panels; i++)
        {
            var (a, b) = (from + ((to - from) * i / panels), from + ((to - from) * (i + 1) / panels));
            Refine(a, b, Panel(a, b), double.PositiveInfinity, MaxDepth);
        }
    }

    private void Refine(double from, double to, double[] whole, double before, int depth)
    {
        var middle = 0.5 * (from + to);
        var (left, right) = (Panel(from, middle), Panel(middle, to));
        var worst = 0.0;
        for (var i = 0; i < whole.Length; i++)
            worst = Math.Max(worst, Math.Abs(left[i] + right[i] - whole[i]));
        // A disagreement that halving does not reduce is rounding noise of the integrand: next to a critical label it grows inwards.
        if (worst > tolerance && worst < 0.9 * before && depth > 0)
        {
            Refine(from, middle, left, worst, depth - 1);
            Refine(middle, to, right, worst, depth - 1);
            return;
        }
        Error += worst;
        for (var i = 0; i < whole.Length; i++)
            Total[i] += left[i] + right[i];
    }

    private double[] Panel(double from, double to)
    {
        var (centre, half) = (0.5 * (from + to), 0.5 * (to - from));
        var sum = new double[scratch.Length];
        for (var node = 0; node < rule.Order; node++)
        {
            integrand(centre + (half * rule.GetAbscissa(node)), scratch);
            var weight = Math.Abs(half) * rule.GetWeight(node);
            for (var i = 0; i < sum.Length; i++)
                sum[i] += weight * scratch[i];
        }
        return sum;
    }
}
