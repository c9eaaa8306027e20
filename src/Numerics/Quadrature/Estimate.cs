namespace Theory.Numerics.Quadrature;

/// <summary>A numerical expectation with its error bar.</summary>
/// <param name="Value">The value.</param>
/// <param name="Error">Estimated bound of the absolute error: discretisation (difference of two embedded rules), truncation of the range, rounding.
/// The integrand's values are taken as exact to a few units in the last place.</param>
/// <param name="Evaluations">Number of points at which the integrand was evaluated.</param>
/// <param name="Converged">Whether the error met the requested tolerance. The value and its error are the best that was reached otherwise.</param>
public readonly record struct Estimate(double Value, double Error, int Evaluations, bool Converged);

/// <summary>Choices for <see cref="GaussianExpectation"/>. The defaults are right for almost every use.</summary>
public sealed record GaussianExpectationOptions
{
    /// <summary>The defaults.</summary>
    public static GaussianExpectationOptions Default { get; } = new();

    /// <summary>Requested error relative to E|f(Z)|, in (0, 1). Default 1e-13; rounding makes less than 1e-15 unreachable.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public double Tolerance
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Tolerance), value, $"Tolerance must be in (0, 1); got {value}.");
    } = 1e-13;

    /// <summary>Absolute error that is always good enough, in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, infinite or NaN.</exception>
    public double AbsoluteTolerance
    {
        get;
        init => field = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(AbsoluteTolerance), value, $"AbsoluteTolerance must be in [0, ∞); got {value}.");
    }

    /// <summary>Points after which no panel is refined any more, at least 1,000. Default 100,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1,000.</exception>
    public int MaxEvaluations
    {
        get;
        init => field = value >= 1000
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxEvaluations), value, $"MaxEvaluations must be at least 1000; got {value}.");
    } = 100_000;
}
