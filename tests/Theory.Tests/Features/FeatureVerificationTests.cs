using Theory.Channels;
using Theory.Features;
using Theory.Systems;

namespace Theory.Tests.Features;

/// <summary>Theory beside real fits, seeded: 4 standard errors plus the stated finite-size allowance c/d.</summary>
public class FeatureVerificationTests
{
    public static TheoryData<string, string, double, double, double, double> Cases => new()
    {
        { "relu(z)", "tanh(z)", 2, 1, 0.01, 0.1 },
        { "tanh(z)", "sin(z)", 0.5, 1, 0.1, 0 },
        { "erf(z)", "sign(z)", 1, 1, 0.01, 0.2 },
        { "abs(z)", "1 + z + He2(z)/2", 1.5, 0.6, 0.05, 0 },
        { "tanh(z)", "1 + z", 1.2, 2, 0.3, 0.1 },
        { "relu(z)", "z", 1, 2, 0, 0.1 },
        { "softplus(z)", "abs(z)", 3, 1, 0, 0 },
        { "z", "z + He3(z)/4", 0.5, 1.5, 0, 0.1 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Random_features_behave_as_predicted(string activation, string target, double alpha, double beta, double lambda, double noise) =>
        Passes(Model(activation, target, alpha, beta, lambda, noise).Verify(size: 100, trials: 16, seed: 11));

    [Theory(Explicit = true)]
    [MemberData(nameof(Cases))]
    public void Random_features_behave_as_predicted_in_high_dimension(string activation, string target, double alpha, double beta, double lambda, double noise) =>
        Passes(Model(activation, target, alpha, beta, lambda, noise).Verify(size: 400, trials: 16, seed: 12));

    [Theory]
    [InlineData(2, 0.1, 0.3)]
    [InlineData(0.5, 0.01, 0.1)]
    [InlineData(0.5, 0, 0.2)]
    [InlineData(3, 0, 0.2)]
    public void Ridge_regression_behaves_as_predicted(double alpha, double lambda, double noise) =>
        Passes(new RidgeRegressionModel { Alpha = alpha, Lambda = lambda, Noise = noise }.Verify(size: 150, trials: 24, seed: 13));

    [Theory]
    [InlineData("tanh(z)", "logistic", 2, 1, 0.1, 0)]
    [InlineData("relu(z)", "hinge", 2, 1, 0.1, 0)]
    [InlineData("erf(z)", "square", 1, 2, 0.05, 0.3)]
    [InlineData("tanh(z)", "huber", 1, 0.8, 0.1, 0.2)]
    [InlineData("tanh(z)", "hinge", 1, 1, 0.001, 0)]
    public void Random_feature_classifiers_behave_as_predicted(string activation, string loss, double alpha, double beta, double lambda, double noise) =>
        Passes(new RandomFeaturesClassificationModel
        {
            Activation = activation,
            Teacher = "sign(z)",
            Loss = MarginLosses.Named(loss),
            HuberDelta = 0.7,
            Alpha = alpha,
            Beta = beta,
            Lambda = lambda,
            Noise = noise,
        }.Verify(size: 100, trials: 16, seed: 17));

    [Fact]
    public void A_wrong_prefactor_of_five_percent_is_noticed()
    {
        var report = new RidgeRegressionModel { Alpha = 2, Lambda = 0.1, Noise = 0.3 }.Verify(size: 100, trials: 400, seed: 14);
        var test = report.Rows.Single(r => r.Observable == "test_error");
        Assert.True(test.Agrees);
        Assert.False((test with { Predicted = 1.05 * test.Predicted }).Agrees);
    }

    [Fact(Explicit = true)]
    public void The_gap_between_experiment_and_limit_closes_like_one_over_d()
    {
        var report = Verification.Run(
            Model("relu(z)", "tanh(z)", 0.5, 1, 0.1, 0.1).AsProblem(), new() { Sizes = [20, 40, 80], Trials = 20_000, Seed = 15 });
        var fit = report.Fits.Single(f => f.Observable == "test_error");
        Assert.True(Math.Abs(fit.Constant) > 5 * fit.StandardError, $"c = {fit.Constant} ± {fit.StandardError} is not resolved");
        Assert.True(Math.Abs(fit.Exponent!.Value - 1) <= 4 * fit.ExponentError!.Value + 0.15, $"exponent {fit.Exponent} ± {fit.ExponentError}");
    }

    private static RandomFeaturesModel Model(string activation, string target, double alpha, double beta, double lambda, double noise) =>
        new() { Activation = activation, Target = target, Alpha = alpha, Beta = beta, Lambda = lambda, Noise = noise };

    private static void Passes(VerificationReport report) => Assert.All(report.Rows, r =>
        Assert.True(r.Agrees, $"{r.Observable}: predicted {r.Predicted:g6}, measured {r.Mean:g6} ± {r.StandardError:g2}, allowance {r.Allowance:g2}"));
}
