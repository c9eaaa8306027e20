using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Theory.Numerics.Sampling;

namespace Theory.Numerics.Tests.Sampling;

public sealed class Samples
{
    public static Arbitrary<double[]> Sample() =>
        ArbMap.Default.GeneratorFor<int>().Select(i => i % 1000 / 7.0).ArrayOf().Where(a => a.Length > 2).ToArbitrary();
}

[Properties(Arbitrary = [typeof(Samples)])]
public sealed class RunningEstimateTests
{
    private const double Tolerance = 1e-9;

    [Property]
    public void Mean_and_variance_are_those_of_the_definition(double[] sample)
    {
        var estimate = RunningEstimate.Of(sample);
        var mean = sample.Average();
        var variance = sample.Sum(x => (x - mean) * (x - mean)) / (sample.Length - 1);
        Assert.Equal(sample.Length, estimate.Count);
        Assert.Equal(mean, estimate.Mean, Tolerance);
        Assert.Equal(variance, estimate.Variance, Tolerance * (1 + variance));
        Assert.Equal(Math.Sqrt(variance / sample.Length), estimate.StandardError, Tolerance * (1 + variance));
    }

    [Property]
    public void Merging_parts_gives_the_whole_however_it_is_cut(double[] sample, PositiveInt cut, PositiveInt secondCut)
    {
        var (a, b) = (cut.Get % sample.Length, secondCut.Get % sample.Length);
        var (low, high) = (Math.Min(a, b), Math.Max(a, b));
        var left = Part(0, low);
        left.Merge(Part(low, high));
        left.Merge(Part(high, sample.Length));
        var right = Part(low, high);
        right.Merge(Part(high, sample.Length));
        var whole = Part(0, low);
        whole.Merge(right);

        var expected = RunningEstimate.Of(sample);
        foreach (var merged in new[] { left, whole })
        {
            Assert.Equal(expected.Count, merged.Count);
            Assert.Equal(expected.Mean, merged.Mean, Tolerance);
            Assert.Equal(expected.Variance, merged.Variance, Tolerance * (1 + expected.Variance));
        }

        RunningEstimate Part(int from, int to) => RunningEstimate.Of(sample.AsSpan(from..to));
    }

    [Property]
    public void Merging_with_itself_doubles_the_sample(double[] sample)
    {
        var estimate = RunningEstimate.Of(sample);
        estimate.Merge(estimate);
        var expected = RunningEstimate.Of([.. sample, .. sample]);
        Assert.Equal(expected.Count, estimate.Count);
        Assert.Equal(expected.Mean, estimate.Mean, Tolerance);
        Assert.Equal(expected.Variance, estimate.Variance, Tolerance * (1 + expected.Variance));
    }

    [Fact]
    public void A_small_variance_around_a_large_mean_is_not_cancelled_away()
    {
        var estimate = RunningEstimate.Of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16);
        Assert.Equal(1e9 + 10, estimate.Mean);
        Assert.Equal(30, estimate.Variance, 1e-9);
        var merged = RunningEstimate.Of(1e9 + 4, 1e9 + 7);
        merged.Merge(RunningEstimate.Of(1e9 + 13, 1e9 + 16));
        Assert.Equal(30, merged.Variance, 1e-9);
    }

    [Fact]
    public void What_too_few_observations_cannot_tell_is_NaN()
    {
        var estimate = new RunningEstimate();
        Assert.Equal(double.NaN, estimate.Mean);
        estimate.Add(3);
        Assert.Equal(3, estimate.Mean);
        Assert.Equal(double.NaN, estimate.Variance);
        Assert.Equal(double.NaN, estimate.StandardError);
        estimate.Merge(new RunningEstimate());
        Assert.Equal(1, estimate.Count);
        var empty = new RunningEstimate();
        empty.Merge(estimate);
        Assert.Equal(3, empty.Mean);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_observation_that_is_no_number_is_refused_and_leaves_the_estimate_alone(double value)
    {
        var estimate = RunningEstimate.Of(1, 2);
        Assert.Throws<ArgumentOutOfRangeException>("value", () => estimate.Add(value));
        Assert.Equal((2, 1.5), (estimate.Count, estimate.Mean));
    }

    [Fact]
    public void The_true_mean_lies_within_two_standard_errors_with_the_probability_of_the_normal_law()
    {
        const int Repeats = 4000;
        var stream = new RandomStream(81);
        var values = new double[200];
        var covered = 0;
        for (var i = 0; i < Repeats; i++)
        {
            stream.FillGaussian(values);
            var estimate = RunningEstimate.Of(values);
            covered += Math.Abs(estimate.Mean) < 2 * estimate.StandardError ? 1 : 0;
        }

        // Student's t with 199 degrees of freedom: P(|t| < 2) = 0.9531; ± 4 σ of the binomial.
        Assert.InRange(covered / (double)Repeats, 0.9531 - 0.0134, 0.9531 + 0.0134);
    }
}
