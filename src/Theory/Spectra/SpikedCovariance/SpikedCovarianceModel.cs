using Theory.Contract;

namespace Theory.Spectra;

/// <summary>
/// The spiked covariance model: S = XXᵀ/n, the n columns of X independent N(0, I + ℓ u uᵀ) in dimension p with ‖u‖ = 1; limit p, n → ∞ at fixed c = p/n.
/// </summary>
public sealed partial record SpikedCovarianceModel : IModel<SpikedCovarianceModel, SpikedCovariancePrediction>
{
    /// <summary>Spike ℓ in (−1, ∞): the population has one eigenvalue 1 + ℓ among ones.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (−1, ∞).</exception>
    public required double Spike { get; init => field = Guard.In(value, new(-1, false, double.PositiveInfinity, false)); }

    /// <summary>Aspect ratio c = p/n in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double AspectRatio { get; init => field = Guard.In(value, ParameterRange.Positive); }
}
