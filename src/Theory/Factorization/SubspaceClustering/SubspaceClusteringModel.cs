using Theory.Contract;

namespace Theory.Factorization;

/// <summary>
/// Subspace clustering: n = αd samples in k balanced clusters whose means differ in a fraction ρ of the d features, X_iμ = √(λ/(ρd)) v_i·u_μ + w_iμ with
/// u_μ = e_c − (1/k)(1, …, 1), rows v_i ~ ρN(0, I_k) + (1 − ρ)δ₀, w_iμ ~ N(0, 1). Limit d → ∞.
/// </summary>
public sealed partial record SubspaceClusteringModel : IModel<SubspaceClusteringModel, SubspaceClusteringPrediction>
{
    private readonly Shared<SubspaceClustering> evolution = new();

    /// <summary>Number of clusters k, at least 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2.</exception>
    public required int Clusters
    {
        get;
        init => (field, evolution) = (Guard.AtLeast(value, 2), new());
    }

    /// <summary>Samples per dimension α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha
    {
        get;
        init => (field, evolution) = (Guard.In(value, ParameterRange.Positive), new());
    }

    /// <summary>Fraction ρ of relevant features, in (0, 1].</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1].</exception>
    public required double Sparsity
    {
        get;
        init => (field, evolution) = (Guard.In(value, new(0, false, 1, true)), new());
    }

    /// <summary>Signal-to-noise ratio, in [0, ∞), counted in <see cref="Unit"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public required double Lambda { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>What <see cref="Lambda"/> is counted in. Default: λ itself.</summary>
    public SignalUnit Unit { get; init; } = SignalUnit.Absolute;

    /// <summary>λ itself.</summary>
    public double SignalToNoise => Unit == SignalUnit.Spectral ? Lambda * Clusters / Math.Sqrt(Alpha) : Lambda;

    /// <summary>State evolution for all λ.</summary>
    internal SubspaceClustering Evolution => evolution.Get(() => new(Clusters, Alpha, Sparsity));

    /// <summary>What state evolution and message passing start from. Default: nothing.</summary>
    public FactorizationStart Start { get; init; } = FactorizationStart.Uninformative;
}

/// <summary>What a signal-to-noise ratio is counted in.</summary>
public enum SignalUnit
{
    /// <summary>λ itself.</summary>
    Absolute,

    /// <summary>Multiples of the spectral threshold λ_KS = k/√α: λ̃ = λ√α/k.</summary>
    Spectral,
}
