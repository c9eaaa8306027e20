namespace Theory.Contract;

/// <summary>What happens when a solver does not converge.</summary>
public enum OnFailure
{
    /// <summary>Throw a <see cref="NotConvergedException"/>.</summary>
    Throw,

    /// <summary>Return the prediction with its <see cref="Diagnostics"/> telling the failure.</summary>
    Return,
}

/// <summary>Choices common to all solvers. The defaults are right for almost every use.</summary>
public sealed record SolveOptions
{
    /// <summary>The defaults.</summary>
    public static SolveOptions Default { get; } = new();

    /// <summary>Largest accepted residual, in (0, 1); each solver states what its residual is relative to. Default 1e-12.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public double Tolerance { get; init => field = Guard.In(value, ParameterRange.Between(0, 1)); } = 1e-12;

    /// <summary>Largest number of iterations, at least 1. Default 10,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxIterations { get; init => field = Guard.AtLeast(value, 1); } = 10_000;

    /// <summary>What happens when a solver does not converge. Default <see cref="OnFailure.Throw"/>.</summary>
    public OnFailure OnFailure { get; init; } = OnFailure.Throw;
}
