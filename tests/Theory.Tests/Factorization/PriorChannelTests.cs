using FsCheck.Xunit;
using Theory.Channels;
using Theory.Numerics.Sampling;

namespace Theory.Tests.Factorization;

[Properties(Arbitrary = [typeof(PriorCases)])]
public class PriorChannelTests
{
    [Property]
    public void Free_entropy_grows_at_half_the_overlap(PriorCase prior, Snr snr)
    {
        // Five-point derivative in A.
        var (a, h) = (snr.Value, 0.02 * snr.Value);
        double Psi(int i) => prior.Prior.FreeEntropy(a + i * h);
        var derivative = (8 * (Psi(1) - Psi(-1)) - (Psi(2) - Psi(-2))) / (12 * h);
        Near(prior.Prior.Overlap(a) / 2, derivative, 1e-7 * prior.Prior.SecondMoment + 1e-13 / h, $"{prior} at {a}");
    }

    [Property]
    public void Overlap_increases_from_the_squared_mean_to_the_second_moment(PriorCase prior, Snr snr)
    {
        var (low, high) = (prior.Prior.Overlap(snr.Value), prior.Prior.Overlap(1.1 * snr.Value));
        Assert.InRange(low, prior.Prior.SquaredMean - 1e-14, high + 1e-13 * prior.Prior.SecondMoment);
        Assert.True(high <= prior.Prior.SecondMoment * (1 + 1e-13));
        Assert.Equal(prior.Prior.SquaredMean, prior.Prior.Overlap(0), 1e-14);
        Assert.Equal(0, prior.Prior.FreeEntropy(0));
        Near(prior.Prior.SecondMoment, prior.Prior.Overlap(1e6), 1e-4 * prior.Prior.SecondMoment, prior.Name);
    }

    [Property]
    public void Overlap_of_a_centred_prior_begins_at_the_square_of_its_variances(PriorCase prior)
    {
        if (prior.Prior.SquaredMean > 0) return;
        var s = prior.Prior.SecondMoment / prior.Prior.Rank;
        var a = 1e-9 / s;
        Near(prior.Prior.Rank * s * s * a, prior.Prior.Overlap(a), 1e-7 * prior.Prior.Rank * s * s * a, prior.Name);
    }

    [Property(MaxTest = 20)]
    public void Overlap_is_the_mean_square_of_the_denoiser_over_the_channel(PriorCase prior, Snr snr)
    {
        const int samples = 4000;
        var (channel, random) = (prior.Prior, new RandomStream(17));
        var (x, field, mean) = (new double[channel.Dimension], new double[channel.Dimension], new double[channel.Dimension]);
        RunningEstimate product = new(), square = new(), variance = new();
        for (var i = 0; i < samples; i++)
        {
            channel.Sample(random, x);
            for (var c = 0; c < x.Length; c++) field[c] = snr.Value * x[c] + Math.Sqrt(snr.Value) * random.NextGaussian();
            variance.Add(channel.Denoise(snr.Value, field, mean) + mean.Sum(v => v * v) - x.Sum(v => v * v));
            product.Add(x.Zip(mean, (u, v) => u * v).Sum());
            square.Add(mean.Sum(v => v * v));
        }

        Within(product, channel.Overlap(snr.Value));
        Within(square, channel.Overlap(snr.Value));
        Within(variance, 0);
        void Within(RunningEstimate estimate, double expected) =>
            Near(expected, estimate.Mean, 6 * estimate.StandardError + 2e-3 * channel.SecondMoment, $"{prior} at {snr.Value}");
    }

    [Property]
    public void Rademacher_is_the_one_hot_prior_of_two_clusters_at_twice_the_ratio(Snr snr)
    {
        var (one, two) = (new RademacherPrior(), new OneHotPrior(2));
        Assert.Equal(one.Overlap(snr.Value) / 2, two.Overlap(2 * snr.Value), 1e-14);
        Assert.Equal(one.FreeEntropy(snr.Value), two.FreeEntropy(2 * snr.Value), 1e-14);
        var discrete = new DiscretePrior([1, -1], [0.5, 0.5]);
        Assert.Equal(one.Overlap(snr.Value), discrete.Overlap(snr.Value), 1e-13);
        Assert.Equal(one.FreeEntropy(snr.Value), discrete.FreeEntropy(snr.Value), 1e-13);
    }

    [Property]
    public void The_integrals_of_any_number_of_clusters_give_signs_for_two(Snr snr)
    {
        if (snr.Value > 150) return;
        Near(1, 2 * ClusterIntegral.Gain(snr.Value, 2) / new OneHotPrior(2).Fraction(snr.Value), 1e-12, $"q at {snr.Value}");
        var free = ClusterIntegral.LogSum(Math.Max(snr.Value, 0.01), 2) - Math.Log(2) - 0.75 * Math.Max(snr.Value, 0.01);
        Near(new OneHotPrior(2).FreeEntropy(Math.Max(snr.Value, 0.01)), free, 1e-12 * (1 + snr.Value), $"Ψ at {snr.Value}");
    }

    [Property]
    public void Labels_of_two_clusters_are_told_by_the_sign_of_one_field(Snr snr)
    {
        // P(z₁ + √a > z₂) = Φ(√(a/2)).
        var expected = MathNet.Numerics.Distributions.Normal.CDF(0, 1, Math.Sqrt(snr.Value / 2));
        Assert.Equal(expected, new OneHotPrior(2).LabelAccuracy(snr.Value), 1e-14);
    }

    [Property]
    public void Free_entropy_at_small_ratios_keeps_its_digits(PriorCase prior)
    {
        var s = prior.Prior.SecondMoment;
        foreach (var a in new[] { 1e-14 / s, 1e-9 / s, 1e-6 / s })
            Near(1, prior.Prior.FreeEntropy(a) / (a * (prior.Prior.Overlap(0) + prior.Prior.Overlap(a)) / 4), 1e-3, $"{prior} at {a}");
    }

    [Fact]
    public void Overlap_of_sparse_rows_is_not_concave()
    {
        // What makes the fold: with few relevant features, evidence for one feature counts more once there is some.
        var rows = new GaussBernoulliPrior(0.05);
        Assert.True(rows.Overlap(1) < (rows.Overlap(0) + rows.Overlap(2)) / 2);
    }

    [Property]
    public void Sparse_rows_without_sparsity_are_Gaussian(Snr snr)
    {
        var (rows, gaussian) = (new GaussBernoulliPrior(1, 3), new GaussianPrior());
        Assert.Equal(3 * gaussian.Overlap(snr.Value), rows.Overlap(snr.Value), 1e-14);
        Assert.Equal(3 * gaussian.FreeEntropy(snr.Value), rows.FreeEntropy(snr.Value), 1e-12);
        Near(gaussian.Overlap(snr.Value), new GaussBernoulliPrior(1 - 1e-9).Overlap(snr.Value), 1e-8, "ρ → 1");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(20)]
    public void Overlap_of_clusters_has_its_series_in_small_ratios(int k)
    {
        var a = 1e-4;
        var series = a / k + (k - 4.0) / (2.0 * k * k) * a * a;
        Assert.Equal(1, new OneHotPrior(k).Fraction(a) / series, 1e-7);
    }

    [Theory]
    [InlineData(3, 1.5)]
    [InlineData(6, 4)]
    public void Overlap_of_clusters_agrees_with_the_posterior_of_simulated_labels(int k, double a)
    {
        var random = new RandomStream(5);
        RunningEstimate weight = new(), correct = new();
        for (var i = 0; i < 200_000; i++)
        {
            double norm = 0, first = 0, largest = double.NegativeInfinity;
            for (var c = 0; c < k; c++)
            {
                var field = (c == 0 ? a : 0) + Math.Sqrt(a) * random.NextGaussian();
                norm += Math.Exp(field);
                if (c == 0) first = field;
                largest = Math.Max(largest, field);
            }

            weight.Add(Math.Exp(first) / norm);
            correct.Add(largest == first ? 1 : 0);
        }

        var prior = new OneHotPrior(k);
        Assert.Equal(weight.Mean, (1 + (k - 1) * prior.Fraction(a)) / k, 4 * weight.StandardError);
        Assert.Equal(correct.Mean, prior.LabelAccuracy(a), 4 * correct.StandardError);
    }

    [Fact]
    public void The_cost_of_an_overlap_does_not_grow_with_the_number_of_clusters()
    {
        // The same nodes serve every k: a million clusters are no work.
        Assert.InRange(new OneHotPrior(1_000_000).Fraction(60), 0.5, 1);
        Assert.InRange(new OneHotPrior(1_000_000).Fraction(5), 0, 0.1);
    }

    [Fact]
    public void Illegal_priors_name_the_parameter()
    {
        Assert.Equal("sparsity", Assert.Throws<ArgumentOutOfRangeException>(() => new GaussBernoulliPrior(0)).ParamName);
        Assert.Equal("rank", Assert.Throws<ArgumentOutOfRangeException>(() => new GaussBernoulliPrior(0.5, 0)).ParamName);
        Assert.Equal("clusters", Assert.Throws<ArgumentOutOfRangeException>(() => new OneHotPrior(1)).ParamName);
        Assert.Equal("variance", Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianPrior(double.NaN)).ParamName);
        Assert.Equal("p", Assert.Throws<ArgumentOutOfRangeException>(() => DiscretePrior.TwoGroup(1)).ParamName);
        Assert.Throws<ArgumentException>(() => new DiscretePrior([0, 1], [0.5, 0.4]));
        Assert.Throws<ArgumentException>(() => new DiscretePrior([1, 1], [0.5, 0.5]));
    }

    private static void Near(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{what}: expected {expected:g12}, got {actual:g12} (tolerance {tolerance:g3})");
}
