using MathNet.Numerics;
using Theory.Numerics.Sampling;
using Theory.Numerics.Tests.LinearAlgebra;

namespace Theory.Numerics.Tests.Sampling;

[Collection(ProcessWideState.Name)]
public sealed class ParallelTrialsTests
{
    [Fact]
    public void Results_are_in_order_and_independent_of_the_number_of_threads()
    {
        var results = new[] { 1, 2, 3, 16 }.Select(threads => ParallelTrials.Run(40, 5, Trial, threads)).ToList();
        Assert.All(results, r => Assert.Equal(results[0], r));
        Assert.Equal(Enumerable.Range(0, 40), results[0].Select(r => r.Index));
        Assert.Equal(new RandomStream(5, 7).NextGaussian(), results[0][7].First);

        static (int Index, double First, double Sum) Trial(int i, RandomStream stream)
        {
            var first = stream.NextGaussian();
            var values = new double[1000 * (1 + i % 5)];
            stream.FillGaussian(values);
            return (i, first, values.Sum());
        }
    }

    [Fact]
    public void Seeded_trials_are_given_the_derived_seeds()
    {
        var seeds = ParallelTrials.RunSeeded(30, 8, (_, seed) => seed, threads: 3);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => RandomStream.DeriveSeed(8, (ulong)i)), seeds);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_exception_of_the_lowest_numbered_failed_trial_is_thrown(int threads)
    {
        var failure = Assert.Throws<InvalidTimeZoneException>(() => ParallelTrials.Run<int>(
            50,
            1,
            (i, _) =>
            {
                if (i < 10)
                    return i;
                Thread.Sleep(i == 10 ? 30 : 0);
                throw new InvalidTimeZoneException($"trial {i}");
            },
            threads));
        Assert.Equal("trial 10", failure.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Progress_counts_up_to_the_number_of_trials(int threads)
    {
        var progress = new Recorder();
        ParallelTrials.Run(25, 1, (i, _) => i, threads, progress);
        Assert.Equal(Enumerable.Range(1, 25), progress.Values);
    }

    [Fact]
    public void Cancellation_stops_before_the_next_trial()
    {
        using var source = new CancellationTokenSource();
        var started = 0;
        Assert.Throws<OperationCanceledException>(() => ParallelTrials.Run(
            100,
            1,
            (i, _) =>
            {
                Interlocked.Increment(ref started);
                if (i == 3)
                    source.Cancel();
                return i;
            },
            threads: 1,
            cancellationToken: source.Token));
        Assert.Equal(4, started);
    }

    [Fact]
    public void Cancellation_after_the_last_trial_does_not_throw_results_away()
    {
        using var source = new CancellationTokenSource();
        var results = ParallelTrials.Run(
            5,
            1,
            (i, _) =>
            {
                if (i == 4)
                    source.Cancel();
                return i;
            },
            threads: 1,
            cancellationToken: source.Token);
        Assert.Equal([0, 1, 2, 3, 4], results);
    }

    [Fact]
    public void Linear_algebra_inside_is_single_threaded_and_free_again_outside()
    {
        var outside = Control.MaxDegreeOfParallelism;
        var inside = ParallelTrials.Run(4, 1, (_, _) => Control.MaxDegreeOfParallelism, threads: 2);
        Assert.Equal([1, 1, 1, 1], inside);
        Assert.Equal(outside, Control.MaxDegreeOfParallelism);
        Assert.ThrowsAny<Exception>(() => ParallelTrials.Run<int>(4, 1, (_, _) => throw new InvalidOperationException()));
        Assert.Equal(outside, Control.MaxDegreeOfParallelism);
    }

    [Fact]
    public void Trials_may_be_nested()
    {
        var sums = ParallelTrials.Run(4, 1, (_, outer) => ParallelTrials.Run(3, outer.NextUInt64(), (_, inner) => inner.NextUniform()).Sum());
        var again = ParallelTrials.Run(4, 1, (_, outer) => ParallelTrials.Run(3, outer.NextUInt64(), (_, inner) => inner.NextUniform(), threads: 1).Sum(), threads: 1);
        Assert.Equal(again, sums);
    }

    [Fact]
    public void No_trials_give_no_results_and_illegal_counts_are_refused()
    {
        Assert.Empty(ParallelTrials.Run(0, 1, (i, _) => i));
        Assert.Throws<ArgumentOutOfRangeException>("trials", () => ParallelTrials.Run(-1, 1, (i, _) => i));
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => ParallelTrials.Run(1, 1, (i, _) => i, threads: 0));
        Assert.Throws<ArgumentNullException>("trial", () => ParallelTrials.Run<int>(1, 1, null!));
    }

    private sealed class Recorder : IProgress<int>
    {
        public List<int> Values { get; } = [];

        public void Report(int value) => Values.Add(value);
    }
}
