using Theory.Features;
using Theory.Systems;

namespace Theory.Tests.Features;

/// <summary>Theory beside real steps and fits, seeded: 4 standard errors plus the stated finite-size allowance c/d.</summary>
public class OneStepVerificationTests
{
    /// <summary>Activation, target, η̃, α₀, α, β, λ, Δ; then means and standard errors of test and training error of another simulation, at d = 500 (the last two: 700).</summary>
    public static TheoryData<string, string, double[], double[]> Networks => new()
    {
        { "tanh(z)", "sin(z)", [3, 2, 1.6, 1, 0.1, 0], [0.13196, 0.0024, 0.04749, 0.0015] },
        { "softplus(z)", "relu(z)", [2, 2, 1.6, 1, 0.1, 0], [0.14077, 0.0027, 0.05288, 0.0019] },
        { "tanh(z)", "sin(z)", [2, 1, 0.8, 0.5, 0.1, 0.1], [0.44413, 0.0086, 0.13780, 0.0047] },
        { "erf(z/sqrt(2))", "sign(z)", [2, 2, 2, 2, 0.1, 0], [0.50627, 0.0038, 0.15877, 0.0021] },
        { "relu(z)", "tanh(z)", [2, 0.5, 1.2, 1, 0.05, 0], [0.43190, 0.0086, 0.09146, 0.0021] },
        { "tanh(z)", "tanh(z)", [3, 0.4, 2, 1, 0.02, 0], [0.31747, 0.0058, 0.09372, 0.0028] },
        { "relu(z)", "He2(z)", [1, 4, 1.6, 0.8, 0.1, 0], [2.66517, 0.054, 1.14130, 0.053] },
        { "relu(z)", "tanh(z)", [2, 2, 1.6, 1, 0.1, 0], [0.27638, 0.0022, 0.14659, 0.0014] },
        { "tanh(z)", "sin(z)", [3, 20, 1.6, 1, 0.1, 0], [0.03663, 0.0005, 0.01999, 0.0004] },
    };

    /// <summary>Further networks: noisy labels, a negative rate, and a weak spike, whose ridge the allowance has to know.</summary>
    public static TheoryData<string, string, double[], double[]> OtherNetworks => new()
    {
        { "softplus(z)", "relu(z)", [2, 2, 1.6, 1, 0.1, 0.1], [] },
        { "tanh(z)", "tanh(z)", [3, 0.4, 1.2, 0.8, 0.05, 0.1], [] },
        { "relu(z)", "tanh(z) + 0.5", [-1.5, 1, 0.8, 0.6, 0.2, 0], [] },
        { "tanh(z)", "sin(z)", [0.5, 20, 3, 1, 0.1, 0], [] },
    };

    /// <summary>Activation, target, r, c, γ, α, β, λ, Δ.</summary>
    public static TheoryData<string, string, double[]> Spiked => new()
    {
        { "tanh(z)", "sin(z)", [1.2, 1.3, 0.8, 1.5, 1, 0.1, 0] },
        { "tanh(z)", "sin(z)", [1.2, 1.3, 0.8, 3, 2, 0.1, 0] },
        { "tanh(z)", "sin(z)", [1.2, 1.3, 0.8, 0.75, 0.5, 0.1, 0.1] },
        { "tanh(z)", "sin(z)", [0.2, 1.1, 0.95, 3, 1, 0.1, 0] },
        { "relu(z)", "tanh(z)", [1, 1.2, 0.7, 1.4, 0.7, 0.05, 0.05] },
        { "relu(z)", "sign(z)", [1.5, 1, 0.9, 0.75, 1.5, 0.05, 0] },
        { "relu(z)", "He2(z)", [1.5, 1, 0.9, 1.2, 1, 0.1, 0] },
        { "sign(z)", "z + 0.5", [-1, 0.7, 0.5, 1, 1.2, 0.2, 0.2] },
        { "abs(z)", "abs(z)", [2, 1, 1, 2, 0.5, 0.1, 0.1] },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    [MemberData(nameof(OtherNetworks))]
    public void A_trained_network_behaves_as_the_refined_map_predicts(string activation, string target, double[] numbers, double[] _) =>
        Passes(Network(activation, target, numbers).Verify(size: 80, trials: 24, seed: 21));

    [Theory(Explicit = true)]
    [MemberData(nameof(Networks))]
    [MemberData(nameof(OtherNetworks))]
    public void A_trained_network_behaves_as_the_refined_map_predicts_in_high_dimension(string activation, string target, double[] numbers, double[] _) =>
        Passes(Network(activation, target, numbers).Verify(size: 400, trials: 40, seed: 22));

    [Theory(Explicit = true)]
    [MemberData(nameof(Networks))]
    public void Two_simulations_agree_and_the_refined_map_is_within_three_percent_of_them(string activation, string target, double[] numbers, double[] recorded)
    {
        var refined = Network(activation, target, numbers);
        var isotropic = (refined with { Map = FirstStepMap.Isotropic }).Predict();
        foreach (var row in refined.Verify(size: 500, trials: 32, seed: 27).Rows)
        {
            var (mean, error) = row.Observable == "test_error" ? (recorded[0], recorded[1]) : (recorded[2], recorded[3]);
            var rough = row.Observable == "test_error" ? isotropic.TestError : isotropic.TrainError;
            var text = $"{activation}, {target}, {row.Observable}: refined {row.Predicted:g5}, isotropic {rough:g5}, measured {row.Mean:g5} ± {row.StandardError:g2}, recorded {mean:g5} ± {error:g2}";
            TestContext.Current.TestOutputHelper?.WriteLine(text);
            Assert.True(Math.Abs(row.Mean - mean) <= 4 * Math.Sqrt(error * error + row.StandardError * row.StandardError), text);
            Assert.True(Math.Abs(row.Mean - row.Predicted) <= Math.Max(3 * row.StandardError, 0.03 * row.Predicted), text);
            Assert.True(Math.Abs(row.Mean - rough) <= Math.Max(3 * row.StandardError, 0.15 * row.Mean), text);
        }
    }

    [Theory]
    [MemberData(nameof(Spiked))]
    public void Spiked_features_behave_as_predicted(string activation, string target, double[] numbers) =>
        Passes(Features(activation, target, numbers).Verify(size: 80, trials: 24, seed: 23));

    [Theory(Explicit = true)]
    [MemberData(nameof(Spiked))]
    public void Spiked_features_behave_as_predicted_in_high_dimension(string activation, string target, double[] numbers) =>
        Passes(Features(activation, target, numbers).Verify(size: 400, trials: 40, seed: 24));

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
        var refined = Network("tanh(z)", "tanh(z)", [3, 0.4, 2, 1, 0.02, 0]);
        var isotropic = refined with { Map = FirstStepMap.Isotropic };
        var measured = refined.Verify(size: 100, trials: 60, seed: 26).Rows.Single(r => r.Observable == "test_error");
        Assert.True(Math.Abs(refined.Predict().TestError - measured.Mean) < Math.Abs(isotropic.Predict().TestError - measured.Mean));
        Assert.True(Math.Abs(isotropic.Predict().TestError - measured.Mean) < 0.15 * measured.Mean);
    }

    /// <summary>More samples of the readout, larger first batches, and the best of four rates: each of them lowers the error that networks really have.</summary>
    [Theory]
    [InlineData(3, 2, 0.5, 3, 2, 3)]
    [InlineData(3, 1, 3, 3, 20, 3)]
    [InlineData(1, 20, 3, 4, 20, 3)]
    [InlineData(10, 20, 3, 4, 20, 3)]
    public void Trained_networks_are_better_where_theory_says_so(double rate, double batch, double alpha, double betterRate, double betterBatch, double betterAlpha)
    {
        var (worse, better) = (Measured(rate, batch, alpha), Measured(betterRate, betterBatch, betterAlpha));
        Assert.True(better.Predicted < worse.Predicted);
        var error = Math.Sqrt(worse.StandardError * worse.StandardError + better.StandardError * better.StandardError);
        Assert.True(worse.Mean - better.Mean > 4 * error, $"{worse.Mean} ± {worse.StandardError} and {better.Mean} ± {better.StandardError}");

        static VerificationRow Measured(double rate, double batch, double alpha) =>
            Network("tanh(z)", "sin(z)", [rate, batch, alpha, 1, 0.1, 0]).Verify(size: 60, trials: 16, seed: 28).Rows.Single(r => r.Observable == "test_error");
    }

    private static OneStepNetworkModel Network(string activation, string target, double[] x) => new()
    {
        Activation = activation,
        Target = target,
        LearningRate = x[0],
        BatchRatio = x[1],
        Alpha = x[2],
        Beta = x[3],
        Lambda = x[4],
        Noise = x[5],
    };

    private static SpikedRandomFeaturesModel Features(string activation, string target, double[] x) => new()
    {
        Activation = activation,
        Target = target,
        Spike = x[0],
        Bulk = x[1],
        Alignment = x[2],
        Alpha = x[3],
        Beta = x[4],
        Lambda = x[5],
        Noise = x[6],
    };

    private static void Passes(VerificationReport report) => Assert.All(report.Rows, r =>
        Assert.True(r.Agrees, $"{r.Observable}: predicted {r.Predicted:g6}, measured {r.Mean:g6} ± {r.StandardError:g2}, allowance {r.Allowance:g2}"));
}
