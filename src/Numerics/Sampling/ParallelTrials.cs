using System.Runtime.ExceptionServices;
using Theory.Numerics.LinearAlgebra;

namespace Theory.Numerics.Sampling;

/// <summary>Independent repetitions of an experiment on several threads, with results that do not depend on how many.</summary>
public static class ParallelTrials
{
    /// <summary>Runs trials, each with a random stream of its own.</summary>
    /// <typeparam name="T">The result of a trial.</typeparam>
    /// <param name="trials">Number of trials; at least 0.</param>
    /// <param name="seed">The seed; trial i draws from <c>new RandomStream(seed, i)</c>.</param>
    /// <param name="trial">The trial: its number i in 0, …, trials − 1 and its stream in, its result out. Runs on several threads at once.</param>
    /// <param name="threads">Greatest number of threads, at least 1; <see langword="null"/> for one per processor.</param>
    /// <param name="progress">Told the number of finished trials, increasing by one each time, from whichever thread finished.</param>
    /// <param name="cancellationToken">Looked at before each trial.</param>
    /// <returns>The results, in the order of the trials.</returns>
    /// <remarks>Dense linear algebra inside the trials runs on one thread each (<see cref="DenseAlgebra.SingleThreaded"/>).
    /// When trials throw, no further ones are started and the exception of the lowest-numbered failed trial is thrown, on any number of threads.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trials"/> or <paramref name="threads"/> is too small.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="trial"/> is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for before the last trial began.</exception>
    public static T[] Run<T>(
        int trials,
        ulong seed,
        Func<int, RandomStream, T> trial,
        int? threads = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var root = new RandomStream(seed);
        return RunAll(trials, i => trial(i, root.Substream((ulong)i)), threads, progress, cancellationToken);
    }

    /// <summary>Runs trials, each with a seed of its own: as <see cref="Run{T}(int, ulong, Func{int, RandomStream, T}, int?, IProgress{int}, CancellationToken)"/>, for experiments that take a seed.</summary>
    /// <typeparam name="T">The result of a trial.</typeparam>
    /// <param name="trials">Number of trials; at least 0.</param>
    /// <param name="seed">The common seed; trial i is given <see cref="RandomStream.DeriveSeed"/> of it and i.</param>
    /// <param name="trial">The trial: its number i in 0, …, trials − 1 and its seed in, its result out. Runs on several threads at once.</param>
    /// <param name="threads">Greatest number of threads, at least 1; <see langword="null"/> for one per processor.</param>
    /// <param name="progress">Told the number of finished trials, increasing by one each time, from whichever thread finished.</param>
    /// <param name="cancellationToken">Looked at before each trial.</param>
    /// <returns>The results, in the order of the trials.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trials"/> or <paramref name="threads"/> is too small.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="trial"/> is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for before the last trial began.</exception>
    public static T[] RunSeeded<T>(
        int trials,
        ulong seed,
        Func<int, ulong, T> trial,
        int? threads = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return RunAll(trials, i => trial(i, RandomStream.DeriveSeed(seed, (ulong)i)), threads, progress, cancellationToken);
    }

    private static T[] RunAll<T>(int trials, Func<int, T> trial, int? threads, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        if (trials < 0)
            throw new ArgumentOutOfRangeException(nameof(trials), trials, $"trials must be at least 0; got {trials}.");
        if (threads < 1)
            throw new ArgumentOutOfRangeException(nameof(threads), threads, $"threads must be at least 1; got {threads}.");

        using var scope = DenseAlgebra.SingleThreaded();
        var batch = new Batch<T>(trials, trial, progress, cancellationToken);
        var workers = Math.Min(threads ?? Environment.ProcessorCount, trials);
        if (workers <= 1)
            batch.Work();
        else
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, _ => batch.Work());
        return batch.Results();
    }

    /// <summary>Trials handed out in order, so that whenever one fails all lower-numbered ones have been started and will finish.</summary>
    private sealed class Batch<T>(int trials, Func<int, T> trial, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        private readonly T[] _results = new T[trials];
        private readonly Lock _gate = new();
        private int _next = -1;
        private int _finished;
        private volatile bool _stopped;
        private (int Trial, ExceptionDispatchInfo Exception)? _failure;

        public void Work()
        {
            while (!_stopped)
            {
                if (cancellationToken.IsCancellationRequested)
                    return;
                var i = Interlocked.Increment(ref _next);
                if (i >= trials)
                    return;
                RunOne(i);
            }
        }

        public T[] Results()
        {
            _failure?.Exception.Throw();
            if (_finished < trials)
                cancellationToken.ThrowIfCancellationRequested();
            return _results;
        }

        private void RunOne(int i)
        {
            try
            {
                _results[i] = trial(i);
                lock (_gate)
                {
                    _finished++;
                    progress?.Report(_finished);
                }
            }
            catch (Exception exception)
            {
                _stopped = true;
                lock (_gate)
                {
                    if (_failure is null || i < _failure.Value.Trial)
                        _failure = (i, ExceptionDispatchInfo.Capture(exception));
                }
            }
        }
    }
}
