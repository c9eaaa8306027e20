using System.Collections.Immutable;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Dynamics;

/// <summary>Turns what a sweep observed into a prediction, and tells how far it may be trusted.</summary>
internal static class ReuseReport
{
    private const double Explosion = 1e6, LossGrowth = 10, HeavyTail = 1e3;
    private const int GrowingSteps = 3;

    public static BatchReusePrediction Prediction(ReuseProblem problem, ReplicateLevels levels, int quadratureSteps, Diagnostics diagnostics, ReuseProblem? newSamples = null, ulong seed = 0)
    {
        var (p, k) = (problem.Loss.Width, problem.Target.Directions);
        var last = levels.End == SweepEnd.Diverged ? levels.Time - 1 : problem.Steps;
        var (values, errors) = (levels.Values[..(last + 1)], levels.Errors[..(last + 1)]);
        var fresh = newSamples is null ? [] : NewSamples.Of(newSamples, [.. values.Select(v => (Square(v, 0, p, k), Square(v, p * k, p, p)))], seed);
        var isWhole = newSamples is not null;
        return new()
        {
            GeneralizationError = [.. fresh.Select(x => x.Loss)],
            GeneralizationErrorError = [.. fresh.Select(x => x.Error)],
            M = [.. values.Select(v => Matrix(v, 0, p, k))],
            Q = [.. values.Select(v => Matrix(v, p * k, p, p))],
            TrainLoss = [.. values.Skip(1).Select(v => v[p * (k + p)])],
            Correlation = isWhole ? Kernels(0, (layout, s) => layout.Norm(s), diagonal: true) : [],
            NoiseKernel = isWhole ? Kernels(1, (layout, s) => layout.Noise(s)) : [],
            ResponseKernel = isWhole && problem.Loss.IsPathwise ? Kernels(1, (layout, s) => layout.Response(s)) : null,
            MemoryKernel = isWhole && problem.Loss.IsPathwise ? Kernels(1, (layout, s) => layout.Memory(s)) : null,
            MError = [.. errors.Select(v => Matrix(v, 0, p, k))],
            QError = [.. errors.Select(v => Matrix(v, p * k, p, p))],
            TrainLossError = [.. errors.Skip(1).Select(v => v[p * (k + p)])],
            QuadratureSteps = quadratureSteps,
            PathsUsed = levels.Paths,
            DroppedDirections = levels.Dropped,
            Diagnostics = diagnostics,
        };

        ImmutableArray<ImmutableArray<ImmutableArray<ImmutableArray<double>>>> Kernels(int from, Func<ObservedLayout, int, int> start, bool diagonal = false) =>
        [
            .. Enumerable.Range(from, Math.Max(values.Length - from, 0)).Select(t => Enumerable.Range(0, diagonal ? t + 1 : t)
                .Select(s => Matrix(values[t], start(new(p, k, t), s), p, p)).ToImmutableArray()),
        ];
    }

    public static Diagnostics Diagnose(double accuracy, ReuseProblem problem, ReplicateLevels levels, double quadratureError)
    {
        var residual = quadratureError;
        for (var t = 0; t <= problem.Steps && levels.Values[t] is not null; t++)
            for (var i = 0; i < new ObservedLayout(problem.Loss.Width, problem.Target.Directions, t).Judged; i++) residual = Math.Max(residual, levels.Errors[t][i] / Math.Max(1, Math.Abs(levels.Values[t][i])));
        var diagnostics = new Diagnostics(SolverStatus.Converged, residual, problem.Steps, null, []);
        if (HeavyTailed(problem, levels) is { } heavy)
            diagnostics = diagnostics.Warn(FormattableString.Invariant($"the kurtosis of the gradients is {heavy.Kurtosis:g2} in step {heavy.Step}: moments are dominated by rare samples, finite systems need many trials, and later moments may not exist"));
        if (levels.End == SweepEnd.Diverged) return diagnostics.Warn($"the dynamics diverge in step {levels.Time}; lower learning_rate") with { Status = SolverStatus.Diverged };
        if (Exploded(problem, levels) is { } time) return diagnostics.Warn($"the weights have grown a thousandfold at time {time}: the dynamics diverge; lower learning_rate") with { Status = SolverStatus.Diverged };
        if (LosesControl(problem, levels) is { } step)
            return diagnostics.Warn($"the training loss has grown more than tenfold in each of the {GrowingSteps} steps up to {step}: the dynamics diverge; lower learning_rate") with { Status = SolverStatus.Diverged };
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

    /// <summary>The first step at which the training loss has grown more than tenfold three times in a row.</summary>
    private static int? LosesControl(ReuseProblem problem, ReplicateLevels levels)
    {
        var (index, run) = (problem.Loss.Width * (problem.Target.Directions + problem.Loss.Width), 0);
        for (var t = 2; t <= problem.Steps; t++)
        {
            var (before, now) = (levels.Values[t - 1][index], levels.Values[t][index]);
            run = before > 0 && now > LossGrowth * before ? run + 1 : 0;
            if (run == GrowingSteps) return t - 1;
        }
        return null;
    }

    /// <summary>The step whose gradients have the heaviest tails, if those are heavy.</summary>
    private static (double Kurtosis, int Step)? HeavyTailed(ReuseProblem problem, ReplicateLevels levels)
    {
        var worst = (Kurtosis: 0.0, Step: 0);
        for (var t = 1; t <= problem.Steps && levels.Values[t] is { } values; t++)
        {
            var layout = new ObservedLayout(problem.Loss.Width, problem.Target.Directions, t);
            if (values.Length > layout.Kurtosis && values[layout.Kurtosis] > worst.Kurtosis) worst = (values[layout.Kurtosis], t - 1);
        }
        return worst.Kurtosis > HeavyTail ? worst : null;
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
