namespace Theory.Numerics.FixedPoints;

/// <summary>How an iterative computation ended. Everything but <see cref="Converged"/> means that the value must not be trusted.</summary>
public enum SolverStatus
{
    /// <summary>The undamped residual met the requested tolerance (or the answer is a closed form).</summary>
    Converged,

    /// <summary>The iteration cannot improve further in double precision, yet the residual is above the tolerance. Loosen the tolerance or rescale the problem.</summary>
    FloatingPointLimit,

    /// <summary>The iteration limit was reached first. Raise the limit, or try another method; near a phase transition convergence is slow.</summary>
    BudgetExhausted,

    /// <summary>The iterates left the domain of the map, grew without bound or became non-finite. Start closer to the solution, or damp more.</summary>
    Diverged,
}
