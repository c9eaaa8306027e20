namespace Theory.Numerics.FixedPoints;

/// <summary>Solves x = F(x) for maps of Rⁿ to itself, such as the equations of order parameters.</summary>
/// <remarks>
/// Convergence is judged by the true residual F(x) − x, never by the length of a damped or accelerated step.
/// For roots of one function of one variable use MathNet's <c>RootFinding</c>.
/// </remarks>
public static class FixedPoint
{
    /// <summary>Finds a fixed point near a start.</summary>
    /// <param name="map">The map F.</param>
    /// <param name="start">Where to start: n finite numbers in the domain. The fixed point that is found may depend on it.</param>
    /// <param name="options">Choices, or <see langword="null"/> for the defaults.</param>
    /// <returns>The fixed point; or, if failures are to be returned, the point of least residual with its status.</returns>
    /// <exception cref="FixedPointException">No method converged, unless failures are to be returned.</exception>
    /// <exception cref="ArgumentException">The start is empty, not finite or outside the domain.</exception>
    public static Solution<double[]> Solve(FixedPointMap map, ReadOnlySpan<double> start, FixedPointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        options ??= FixedPointOptions.Default;
        RequireLegal(start, options);
        var best = Attempt(map, start, options, options.Methods[0]);
        foreach (var method in options.Methods.AsSpan()[1..])
        {
            if (best.IsConverged) break;
            var next = Attempt(map, start, options, method);
            var better = next.IsConverged || next.Residual < best.Residual ? next : best;
            best = better with { Iterations = best.Iterations + next.Iterations, Evaluations = best.Evaluations + next.Evaluations };
        }

        return best.IsConverged || !options.ThrowOnFailure ? best : throw new FixedPointException(best);
    }

    /// <summary>Finds a fixed point near a start by one method.</summary>
    /// <param name="map">The map F.</param>
    /// <param name="start">Where to start: n finite numbers in the domain.</param>
    /// <param name="method">The method; those of the options are not used.</param>
    /// <param name="options">Choices, or <see langword="null"/> for the defaults.</param>
    /// <returns>The fixed point; or, if failures are to be returned, the point of least residual with its status.</returns>
    /// <exception cref="FixedPointException">The method did not converge, unless failures are to be returned.</exception>
    /// <exception cref="ArgumentException">The start is empty, not finite or outside the domain.</exception>
    public static Solution<double[]> Solve(
        FixedPointMap map, ReadOnlySpan<double> start, IFixedPointMethod method, FixedPointOptions? options = null) =>
        Solve(map, start, (options ?? FixedPointOptions.Default) with { Methods = [method] });

    /// <summary>Finds a fixed point of a function of one variable.</summary>
    /// <param name="map">The function.</param>
    /// <param name="start">Where to start, finite and in the domain.</param>
    /// <param name="options">Choices, or <see langword="null"/> for the defaults.</param>
    /// <returns>The fixed point; or, if failures are to be returned, the point of least residual with its status.</returns>
    /// <exception cref="FixedPointException">No method converged, unless failures are to be returned.</exception>
    /// <exception cref="ArgumentException">The start is not finite or outside the domain.</exception>
    public static Solution<double> Solve(Func<double, double> map, double start, FixedPointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        var s = Solve((x, image) => image[0] = map(x[0]), [start], options);
        return new(s.Value[0], s.Status, s.Residual, s.Iterations, s.Evaluations);
    }

    private static Solution<double[]> Attempt(
        FixedPointMap map, ReadOnlySpan<double> start, FixedPointOptions options, IFixedPointMethod method) =>
        new FixedPointLoop(new FixedPointProblem(map, start.Length, options), method, start).Run();

    private static void RequireLegal(ReadOnlySpan<double> start, FixedPointOptions options)
    {
        if (start.IsEmpty) throw new ArgumentException("start must have at least one component; got none.", nameof(start));
        for (var i = 0; i < start.Length; i++)
        {
            if (!double.IsFinite(start[i])) throw new ArgumentException($"start[{i}] must be finite; got {start[i]}.", nameof(start));
        }

        if (options.Domain?.Invoke(start) == false)
            throw new ArgumentException($"start must be in the domain of the map; got ({string.Join(", ", start.ToArray())}).", nameof(start));
    }
}
