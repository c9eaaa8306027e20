using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>
/// One giant gradient step on the first layer of f(x) = (1/p) Σ_j σ(w_j·x): rows w_j uniform on the unit sphere, n₀ = α₀ d samples of y = g(θ·x) + √Δ ξ, loss
/// (1/2n₀) Σ (y − f(x))², learning rate η = η̃ p. Its net effect is w_j ← w_j + (η̃/n₀) Σ_i (y_i − f(x_i)) σ′(w_j·x_i) x_i.
/// </summary>
public sealed partial record OneStepMapModel : IModel<OneStepMapModel, OneStepMapPrediction>
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

    /// <summary>Variance Δ of the label noise, in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }
}
