namespace Theory.Numerics.Ode;

/// <summary>Solves initial value problems y′ = f(t, y) with control of the local error, dense output and events.</summary>
public static class OdeSolver
{
    /// <summary>Integrates from a start to a final time.</summary>
    /// <param name="function">The right-hand side f.</param>
    /// <param name="startTime">Where to start, t₀.</param>
    /// <param name="start">y(t₀), at least one component, all finite.</param>
    /// <param name="endTime">Where to end, t₁ ≥ t₀.</param>
    /// <param name="outputs">Times in [t₀, t₁], not decreasing, at which the state is wanted.</param>
    /// <param name="options">Choices, or <see langword="null"/> for the defaults.</param>
    /// <returns>The solution as far as it goes, and how it ended.</returns>
    /// <exception cref="ArgumentException">The start is empty or not finite, or the output times are not in order.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is not finite, or the end lies before the start.</exception>
    public static OdeSolution Solve(
        OdeFunction function, double startTime, ReadOnlySpan<double> start, double endTime, ReadOnlySpan<double> outputs = default, OdeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        RequireLegal(startTime, start, endTime, outputs);
        var problem = new OdeProblem(function, start.Length, options ?? OdeOptions.Default);
        return new OdeLoop(problem, startTime, start, endTime, outputs).Run();
    }

    private static void RequireLegal(double startTime, ReadOnlySpan<double> start, double endTime, ReadOnlySpan<double> outputs)
    {
        if (!double.IsFinite(startTime)) throw new ArgumentOutOfRangeException(nameof(startTime), startTime, $"startTime must be finite; got {startTime}.");
        if (!(endTime >= startTime) || !double.IsFinite(endTime))
            throw new ArgumentOutOfRangeException(nameof(endTime), endTime, $"endTime must be finite and at least startTime = {startTime}; got {endTime}.");
        if (start.IsEmpty) throw new ArgumentException("start must have at least one component; got none.", nameof(start));
        foreach (var component in start)
        {
            if (!double.IsFinite(component)) throw new ArgumentException($"start must be finite; got {component}.", nameof(start));
        }

        var last = startTime;
        foreach (var time in outputs)
        {
            if (!(time >= last && time <= endTime))
                throw new ArgumentException($"outputs must not decrease and lie in [{startTime}, {endTime}]; got {time} after {last}.", nameof(outputs));
            last = time;
        }
    }
}
