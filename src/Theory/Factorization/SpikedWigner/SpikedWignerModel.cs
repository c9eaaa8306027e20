using Theory.Contract;

namespace Theory.Factorization;

/// <summary>
/// The spiked Wigner model: Y_ij = √(λ/N) x_i·x_j + w_ij for i &lt; j, w symmetric with N(0,1) entries, x_1 … x_N i.i.d. from a known prior. Limit N → ∞.
/// </summary>
public sealed partial record SpikedWignerModel : IModel<SpikedWignerModel, SpikedWignerPrediction>
{
    private readonly Shared<SymmetricFactorization> evolution = new();

    /// <summary>The prior of x.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required SpikePrior Prior
    {
        get;
        init => (field, evolution) = (Guard.NotNull(value), new());
    }

    /// <summary>Signal-to-noise ratio λ, in [0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public required double Lambda { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>State evolution for all λ.</summary>
    internal SymmetricFactorization Evolution => evolution.Get(() => new(Prior.ToChannel()));

    /// <summary>What state evolution and message passing start from. Default: nothing.</summary>
    public FactorizationStart Start { get; init; } = FactorizationStart.Uninformative;
}
