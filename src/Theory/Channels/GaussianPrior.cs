using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Channels;

/// <summary>The prior N(0, s²): F = s⁴A/(1 + s²A), Ψ = ½(s²A − log(1 + s²A)).</summary>
public sealed class GaussianPrior : IPriorChannel
{
    /// <summary>Creates the prior.</summary>
    /// <param name="variance">s², in (0, ∞). Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public GaussianPrior(double variance = 1) => SecondMoment = Guard.In(variance, ParameterRange.Positive, nameof(variance));

    /// <inheritdoc/>
    public int Dimension => 1;

    /// <inheritdoc/>
    public int Rank => 1;

    /// <inheritdoc/>
    public double SecondMoment { get; }

    /// <inheritdoc/>
    public double SquaredMean => 0;

    /// <inheritdoc/>
    public double LargestSnr => 60 / SecondMoment;

    /// <inheritdoc/>
    public double Overlap(double snr) => SecondMoment * (SecondMoment * snr / (1 + SecondMoment * snr));

    /// <inheritdoc/>
    public double FreeEntropy(double snr) => StableMath.MinusLogP1(SecondMoment * snr) / 2;

    /// <inheritdoc/>
    public double Denoise(double snr, ReadOnlySpan<double> field, Span<double> mean)
    {
        var variance = SecondMoment / (1 + SecondMoment * snr);
        mean[0] = variance * field[0];
        return variance;
    }

    /// <inheritdoc/>
    public void Sample(RandomStream random, Span<double> x) => x[0] = Math.Sqrt(SecondMoment) * random.NextGaussian();
}
