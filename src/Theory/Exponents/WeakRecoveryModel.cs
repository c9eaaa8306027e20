using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>
/// Labels y = f(z) + √Δ ξ with z = Vx, x ~ N(0, I_d), V with orthonormal rows, ξ ~ N(0, 1); n samples of (x, y), n, d → ∞ at fixed α = n/d.
/// </summary>
public sealed partial record WeakRecoveryModel : IModel<WeakRecoveryModel, WeakRecoveryPrediction>
{
    /// <summary>The noiseless label f in z1, …, z9.</summary>
    public required Expression Expression { get; init => field = Guard.NotNull(value); }

    /// <summary>Variance Δ of the label noise, in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>
    /// Samples per dimension α = n/d at which the optimal spectral method is wanted, in (0, ∞), or <see langword="null"/> (the default) for the threshold alone.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double? Alpha { get; init => field = value is { } alpha ? Guard.In(alpha, ParameterRange.Positive) : null; }
}
