namespace Theory.Numerics.FixedPoints;

/// <summary>What an iterative computation returns, whether or not it succeeded.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
/// <param name="Value">The point of least residual that was reached.</param>
/// <param name="Status">How the computation ended; only <see cref="SolverStatus.Converged"/> is a result.</param>
/// <param name="Residual">True, undamped residual ‖F(x) − x‖ at <paramref name="Value"/>, in the chosen scaling; ∞ if the map is not finite there.</param>
/// <param name="Iterations">Accepted steps, over all methods that were tried.</param>
/// <param name="Evaluations">Evaluations of the map, over all methods that were tried.</param>
public sealed record Solution<T>(T Value, SolverStatus Status, double Residual, int Iterations, int Evaluations)
{
    /// <summary>Whether the value may be trusted.</summary>
    public bool IsConverged => Status == SolverStatus.Converged;
}
