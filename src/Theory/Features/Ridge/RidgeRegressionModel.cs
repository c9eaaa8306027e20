using Theory.Contract;

namespace Theory.Features;

/// <summary>
/// Ridge regression on Gaussian inputs. Data y = θ·x + √σ² ξ with x ~ N(0, I_d), ‖θ‖² = r², ξ ~ N(0, 1); n samples;
/// ŵ minimises Σ_μ (y_μ − w·x_μ/√d)² + λ‖w‖² (no 1/n, no ½). Limit n, d → ∞ at fixed α = n/d.
/// </summary>
public sealed partial record RidgeRegressionModel : IModel<RidgeRegressionModel, RidgeRegressionPrediction>
{
    /// <summary>Samples per dimension, α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Ridge λ of the sum convention, in [0, ∞); 0 means the limit λ → 0⁺ (minimum-norm least squares).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public required double Lambda { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Variance σ² of the label noise, in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Signal power r² = ‖θ‖², in [0, ∞). Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Signal { get; init => field = Guard.In(value, ParameterRange.NonNegative); } = 1;
}
