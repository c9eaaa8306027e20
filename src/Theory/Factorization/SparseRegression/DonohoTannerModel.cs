using Theory.Contract;

namespace Theory.Factorization;

/// <summary>
/// Recovery of sparse vectors by ℓ₁ minimisation: min ‖x‖₁ subject to Ax = Ax₀, A an m × N Gaussian matrix, x₀ with k non-zero entries.
/// Limit N → ∞ at fixed δ = m/N; the transition is at a ρ = k/m.
/// </summary>
public sealed partial record DonohoTannerModel : IModel<DonohoTannerModel, DonohoTannerPrediction>
{
    /// <summary>Measurements per unknown δ = m/N, in (0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public required double Delta { get; init => field = Guard.In(value, ParameterRange.Between(0, 1)); }
}
