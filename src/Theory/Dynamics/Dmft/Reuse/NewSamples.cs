namespace Theory.Dynamics;

/// <summary>
/// The mean loss of a new sample at given overlaps, (h, z) ~ N(0, [[Q, M], [Mᵀ, 1]]): what the first step of a problem that begins there would see. Quadrature in two dimensions, else sampled paths, the same
/// for all overlaps.
/// </summary>
internal static class NewSamples
{
    private const int Paths = 2048;

    /// <summary>Losses and their standard errors, 0 for quadrature.</summary>
    /// <param name="problem">The problem, with the noise that new labels have.</param>
    /// <param name="overlaps">M, p × k, and Q, p × p.</param>
    /// <param name="seed">Seed of the paths.</param>
    public static (double Loss, double Error)[] Of(ReuseProblem problem, IReadOnlyList<(double[,] M, double[,] Q)> overlaps, ulong seed)
    {
        ReuseProblem[] starts = [.. overlaps.Select(o => problem with { M0 = o.M, QPerp0 = Rest(o.M, o.Q), Steps = 1, Masks = new(1, null) })];
        var results = new (double, double)[starts.Length];
        var isSmall = problem.Loss.Width == 1 && problem.Target is { Directions: 1, IsNoisy: false };
        List<int> sampled = [];
        for (var t = 0; t < starts.Length; t++)
        {
            if (isSmall && QuadraturePhase.Run(starts[t]).Steps is [var exact]) results[t] = (exact.Loss, 0);
            else sampled.Add(t);
        }
        if (sampled.Count == 0) return results;
        var losses = new double[ReplicateLevels.Replicates][];
        Parallel.For(0, losses.Length, r =>
        {
            using var paths = new SampledPaths(starts[sampled[0]], Paths, seed, (ulong)r, ulong.MaxValue);
            paths.DrawStep(0);
            losses[r] = [.. sampled.Select(t => SampledPhase.FirstLoss(starts[t], paths))];
        });
        for (var i = 0; i < sampled.Count; i++)
        {
            double[] own = [.. losses.Select(l => l[i])];
            results[sampled[i]] = own.All(double.IsFinite) ? ReplicateLevels.Mean(own) : (double.NaN, double.NaN);
        }
        return results;
    }

    private static double[,] Rest(double[,] m, double[,] q)
    {
        var (p, rest) = (q.GetLength(0), (double[,])q.Clone());
        for (var i = 0; i < p; i++)
            for (var j = 0; j < p; j++)
                for (var l = 0; l < m.GetLength(1); l++) rest[i, j] -= m[i, l] * m[j, l];
        return rest;
    }
}
