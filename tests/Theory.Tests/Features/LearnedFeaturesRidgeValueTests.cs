using Theory.Contract;
using Theory.Features;
using Theory.Systems;
using static Theory.Tests.Features.LearnedFeaturesCases;

namespace Theory.Tests.Features;

public class LearnedFeaturesRidgeValueTests
{
    private static readonly LearnedFeaturesRidgeModel Good = new()
    {
        Activation = "relu(z)",
        Target = "tanh(z)",
        Fractions = [0.7, 0.1, 0.1, 0.1],
        Spikes = [1, -0.5, 1.5, -2],
        Alpha = 2,
        Beta = 1.5,
        Lambda = 0.01,
    };

    [Theory]
    [InlineData(1, 0.166277)]
    [InlineData(2, 0.027415)]
    [InlineData(4, 0.027415)]
    public void Floor_of_a_relu_on_tanh_falls_once_both_signs_are_there(int values, double floor)
    {
        var model = values switch { 1 => Good with { Fractions = [1], Spikes = [1] }, 2 => Good with { Fractions = [0.9, 0.1], Spikes = [1, -1] }, _ => Good };
        Near(floor, model.Predict().Floor, 1e-6);
    }

    [Theory]
    [InlineData(0.5, 0.101480)]
    [InlineData(0.3, 0.062280)]
    public void Floor_of_one_weak_spike_is_lower(double spike, double floor) => Near(floor, (Good with { Fractions = [1], Spikes = [spike] }).Predict().Floor, 1e-6);

    [Theory]
    [InlineData(0.01)]
    [InlineData(100)]
    public void What_the_means_can_fit_is_learned_without_error_at_any_ridge(double lambda)
    {
        // c₀ of z² at the shift κ is κ² + 1.
        var p = (Good with { Activation = "z^2", Target = "z^2 + 1", Fractions = [0.6, 0.4], Spikes = [1, -0.3], Lambda = lambda }).Predict();
        Near(0, p.TestError, 1e-18);
        Near(1, p.M.Sum(), 1e-9);
    }

    [Fact]
    public void An_infinite_ridge_leaves_the_means_in_the_limit_and_nothing_at_finite_dimension()
    {
        var model = Good with { Fractions = [1], Spikes = [1], Lambda = 1e12, Noise = 0.2 };
        var second = Theory.Hermite.SmoothedMoments.Of("tanh(z)", 0, 1).SecondMoment;
        var limit = model.Predict();
        Near(0, limit.S[0], 1e-9);
        Assert.InRange(limit.TestError, 0.2, 0.2 + second);
        Near(second + 0.2, (model with { Dimension = 100 }).Predict().TestError, 1e-6);
    }

    [Fact]
    public void Nearly_dependent_functions_are_told_and_need_a_dimension()
    {
        var model = new LearnedFeaturesRidgeModel
        {
            Activation = "tanh(z)",
            Target = "He3(z)/sqrt(6)",
            Fractions = [0.25, 0.25, 0.25, 0.25],
            Spikes = [2, -1, 0.5, -0.25],
            Alpha = 3,
            Beta = 1,
            Lambda = 0.05,
        };
        var limit = model.Predict();
        Assert.True(limit.IsDegenerate);
        Assert.Contains("dimension", Assert.Single(limit.Diagnostics.Warnings), StringComparison.Ordinal);
        Near(0.0006, limit.TestError, 5e-5);
        var dressed = (model with { Dimension = 400 }).Predict();
        Assert.False(dressed.IsDegenerate);
        Assert.Empty(dressed.Diagnostics.Warnings);
        Near(0.5125, dressed.TestError, 1e-4);
    }

    [Fact]
    public void Exactly_dependent_functions_are_no_trouble()
    {
        // c₀ of an odd activation at ±κ, and of a linear one at any two shifts.
        foreach (var activation in (string[])["tanh(z)", "z"])
        {
            var p = (Good with { Activation = activation, Fractions = [0.5, 0.5], Spikes = [1, -1], Lambda = 0.1, Noise = 0.05 }).Predict();
            Assert.False(p.IsDegenerate);
            Near(p.M[0], -p.M[1], 1e-9);
        }
    }

    [Fact]
    public void Errors_peak_where_samples_and_features_are_as_many()
    {
        double At(double alpha) => (Good with { Alpha = alpha, Lambda = 1e-4 }).Predict().TestError;
        Assert.True(At(1.5) > 2 * At(0.7) && At(1.5) > 2 * At(3));
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(1e-6)]
    [InlineData(1e6)]
    public void Any_ridge_is_solved(double lambda)
    {
        foreach (var (alpha, beta) in ((double, double)[])[(1, 1), (0.01, 3), (3, 0.01), (100, 1), (1, 100)])
        {
            var p = (Good with { Alpha = alpha, Beta = beta, Lambda = lambda, Noise = 0.1 }).Predict();
            Assert.True(p.Diagnostics.IsConverged && p.Variance >= 0 && p.TrainError >= 0);
            Near(p.ObjectivePerSample, p.TrainError + lambda * p.ReadoutNorm * beta / alpha, 1e-8 * p.ObjectivePerSample + 1e-12 * p.TestError);
        }
    }

    [Fact]
    public void Impossible_vocabularies_are_refused_by_name()
    {
        Assert.Equal("Fractions", Assert.Throws<ArgumentOutOfRangeException>(() => Good with { Fractions = [1, 0] }).ParamName);
        Assert.Equal("Spikes", Assert.Throws<ArgumentOutOfRangeException>(() => Good with { Spikes = [double.NaN] }).ParamName);
        Assert.Equal("Spikes", Assert.Throws<ArgumentException>(() => Good with { Spikes = [] }).ParamName);
        Assert.Equal("Spikes", Assert.Throws<ArgumentException>(() => Good with { Spikes = [.. Enumerable.Range(0, 33).Select(i => (double)i)] }).ParamName);
        Assert.Equal("fractions", Assert.Throws<InvalidInputException>(() => (Good with { Spikes = [1] }).Predict()).Parameter);
        Assert.Equal("fractions", Assert.Throws<InvalidInputException>(() => (Good with { Fractions = [0.5, 0.1, 0.1, 0.1] }).Predict()).Parameter);
        Assert.Equal("Lambda", Assert.Throws<ArgumentOutOfRangeException>(() => Good with { Lambda = 0 }).ParamName);
        Assert.Equal("Dimension", Assert.Throws<ArgumentOutOfRangeException>(() => Good with { Dimension = 1 }).ParamName);
        Assert.Equal("Activation", Assert.Throws<ArgumentOutOfRangeException>(() => (Good with { Activation = "2" }).Predict()).ParamName);
        Assert.Equal("Activation", Assert.Throws<ArgumentOutOfRangeException>(() => (Good with { Activation = "exp(z^2/8)" }).Predict()).ParamName);
        Assert.Equal("Target", Assert.Throws<ArgumentOutOfRangeException>(() => (Good with { Target = "exp(z^2/3)" }).Predict()).ParamName);
    }

    [Fact]
    public void A_vocabulary_of_thirty_two_values_is_solved()
    {
        double[] spikes = [.. Enumerable.Range(0, 32).Select(i => (i - 15.5) / 8)];
        var p = (Good with { Fractions = [.. spikes.Select(_ => 1 / 32.0)], Spikes = [.. spikes], Dimension = 500 }).Predict();
        Assert.True(p.Diagnostics.IsConverged);
        Assert.InRange(p.TestError, 0.01, 0.2);
    }
}
