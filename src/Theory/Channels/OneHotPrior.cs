using System.Runtime.Intrinsics;
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
    private const double Step = 0.25;
    private const double Saturation = 400;

    /// <summary>Creates the prior.</summary>
    /// <param name="clusters">Number of clusters k, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2.</exception>
    public OneHotPrior(int clusters) => Clusters = Guard.AtLeast(clusters, 2, nameof(clusters));

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
    public double LargestSnr => Math.Min(Saturation, 60 * (1 + Math.Log(Clusters)));

    /// <inheritdoc/>
    public double Overlap(double snr) => SecondMoment * Fraction(snr);

    /// <summary>The overlap as a fraction q = F·k/(k − 1), in [0, 1].</summary>
    /// <param name="snr">A, in [0, ∞).</param>
    /// <returns>The fraction.</returns>
    public double Fraction(double snr)
    {
        if (snr <= 0) return 0;
        if (Clusters == 2) return RademacherPrior.Average(snr / 2);
        if (snr > Saturation) return 1;
        var integral = new ClusterIntegral(snr);
        double sum = 0;
        foreach (var s in integral.Positions)
        {
            var (survival, difference) = integral.SurvivalAndDifference(s);
            sum += difference * Math.Pow(survival, Clusters - 1);
        }

        return Math.Clamp(Clusters * Step * sum / (Clusters - 1), 0, 1);
    }

    /// <inheritdoc/>
    public double FreeEntropy(double snr)
    {
        if (snr <= 0) return 0;
        if (Clusters == 2) return RademacherPrior.LogCosh(snr / 2);
        double total;
        if (snr > Saturation) total = snr;
        else
        {
            var integral = new ClusterIntegral(snr);
            double sum = 0;
            foreach (var s in integral.Positions)
                sum += Math.Exp(-Math.Exp(s)) - integral.Survival(s + snr) * Math.Pow(integral.Survival(s), Clusters - 1);
            total = Step * sum;
        }

        return Math.Max(0, total - Math.Log(Clusters) - snr / 2 - snr / (2 * Clusters));
    }

    /// <summary>Fraction of labels that the most probable cluster gets right, up to a global permutation: ∫ φ(z) Φ(z + √A)^{k−1} dz.</summary>
    /// <param name="snr">A, in [0, ∞).</param>
    /// <returns>The fraction, from 1/k to 1.</returns>
    public double LabelAccuracy(double snr)
    {
        var root = Math.Sqrt(Math.Max(0, snr));
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

    /// <summary>ℓ₀ and ℓ₁(s + A) − ℓ₁(s) at one signal-to-noise ratio.</summary>
    private readonly struct ClusterIntegral
    {
        private readonly NodeRule rule;
        private readonly double[] growth;
        private readonly double snr;
        private readonly double first;
        private readonly int count;

        public ClusterIntegral(double snr)
        {
            this.snr = snr;
            var root = Math.Sqrt(snr);
            rule = GaussianNodes.WithStep(Math.Min(0.36, 0.25 / root));
            growth = new double[4 * rule.Nodes.Length];
            for (var i = 0; i < rule.Nodes.Length; i++) Vector256.Exp(rule.Nodes[i] * root).CopyTo(growth.AsSpan(4 * i));
            first = -(snr + 9.5 * root) - 37;
            count = (int)Math.Ceiling((9.5 * root + 4.5 - first) / Step) + 1;
        }

        public IEnumerable<double> Positions
        {
            get
            {
                for (var i = 0; i < count; i++) yield return first + i * Step;
            }
        }

        /// <summary>ℓ₀(s).</summary>
        public double Survival(double s)
        {
            var weights = rule.Weights;
            var scale = Vector256.Create(-Math.Exp(s));
            var sum = Vector256<double>.Zero;
            for (var i = 0; i < weights.Length; i++) sum += weights[i] * Vector256.Exp(scale * Vector256.LoadUnsafe(in growth[4 * i]));
            return Vector256.Sum(sum);
        }

        /// <summary>ℓ₀(s), and ℓ₁(s + A) − ℓ₁(s) = E[e^y e^{−e^y} (exp(A − e^y(e^A − 1)) − 1)] at y = s + √A z.</summary>
        public (double Survival, double Difference) SurvivalAndDifference(double s)
        {
            var weights = rule.Weights;
            var (scale, shift, gain) = (Vector256.Create(Math.Exp(s)), Vector256.Create(snr), Vector256.Create(StableMath.ExpM1(snr)));
            var (survival, difference) = (Vector256<double>.Zero, Vector256<double>.Zero);
            for (var i = 0; i < weights.Length; i++)
            {
                var y = scale * Vector256.LoadUnsafe(in growth[4 * i]);
                var decay = weights[i] * Vector256.Exp(-y);
                survival += decay;
                difference += decay * y * Lanes.ExpM1(shift - y * gain);
            }

            return (Vector256.Sum(survival), Vector256.Sum(difference));
        }
    }
}
