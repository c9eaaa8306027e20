namespace Theory.Exponents;

/// <summary>
/// E[g_a(Y) g_b(Y)] for a label of two coordinates: line integrals over its level curves, then double-exponential quadrature over the
/// label between neighbouring critical ones, where its density may be logarithmic or jump.
/// </summary>
internal sealed class PlaneLabelQuadrature
{
    private const int MostChords = 500_000;

    private readonly LevelCurve curve;
    private readonly PlaneMesh mesh;
    private readonly int moments;
    private readonly double[] sums;
    private readonly double[] total;
    private readonly double scale;

    private PlaneLabelQuadrature(PlaneLabel label, int moments)
    {
        mesh = new(label);
        curve = new(label, mesh, moments + 1);
        this.moments = moments;
        sums = new double[moments + 1];
        total = new double[(moments * (moments + 1) / 2) + 1];
        scale = Spread(label);
    }

    /// <summary>The matrix of products, by rows of its lower triangle, with an estimate of its error; <see langword="null"/> when that takes more than the work allowed.</summary>
    internal static (double[] Lower, double Error)? TryIntegrate(PlaneLabel label, int moments)
    {
        var quadrature = new PlaneLabelQuadrature(label, moments);
        var coarse = quadrature.Over(1.0 / 8, 0);
        var offset = quadrature.Over(1.0 / 8, 1.0 / 16);
        // The two shifted rules together are the rule of half the step.
        var fine = coarse.Zip(offset, (a, b) => 0.5 * (a + b)).ToArray();
        if (quadrature.curve.Chords > MostChords)
            return null;
        var error = Math.Max(Math.Abs(fine[0] - 1), coarse.Zip(fine, (a, b) => Math.Abs(a - b)).Max());
        return (fine[1..], error);
    }

    private double[] Over(double step, double shift)
    {
        Array.Clear(total);
        List<double> labels = [double.NegativeInfinity];
        foreach (var value in mesh.CriticalLabels.Where(value => Math.Abs(value) < 1e6 * scale))
        {
            if (value - labels[^1] > 1e-10 * scale)
                labels.Add(value);
        }
        labels.Add(double.PositiveInfinity);
        for (var i = 0; i + 1 < labels.Count; i++)
        {
            for (var t = -4.0 + shift; t <= 4 && curve.Chords <= MostChords; t += step)
                AddNode(labels[i], labels[i + 1], t, step);
        }
        return [.. total];
    }

    private void AddNode(double low, double high, double t, double step)
    {
        var (u, growth) = (0.5 * Math.PI * Math.Sinh(t), 0.5 * Math.PI * Math.Cosh(t));
        var (level, slope) = (double.IsInfinity(low), double.IsInfinity(high)) switch
        {
            (false, false) => (u < 0 ? low + ((high - low) / (1 + Math.Exp(-2 * u))) : high - ((high - low) / (1 + Math.Exp(2 * u))),
                (high - low) * 0.5 * growth / Math.Pow(Math.Cosh(u), 2)),
            (false, true) => (low + (scale * Math.Exp(u)), scale * Math.Exp(u) * growth),
            (true, false) => (high - (scale * Math.Exp(u)), scale * Math.Exp(u) * growth),
            _ => (scale * Math.Sinh(u), scale * Math.Cosh(u) * growth),
        };
        if (level <= low || level >= high || slope < 1e-13 * scale || !double.IsFinite(slope))
            return;
        curve.Integrate(level, sums);
        if (sums[0] < 1e-290)
            return;
        total[0] += step * slope * sums[0];
        for (int a = 1, index = 1; a <= moments; a++)
        {
            for (var b = 1; b <= a; b++, index++)
                total[index] += step * slope * sums[a] * sums[b] / sums[0];
        }
    }

    /// <summary>The typical size of the label's variation.</summary>
    private static double Spread(PlaneLabel label)
    {
        double sum = 0, squares = 0, weight = 0;
        var density = new double[64];
        for (var x = -3.95; x < 4; x += 0.5)
        {
            for (var y = -3.95; y < 4; y += 0.5)
            {
                if (x < label.CutsX[0] || y < label.CutsY[0])
                    continue;
                label.Densities(x, y, density);
                var value = label.Value(x, y);
                if (!double.IsFinite(value))
                    continue;
                (sum, squares, weight) = (sum + (density[0] * value), squares + (density[0] * value * value), weight + density[0]);
            }
        }
        return Math.Sqrt(Math.Max(1e-12, (squares / weight) - Math.Pow(sum / weight, 2)));
    }
}
