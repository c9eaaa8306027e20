using Theory.Channels;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>
/// Classification on random features. Inputs x ~ N(0, I_d), labels y = g(θ·x + √Δ ξ) = ±1 with ‖θ‖ = 1; features φ_j(x) = σ(w_j·x), j = 1 … p,
/// rows w_j uniform on the unit sphere; prediction f(x) = (1/√p) Σ_j a_j φ_j(x), class sign f(x); the readout minimises Σ_μ ℓ(y_μ f(x_μ)) + ½λ‖a‖²
/// (no 1/n; with the ½) over n samples. Limit d, p, n → ∞ at fixed α = n/d and β = p/d.
/// </summary>
public sealed partial record RandomFeaturesClassificationModel : IModel<RandomFeaturesClassificationModel, RandomFeaturesClassificationPrediction>
{
    /// <summary>Activation σ(z): a formula or a delegate, square integrable under the standard Gaussian and not constant.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required ScalarFunction Activation { get; init => field = Guard.NotNull(value); }

    /// <summary>Teacher g(z): odd, ±1 and piecewise constant, such as sign(z).</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required ScalarFunction Teacher { get; init => field = Guard.NotNull(value); }

    /// <summary>Loss ℓ: square, logistic, hinge or Huber.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is the hard margin, or no loss.</exception>
    public required LossKind Loss
    {
        get;
        init => field = value is LossKind.Square or LossKind.Logistic or LossKind.Hinge or LossKind.Huber
            ? value
            : throw Guard.OutOfRange(nameof(Loss), value, "must be square, logistic, hinge or huber");
    }

    /// <summary>Width δ of the Huber loss, in (0, ∞); of no effect on the others. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double HuberDelta { get; init => field = Guard.In(value, ParameterRange.Positive); } = 1;

    /// <summary>Samples per dimension, α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Features per dimension, β = p/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Beta { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Ridge λ of ½λ‖a‖², in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Lambda { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Variance Δ of the noise in the teacher's field, in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }
}
