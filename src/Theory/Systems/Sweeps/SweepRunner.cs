using System.Runtime.ExceptionServices;
using Theory.Contract;

namespace Theory.Systems.Sweeps;

/// <summary>Runs sweeps on all cores. The numbers do not depend on the number of threads, nor on whether the sweep was interrupted on the way.</summary>
public static class SweepRunner
{
    /// <summary>Share of the progress that goes to predictions when experiments are run too.</summary>
    private const double PredictionShare = 0.1;

    /// <summary>The most that a killed sweep loses, besides the chunks and the measurement it was at.</summary>
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(0.5);

    /// <summary>Computes a sweep in memory.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Receives the fraction done, or <see langword="null"/>.</param>
    /// <param name="token">Stops the work.</param>
    /// <returns>The table: a row for every point, failed ones included.</returns>
    /// <exception cref="InvalidInputException">The plan asks for experiments that cannot be run.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static SweepTable Compute(SweepPlan plan, IProgress<double>? progress = null, CancellationToken token = default)
    {
        RequireMeasurable(Guard.NotNull(plan, nameof(plan)));
        return Compute(plan, null, progress, token);
    }

    /// <summary>
    /// Computes a sweep into a folder: <c>manifest.json</c>, <c>sweep.parquet</c>, <c>sweep.csv</c> and, for systems with series or spectra, <c>series.parquet</c>.
    /// A sweep that was stopped or killed continues where it was when it is run again with the same plan, and ends in the same bytes; a finished one is read back.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="directory">The folder; created if it does not exist.</param>
    /// <param name="progress">Receives the fraction done, or <see langword="null"/>.</param>
    /// <param name="token">Stops the work; what is done is kept.</param>
    /// <returns>The table: a row for every point, failed ones included.</returns>
    /// <exception cref="InvalidInputException">
    /// The plan asks for experiments that cannot be run; or the folder (<c>out</c>) holds another sweep, is being written by another process, or cannot be written.
    /// </exception>
    /// <exception cref="IOException">The disk failed or filled up on the way; what is done is kept.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static SweepTable Run(SweepPlan plan, string directory, IProgress<double>? progress = null, CancellationToken token = default) =>
        Run(plan, directory, SaveInterval, progress, token);

    internal static SweepTable Run(SweepPlan plan, string directory, TimeSpan saveInterval, IProgress<double>? progress = null, CancellationToken token = default)
    {
        RequireMeasurable(Guard.NotNull(plan, nameof(plan)));
        token.ThrowIfCancellationRequested();
        using var folder = SweepFolder.Open(Guard.NotNull(directory, nameof(directory)), SweepManifest.Of(plan), saveInterval);
        if (folder.IsFinished)
        {
            var finished = SweepTable.Load(directory);
            progress?.Report(1);
            return finished;
        }
        var table = Compute(plan, folder, progress, token);
        folder.Finish(table);
        return table;
    }

    private static void RequireMeasurable(SweepPlan plan)
    {
        if (plan.MeasuredPoints == 0) return;
        var experiment = plan.Base.Experiment()
            ?? throw new InvalidInputException("measured", $"{plan.Base.System.Id} has no experiment: {plan.Base.System.NoExperimentReason}");
        var sizes = plan.Measurement.Sizes;
        if (sizes.Length > 1) throw new InvalidInputException("size", $"a sweep measures at one size; got {sizes.Length}");
        if (sizes.Length == 1 && experiment.Dimension is not null) throw new InvalidInputException("size", "this model carries its own dimension; size must not be given");
        if (sizes.Length == 1 && sizes[0] < experiment.MinimumSize) throw new InvalidInputException("size", $"size must be at least {experiment.MinimumSize}; got {sizes[0]}");
        if (plan.Measurement.Trials is { } trials && trials < Verification.MinimumTrials)
            throw new InvalidInputException("trials", $"trials must be at least {Verification.MinimumTrials}; got {trials}");
    }

    private static SweepTable Compute(SweepPlan plan, SweepFolder? folder, IProgress<double>? progress, CancellationToken token)
    {
        var reporter = progress is null ? null : new Reporter(progress);
        var evaluator = new PointEvaluator(plan);
        var share = plan.MeasuredPoints > 0 ? PredictionShare : 1;
        var chunks = PredictAndKeep(plan, evaluator, folder, reporter, share, token);
        var measurements = Measure(plan, evaluator, chunks, folder, reporter, token);
        reporter?.Report(1);
        return TableBuilder.Build(plan, chunks, measurements);
    }

    /// <summary>The number of points in a part: fine enough to share the work and to lose little, never so fine that keeping accounts costs more than the points.</summary>
    private static int ChunkSize(int points) => Math.Clamp(points / 256, 1, 4096);

    /// <summary>Predicts all points; what is done is on the disk when that fails, and before the experiments.</summary>
    private static SweepChunk[] PredictAndKeep(SweepPlan plan, PointEvaluator evaluator, SweepFolder? folder, Reporter? reporter, double share, CancellationToken token)
    {
        try
        {
            var chunks = Predict(plan, evaluator, folder, reporter, share, token);
            if (plan.MeasuredPoints > 0) folder?.Flush();
            return chunks;
        }
        catch
        {
            folder?.Flush();
            throw;
        }
    }

    private static SweepChunk[] Predict(SweepPlan plan, PointEvaluator evaluator, SweepFolder? folder, Reporter? reporter, double share, CancellationToken token)
    {
        var (points, size) = (plan.PointCount, ChunkSize(plan.PointCount));
        var chunks = new SweepChunk?[(points + size - 1) / size];
        var (next, done) = (-1, 0);
        InParallel(plan.Threads, chunks.Length, stop =>
        {
            for (int n; !stop() && !token.IsCancellationRequested && (n = Interlocked.Increment(ref next)) < chunks.Length;)
            {
                var (from, count) = (n * size, Math.Min(size, points - n * size));
                chunks[n] = folder?.Load(from, count);
                if (chunks[n] is null)
                {
                    if (evaluator.Evaluate(from, count, token) is not { } chunk) break;
                    folder?.Save(chunk);
                    chunks[n] = chunk;
                }
                reporter?.Report(share * Interlocked.Increment(ref done) / chunks.Length);
            }
        });
        token.ThrowIfCancellationRequested();
        return chunks!;
    }

    /// <summary>Runs the experiments point by point: each uses all cores for its trials.</summary>
    private static List<PointMeasurement> Measure(
        SweepPlan plan, PointEvaluator evaluator, SweepChunk[] chunks, SweepFolder? folder, Reporter? reporter, CancellationToken token)
    {
        var measurements = new List<PointMeasurement>();
        if (plan.MeasuredPoints == 0) return measurements;
        var inner = plan.Axes.Length == 1 ? 1 : plan.Axes[1].Count;
        var points = plan.MeasuredIndices().SelectMany(i => Enumerable.Range(i * inner, inner)).ToArray();
        var size = ChunkSize(plan.PointCount);
        for (var n = 0; n < points.Length; n++)
        {
            token.ThrowIfCancellationRequested();
            var (point, chunk) = (points[n], chunks[points[n] / size]);
            // Where theory has no answer there is nothing to compare with, and the row already says why.
            if (chunk.Status[point - chunk.From] == PointStatus.Converged)
            {
                var measured = folder?.Load(point);
                if (measured is null)
                {
                    var part = reporter?.Part(PredictionShare + (1 - PredictionShare) * n / points.Length, (1 - PredictionShare) / points.Length);
                    measured = PointMeasurement.Run(plan, evaluator.At(point), point, part, token);
                    folder?.Save(measured);
                }
                measurements.Add(measured);
            }
            reporter?.Report(PredictionShare + (1 - PredictionShare) * (n + 1) / points.Length);
        }
        return measurements;
    }

    private static void InParallel(int? threads, int items, Action<Func<bool>> work)
    {
        var workers = Math.Min(threads ?? Environment.ProcessorCount, items);
        if (workers == 1)
        {
            work(static () => false);
            return;
        }
        try
        {
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, (_, state) => work(() => state.ShouldExitCurrentIteration));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    /// <summary>Passes progress on, in increasing order.</summary>
    private sealed class Reporter(IProgress<double> target)
    {
        private readonly Lock gate = new();
        private double last = -1;

        public void Report(double fraction)
        {
            lock (gate)
            {
                if (fraction <= last) return;
                last = fraction;
                target.Report(fraction);
            }
        }

        public IProgress<double> Part(double start, double length) => new Range(this, start, length);

        private sealed class Range(Reporter reporter, double start, double length) : IProgress<double>
        {
            public void Report(double value) => reporter.Report(start + length * value);
        }
    }
}
