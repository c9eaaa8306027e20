using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>
/// A two-layer network after one giant gradient step. First the step of <see cref="OneStepMapModel"/>; then, on n = αd fresh samples, the readout of
/// f(x) = (1/√p) Σ_j a_j σ(w_j·x) from scratch, minimising Σ_μ (y_μ − f(x_μ))² + λ‖a‖² (no 1/n, no ½). Limit d, p, n, n₀ → ∞.
/// </summary>
public sealed partial record OneStepNetworkModel : IModel<OneStepNetworkModel, OneStepNetworkPrediction>
{
    /// <summary>Activation σ(z): a formula without jumps whose derivative is square integrable under the standard Gaussian.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required ScalarFunction Activation { get; init => field = Guard.NotNull(value); }

    /// <summary>Target g(z), the single-index function of the labels: a formula or a delegate, square integrable under the standard Gaussian.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required ScalarFunction Target { get; init => field = Guard.NotNull(value); }

    /// <summary>Learning rate η̃ of the step per feature, η = η̃ p, finite; 0 is no step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public required double LearningRate { get; init => field = Guard.In(value, ParameterRange.Finite); }

    /// <summary>Samples of the first step per dimension, α₀ = n₀/d, in (0, ∞]; they are independent of those of the readout.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞].</exception>
    public required double BatchRatio { get; init => field = Guard.In(value, ParameterRange.PositiveOrInfinite); }

    /// <summary>Samples of the readout per dimension, α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Features per dimension, β = p/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Beta { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Ridge λ of the sum convention, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Lambda { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Variance Δ of the label noise, in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>How the weights after the step are modelled. Default <see cref="FirstStepMap.Refined"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a map.</exception>
    public FirstStepMap Map { get; init => field = Enum.IsDefined(value) ? value : throw Guard.OutOfRange(nameof(Map), value, "must be Isotropic, Refined or Modulated"); } = FirstStepMap.Refined;
}
