using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Channels;

/// <summary>
/// Follows a fixed point along a path of one parameter s, such as log λ, from where it is easy to where it is wanted. Each point is predicted by the secant through the last two and found
/// by Newton's method; a step too long for that is halved. Only the last point is solved to the full tolerance. The residual is that of the map itself, undamped.
/// </summary>
/// <param name="map">The map at the present s.</param>
/// <param name="moveTo">Sets s.</param>
/// <param name="domain">Where the map may be evaluated.</param>
internal sealed class Continuation(FixedPointMap map, Action<double> moveTo, Func<ReadOnlySpan<double>, bool> domain)
{
    private const int MaxHalvings = 60;

    /// <summary>Where steps must be shorter than this the branch ends.</summary>
    private const double ShortestStep = 1e-5;
    private double[] shifted = [];
    private double[] above = [];
    private double[] below = [];

    /// <summary>Where the path ended, and how.</summary>
    /// <param name="X">The fixed point, or the best approximation of it.</param>
    /// <param name="Reached">The last s short of the end at which there was a fixed point; NaN if none.</param>
    /// <param name="Diagnostics">Of the last point, with the iterations of all.</param>
    public readonly record struct Result(double[] X, double Reached, Diagnostics Diagnostics);

    /// <summary>Tries to reach the fixed point at the present s without a path: a few plain steps, then Newton's method.</summary>
    public Result? TryReach(double[] start, SolveOptions options)
    {
        const int PlainSteps = 6;
        const int NewtonSteps = 12;
        (shifted, above, below) = (new double[start.Length], new double[start.Length], new double[start.Length]);
        var (x, image) = ((double[])start.Clone(), new double[start.Length]);
        for (var step = 0; step < PlainSteps; step++)
        {
            map(x, image);
            for (var i = 0; i < x.Length; i++) x[i] += 0.7 * (image[i] - x[i]);
            if (!domain(x) || x.AsSpan().ContainsAny(double.NaN, double.PositiveInfinity)) return null;
        }
        var solution = FixedPoint.Solve(map, x, Choices(options, isLast: true, newton: true) with
        {
            // Forward differences are enough where this is to work at all.
            Methods = [new Newton()],
            MaxIterations = Math.Min(NewtonSteps, options.MaxIterations),
        });
        return solution.IsConverged ? new(solution.Value, double.NaN, new(solution.Status, solution.Residual, PlainSteps + solution.Iterations, null, [])) : null;
    }

    /// <summary>Follows the fixed point from the first s of the path, near the start, to the last. An infinite s is a limit, which no step is predicted or halved towards.</summary>
    public Result Follow(ReadOnlySpan<double> path, double[] start, SolveOptions options)
    {
        (shifted, above, below) = (new double[start.Length], new double[start.Length], new double[start.Length]);
        var ahead = new Stack<double>();
        for (var i = path.Length - 1; i >= 0; i--) ahead.Push(path[i]);
        var (x, before, reached, previous) = (start, start, double.NaN, double.NaN);
        var (iterations, halvings) = (0, 0);
        while (true)
        {
            var s = ahead.Pop();
            moveTo(s);
            var isLast = ahead.Count == 0;
            var solution = FixedPoint.Solve(map, Predicted(x, before, (s - reached) / (reached - previous)), Choices(options, isLast, newton: true));
            iterations += solution.Iterations;
            if (!solution.IsConverged && halvings < MaxHalvings && Math.Abs(s - reached) > ShortestStep && double.IsFinite(s))
            {
                halvings++;
                ahead.Push(s);
                ahead.Push(0.5 * (s + reached));
                continue;
            }
            if (!solution.IsConverged)
            {
                // Other methods from the same point; without a solution here the problem behind has none either.
                solution = FixedPoint.Solve(map, solution.Value, Choices(options, isLast, newton: false));
                iterations += solution.Iterations;
            }
            if (isLast || !solution.IsConverged)
                return new(solution.Value, reached, new(solution.Status, solution.Residual, iterations, null, []));
            (before, x, previous, reached) = (x, solution.Value, reached, s);
        }
    }

    private FixedPointOptions Choices(SolveOptions options, bool isLast, bool newton) => new()
    {
        Tolerance = isLast ? options.Tolerance : Math.Max(1e-7, options.Tolerance),
        MaxIterations = Math.Min(options.MaxIterations, newton ? 40 : 500),
        Methods = newton ? [new Newton(Jacobian)] : [new Anderson(), new Picard(0.5)],
        Domain = domain,
        ThrowOnFailure = false,
    };

    private double[] Predicted(double[] x, double[] before, double ratio)
    {
        if (!double.IsFinite(ratio)) return x;
        var guess = new double[x.Length];
        for (var i = 0; i < x.Length; i++) guess[i] = x[i] + ratio * (x[i] - before[i]);
        return domain(guess) ? guess : x;
    }

    /// <summary>Central differences: where 1 − F′ is nearly singular, as for weights that grow like log 1/λ, forward ones are too noisy.</summary>
    private void Jacobian(ReadOnlySpan<double> x, Span<double> jacobian)
    {
        const double Step = 1e-5;
        var n = x.Length;
        x.CopyTo(shifted);
        for (var column = 0; column < n; column++)
        {
            var size = Step * Math.Max(1, Math.Abs(x[column]));
            shifted[column] = x[column] + size;
            map(shifted, above);
            shifted[column] = x[column] - size;
            map(shifted, below);
            shifted[column] = x[column];
            for (var row = 0; row < n; row++) jacobian[row * n + column] = (above[row] - below[row]) / (2 * size);
        }
    }
}
