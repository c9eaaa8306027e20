using Theory.Numerics.FixedPoints;

namespace Theory.Spectra;

/// <summary>How the solution of a Dyson equation ended. Everything but <see cref="Converged"/> means that the value must not be trusted.</summary>
public enum DysonStatus
{
    /// <summary>The undamped residual met the tolerance, on the branch in the half-plane.</summary>
    Converged,

    /// <summary>The iteration cannot improve further in double precision, yet the residual is above the tolerance. Loosen the tolerance.</summary>
    FloatingPointLimit,

    /// <summary>The iteration limit was reached first. Raise it, or start from a neighbouring solution.</summary>
    BudgetExhausted,

    /// <summary>The equation was solved on a wrong branch, or not at all without leaving the half-plane. On the real axis: x lies in the support and the solution sought is real.</summary>
    LeftHalfPlane,

    /// <summary>I − J is singular to working precision: z is at an edge of the support, where the solution branches.</summary>
    NearSingularJacobian,

    /// <summary>The equation was solved, but m(z) diverges there or no digit of it is known: z is at an atom, or at an edge where the density diverges.</summary>
    AtPole,
}

/// <summary>Extensions of <see cref="DysonStatus"/>.</summary>
public static class DysonStatusExtensions
{
    /// <summary>The status in the words of all solvers: a branch point is a limit of floating point, a wrong branch a divergence.</summary>
    /// <param name="status">The status.</param>
    /// <returns>The status for <see cref="Contract.Diagnostics"/>.</returns>
    public static SolverStatus ToSolverStatus(this DysonStatus status) => status switch
    {
        DysonStatus.Converged => SolverStatus.Converged,
        DysonStatus.BudgetExhausted => SolverStatus.BudgetExhausted,
        DysonStatus.LeftHalfPlane => SolverStatus.Diverged,
        _ => SolverStatus.FloatingPointLimit,
    };
}
