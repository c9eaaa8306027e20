using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Dynamics;

/// <summary>Steps to escape by the mean map of a step [Arnaboldi, Dandi, Krzakala, Loureiro, Pesce &amp; Stephan 2024, arXiv:2406.02157].</summary>
public sealed record EscapeStepsPrediction : IPrediction
{
    /// <summary>The first step after which m ≥ threshold; <see langword="null"/> if that never happens.</summary>
    public required double? Steps { get; init; }

    /// <summary>Samples used until then, n times the steps; <see langword="null"/> if that never happens.</summary>
    public required double? Samples { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Iterates the map m ← (m + γF)/√(1 + E dQ), or integrates dm/v(m) where it takes more than four million steps.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Not used.</param>
    /// <returns>The prediction; the branch is <c>iterated</c> (a count) or <c>integrated</c> (relative error below 10⁻⁶).</returns>
    /// <exception cref="UnsupportedException">A step annihilates or overflows the weight, so that it cannot be normalised.</exception>
    public static EscapeStepsPrediction Solve(EscapeStepsModel model, SolveOptions? options = null)
    {
        try
        {
            var time = EscapeTime.Of(model.Map().Drift, model.M0, model.Threshold);
            var escapes = double.IsFinite(time.Steps);
            return new()
            {
                Steps = escapes ? time.Steps : null,
                Samples = !escapes ? null : time.Steps == 0 ? 0 : time.Steps * model.BatchSize,
                Diagnostics = new(SolverStatus.Converged, 0, time.Iterations, time.IsIterated ? "iterated" : "integrated", escapes ? [] : ["the map never reaches the threshold: the sampling noise outweighs the drift, or the drift vanishes"]),
            };
        }
        catch (ArithmeticException e)
        {
            throw new UnsupportedException(e.Message);
        }
    }
}
