using Theory.Contract;

namespace Theory.Factorization;

/// <summary>The thresholds in λ of the spiked Wigner model of a prior.</summary>
public sealed partial record SpikedWignerThresholdsModel : IModel<SpikedWignerThresholdsModel, SpikedWignerThresholdsPrediction>
{
    /// <summary>The prior of x.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required SpikePrior Prior { get; init => field = Guard.NotNull(value); }
}
