using System.Runtime.Intrinsics;
using Theory.Numerics.Sampling;

namespace Theory.Channels;

/// <summary>The prior ±1 with equal probability: F = E tanh²(A + √A z) = E tanh(A + √A z), Ψ = E log cosh(A + √A z) − A/2.</summary>
public sealed class RademacherPrior : IPriorChannel
{
    // 1 − F < e^{−A/2}.
    private const double Saturation = 200;

    /// <inheritdoc/>
    public int Dimension => 1;

    /// <inheritdoc/>
    public int Rank => 1;

    /// <inheritdoc/>
    public double SecondMoment => 1;

    /// <inheritdoc/>
    public double SquaredMean => 0;

    /// <inheritdoc/>
    public double LargestSnr => 60;

    /// <inheritdoc/>
    public double Overlap(double snr) => Average(snr);

    /// <inheritdoc/>
    public double FreeEntropy(double snr) => LogCosh(snr);

    /// <inheritdoc/>
    public double Denoise(double snr, ReadOnlySpan<double> field, Span<double> mean)
    {
        mean[0] = Math.Tanh(field[0]);
        var cosh = Math.Cosh(Math.Min(Math.Abs(field[0]), 350));
        return 1 / (cosh * cosh);
    }

    /// <inheritdoc/>
    public void Sample(RandomStream random, Span<double> x) => x[0] = random.NextSign();

    /// <summary>E tanh²(A + √A z), a sum of positive terms.</summary>
    internal static double Average(double snr)
    {
        if (snr <= 0) return 0;
        if (snr > Saturation) return 1;
        var root = Math.Sqrt(snr);
        // Poles of tanh at distance π/(2√A).
        var rule = GaussianNodes.ForStrip(Math.PI / (2 * root));
        var nodes = rule.Nodes;
        var weights = rule.Weights;
        var (scale, shift) = (Vector256.Create(root), Vector256.Create(snr));
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < nodes.Length; i++)
        {
            var t = Lanes.Tanh(nodes[i] * scale + shift);
            sum += weights[i] * t * t;
        }

        return Vector256.Sum(sum);
    }

    internal static double LogCosh(double snr)
    {
        if (snr <= 0) return 0;
        if (snr > Saturation) return snr / 2 - Math.Log(2);
        if (snr < 0.01) return StableMath.FreeEntropyNearZero(Average, snr);
        var root = Math.Sqrt(snr);
        var rule = GaussianNodes.ForStrip(Math.PI / (2 * root));
        var nodes = rule.Nodes;
        var weights = rule.Weights;
        var (scale, shift, half) = (Vector256.Create(root), Vector256.Create(snr), Vector256.Create(0.5));
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < nodes.Length; i++)
        {
            // log cosh y = |y| + log((1 + e^{−2|y|})/2)
            var y = Vector256.Abs(nodes[i] * scale + shift);
            sum += weights[i] * (y + Vector256.Log(half + half * Vector256.Exp(-2 * y)));
        }

        return Math.Max(0, Vector256.Sum(sum) - snr / 2);
    }
}
