using System.Numerics;

namespace Theory.Dynamics;

/// <summary>How replicates ended.</summary>
internal enum SweepEnd
{
    /// <summary>All times are within the accuracy.</summary>
    Accurate,

    /// <summary>The standard error stayed above the accuracy with the most paths allowed.</summary>
    TooNoisy,

    /// <summary>A number overflowed, or the weights or the loss grew beyond bounds.</summary>
    Diverged,

    /// <summary>The sampled kernel is no covariance.</summary>
    Inconsistent,
}

/// <summary>
/// Means of independent replicates of a trajectory with their standard errors. The number of paths grows by what the first time that is not accurate asks for; each time is reported from the first level
/// at which it and all times before it are accurate, so that it does not depend on the times after it.
/// </summary>
/// <param name="Values">Observed values by time.</param>
/// <param name="Errors">Their standard errors.</param>
/// <param name="End">How it ended.</param>
/// <param name="Time">The time at which it failed, if it did.</param>
/// <param name="Paths">The most paths per replicate that were used; 0 if none.</param>
/// <param name="Least">The least pivot of the sampled covariances relative to their trace; 0 if none is negative.</param>
internal sealed record ReplicateLevels(double[][] Values, double[][] Errors, SweepEnd End, int Time, int Paths, double Least)
{
    /// <summary>Number of replicates.</summary>
    public const int Replicates = 16;
    /// <summary>The most pivots that a replicate set to zero.</summary>
    public int Dropped { get; init; }

    private const int FewestPaths = 1024;

    // Student's t with 15 degrees of freedom has 95.45 % of its weight within 2.181; a normal law within 2.
    private const double StudentFactor = 2.181 / 2;

    // The error falls about as N^(−0.7).
    private const double InverseOrder = 1.4;
    private const double LeastPivot = -1e-6;

    /// <summary>Runs levels until all times are accurate.</summary>
    /// <param name="steps">The last time T.</param>
    /// <param name="accuracy">Largest standard error, relative to the larger of 1 and the size of the value.</param>
    /// <param name="mostPaths">Greatest number of paths per replicate.</param>
    /// <param name="fixedPaths">A number of paths to be used whatever the error, or <see langword="null"/>.</param>
    /// <param name="judged">How many of the values at time t are to be accurate, from the first.</param>
    /// <param name="run">Paths and replicate in; observed values by time (shorter if it did not stay finite) and the least pivot of its covariances, and how many were dropped, out.</param>
    public static ReplicateLevels Run(int steps, double accuracy, int mostPaths, int? fixedPaths, Func<int, int> judged, Func<int, int, (double[][] Values, double Least, int Dropped)> run)
    {
        var (values, errors) = (new double[steps + 1][], new double[steps + 1][]);
        var done = 0;
        for (var paths = fixedPaths ?? FewestPaths; ;)
        {
            var results = new (double[][] Values, double Least, int Dropped)[Replicates];
            var count = paths;
            Parallel.For(0, Replicates, r => results[r] = run(count, r));
            var isLast = fixedPaths is not null || 2L * paths > mostPaths;
            var worst = 0.0;
            for (var t = done; t <= steps; t++)
            {
                if (results.Any(r => r.Values.Length <= t)) return new(values, errors, SweepEnd.Diverged, t, paths, 0);
                (values[t], errors[t]) = Mean([.. results.Select(r => r.Values[t])]);
                worst = Math.Max(worst, Enumerable.Range(0, judged(t)).Max(i => errors[t][i] / (accuracy * Math.Max(1, Math.Abs(values[t][i])))));
                if (worst > 1 && !isLast) break;
                done = t + 1;
            }
            if (done <= steps)
            {
                var growth = BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(Math.Pow(worst, InverseOrder), 2, 64));
                paths = (int)Math.Min(paths * (long)growth, mostPaths);
                continue;
            }
            var least = results.Min(r => r.Least);
            var end = least < LeastPivot ? SweepEnd.Inconsistent : worst > 1 && fixedPaths is null ? SweepEnd.TooNoisy : SweepEnd.Accurate;
            return new(values, errors, end, steps, paths, least) { Dropped = results.Max(r => r.Dropped) };
        }
    }

    /// <summary>The mean of replicates and its standard error, widened so that two of them hold as much as those of a normal law.</summary>
    public static (double Mean, double Error) Mean(ReadOnlySpan<double> replicates)
    {
        var estimate = Numerics.Sampling.RunningEstimate.Of(replicates);
        return (estimate.Mean, StudentFactor * estimate.StandardError);
    }

    private static (double[] Mean, double[] Error) Mean(double[][] replicates)
    {
        var (mean, error) = (new double[replicates[0].Length], new double[replicates[0].Length]);
        for (var i = 0; i < mean.Length; i++)
        {
            (mean[i], error[i]) = Mean([.. replicates.Select(r => r[i])]);
        }
        return (mean, error);
    }
}
