namespace Theory.Numerics.FixedPoints;

/// <summary>A way to iterate towards a fixed point. Immutable; all state of a run is in the stepper.</summary>
public interface IFixedPointMethod
{
    /// <summary>Allocates the workspace of one run.</summary>
    /// <param name="problem">The map and the options.</param>
    /// <returns>The stepper.</returns>
    IFixedPointStepper Start(FixedPointProblem problem);
}

/// <summary>
/// One run of a method. The loop asks for a candidate; while the candidate is outside the domain, has no finite image or is refused by
/// <see cref="Accepts"/>, it asks for the next trial at the same point.
/// </summary>
public interface IFixedPointStepper
{
    /// <summary>Proposes where to go.</summary>
    /// <param name="trial">0 for the first candidate at this point, then 1, 2, ….</param>
    /// <param name="x">The current point.</param>
    /// <param name="image">F(x).</param>
    /// <param name="candidate">Receives the proposal.</param>
    /// <returns><see langword="false"/> when there is nothing left to try.</returns>
    bool TryPropose(int trial, ReadOnlySpan<double> x, ReadOnlySpan<double> image, Span<double> candidate);

    /// <summary>Decides on a candidate once its image is known.</summary>
    /// <param name="trial">The trial that produced the candidate.</param>
    /// <param name="residual">Residual at the current point.</param>
    /// <param name="candidate">Residual at the candidate, in the units of the current point.</param>
    /// <returns>Whether to go there.</returns>
    bool Accepts(int trial, double residual, double candidate);
}
