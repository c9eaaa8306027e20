using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>
/// Regression on random features with a spike. Inputs x ~ N(0, I_d), labels y = g(θ·x) + √Δ ξ with ‖θ‖ = 1; weights W = √c W₀ + r 1 vᵀ with rows of W₀ uniform on the
/// unit sphere, ‖v‖ = 1 and θ·v = γ; features φ_j(x) = σ(w_j·x), j = 1 … p; f(x) = (1/√p) Σ_j a_j φ_j(x); the readout minimises Σ_μ (y_μ − f(x_μ))² + λ‖a‖²
/// (no 1/n, no ½) over n samples. Limit d, p, n → ∞ at fixed α = n/d and β = p/d.
/// </summary>
public sealed partial record SpikedRandomFeaturesModel : IModel<SpikedRandomFeaturesModel, SpikedRandomFeaturesPrediction>
{
    /// <summary>Activation σ(z): a formula or a delegate, square integrable under a Gaussian of variance r² + c, and not constant.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required ScalarFunction Activation { get; init => field = Guard.NotNull(value); }

    /// <summary>Target g(z), the single-index function of the labels: a formula or a delegate, square integrable under the standard Gaussian.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required ScalarFunction Target { get; init => field = Guard.NotNull(value); }

    /// <summary>Strength r of the spike, finite. For E σ(z) = 0 ≠ E zσ(z) the limit r → 0 is not r = 0: a spike however weak lets the readout learn the linear function of v·x at no cost.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public required double Spike { get; init => field = Guard.In(value, ParameterRange.Finite); }

    /// <summary>Squared length c of the rows of the bulk, in (0, ∞). Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double Bulk { get; init => field = Guard.In(value, ParameterRange.Positive); } = 1;

    /// <summary>Alignment γ = θ·v of target and spike, in [−1, 1].</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [−1, 1].</exception>
    public required double Alignment { get; init => field = Guard.In(value, ParameterRange.Closed(-1, 1)); }

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
}
