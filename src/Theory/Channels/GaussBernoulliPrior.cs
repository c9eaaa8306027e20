using System.Runtime.Intrinsics;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Channels;

/// <summary>
/// Sparse Gaussian rows: x ~ ρ N(0, I_r) + (1 − ρ) δ₀ in ℝ^r, the whole row active or not. With σ the logistic function, c = log(ρ/(1 − ρ)) − (r/2) log(1 + A)
/// and R ~ χ²,
/// <code>
/// F = rρ A/(1+A) E_{χ²_{r+2}} σ(c + AR/2),
/// Ψ = ρ E_{χ²_r} log[(1−ρ)(1 + e^{c + AR/2})] + (1−ρ) E_{χ²_r} log[(1−ρ)(1 + e^{c + AR/(2(1+A))})].
/// </code>
/// </summary>
public sealed class GaussBernoulliPrior : IPriorChannel
{
    private const int Levels = 18;
    private readonly double logOdds;
    private readonly double logComplement;
    private readonly Lazy<NodeRule>[] rules;

    /// <summary>Creates the prior.</summary>
    /// <param name="sparsity">Fraction ρ of active rows, in (0, 1]; 1 is the Gaussian prior.</param>
    /// <param name="rank">Number r of components of a row, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sparsity is not in (0, 1], or the rank below 1.</exception>
    public GaussBernoulliPrior(double sparsity, int rank = 1)
    {
        Sparsity = Guard.In(sparsity, new(0, false, 1, true), nameof(sparsity));
        Rank = Guard.AtLeast(rank, 1, nameof(rank));
        logComplement = StableMath.LogP1(-sparsity);
        logOdds = Math.Log(sparsity) - logComplement;
        rules = [.. Enumerable.Range(0, Levels).Select(level => new Lazy<NodeRule>(() => ChiSquare(rank + 2, 0.25 * Math.Pow(2, -0.5 * level))))];
    }

    /// <summary>Fraction ρ of active rows.</summary>
    public double Sparsity { get; }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Dimension => Rank;

    /// <inheritdoc/>
    public double SecondMoment => Rank * Sparsity;

    /// <inheritdoc/>
    public double SquaredMean => 0;

    /// <inheritdoc/>
    public double LargestSnr => 60 * (1 - Math.Log(Sparsity));

    /// <inheritdoc/>
    public double Overlap(double snr) => SecondMoment * Fraction(snr);

    /// <summary>The overlap of the active rows as a fraction, F_v = F/(rρ), in [0, 1).</summary>
    /// <param name="snr">A, in [0, ∞).</param>
    /// <returns>The fraction.</returns>
    public double Fraction(double snr)
    {
        if (snr <= 0) return 0;
        var gain = snr / (1 + snr);
        if (Sparsity == 1) return gain;
        var c = logOdds - Rank / 2.0 * StableMath.LogP1(snr);
        var rule = Rule(c);
        var nodes = rule.Nodes;
        var weights = rule.Weights;
        var (shift, scale) = (Vector256.Create(-c), Vector256.Create(-snr / 2));
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < nodes.Length; i++)
            sum += weights[i] / (Vector256<double>.One + Vector256.Exp(nodes[i] * scale + shift));
        return gain * Vector256.Sum(sum);
    }

    /// <inheritdoc/>
    public double FreeEntropy(double snr)
    {
        if (snr <= 0) return 0;
        if (Sparsity == 1) return Rank / 2.0 * StableMath.MinusLogP1(snr);
        if (snr * Math.Sqrt(Rank) < 0.01) return StableMath.FreeEntropyNearZero(Overlap, snr);
        var c = logOdds - Rank / 2.0 * StableMath.LogP1(snr);
        // E_{χ²_r} g(R) with g(0) = 0 is E_{χ²_{r+2}} r g(R)/R: the same rule, and no slow tail at R → 0.
        var rule = Rule(c);
        var nodes = rule.Nodes;
        var weights = rule.Weights;
        var zero = StableMath.SoftPlus(c);
        var (shift, origin) = (Vector256.Create(c), Vector256.Create(zero));
        var (active, silent) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var i = 0; i < nodes.Length; i++)
        {
            var weight = weights[i] / nodes[i];
            active += weight * (Lanes.SoftPlus(nodes[i] * (snr / 2) + shift) - origin);
            silent += weight * (Lanes.SoftPlus(nodes[i] * (snr / (2 * (1 + snr))) + shift) - origin);
        }

        var average = Rank * (Sparsity * Vector256.Sum(active) + (1 - Sparsity) * Vector256.Sum(silent));
        return Math.Max(0, average + zero + logComplement);
    }

    /// <inheritdoc/>
    public double Denoise(double snr, ReadOnlySpan<double> field, Span<double> mean)
    {
        double power = 0;
        for (var a = 0; a < Rank; a++) power += field[a] * field[a];
        var activity = Sparsity == 1 ? 1 : StableMath.Logistic(logOdds - Rank / 2.0 * StableMath.LogP1(snr) + power / (2 * (1 + snr)));
        for (var a = 0; a < Rank; a++) mean[a] = activity * field[a] / (1 + snr);
        return activity * Rank / (1 + snr) + activity * (1 - activity) * power / ((1 + snr) * (1 + snr));
    }

    /// <inheritdoc/>
    public void Sample(RandomStream random, Span<double> x)
    {
        var row = x[..Rank];
        if (random.NextUniform() < Sparsity) random.FillGaussian(row);
        else row.Clear();
    }

    /// <summary>The rule in s = log R whose error is 1e-16: the logistic has its nearest pole at Im s = arg(−c + iπ), whatever the signal-to-noise ratio.</summary>
    private NodeRule Rule(double c)
    {
        var strip = Math.Min(Math.PI / 2, Math.Atan2(Math.PI, -c));
        var step = 2 * Math.PI * strip / 38;
        return rules[step >= 0.25 ? 0 : Math.Min(Levels - 1, (int)Math.Ceiling(2 * Math.Log2(0.25 / step) - 1e-9))].Value;
    }

    /// <summary>The trapezoidal rule of χ²_n in s = log R, where its density e^{ns/2 − e^s/2} decays exponentially to the left and doubly so to the right.</summary>
    private static NodeRule ChiSquare(int n, double step)
    {
        var peak = Math.Log(n);
        var (lower, upper) = (peak - 2 * 44.0 / n - 2, 2 * Math.Log(Math.Sqrt(n) + 9.8));
        var count = (int)Math.Ceiling((upper - lower) / step) + 1;
        var s = Enumerable.Range(0, count).Select(i => lower + i * step).ToArray();
        var density = s.Select(t => Math.Exp(n / 2.0 * (t - peak) - (Math.Exp(t) - n) / 2)).ToArray();
        var total = density.Sum();
        return new([.. s.Select(Math.Exp)], [.. density.Select(w => w / total)]);
    }
}
