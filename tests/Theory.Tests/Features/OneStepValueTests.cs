using Theory.Contract;
using Theory.Features;
using Theory.Systems;

namespace Theory.Tests.Features;

/// <summary>Known values of spiked features and one-step networks.</summary>
public class OneStepValueTests
{
    [Theory]
    [InlineData(0.2, 0.048483)]
    [InlineData(0.9, 0.042504)]
    [InlineData(1.6, 0.037311)]
    [InlineData(2.3, 0.034305)]
    [InlineData(3.0, 0.032518)]
    public void One_step_beats_the_linear_floor_of_sine(double alpha, double expected)
    {
        var error = Sine(3, 20, alpha).Predict().TestError;
        Assert.Equal(expected, error, 6e-7);
        Assert.True(error < 0.064453);
    }

    [Theory]
    [InlineData(0.5, 0.3086, 0.2859, 0.2489, 0.2277)]
    [InlineData(1, 0.2383, 0.2139, 0.1800, 0.1627)]
    [InlineData(2, 0.1679, 0.1472, 0.1207, 0.1081)]
    [InlineData(5, 0.0971, 0.0845, 0.0688, 0.0615)]
    [InlineData(20, 0.0463, 0.0416, 0.0354, 0.0325)]
    [InlineData(double.PositiveInfinity, 0.0259, 0.0249, 0.0228, 0.0218)]
    public void Error_falls_with_the_size_of_the_first_batch(double batch, double half, double one, double two, double three) =>
        Assert.All([(0.5, half), (1, one), (2, two), (3, three)], x => Assert.Equal(x.Item2, Sine(3, batch, x.Item1).Predict().TestError, 6e-5));

    [Theory]
    [InlineData(20, 0.1, 0.0888)]
    [InlineData(20, 0.5, 0.0853)]
    [InlineData(20, 1, 0.0755)]
    [InlineData(20, 2, 0.0499)]
    [InlineData(20, 3, 0.0325)]
    [InlineData(20, 4, 0.0251)]
    [InlineData(20, 6, 0.0264)]
    [InlineData(20, 10, 0.0457)]
    [InlineData(2, 0.3, 0.1275)]
    [InlineData(2, 1, 0.1184)]
    [InlineData(2, 2, 0.1070)]
    [InlineData(2, 3, 0.1081)]
    [InlineData(2, 6, 0.1384)]
    public void The_best_learning_rate_lies_inside(double batch, double rate, double expected) =>
        Assert.Equal(expected, Sine(rate, batch, 3).Predict().TestError, 6e-5);

    [Theory]
    [InlineData(0.5, 0.49524, 1.02317)]
    [InlineData(1, 0.49472, 0.9173)]
    [InlineData(2, 0.45642, 0.75526)]
    [InlineData(3, 0.42324, 0.68039)]
    public void Sign_target_before_and_after_the_step(double alpha, double after, double before)
    {
        var model = Sine(3, 5, alpha) with { Target = "sign(z)" };
        Assert.Equal(after, model.Predict().TestError, 6e-6);
        Assert.Equal(before, (model with { LearningRate = 0 }).Predict().TestError, 6e-6);
    }

    [Theory]
    [InlineData("tanh(z)", "sin(z)", 3, 2, 1.6, 1, 0.1, 0, 0.12900, 0.04750, 0.13232, 0.04864)]
    [InlineData("softplus(z)", "relu(z)", 2, 2, 1.6, 1, 0.1, 0, 0.15739, 0.05861, 0.14088, 0.05442)]
    [InlineData("tanh(z)", "sin(z)", 2, 1, 1.6, 0.5, 0.1, 0.1, 0.42684, 0.13865, 0.43211, 0.14073)]
    [InlineData("erf(z/sqrt(2))", "sign(z)", 2, 2, 1, 2, 0.1, 0, 0.49923, 0.16065, 0.50199, 0.16161)]
    [InlineData("relu(z)", "tanh(z)", 2, 0.5, 1.2, 1, 0.05, 0, 0.44300, 0.09181, 0.43350, 0.09284)]
    [InlineData("tanh(z)", "tanh(z)", 3, 0.4, 2, 1, 0.02, 0, 0.27827, 0.08741, 0.31105, 0.09660)]
    [InlineData("relu(z)", "He2(z)", 1, 4, 2, 0.8, 0.1, 0, 2.76249, 1.12053, 2.72571, 1.13112)]
    [InlineData("relu(z)", "tanh(z)", 2, 2, 1.6, 1, 0.1, 0, 0.29288, 0.15236, 0.27846, 0.14855)]
    public void Both_maps_have_their_known_values(
        string activation, string target, double rate, double batch, double samplesPerFeature, double beta, double lambda, double noise,
        double test, double train, double refinedTest, double refinedTrain)
    {
        var model = new OneStepNetworkModel
        {
            Activation = activation,
            Target = target,
            LearningRate = rate,
            BatchRatio = batch,
            Alpha = samplesPerFeature * beta,
            Beta = beta,
            Lambda = lambda,
            Noise = noise,
            Map = FirstStepMap.Isotropic,
        };
        var isotropic = model.Predict();
        Assert.Equal(test, isotropic.TestError, 6e-6);
        Assert.Equal(train, isotropic.TrainError, 6e-6);
        Assert.NotEmpty(isotropic.Diagnostics.Warnings);
        var refined = (model with { Map = FirstStepMap.Refined }).Predict();
        Assert.Equal(refinedTest, refined.TestError, 1.1e-5);
        Assert.Equal(refinedTrain, refined.TrainError, 1.1e-5);
        Assert.Empty(refined.Diagnostics.Warnings);
    }

    [Theory]
    [InlineData(0.2, 0.2842, 0.00048)]
    [InlineData(2.0 / 3, 0.3061, 0.00370)]
    [InlineData(17.0 / 15, 0.2675, 0.01935)]
    [InlineData(1.6, 0.2051, 0.03797)]
    [InlineData(31.0 / 15, 0.1710, 0.05049)]
    [InlineData(38.0 / 15, 0.1524, 0.05878)]
    [InlineData(3, 0.1409, 0.06459)]
    public void A_small_first_batch_leaves_a_peak_of_the_error_before_interpolation_ends(double alpha, double test, double train)
    {
        var p = (Sine(1, 0.5, alpha) with { Target = "tanh(z)", Lambda = 0.01 }).Predict();
        Assert.Equal(test, p.TestError, 6e-5);
        Assert.Equal(train, p.TrainError, 6e-6);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_step_teaches_nothing_of_a_target_of_larger_information_exponent(double alpha)
    {
        // E He3² = 6 is the error of the network that says 0.
        var model = Sine(3, 20, alpha) with { Target = "He3(z)" };
        Assert.Equal(0, model.Predict().Alignment);
        Assert.All((OneStepNetworkModel[])[model, model with { Map = FirstStepMap.Refined }, model with { LearningRate = 0 }], m => Assert.True(m.Predict().TestError > 6));
    }

    [Theory]
    [InlineData(FirstStepMap.Isotropic)]
    [InlineData(FirstStepMap.Refined)]
    public void On_the_interpolation_peak_a_tiny_ridge_takes_few_evaluations(FirstStepMap map)
    {
        foreach (var lambda in (double[])[1e-2, 1e-4, 1e-6, 1e-8, 1e-10])
        {
            var diagnostics = (Sine(3, 2, 1) with { Lambda = lambda, Map = map }).Predict().Diagnostics;
            Assert.InRange(diagnostics.Iterations, 1, 60);
            Assert.InRange(diagnostics.Residual, 0, 1e-13);
        }
    }

    [Fact]
    public void Each_map_has_its_own_standing()
    {
        var problem = Sine(3, 2, 1).AsProblem();
        Assert.Equal(Standing.Approximation, problem.Standing);
        Assert.Equal(Standing.Derived, problem.With("map", "refined").Standing);
        // Without a step there is nothing to approximate.
        Assert.Equal(Standing.Derived, problem.With("learning_rate", 0).Standing);
        Assert.Equal(Standing.Derived, OneStepNetworkModel.System.Standing);
    }

    [Theory]
    [InlineData("tanh(z)", "sin(z)", 1.2, 1.3, 0.8, 0.0243042, 0.024445)]
    [InlineData("relu(z)", "He2(z)", 1.5, 1, 0.9, 1.220089, 1.222426)]
    public void Wide_networks_with_many_samples_come_down_to_their_floor(string activation, string target, double spike, double bulk, double alignment, double floor, double expected)
    {
        var error = new SpikedRandomFeaturesModel { Activation = activation, Target = target, Spike = spike, Bulk = bulk, Alignment = alignment, Alpha = 200_000, Beta = 1000, Lambda = 1e-3 }.Predict().TestError;
        Assert.Equal(expected, error, 1e-6 * (1 + expected));
        Assert.True(error > floor);
    }

    [Fact]
    public void A_spike_however_weak_teaches_the_linear_function_along_it()
    {
        Assert.Equal(0.20812, Sine(0, 20, 3).Predict().TestError, 6e-6);
        Assert.Equal(0.08881, Sine(0.1, 20, 3).Predict().TestError, 6e-6);
    }

    [Theory]
    [InlineData("sign(z)")]
    [InlineData("step(z)")]
    [InlineData("relu(z) + indicator(1<z<2)")]
    public void A_gradient_step_refuses_activations_with_jumps(string activation)
    {
        Assert.Equal("Activation", Assert.Throws<ArgumentOutOfRangeException>(() => (Sine(1, 1, 1) with { Activation = activation }).Predict()).ParamName);
        Assert.Equal("Activation", Assert.Throws<ArgumentOutOfRangeException>(() => new OneStepMapModel { Activation = activation, Target = "z", LearningRate = 1, BatchRatio = 1 }.Predict()).ParamName);
    }

    [Fact]
    public void Functions_that_are_not_square_integrable_are_refused_by_name()
    {
        var model = new SpikedRandomFeaturesModel { Activation = "tanh(z)", Target = "sin(z)", Spike = 2, Alignment = 0.5, Alpha = 1, Beta = 1, Lambda = 0.1 };
        Assert.Equal("Target", Assert.Throws<ArgumentOutOfRangeException>(() => (model with { Target = "exp(z^2/3)" }).Predict()).ParamName);
        // Square integrable under N(0, 1), but not under N(0, r² + c).
        Assert.Equal("Activation", Assert.Throws<ArgumentOutOfRangeException>(() => (model with { Activation = "exp(z^2/6)" }).Predict()).ParamName);
        Assert.Equal("Activation", Assert.Throws<ArgumentOutOfRangeException>(() => (model with { Activation = "2" }).Predict()).ParamName);
    }

    [Fact]
    public void Ranges_are_checked_by_name()
    {
        var model = Sine(1, 1, 1);
        Assert.Equal("BatchRatio", Assert.Throws<ArgumentOutOfRangeException>(() => model with { BatchRatio = 0 }).ParamName);
        Assert.Equal("Lambda", Assert.Throws<ArgumentOutOfRangeException>(() => model with { Lambda = 0 }).ParamName);
        Assert.Equal("LearningRate", Assert.Throws<ArgumentOutOfRangeException>(() => model with { LearningRate = double.NaN }).ParamName);
        Assert.Equal("Map", Assert.Throws<ArgumentOutOfRangeException>(() => model with { Map = (FirstStepMap)7 }).ParamName);
        var spiked = new SpikedRandomFeaturesModel { Activation = "z", Target = "z", Spike = 1, Alignment = 1, Alpha = 1, Beta = 1, Lambda = 1 };
        Assert.Equal("Alignment", Assert.Throws<ArgumentOutOfRangeException>(() => spiked with { Alignment = 1.01 }).ParamName);
        Assert.Equal("Bulk", Assert.Throws<ArgumentOutOfRangeException>(() => spiked with { Bulk = 0 }).ParamName);
        Assert.Equal("Spike", Assert.Throws<ArgumentOutOfRangeException>(() => spiked with { Spike = double.PositiveInfinity }).ParamName);
    }

    [Fact]
    public void An_update_of_rank_one_has_the_product_of_the_linear_parts()
    {
        var update = RankOneUpdate.Of("tanh(z)", "sin(z)", 3, [1, -1], [0.5, 0.5]);
        var expected = 3 * FeatureMoments.Of("tanh(z)").Linear * Math.Exp(-0.5);
        Assert.Equal(expected, update.Spikes[0], 1e-12);
        Assert.Equal(-expected, update.Spikes[1], 1e-12);
        Assert.Null(update.Warning);
        // A large batch, ζ = 1: the spike of the step is that of the map.
        var map = new OneStepMapModel { Activation = "tanh(z)", Target = "sin(z)", LearningRate = 3, BatchRatio = double.PositiveInfinity }.Predict();
        Assert.Equal(map.Spike, update.Spikes[0], 1e-12);

        Assert.Contains("stretches", RankOneUpdate.Of("relu(z)", "z", 1, [1], [1]).Warning);
        Assert.Contains("no spike", RankOneUpdate.Of("abs(z)", "z", 1, [1], [1]).Warning);
        Assert.Null(RankOneUpdate.Of("relu(z)", "z", 1, [1, -1], [0.5, 0.5]).Warning);
        Assert.Throws<ArgumentOutOfRangeException>(() => RankOneUpdate.Of("relu(z)", "z", 1, [1, -1], [0.5, 0.4]));
    }

    private static OneStepNetworkModel Sine(double rate, double batch, double alpha) => new()
    {
        Activation = "tanh(z)",
        Target = "sin(z)",
        LearningRate = rate,
        BatchRatio = batch,
        Alpha = alpha,
        Beta = 1,
        Lambda = 0.1,
        Map = FirstStepMap.Isotropic,
    };
}
