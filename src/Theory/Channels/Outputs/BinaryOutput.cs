using Theory.Numerics.Quadrature;

namespace Theory.Channels;

/// <summary>Labels ±1 of a teacher: I = E_ω Σ_y P′(y|ω)²/P(y|ω) with P smoothed over V.</summary>
internal sealed class BinaryOutput(IBinaryTeacher teacher, double rho, bool isEven, bool isSign) : IOutputChannel
{
    private const double Range = 9.5;
    private readonly FocusedPanels panels = new(16, 1.5);
    private readonly double[] places = new double[Math.Max(1, teacher.StepCount)];

    public bool IsTrivialAtOrigin { get; } = isEven || Math.Abs(teacher.At(1, 0, rho).Slope) * Math.Sqrt(rho) < 1e-13;

    public double DeterminedFraction => 0;

    // The gaps between thresholds, and the noise, are scales of the teacher.
    public double SmallestScale { get; } = Smallest(teacher, rho);

    public double Information(double q, double variance) => Average(q, variance, static (p, slope) => slope == 0 ? 0 : slope * slope / p);

    public double Evidence(double q, double variance) => Average(q, variance, static (p, _) => p * Math.Log(p));

    public double LeastError(double q, double variance)
    {
        // P(y ω < 0) of jointly Gaussian fields.
        if (isSign && teacher is ThresholdTeacher { Noise: var noise })
            return q > 0 ? Math.Atan2(Math.Sqrt(variance + noise), Math.Sqrt(q)) / Math.PI : 0.5;
        return 0.5 * Average(q, variance, (p, _) => Math.Min(p, 1 - p));
    }

    private double Average(double q, double variance, Func<double, double, double> term)
    {
        var root = Math.Sqrt(q);
        panels.Reset(-Range, Range);
        var scale = teacher.Steps(variance, places);
        if (root > 0)
            for (var i = 0; i < teacher.StepCount; i++) panels.AddFocus(places[i] / root, 2 * scale / root);
        panels.Build();
        var nodes = panels.Nodes;
        var weights = panels.Weights;
        double sum = 0;
        for (var i = 0; i < nodes.Length; i++)
        {
            var weight = weights[i] * GaussianTail.Density(nodes[i]);
            for (var label = 1; label >= -1; label -= 2)
            {
                var (p, slope) = teacher.At(label, root * nodes[i], variance);
                if (p > 0) sum += weight * term(p, slope);
            }
        }
        return sum;
    }

    private static double Smallest(IBinaryTeacher teacher, double rho)
    {
        var places = new double[Math.Max(1, teacher.StepCount)];
        var scale = teacher.Steps(0, places);
        var least = scale > 0 ? scale : Math.Sqrt(rho);
        for (var i = 1; i < teacher.StepCount; i++) least = Math.Min(least, places[i] - places[i - 1]);
        return least * least;
    }
}
