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
}
