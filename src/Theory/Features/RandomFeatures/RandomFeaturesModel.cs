using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>
/// Regression on random features. Inputs x ~ N(0, I_d), labels y = g(θ·x) + √Δ ξ with ‖θ‖ = 1; features φ_j(x) = σ(w_j·x), j = 1 … p,
/// rows w_j uniform on the unit sphere; prediction f(x) = (1/√p) Σ_j a_j φ_j(x); the readout minimises Σ_μ (y_μ − f(x_μ))² + λ‖a‖² (no 1/n, no ½)
/// over n samples. Limit d, p, n → ∞ at fixed α = n/d and β = p/d.
/// </summary>
public sealed partial record RandomFeaturesModel : IModel<RandomFeaturesModel, RandomFeaturesPrediction>
{
    /// <summary>Activation σ(z): a formula or a delegate, square integrable under the standard Gaussian and not constant.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required ScalarFunction Activation { get; init => field = Guard.NotNull(value); }

    /// <summary>Target g(z), the single-index function of the labels: a formula or a delegate, square integrable under the standard Gaussian.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required ScalarFunction Target { get; init => field = Guard.NotNull(value); }

    /// <summary>Samples per dimension, α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Features per dimension, β = p/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Beta { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Ridge λ of the sum convention, in [0, ∞); 0 means the limit λ → 0⁺ (minimum-norm least squares).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public required double Lambda { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Variance Δ of the label noise, in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }
}
