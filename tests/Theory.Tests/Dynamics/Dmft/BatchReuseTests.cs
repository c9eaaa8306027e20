using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Theory.Contract;
using Theory.Dynamics;
using Theory.Hermite;
using Theory.Symbolics;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>A student of width 1 on a target of one direction, two steps, so that all integrals are quadrature.</summary>
public sealed record ReuseCase(string Activation, string Target, double Alpha, double Rate, double Lambda, StudentLoss Loss, double Overlap)
{
    public BatchReuseModel Model => new() { Activation = Activation, Target = Target, Alpha = Alpha, LearningRate = Rate, Lambda = Lambda, Loss = Loss, Readout = [1], Steps = 2, M0 = [[Overlap]] };
}

public static class ReuseCases
{
    public static Arbitrary<ReuseCase> Cases() =>
        (from activation in Gen.Elements("erf(z/sqrt(2))", "tanh(z)", "softplus(z)", "sin(z)")
         from target in Gen.Elements("He3(z)/sqrt(6)", "tanh(2z)", "He2(z)/2+z", "sin(2z)")
         from alpha in Gen.Elements(0.5, 1.0, 2.0)
         from rate in Gen.Elements(0.05, 0.1, 0.3)
         from lambda in Gen.Elements(0, 0.1)
         from loss in Gen.Elements(StudentLoss.Square, StudentLoss.Correlation)
         from overlap in Gen.Elements(0, 0.3)
         select new ReuseCase(activation, target, alpha, rate, lambda, loss, overlap)).ToArbitrary();
}

[Properties(Arbitrary = [typeof(ReuseCases)], MaxTest = 4)]
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

    [Property]
    public void The_first_step_is_that_of_fresh_batches_and_the_second_is_not(ReuseCase given)
    {
        var reuse = given.Model.Predict();
        var fresh = new FreshBatchModel { Activation = given.Activation, Target = given.Target, Alpha = given.Alpha, LearningRate = given.Rate, Lambda = given.Lambda, Loss = given.Loss, Readout = [1], Steps = 2, M0 = [[given.Overlap]] }.Predict();
        Assert.Equal(fresh.M[1][0][0], reuse.M[1][0][0], 1e-12);
        Assert.Equal(fresh.Q[1][0][0], reuse.Q[1][0][0], 1e-8);
        Assert.NotEqual(fresh.Q[2][0][0], reuse.Q[2][0][0], 1e-6);
    }

    [Property]
    public void Changing_the_signs_of_labels_and_readout_changes_nothing(ReuseCase given)
    {
        var (one, other) = (given.Model.Predict(), (given.Model with { Target = $"-({given.Target})", Readout = [-1] }).Predict());
        for (var t = 0; t <= 2; t++)
        {
            Assert.Equal(one.M[t][0][0], other.M[t][0][0], 1e-9);
            Assert.Equal(one.Q[t][0][0], other.Q[t][0][0], 1e-9);
        }
    }

    [Property]
    public void Without_samples_the_weights_only_shrink(ReuseCase given)
    {
        var p = (given.Model with { Alpha = 1e-12 }).Predict();
        var factor = Math.Pow(1 - given.Rate * given.Lambda, 2);
        Assert.Equal(factor * given.Overlap, p.M[2][0][0], 1e-9);
        Assert.Equal(factor * factor, p.Q[2][0][0], 1e-9);
    }

    [Property]
    public void A_chain_that_forgets_at_once_is_the_independent_minibatch(ReuseCase given)
    {
        var independent = given.Model with { BatchFraction = 0.5 };
        var (one, other) = (independent.Predict(), (independent with { Persistence = 2 }).Predict());
        Assert.Equal(one.M[2][0][0], other.M[2][0][0], 1e-9);
        Assert.Equal(one.Q[2][0][0], other.Q[2][0][0], 1e-8);
        Assert.NotEqual(one.Q[2][0][0], given.Model.Predict().Q[2][0][0], 1e-5);
    }

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
        foreach (var model in new[] { Committee, Committee with { Activation = "erf(z/sqrt(2))", BatchFraction = 0.5 }, Logistic with { Momentum = 0.5, Steps = 6 } })
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

    [Theory]
    [InlineData("He3(z1)", "erf(z1)", 1, 1)]
    [InlineData("He2(z1)+He4(z1)", "softplus(z)", 1, 0)]
    [InlineData("z1*z2", "softplus(z)", 2, 0)]
    [InlineData("z1+z1*z2", "softplus(z)", 2, 2)]
    [InlineData("z1+z1*z2", "erf(z)", 2, 1)]
    [InlineData("z1+He3(z2)", "softplus(z)", 2, 2)]
    [InlineData("z1*z2+He3(z1)", "softplus(z)", 2, 2)]
    [InlineData("He2(z1)+He3(z2)", "softplus(z)", 2, 1)]
    [InlineData("z1+z2*z3", "softplus(z)", 3, 1)]
    [InlineData("z1*z2+z1*z2*z3", "softplus(z)", 3, 1)]
    [InlineData("z1+z2+z1*z2*z3", "softplus(z)", 3, 2)]
    public void Directions_that_can_be_learned_are_those_of_the_closure(string target, string activation, int directions, int learnable)
    {
        var subspace = (Third with { Target = target, Activation = activation }).LearnableDirections();
        Assert.Equal((directions, learnable), (subspace.AmbientDimension, subspace.Dimension));
    }
}
