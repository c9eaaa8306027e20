using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Channels;

/// <summary>A prior on finitely many numbers x_j with probabilities p_j. The posterior mean is a softmax of log p_j + B x_j − A x_j²/2.</summary>
public sealed class DiscretePrior : IPriorChannel
{
    private const double LargestSpread = 200;
    private readonly double[] logWeights;
    private readonly double mean;
    private readonly double extent;
    private readonly double width;
    private readonly double saturation;

    /// <summary>Creates the prior.</summary>
    /// <param name="values">The numbers x_j: at least two, finite and distinct, their range at most 200 times their least distance.</param>
    /// <param name="probabilities">Their probabilities, in (0, 1), of sum 1 within 1e-9 (they are then normalised).</param>
    /// <exception cref="ArgumentException">The lists are not as they must be.</exception>
    public DiscretePrior(ImmutableArray<double> values, ImmutableArray<double> probabilities)
    {
        if (values.Length < 2 || values.Length != probabilities.Length)
            throw new ArgumentException($"values and probabilities must be equally many, at least two; got {values.Length} and {probabilities.Length}.", nameof(values));
        foreach (var x in values) Guard.In(x, ParameterRange.Finite, nameof(values));
        foreach (var p in probabilities) Guard.In(p, ParameterRange.Between(0, 1), nameof(probabilities));
        var total = probabilities.Sum();
        if (Math.Abs(total - 1) > 1e-9) throw new ArgumentException($"probabilities must sum to 1; got {total}.", nameof(probabilities));

        Values = values;
        Probabilities = [.. probabilities.Select(p => p / total)];
        var sorted = values.Sort();
        var gap = Enumerable.Range(1, sorted.Length - 1).Min(i => sorted[i] - sorted[i - 1]);
        width = sorted[^1] - sorted[0];
        if (!(gap > 0 && width <= LargestSpread * gap)) throw new ArgumentException($"values must be distinct, their range at most {LargestSpread} times their least distance; got {width} and {gap}.", nameof(values));

        SecondMoment = Moment(2);
        extent = values.Max(Math.Abs);
        var first = Moment(1);
        // What rounding leaves of a centred prior is no mean.
        mean = Math.Abs(first) <= 1e-14 * Math.Sqrt(SecondMoment) ? 0 : first;
        logWeights = [.. Probabilities.Select(Math.Log)];
        var rarity = -logWeights.Min();
        // The overlap differs from E x² by less than e^{−A gap²/8}, up to factors of 1/p.
        saturation = (400 + 16 * rarity) / (gap * gap);
        LargestSnr = 60 * (1 + rarity) / (gap * gap);
    }

    /// <summary>The numbers x_j.</summary>
    public ImmutableArray<double> Values { get; }

    /// <summary>Their probabilities p_j.</summary>
    public ImmutableArray<double> Probabilities { get; }

    /// <inheritdoc/>
    public int Dimension => 1;

    /// <inheritdoc/>
    public int Rank => 1;

    /// <inheritdoc/>
    public double SecondMoment { get; }

    /// <inheritdoc/>
    public double SquaredMean => mean * mean;

    /// <inheritdoc/>
    public double LargestSnr { get; }

    /// <summary>0 with probability 1 − ρ, ±1 with probability ρ/2 each.</summary>
    /// <param name="sparsity">ρ, in (0, 1).</param>
    /// <returns>The prior.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public static DiscretePrior SparseRademacher(double sparsity)
    {
        Guard.In(sparsity, ParameterRange.Between(0, 1), nameof(sparsity));
        return new([0, 1, -1], [1 - sparsity, sparsity / 2, sparsity / 2]);
    }

    /// <summary>1 with probability ρ, else 0: a prior whose mean ρ is not 0.</summary>
    /// <param name="sparsity">ρ, in (0, 1).</param>
    /// <returns>The prior.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public static DiscretePrior Bernoulli(double sparsity)
    {
        Guard.In(sparsity, ParameterRange.Between(0, 1), nameof(sparsity));
        return new([0, 1], [1 - sparsity, sparsity]);
    }

    /// <summary>√((1 − p)/p) with probability p, else −√(p/(1 − p)): mean 0 and variance 1, two groups of unequal size.</summary>
    /// <param name="p">Fraction of the first group, in (0, 1).</param>
    /// <returns>The prior.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public static DiscretePrior TwoGroup(double p)
    {
        Guard.In(p, ParameterRange.Between(0, 1), nameof(p));
        return new([Math.Sqrt((1 - p) / p), -Math.Sqrt(p / (1 - p))], [p, 1 - p]);
    }

    /// <inheritdoc/>
    public double Overlap(double snr)
    {
        if (snr <= 0) return SquaredMean;
        return snr >= saturation ? SecondMoment : Average(snr).Overlap;
    }

    /// <inheritdoc/>
    public double FreeEntropy(double snr)
    {
        if (snr <= 0) return 0;
        return snr >= saturation
            ? snr * SecondMoment / 2 + Enumerable.Range(0, Values.Length).Sum(j => Probabilities[j] * logWeights[j])
            : IsSmall(snr) ? StableMath.FreeEntropyNearZero(Overlap, snr) : Math.Max(0, Average(snr).FreeEntropy);
    }

    /// <inheritdoc/>
    public double Denoise(double snr, ReadOnlySpan<double> field, Span<double> mean)
    {
        var largest = double.NegativeInfinity;
        for (var j = 0; j < Values.Length; j++) largest = Math.Max(largest, LogWeight(j, field[0], snr));
        double norm = 0, first = 0;
        var b = field[0];
        for (var j = 0; j < Values.Length; j++)
        {
            var w = Math.Exp(LogWeight(j, b, snr) - largest);
            (norm, first) = (norm + w, first + w * Values[j]);
        }

        mean[0] = first / norm;
        double variance = 0;
        for (var j = 0; j < Values.Length; j++)
            variance += Math.Exp(LogWeight(j, b, snr) - largest) * (Values[j] - mean[0]) * (Values[j] - mean[0]);
        return variance / norm;
    }

    /// <inheritdoc/>
    public void Sample(RandomStream random, Span<double> x)
    {
        var u = random.NextUniform();
        var j = 0;
        while (j < Values.Length - 1 && u >= Probabilities[j]) u -= Probabilities[j++];
        x[0] = Values[j];
    }

    private double Moment(int power) => Enumerable.Range(0, Values.Length).Sum(j => Probabilities[j] * Math.Pow(Values[j], power));

    private double LogWeight(int j, double b, double snr) => logWeights[j] + Values[j] * (b - snr * Values[j] / 2);

    /// <summary>F = Σ p_j E[E[x|B]²] and Ψ = Σ p_j E log Σ_k p_k e^{L_k}, with L_k = B x_k − A x_k²/2 and B = A x_j + √A z.</summary>
    private (double Overlap, double FreeEntropy) Average(double snr)
    {
        var root = Math.Sqrt(snr);
        // The phases of all terms stay within a half-plane up to |Im z| = π/(√A width): no zero of the partition function before.
        var rule = GaussianNodes.ForStrip(Math.PI / (root * width));
        var small = IsSmall(snr);
        double overlap = 0, entropy = 0;
        for (var j = 0; j < Values.Length; j++)
        {
            var (f, psi) = small ? (NearZero(rule, snr * Values[j], root, snr), 0) : Shifted(rule, snr * Values[j], root, snr);
            overlap += Probabilities[j] * f;
            entropy += Probabilities[j] * psi;
        }

        return (overlap, entropy);
    }

    /// <summary>Whether the largest exponent at the reach of the rule is below 1: then the differences e^L − 1 are summed, so that nothing cancels at small A.</summary>
    private bool IsSmall(double snr) => extent * (snr * extent * 1.5 + 10 * Math.Sqrt(snr)) < 1;

    private double NearZero(NodeRule rule, double shift, double root, double snr)
    {
        var nodes = rule.Nodes;
        var weights = rule.Weights;
        var square = Vector256<double>.Zero;
        for (var i = 0; i < nodes.Length; i++)
        {
            var b = nodes[i] * root + Vector256.Create(shift);
            var (norm, first) = (Vector256<double>.Zero, Vector256.Create(mean));
            for (var k = 0; k < Values.Length; k++)
            {
                var e = Probabilities[k] * Lanes.ExpM1(Values[k] * (b - Vector256.Create(snr * Values[k] / 2)));
                norm += e;
                first += Values[k] * e;
            }

            norm += Vector256<double>.One;
            var x = first / norm;
            square += weights[i] * x * x;
        }

        return Vector256.Sum(square);
    }

    private (double Square, double Log) Shifted(NodeRule rule, double shift, double root, double snr)
    {
        var nodes = rule.Nodes;
        var weights = rule.Weights;
        var (square, log) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var i = 0; i < nodes.Length; i++)
        {
            var b = nodes[i] * root + Vector256.Create(shift);
            var largest = Vector256.Create(double.NegativeInfinity);
            for (var k = 0; k < Values.Length; k++) largest = Vector256.Max(largest, Exponent(k, b, snr));
            var (norm, first) = (Vector256<double>.Zero, Vector256<double>.Zero);
            for (var k = 0; k < Values.Length; k++)
            {
                var e = Vector256.Exp(Exponent(k, b, snr) - largest);
                norm += e;
                first += Values[k] * e;
            }

            var x = first / norm;
            square += weights[i] * x * x;
            log += weights[i] * (largest + Vector256.Log(norm));
        }

        return (Vector256.Sum(square), Vector256.Sum(log));
    }

    private Vector256<double> Exponent(int k, Vector256<double> b, double snr) =>
        Values[k] * (b - Vector256.Create(snr * Values[k] / 2)) + Vector256.Create(logWeights[k]);
}
