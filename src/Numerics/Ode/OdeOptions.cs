using System.Collections.Immutable;

namespace Theory.Numerics.Ode;

/// <summary>Choices for <see cref="OdeSolver"/>. The defaults are right for almost every use.</summary>
public sealed record OdeOptions
{
    /// <summary>The defaults.</summary>
    public static OdeOptions Default { get; } = new();

    /// <summary>Tolerated local error relative to |yᵢ|, in (0, 1). Default 1e-8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public double RelativeTolerance
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(RelativeTolerance), value, $"RelativeTolerance must be in (0, 1); got {value}.");
    } = 1e-8;

    /// <summary>Tolerated local error besides, in (0, ∞). Default 1e-12.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double AbsoluteTolerance
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(AbsoluteTolerance), value, $"AbsoluteTolerance must be in (0, ∞); got {value}.");
    } = 1e-12;

    /// <summary>Length of the first step, in (0, ∞), or <see langword="null"/> to have it estimated.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double? InitialStep
    {
        get;
        init => field = value is null || (value > 0 && double.IsFinite(value.Value))
            ? value
            : throw new ArgumentOutOfRangeException(nameof(InitialStep), value, $"InitialStep must be in (0, ∞); got {value}.");
    }

    /// <summary>Largest number of attempted steps, at least 1. Default 1,000,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxSteps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaxSteps), value, $"MaxSteps must be at least 1; got {value}.");
    } = 1_000_000;

    /// <summary>Size of a component of the state beyond which the solution counts as blown up, in (0, ∞). Default 1e12.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double DivergenceBound
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(DivergenceBound), value, $"DivergenceBound must be in (0, ∞); got {value}.");
    } = 1e12;

    /// <summary>The method to start with. Default <see cref="DormandPrince"/>.</summary>
    public IOdeMethod Method { get; init; } = new DormandPrince();

    /// <summary>
    /// The method that takes over for good once the first one finds its steps limited by stability and not by accuracy;
    /// <see langword="null"/> for none. Default <see cref="RadauIIA"/>.
    /// </summary>
    public IOdeMethod? StiffMethod { get; init; } = new RadauIIA();

    /// <summary>Applied to the state after every accepted step; <see langword="null"/> for none. It should move the state by no more than the error of a step. Default none.</summary>
    public OdeProjection? Projection { get; init; }

    /// <summary>What to look out for. Default nothing.</summary>
    public ImmutableArray<OdeEvent> Events { get; init; } = [];
}
