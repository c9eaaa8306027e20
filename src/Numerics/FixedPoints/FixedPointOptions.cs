using System.Collections.Immutable;

namespace Theory.Numerics.FixedPoints;

/// <summary>The units in which the residual F(x) − x is measured; the norm is the largest component.</summary>
public enum ResidualScaling
{
    /// <summary>maxᵢ |Fᵢ(x) − xᵢ| / max(1, |xᵢ|): relative for large components, absolute for small ones.</summary>
    Mixed,

    /// <summary>maxᵢ |Fᵢ(x) − xᵢ|.</summary>
    Absolute,

    /// <summary>maxᵢ |Fᵢ(x) − xᵢ| / |xᵢ|, with 0/0 = 0: for components that may all be tiny.</summary>
    Relative,
}

/// <summary>Choices for <see cref="FixedPoint"/>. The defaults are right for almost every use.</summary>
public sealed record FixedPointOptions
{
    /// <summary>The defaults.</summary>
    public static FixedPointOptions Default { get; } = new();

    /// <summary>Largest residual, in the units of <see cref="Scaling"/>, that counts as converged; in (0, 1). Default 1e-12.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public double Tolerance
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Tolerance), value, $"Tolerance must be in (0, 1); got {value}.");
    } = 1e-12;

    /// <summary>Units of the residual. Default <see cref="ResidualScaling.Mixed"/>.</summary>
    public ResidualScaling Scaling { get; init; } = ResidualScaling.Mixed;

    /// <summary>Largest number of accepted steps of each method, at least 1. Default 10,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxIterations
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxIterations), value, $"MaxIterations must be at least 1; got {value}.");
    } = 10_000;

    /// <summary>Where the map may be evaluated; <see langword="null"/> for everywhere. Steps that would leave the domain are shortened.</summary>
    public Func<ReadOnlySpan<double>, bool>? Domain { get; init; }

    /// <summary>Fraction β of the step F(x) − x that is taken, x + β(F(x) − x); in (0, 1], 1 being the plain iteration. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1].</exception>
    public double Damping
    {
        get;
        init => field = value is > 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Damping), value, $"Damping must be in (0, 1]; got {value}.");
    } = 1;

    /// <summary>Number of past steps that <see cref="Anderson"/> remembers, in [1, 50]. Default 5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [1, 50].</exception>
    public int Depth
    {
        get;
        init => field = value is >= 1 and <= 50
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Depth), value, $"Depth must be in [1, 50]; got {value}.");
    } = 5;

    /// <summary>
    /// The methods, tried in this order from the same start until one converges; if none does, the least residual is returned.
    /// Default: <see cref="Anderson"/>, <see cref="Picard"/> with half the damping, <see cref="Newton"/>.
    /// </summary>
    /// <exception cref="ArgumentException">Empty.</exception>
    public ImmutableArray<IFixedPointMethod> Methods
    {
        get;
        init => field = value.IsDefaultOrEmpty ? throw new ArgumentException("Methods must not be empty.", nameof(Methods)) : value;
    } = [new Anderson(), new Picard(0.5), new Newton()];

    /// <summary>Whether failure throws a <see cref="FixedPointException"/> (the default) or is returned with its status.</summary>
    public bool ThrowOnFailure { get; init; } = true;
}
