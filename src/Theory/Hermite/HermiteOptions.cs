using Theory.Contract;

namespace Theory.Hermite;

/// <summary>Choices for <see cref="HermiteExpansion"/>. The defaults are right for almost every use.</summary>
public sealed record HermiteOptions
{
    /// <summary>The defaults.</summary>
    public static HermiteOptions Default { get; } = new();

    /// <summary>Requested error of a coefficient relative to E|f He_k|/√(k!) ≤ ‖f‖, in (0, 1). Default 5e-14; rounding makes less than 1e-15 unreachable.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public double Tolerance { get; init => field = Guard.In(value, ParameterRange.Between(0, 1)); } = 5e-14;

    /// <summary>The largest error of a coefficient relative to ‖f‖ = √(E f²), and of E f² relative to itself, that is still a result, in (0, 1); beyond, an exception is thrown. Default 1e-6.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public double LargestError { get; init => field = Guard.In(value, ParameterRange.Between(0, 1)); } = 1e-6;

    /// <summary>Number of points at which the function is evaluated at most, at least 1000. Default 100,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1000.</exception>
    public int MaxEvaluations { get; init => field = Guard.AtLeast(value, 1000); } = 100_000;
}
