using System.Collections.Immutable;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Dynamics;

/// <summary>Turns what a sweep observed into a prediction, and tells how far it may be trusted.</summary>
internal static class ReuseReport
{
    private const double Explosion = 1e6;

    public static BatchReusePrediction Prediction(ReuseProblem problem, ReplicateLevels levels, int quadratureSteps, Diagnostics diagnostics, ReuseProblem? newSamples = null, ulong seed = 0)
    {
        var (p, k) = (problem.Loss.Width, problem.Target.Directions);
        var last = levels.End == SweepEnd.Diverged ? levels.Time - 1 : problem.Steps;
        var (values, errors) = (levels.Values[..(last + 1)], levels.Errors[..(last + 1)]);
        var fresh = newSamples is null ? [] : values.Select(v => NewSamples.Of(newSamples, Square(v, 0, p, k), Square(v, p * k, p, p), seed)).ToArray();
        return new()
        {
            GeneralizationError = [.. fresh.Select(x => x.Loss)],
            GeneralizationErrorError = [.. fresh.Select(x => x.Error)],
            M = [.. values.Select(v => Matrix(v, 0, p, k))],
            Q = [.. values.Select(v => Matrix(v, p * k, p, p))],
            TrainLoss = [.. values.Skip(1).Select(v => v[^1])],
            MError = [.. errors.Select(v => Matrix(v, 0, p, k))],
            QError = [.. errors.Select(v => Matrix(v, p * k, p, p))],
            TrainLossError = [.. errors.Skip(1).Select(v => v[^1])],
            QuadratureSteps = quadratureSteps,
            PathsUsed = levels.Paths,
            Diagnostics = diagnostics,
        };
    }

    public static Diagnostics Diagnose(double accuracy, ReuseProblem problem, ReplicateLevels levels, double quadratureError)
    {
        var residual = quadratureError;
        for (var t = 0; t <= problem.Steps && levels.Values[t] is not null; t++)
            for (var i = 0; i < levels.Values[t].Length; i++) residual = Math.Max(residual, levels.Errors[t][i] / Math.Max(1, Math.Abs(levels.Values[t][i])));
        var diagnostics = new Diagnostics(SolverStatus.Converged, residual, problem.Steps, null, []);
        if (levels.End == SweepEnd.Diverged) return diagnostics.Warn($"the dynamics diverge in step {levels.Time}; lower learning_rate") with { Status = SolverStatus.Diverged };
        if (Exploded(problem, levels) is { } time) return diagnostics.Warn($"the weights have grown a thousandfold at time {time}: the dynamics diverge; lower learning_rate") with { Status = SolverStatus.Diverged };
        return levels.End switch
        {
            SweepEnd.Inconsistent => diagnostics.Warn("the sampled kernel is no covariance: its noise is too large; set more paths, or fewer steps") with { Status = SolverStatus.FloatingPointLimit },
            SweepEnd.TooNoisy => diagnostics.Warn(FormattableString.Invariant($"the standard error stays above accuracy = {accuracy} with {levels.Paths} paths per replicate; allow {residual:g2}, or set four times as many paths"))
                with
            { Status = SolverStatus.BudgetExhausted },
            _ => diagnostics,
        };
    }

    /// <summary>The first time at which tr Q is a million times its beginning.</summary>
    private static int? Exploded(ReuseProblem problem, ReplicateLevels levels)
    {
        var (p, k) = (problem.Loss.Width, problem.Target.Directions);
        double Trace(int t) => Enumerable.Range(0, p).Sum(i => levels.Values[t][p * k + i * (p + 1)]);
        for (var t = 1; t <= problem.Steps; t++)
            if (!(Trace(t) <= Explosion * Math.Max(1, Trace(0)))) return t;
        return null;
    }

    private static double[,] Square(double[] values, int start, int rows, int columns)
    {
        var matrix = new double[rows, columns];
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++) matrix[i, j] = values[start + i * columns + j];
        return matrix;
    }

    public static ImmutableArray<ImmutableArray<double>> Matrix(double[] values, int start, int rows, int columns) =>
        [.. Enumerable.Range(0, rows).Select(i => values.AsSpan(start + i * columns, columns).ToImmutableArray())];
}
