using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Channels;

/// <summary>
/// Centred cluster memberships: x = e_c − (1/k)(1, …, 1) with c uniform on k clusters, of rank k − 1. The overlap is written F = ((k−1)/k) q with
/// q = (kG − 1)/(k − 1) in [0, 1], G = E of the posterior weight of the true cluster.
/// </summary>
/// <remarks>
/// With ℓ₀(s) = E exp(−e^{s+√A z}) and ℓ₁ = −ℓ₀′, writing 1/S = ∫e^{−tS}dt gives two one-dimensional integrals whose cost does not depend on k:
/// <code>
/// G = ∫ ℓ₁(s + A) ℓ₀(s)^{k−1} ds,      E log Σ_c e^{…} = ∫ [exp(−e^s) − ℓ₀(s + A) ℓ₀(s)^{k−1}] ds.
/// </code>
/// Since ∫ kℓ₁ℓ₀^{k−1} = 1, q is evaluated from ℓ₁(s + A) − ℓ₁(s), which loses no digits at small A. Two clusters are ±1 at half the signal-to-noise ratio.
/// </remarks>
public sealed class OneHotPrior : IPriorChannel
{
    private readonly double saturation;

    /// <summary>Creates the prior.</summary>
    /// <param name="clusters">Number of clusters k, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2.</exception>
    public OneHotPrior(int clusters)
    {
        Clusters = Guard.AtLeast(clusters, 2, nameof(clusters));
        // 1 − q < k e^{−A/4}.
        saturation = 160 + 4 * Math.Log(clusters);
    }

    /// <summary>Number of clusters k.</summary>
    public int Clusters { get; }

    /// <inheritdoc/>
    public int Dimension => Clusters;

    /// <inheritdoc/>
    public int Rank => Clusters - 1;

    /// <inheritdoc/>
    public double SecondMoment => (Clusters - 1.0) / Clusters;

    /// <inheritdoc/>
    public double SquaredMean => 0;

    /// <inheritdoc/>
    public double LargestSnr => Math.Min(saturation, 60 * (1 + Math.Log(Clusters)));

    /// <inheritdoc/>
    public double Overlap(double snr) => SecondMoment * Fraction(snr);

    /// <summary>The overlap as a fraction q = F·k/(k − 1), in [0, 1].</summary>
    /// <param name="snr">A, in [0, ∞).</param>
    /// <returns>The fraction.</returns>
    public double Fraction(double snr)
    {
        if (snr <= 0) return 0;
        if (Clusters == 2) return RademacherPrior.Average(snr / 2);
        return snr > saturation ? 1 : Math.Clamp(Clusters * ClusterIntegral.Gain(snr, Clusters) / (Clusters - 1), 0, 1);
    }

    /// <inheritdoc/>
    public double FreeEntropy(double snr)
    {
        if (snr <= 0) return 0;
        if (Clusters == 2) return RademacherPrior.LogCosh(snr / 2);
        if (snr < ClusterIntegral.Narrow) return StableMath.FreeEntropyNearZero(Overlap, snr);
        var total = snr > saturation ? snr : ClusterIntegral.LogSum(snr, Clusters);
        return Math.Max(0, total - Math.Log(Clusters) - snr / 2 - snr / (2 * Clusters));
    }

    /// <summary>Fraction of labels that the most probable cluster gets right, up to a global permutation: ∫ φ(z) Φ(z + √A)^{k−1} dz.</summary>
    /// <param name="snr">A, in [0, ∞).</param>
    /// <returns>The fraction, from 1/k to 1.</returns>
    public double LabelAccuracy(double snr)
    {
        var root = Math.Sqrt(Math.Max(0, snr));
        if (Clusters == 2) return MathNet.Numerics.SpecialFunctions.Erfc(-root / 2) / 2;
        const double step = 0.1;
        double sum = 0;
        for (var i = -95; i <= 95; i++)
        {
            var z = i * step;
            var cdf = MathNet.Numerics.SpecialFunctions.Erfc(-(z + root) / Math.Sqrt(2)) / 2;
            sum += Math.Exp(-z * z / 2) * Math.Pow(cdf, Clusters - 1);
        }

        return Math.Min(1, step * sum / Math.Sqrt(2 * Math.PI));
    }

    /// <inheritdoc/>
    public double Denoise(double snr, ReadOnlySpan<double> field, Span<double> mean)
    {
        // |x|² is the same for every cluster, so that A does not enter.
        var largest = double.NegativeInfinity;
        for (var c = 0; c < Clusters; c++) largest = Math.Max(largest, field[c]);
        double norm = 0, squares = 0;
        for (var c = 0; c < Clusters; c++) norm += mean[c] = Math.Exp(field[c] - largest);
        for (var c = 0; c < Clusters; c++)
        {
            var weight = mean[c] / norm;
            squares += weight * (1 - weight);
            mean[c] = weight - 1.0 / Clusters;
        }

        return squares;
    }

    /// <inheritdoc/>
    public void Sample(RandomStream random, Span<double> x)
    {
        x[..Clusters].Fill(-1.0 / Clusters);
        x[random.Next(Clusters)] += 1;
    }
}
