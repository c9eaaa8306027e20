using Theory.Numerics.FixedPoints;

namespace Theory.Systems.Sweeps;

/// <summary>How one point of a sweep ended. Only <see cref="Converged"/> has outputs.</summary>
public enum PointStatus
{
    /// <summary>The prediction may be trusted.</summary>
    Converged,

    /// <summary>The solver could not improve further in double precision, yet missed its tolerance.</summary>
    FloatingPointLimit,

    /// <summary>The solver's iteration limit was reached first.</summary>
    BudgetExhausted,

    /// <summary>The solver's iterates left their domain or became non-finite.</summary>
    Diverged,

    /// <summary>The system does not accept the point: a value, or a combination of values, is illegal.</summary>
    InvalidInput,

    /// <summary>There is no theory for the point.</summary>
    Unsupported,
}

/// <summary>The names of statuses in tables.</summary>
public static class PointStatusNames
{
    /// <summary>The name in tables, in snake case: <c>floating_point_limit</c>.</summary>
    /// <param name="status">The status.</param>
    /// <returns>The name.</returns>
    public static string Name(this PointStatus status) => status switch
    {
        PointStatus.Converged => "converged",
        PointStatus.FloatingPointLimit => "floating_point_limit",
        PointStatus.BudgetExhausted => "budget_exhausted",
        PointStatus.Diverged => "diverged",
        PointStatus.InvalidInput => "invalid_input",
        PointStatus.Unsupported => "unsupported",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    internal static PointStatus ToPointStatus(this SolverStatus status) => status switch
    {
        SolverStatus.Converged => PointStatus.Converged,
        SolverStatus.FloatingPointLimit => PointStatus.FloatingPointLimit,
        SolverStatus.BudgetExhausted => PointStatus.BudgetExhausted,
        SolverStatus.Diverged => PointStatus.Diverged,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
