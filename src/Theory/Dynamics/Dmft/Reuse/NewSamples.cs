namespace Theory.Dynamics;

/// <summary>
/// The mean loss of a new sample at given overlaps, (h, z) ~ N(0, [[Q, M], [Mᵀ, 1]]): what the first step of a problem that begins there would see. Quadrature in two dimensions, else sampled paths.
/// </summary>
internal static class NewSamples
{
    private const int Paths = 2048;

    /// <summary>The loss and its standard error, 0 for quadrature.</summary>
    /// <param name="problem">The problem, with the noise that new labels have.</param>
    /// <param name="m">M, p × k.</param>
    /// <param name="q">Q, p × p.</param>
    /// <param name="seed">Seed of the paths.</param>
    public static (double Loss, double Error) Of(ReuseProblem problem, double[,] m, double[,] q, ulong seed)
    {
        var p = problem.Loss.Width;
        var rest = (double[,])q.Clone();
        for (var i = 0; i < p; i++)
            for (var j = 0; j < p; j++)
                for (var l = 0; l < m.GetLength(1); l++) rest[i, j] -= m[i, l] * m[j, l];
        var start = problem with { M0 = m, QPerp0 = rest, Steps = 1, Masks = new(1, null) };
        if (p == 1 && problem.Target is { Directions: 1, IsNoisy: false } && QuadraturePhase.Run(start).Steps is [var exact]) return (exact.Loss, 0);
        var losses = new double[ReplicateLevels.Replicates];
        Parallel.For(0, losses.Length, r => losses[r] = SampledPhase.Run(start, new(start, Paths, seed, (ulong)r, ulong.MaxValue)).Train is [var loss] ? loss : double.NaN);
        if (!losses.All(double.IsFinite)) return (double.NaN, double.NaN);
        var estimate = Numerics.Sampling.RunningEstimate.Of(losses);
        return (estimate.Mean, estimate.StandardError);
    }
}
