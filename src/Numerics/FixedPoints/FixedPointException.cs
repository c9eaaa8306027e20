using System.Globalization;

namespace Theory.Numerics.FixedPoints;

/// <summary>A fixed point was not found, and the caller had asked for an exception.</summary>
public sealed class FixedPointException : ArithmeticException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="solution">What was reached.</param>
    public FixedPointException(Solution<double[]> solution)
        : base(Describe(solution)) => Solution = solution;

    /// <summary>The point of least residual, with status and statistics.</summary>
    public Solution<double[]> Solution { get; }

    private static string Describe(Solution<double[]> solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        var advice = solution.Status switch
        {
            SolverStatus.FloatingPointLimit => "loosen the tolerance or rescale the problem",
            SolverStatus.BudgetExhausted => "raise the iteration limit or try another method; near a phase transition convergence is slow",
            SolverStatus.Diverged => "start closer to the solution or damp more",
            _ => "no failure",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"No fixed point: {solution.Status} after {solution.Iterations} iterations with residual {solution.Residual:g3}; {advice}.");
    }
}
