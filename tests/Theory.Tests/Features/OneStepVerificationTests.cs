using Theory.Features;
using Theory.Systems;

namespace Theory.Tests.Features;

/// <summary>Theory beside real steps and fits, seeded: 4 standard errors plus the stated finite-size allowance c/d.</summary>
public class OneStepVerificationTests
{
    public static TheoryData<string, string, double, double, double, double, double, double> Networks => new()
    {
        { "tanh(z)", "sin(z)", 3, 2, 1.6, 1, 0.1, 0 },
        { "relu(z)", "tanh(z)", 2, 2, 1.6, 1, 0.1, 0 },
        { "softplus(z)", "relu(z)", 2, 2, 1.6, 1, 0.1, 0.1 },
        { "erf(z/sqrt(2))", "sign(z)", 2, 2, 1, 1.5, 0.1, 0 },
        { "tanh(z)", "tanh(z)", 3, 0.4, 1.2, 0.8, 0.05, 0.1 },
        { "relu(z)", "tanh(z) + 0.5", -1.5, 1, 0.8, 0.6, 0.2, 0 },
    };

    public static TheoryData<string, string, double, double, double, double, double, double, double> Spiked => new()
    {
        { "tanh(z)", "sin(z)", 1.2, 1.3, 0.8, 1.5, 1, 0.1, 0 },
        { "relu(z)", "tanh(z)", 1, 1.2, 0.7, 1.4, 0.7, 0.05, 0.05 },
        { "relu(z)", "sign(z)", 1.5, 1, 0.9, 0.75, 1.5, 0.05, 0 },
        { "sign(z)", "z + 0.5", -1, 0.7, 0.5, 1, 1.2, 0.2, 0.2 },
        { "abs(z)", "abs(z)", 2, 1, 1, 2, 0.5, 0.1, 0.1 },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_trained_network_behaves_as_the_refined_map_predicts(string activation, string target, double rate, double batch, double alpha, double beta, double lambda, double noise) =>
        Passes(Network(activation, target, rate, batch, alpha, beta, lambda, noise).Verify(size: 80, trials: 24, seed: 21));

    [Theory(Explicit = true)]
    [MemberData(nameof(Networks))]
    public void A_trained_network_behaves_as_the_refined_map_predicts_in_high_dimension(string activation, string target, double rate, double batch, double alpha, double beta, double lambda, double noise) =>
        Passes(Network(activation, target, rate, batch, alpha, beta, lambda, noise).Verify(size: 400, trials: 40, seed: 22));

    [Theory]
    [MemberData(nameof(Spiked))]
    public void Spiked_features_behave_as_predicted(string activation, string target, double spike, double bulk, double alignment, double alpha, double beta, double lambda, double noise) =>
        Passes(Features(activation, target, spike, bulk, alignment, alpha, beta, lambda, noise).Verify(size: 80, trials: 24, seed: 23));

    [Theory(Explicit = true)]
    [MemberData(nameof(Spiked))]
    public void Spiked_features_behave_as_predicted_in_high_dimension(string activation, string target, double spike, double bulk, double alignment, double alpha, double beta, double lambda, double noise) =>
        Passes(Features(activation, target, spike, bulk, alignment, alpha, beta, lambda, noise).Verify(size: 400, trials: 40, seed: 24));

    [Theory]
    [InlineData("relu(z)", "tanh(z)", 2, 2, 0)]
    [InlineData("tanh(z)", "sin(z)", 3, 1, 0.2)]
    [InlineData("softplus(z)", "relu(z)", -2, 0.5, 0.1)]
    [InlineData("abs(z)", "z + He2(z)", 1, 3, 0)]
    public void A_gradient_step_has_the_predicted_spike(string activation, string target, double rate, double batch, double noise) =>
        Passes(new OneStepMapModel { Activation = activation, Target = target, LearningRate = rate, BatchRatio = batch, Noise = noise }.Verify(size: 80, trials: 24, seed: 25));

    [Fact]
    public void The_refined_map_is_nearer_to_the_network_than_the_isotropic_one()
    {
        var refined = Network("tanh(z)", "tanh(z)", 3, 0.4, 2, 1, 0.02, 0);
        var isotropic = refined with { Map = FirstStepMap.Isotropic };
        var measured = refined.Verify(size: 100, trials: 60, seed: 26).Rows.Single(r => r.Observable == "test_error");
        Assert.True(Math.Abs(refined.Predict().TestError - measured.Mean) < Math.Abs(isotropic.Predict().TestError - measured.Mean));
        Assert.True(Math.Abs(isotropic.Predict().TestError - measured.Mean) < 0.15 * measured.Mean);
    }

    private static OneStepNetworkModel Network(string activation, string target, double rate, double batch, double alpha, double beta, double lambda, double noise) =>
        new() { Activation = activation, Target = target, LearningRate = rate, BatchRatio = batch, Alpha = alpha, Beta = beta, Lambda = lambda, Noise = noise };

    private static SpikedRandomFeaturesModel Features(string activation, string target, double spike, double bulk, double alignment, double alpha, double beta, double lambda, double noise) =>
        new() { Activation = activation, Target = target, Spike = spike, Bulk = bulk, Alignment = alignment, Alpha = alpha, Beta = beta, Lambda = lambda, Noise = noise };

    private static void Passes(VerificationReport report) => Assert.All(report.Rows, r =>
        Assert.True(r.Agrees, $"{r.Observable}: predicted {r.Predicted:g6}, measured {r.Mean:g6} ± {r.StandardError:g2}, allowance {r.Allowance:g2}"));
}
