using Theory.Contract;
using Theory.Dynamics;
using Theory.Hermite;
using Theory.Numerics.FixedPoints;
using Theory.Symbolics;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

public class BatchReuseTests
{
    private static readonly BatchReuseModel Committee = new()
    {
        Target = "tanh(z1+z2^3-3*z2)",
        Activation = "relu(z)",
        Width = 2,
        Readout = [Math.Sqrt(0.5), -Math.Sqrt(0.5)],
        Alpha = 3,
        LearningRate = 0.2,
        Steps = 6,
        Accuracy = 2e-3,
    };

    private static readonly BatchReuseModel Logistic = new() { Target = "sign(z1)", Loss = StudentLoss.Logistic, Alpha = 2, LearningRate = 0.5, Lambda = 0.1, Steps = 3 };

    private static BatchReuseModel Third => new() { Target = "He3(z)/sqrt(6)", Activation = "erf(z/sqrt(2))", Readout = [1], Alpha = 2, LearningRate = 0.5, Steps = 2 };

    [Fact]
    public void The_generalisation_error_of_a_linear_student_is_a_polynomial_of_its_overlaps()
    {
        var model = new BatchReuseModel { Target = "z1+z2", Activation = "z", Width = 2, Readout = [1, -0.5], Alpha = 2, LearningRate = 0.1, Noise = 0.3, Steps = 3, Paths = 1024 };
        var p = model.Predict();
        for (var t = 0; t <= 3; t++)
        {
            var (m, q) = (p.M[t], p.Q[t]);
            var expected = (2 - 2 * (m[0][0] + m[0][1] - 0.5 * (m[1][0] + m[1][1])) + q[0][0] - q[0][1] + 0.25 * q[1][1]) / 2;
            Assert.Equal(expected, p.GeneralizationError[t], 1e-9);
        }
    }

    [Fact]
    public void An_even_target_is_never_learned_and_an_odd_student_turns_with_the_labels()
    {
        var even = (Third with { Target = "He2(z)/sqrt(2)" }).Predict();
        Assert.All(even.M, m => Assert.Equal(0, m[0][0], 1e-12));
        var (one, other) = (Third.Predict(), (Third with { Target = "-He3(z)/sqrt(6)" }).Predict());
        Assert.Equal(-one.M[2][0][0], other.M[2][0][0], 1e-9);
        Assert.Equal(one.Q[2][0][0], other.Q[2][0][0], 1e-9);
    }

    [Fact]
    public void Exchanging_the_directions_of_the_target_exchanges_the_overlaps()
    {
        var model = new BatchReuseModel { Target = "z1+z1*z2", Activation = "softplus(z)", Readout = [1], Alpha = 2, LearningRate = 0.3, Steps = 2 };
        var (one, other) = (model.Predict(), (model with { Target = "z2+z1*z2" }).Predict());
        Assert.Equal(one.M[2][0][0], other.M[2][0][1], 1e-9);
        Assert.Equal(one.M[2][0][1], other.M[2][0][0], 1e-9);
    }

    [Fact]
    public void Two_steps_learn_the_third_Hermite_polynomial_with_the_cube_of_the_learning_rate()
    {
        // The leading term of (ηa)² E[y³z] κ₂/2, κ₂ = −(3/8)(2/π)^{3/2}, and the ratios to it.
        var leading = 324 / Math.Pow(6, 1.5) * (-3.0 / 8) * Math.Pow(2 / Math.PI, 1.5) / 2;
        foreach (var (rate, ratio) in new[] { (0.005, 0.99887), (0.02, 0.98255), (0.1, 0.7413) })
        {
            var m = (Third with { Loss = StudentLoss.Correlation, LearningRate = rate }).Predict().M;
            Assert.Equal(0, m[1][0][0], 1e-10);
            Assert.Equal(ratio, m[2][0][0] / (Math.Pow(rate, 3) * 2 * leading), 1e-4);
        }
    }

    [Fact]
    public void The_first_overlap_is_a_product_of_Hermite_coefficients()
    {
        var m = new BatchReuseModel { Target = "tanh(2z)", Activation = "tanh(z)", Readout = [0.7], Alpha = 1.5, LearningRate = 0.2, Steps = 1 }.Predict().M[1][0][0];
        var (target, slope) = (ScalarFunction.Of(Expression.Parse("tanh(2z)")).Hermite(1)[1].Raw, ScalarFunction.Of(Expression.Parse("1-tanh(z)^2")).Hermite(0)[0].Raw);
        Assert.Equal(1.5 * 0.2 * 0.7 * target * slope, m, 1e-8);
    }

    [Fact]
    public void Earlier_times_do_not_depend_on_later_ones()
    {
        foreach (var model in new[] { Committee with { Accuracy = 4e-3 }, Logistic with { Momentum = 0.5, Steps = 6, Accuracy = 1e-3 } })
        {
            var (shorter, longer) = ((model with { Steps = 4 }).Predict(), model.Predict());
            for (var t = 0; t <= 4; t++)
            {
                Assert.Equal(shorter.M[t].SelectMany(r => r), longer.M[t].SelectMany(r => r));
                Assert.Equal(shorter.Q[t].SelectMany(r => r), longer.Q[t].SelectMany(r => r));
            }
            Assert.Equal(shorter.TrainLoss, longer.TrainLoss.Take(4));
        }
    }

    [Fact]
    public void Numbers_do_not_depend_on_threads()
    {
        var alone = Committee.Predict();
        var crowded = new BatchReusePrediction[3];
        Parallel.For(0, 3, i => crowded[i] = Committee.Predict());
        Assert.All(crowded, p => Assert.Equal(alone.M[6].SelectMany(r => r), p.M[6].SelectMany(r => r)));
    }

    [Fact]
    public void Exchanging_the_neurons_exchanges_their_overlaps_within_the_error()
    {
        var (one, other) = (Committee.Predict(), (Committee with { Readout = [-Math.Sqrt(0.5), Math.Sqrt(0.5)] }).Predict());
        for (var j = 0; j < 2; j++) Assert.Equal(one.M[6][0][j], other.M[6][1][j], 1.2e-2);
        Assert.Equal(one.Q[6][0][0], other.Q[6][1][1], 1.2e-2);
    }

    [Fact]
    public void Sampled_paths_agree_with_quadrature_within_their_error()
    {
        foreach (var model in new[] { Third with { Accuracy = 1e-3 }, Third with { Activation = "relu(z)", Target = "tanh(2z)" }, Logistic with { Steps = 2, BatchFraction = 0.5, Persistence = 3 } })
        {
            var (exact, sampled) = (model.Predict(), (model with { UsesQuadrature = false }).Predict());
            Assert.Equal(2, exact.QuadratureSteps);
            for (var t = 1; t <= 2; t++)
            {
                Assert.InRange(sampled.M[t][0][0] - exact.M[t][0][0], -5 * sampled.MError[t][0][0] - 1e-6, 5 * sampled.MError[t][0][0] + 1e-6);
                Assert.InRange(sampled.Q[t][0][0] - exact.Q[t][0][0], -5 * sampled.QError[t][0][0] - 1e-6, 5 * sampled.QError[t][0][0] + 1e-6);
            }
        }
    }

    [Fact]
    public void A_loss_of_ones_own_is_taken_as_it_is_written()
    {
        var model = Logistic with { Steps = 2, Target = "tanh(2z)" };
        var custom = new CustomLoss(
            1,
            static (h, y) => Math.Log(1 + Math.Exp(-y * h[0])),
            static (h, y, g) => g[0] = -y / (1 + Math.Exp(y * h[0])),
            static (h, y, c) => c[0] = y * y / (2 + 2 * Math.Cosh(y * h[0])));
        var (one, other) = (model.Predict(), (model with { CustomLoss = custom }).Predict());
        Assert.Equal(one.M[2][0][0], other.M[2][0][0], 1e-9);
        Assert.Equal(one.Q[2][0][0], other.Q[2][0][0], 1e-9);
        Assert.Equal(one.TrainLoss[1], other.TrainLoss[1], 1e-9);
        Assert.Equal("width", Assert.Throws<InvalidInputException>(() => (model with { CustomLoss = custom, Width = 2, Loss = StudentLoss.Square }).Predict()).Parameter);
    }

    [Fact]
    public void Divergence_and_noise_are_told()
    {
        var options = new SolveOptions { OnFailure = OnFailure.Return };
        var diverging = new BatchReuseModel { Target = "z", Activation = "z", Alpha = 2, LearningRate = 20, Steps = 8 };
        Assert.Throws<NotConvergedException>(() => diverging.Predict());
        Assert.Contains("diverge", diverging.Predict(options).Diagnostics.Warnings[0]);
        Assert.True(Committee.Predict().Diagnostics.Residual is > 1e-6 and <= 2e-3);
    }

    [Fact]
    public void A_training_loss_that_grows_tenfold_three_times_is_divergence()
    {
        var options = new SolveOptions { OnFailure = OnFailure.Return };
        var p = new BatchReuseModel { Target = "z", Activation = "z", Alpha = 2, LearningRate = 0.9, Steps = 6, Q0 = [[1e-3]] }.Predict(options);
        Assert.Equal(SolverStatus.Diverged, p.Diagnostics.Status);
        Assert.Contains(p.Diagnostics.Warnings, w => w.Contains("training loss"));
        for (var t = 3; t < 6; t++) Assert.True(p.TrainLoss[t] > 10 * p.TrainLoss[t - 1]);
    }

    [Fact]
    public void Heavy_tails_of_the_gradients_are_told()
    {
        var options = new SolveOptions { OnFailure = OnFailure.Return };
        var heavy = new BatchReuseModel { Target = "z", Activation = "z^5", Alpha = 1, LearningRate = 1e-6, Steps = 1 }.Predict(options);
        Assert.Contains(heavy.Diagnostics.Warnings, w => w.Contains("kurtosis"));
        Assert.DoesNotContain(Third.Predict().Diagnostics.Warnings, w => w.Contains("kurtosis"));
    }

    [Fact]
    public void A_standard_error_above_the_accuracy_is_told_with_what_would_help()
    {
        static (double[][], double, int) Noisy(int paths, int replicate) => ([[replicate, 1]], 0, 0);
        var levels = ReplicateLevels.Run(0, 0.01, 2048, null, _ => 2, Noisy);
        Assert.Equal((SweepEnd.TooNoisy, 2048), (levels.End, levels.Paths));
        var diagnostics = ReuseReport.Diagnose(0.01, Logistic.Problem() with { Steps = 0 }, levels, 0);
        Assert.Equal(SolverStatus.BudgetExhausted, diagnostics.Status);
        Assert.Contains("four times as many paths", diagnostics.Warnings[0]);
        var inconsistent = ReuseReport.Diagnose(0.01, Logistic.Problem() with { Steps = 0 }, ReplicateLevels.Run(0, 1, 2048, 1024, _ => 2, static (_, _) => ([[1.0, 1.0]], -1e-3, 0)), 0);
        Assert.Equal(SolverStatus.FloatingPointLimit, inconsistent.Status);
        Assert.Contains("no covariance", inconsistent.Warnings[0]);
    }

    [Fact]
    public void A_kinked_neuron_that_begins_inside_the_targets_directions_has_no_response_to_lose()
    {
        // Q⁰ = M⁰M⁰ᵀ: the fields' covariance is singular, and Stein's lemma divides by nothing.
        var model = new BatchReuseModel { Target = "tanh(2z)", Activation = "relu(z)", Readout = [1], Alpha = 2, LearningRate = 0.2, Steps = 2, M0 = [[0.8]], Q0 = [[0.64]] };
        var p = model.Predict();
        var mollified = (model with { Activation = "softplus(100*z)/100" }).Predict();
        for (var t = 1; t <= 2; t++)
        {
            Assert.Equal(mollified.M[t][0][0], p.M[t][0][0], 5e-3);
            Assert.Equal(mollified.Q[t][0][0], p.Q[t][0][0], 5e-3);
        }
        Assert.Null(p.ResponseKernel);
    }

    [Fact]
    public void Illegal_inputs_are_named()
    {
        Assert.Contains("jumps at 0", Assert.Throws<ArgumentException>(() => Third with { Activation = "sign(z)" }).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Third with { LearningRate = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Third with { Paths = 1000 });
        Assert.Equal("width", Assert.Throws<InvalidInputException>(() => (Logistic with { Width = 2 }).Predict()).Parameter);
        Assert.Equal("readout", Assert.Throws<InvalidInputException>(() => (Third with { Readout = [1, 2] }).Predict()).Parameter);
        Assert.Equal("q0", Assert.Throws<InvalidInputException>(() => (Third with { M0 = [[1.2]] }).Predict()).Parameter);
        Assert.Equal("m0", Assert.Throws<InvalidInputException>(() => (Third with { M0 = [[0.1, 0.2]] }).Predict()).Parameter);
        Assert.Equal("target", Assert.Throws<InvalidInputException>(() => (Third with { Target = "exp(z^2)" }).Predict()).Parameter);
        Assert.Equal("persistence", Assert.Throws<InvalidInputException>(() => (Third with { BatchFraction = 0.9, Persistence = 2 }).Predict()).Parameter);
    }
}
