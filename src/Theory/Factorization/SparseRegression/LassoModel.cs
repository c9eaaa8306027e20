using Theory.Contract;

namespace Theory.Factorization;

/// <summary>The law of the non-zero entries of a sparse vector.</summary>
public enum SparseSignal
{
    /// <summary>N(0, 1).</summary>
    Gaussian,

    /// <summary>±1 with equal probability.</summary>
    PlusMinusOne,
}

/// <summary>
/// The LASSO: y = A x₀ + w, A an m × N matrix with N(0, 1/m) entries, w ~ N(0, σ²); x̂ minimises ½‖y − Ax‖² + λ‖x‖₁. A fraction ε of x₀ is non-zero.
/// Limit N → ∞ at fixed δ = m/N. Either the threshold α (in units of the effective noise τ) or the penalty λ is chosen.
/// </summary>
public sealed partial record LassoModel : IModel<LassoModel, LassoPrediction>
{
    /// <summary>Measurements per unknown δ = m/N, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Delta { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Fraction ε of non-zero entries of x₀, in [0, 1].</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, 1].</exception>
    public required double Sparsity { get; init => field = Guard.In(value, ParameterRange.Closed(0, 1)); }

    /// <summary>Variance σ² of the noise, in [0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public required double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Threshold α in units of τ, in (α_min, ∞); <see langword="null"/> if the penalty is given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double? Threshold { get; init => field = value is { } x ? Guard.In(x, ParameterRange.Positive) : null; }

    /// <summary>Penalty λ, in (0, ∞); <see langword="null"/> if the threshold is given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double? Penalty { get; init => field = value is { } x ? Guard.In(x, ParameterRange.Positive) : null; }

    /// <summary>Law of the non-zero entries. Default N(0, 1).</summary>
    public SparseSignal Signal { get; init; } = SparseSignal.Gaussian;
}
