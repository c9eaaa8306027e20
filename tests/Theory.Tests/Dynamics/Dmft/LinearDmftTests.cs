using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Theory.Contract;
using Theory.Dynamics;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>A stable least-squares model: its stiffness, relative to the limit of stability, is below 0.95.</summary>
public sealed record LinearCase(LinearDmftModel Model);

public static class LinearCases
{
    public static Arbitrary<LinearCase> Models() =>
        (from alpha in Gen.Elements(0.3, 0.5, 0.9, 1.0, 1.5, 2.0, 3.0)
         from stiffness in Gen.Choose(20, 95)
         from lambda in Gen.Elements(0, 0.05, 0.5)
         from noise in Gen.Elements(0, 0.3)
         from momentum in Gen.Elements(0, 0.3, 0.6, 0.9)
         from nesterov in Gen.Elements(false, true)
         from m0 in Gen.Choose(-8, 8)
         from steps in Gen.Choose(1, 14)
         let unit = new LinearDmftModel { Alpha = alpha, LearningRate = 1, Lambda = lambda, Noise = noise, Steps = steps, M0 = m0 / 10.0, Q0 = 1.3, Rho = 1.7, Momentum = momentum, Nesterov = nesterov }
         select new LinearCase(unit with { LearningRate = stiffness / 100.0 / unit.Stiffness })).ToArbitrary();
}

[Properties(Arbitrary = [typeof(LinearCases)])]
public class LinearDmftTests
{
    [Property]
    public void The_closure_is_the_average_over_the_modes_of_the_Marchenko_Pastur_law(LinearCase given)
    {
        var (model, p) = (given.Model, given.Model.Predict());
        var modes = new MarchenkoPasturDynamics(model);
        for (var t = 0; t <= model.Steps; t++)
        {
            Near(modes.Overlap(t), p.OverlapPath[t]);
            for (var s = 0; s <= t; s++) Near(modes.Correlation(t, s), p.Correlation[t][s]);
        }
        if (model.Nesterov) return;
        for (var i = 0; i < p.Times.Length; i++) Near(modes.TrainLoss((int)p.Times[i]), p.TrainLoss[i]);
    }

    [Property]
    public void Minibatches_leave_the_overlap_and_add_to_the_norm(LinearCase given)
    {
        var (full, half) = (given.Model.Predict(), (given.Model with { BatchFraction = 0.5 }).Predict());
        for (var t = 0; t <= given.Model.Steps; t++)
        {
            Near(full.OverlapPath[t], half.OverlapPath[t]);
            Assert.True(half.Correlation[t][t] >= full.Correlation[t][t] - 1e-12);
        }
        Assert.True(half.Correlation[1][1] > full.Correlation[1][1]);
    }

    [Property]
    public void Label_noise_enters_the_norm_but_not_the_overlap(LinearCase given)
    {
        var (clean, noisy) = ((given.Model with { Noise = 0 }).Predict(), (given.Model with { Noise = 1 }).Predict());
        for (var t = 0; t <= given.Model.Steps; t++) Near(clean.OverlapPath[t], noisy.OverlapPath[t]);
        Assert.True(noisy.Correlation[1][1] > clean.Correlation[1][1]);
    }

    [Property]
    public void The_first_step_is_elementary(LinearCase given)
    {
        var m = given.Model;
        Near((1 - m.LearningRate * m.Lambda) * m.M0 + m.LearningRate * m.Alpha * (Math.Sqrt(m.Rho) - m.M0), m.Predict().OverlapPath[1]);
    }

    [Property]
    public void Without_momentum_Nesterov_and_heavy_ball_are_gradient_descent(LinearCase given)
    {
        var plain = given.Model with { Momentum = 0, Nesterov = false };
        Assert.Equal(plain.Predict().OverlapPath, (plain with { Nesterov = true }).Predict().OverlapPath);
    }

    [Property(MaxTest = 10)]
    public void Sampled_paths_with_matched_moments_are_exact_for_least_squares(LinearCase given)
    {
        var m = given.Model with { Rho = 1, Steps = Math.Min(given.Model.Steps, 8) };
        var sampled = BatchReusePrediction.Solve(new()
        {
            Target = "z",
            Activation = "z",
            Readout = [1],
            Alpha = m.Alpha,
            LearningRate = m.LearningRate,
            Lambda = m.Lambda,
            Noise = m.Noise,
            Steps = m.Steps,
            Momentum = m.Momentum,
            Nesterov = m.Nesterov,
            M0 = [[m.M0]],
            Q0 = [[m.Q0]],
            Paths = 256,
            UsesQuadrature = false,
        });
        var p = m.Predict();
        for (var t = 0; t <= m.Steps; t++)
        {
            Assert.Equal(p.OverlapPath[t], sampled.M[t][0][0], 1e-10);
            Assert.Equal(p.Correlation[t][t], sampled.Q[t][0][0], 1e-10);
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.6, false)]
    [InlineData(0.6, true)]
    public void The_largest_mode_decides_stability(double momentum, bool nesterov)
    {
        var unit = new LinearDmftModel { Alpha = 2, LearningRate = 1, Lambda = 0.1, Noise = 0.1, Steps = 300, Momentum = momentum, Nesterov = nesterov };
        double Final(double stiffness) => (unit with { LearningRate = stiffness / unit.Stiffness }).Predict().Q[^1];
        Assert.InRange(Final(0.97), 0, 3);
        Assert.True(Final(1.03) > 1e3);
        Assert.Contains((unit with { LearningRate = 1.03 / unit.Stiffness }).Predict().Diagnostics.Warnings, w => w.Contains("unstable"));
    }

    [Fact]
    public void After_many_steps_the_overlap_is_that_of_ridge_regression()
    {
        var model = new LinearDmftModel { Alpha = 2, LearningRate = 0.3, Lambda = 0.1, Steps = 400, Rho = 1.7 };
        Assert.Equal(Math.Sqrt(1.7) * new MarchenkoPasturDynamics(model with { Steps = 1 }).Limit(), model.Predict().M[^1], 1e-9);
    }

    [Fact]
    public void The_ridge_curve_of_the_literature_is_met()
    {
        var path = new LinearDmftModel { Alpha = 3, LearningRate = 0.1, Lambda = 0.5, M0 = 0.2, Q0 = 1.04, Steps = 199 }.Predict().OverlapPath;
        double[] expected = [0.43, 0.5555, 0.712257, 0.782429, 0.8089, 0.813792, 0.813859];
        foreach (var (t, value) in new[] { 1, 2, 5, 10, 20, 49, 199 }.Zip(expected)) Assert.Equal(value, path[t], 1e-6);
    }

    [Fact]
    public void Real_least_squares_follow_the_prediction()
    {
        foreach (var (momentum, nesterov, fraction) in new[] { (0.0, false, 1.0), (0.6, false, 1.0), (0.6, true, 0.5) })
        {
            var model = new LinearDmftModel { Alpha = 2, LearningRate = 0.1, Lambda = 0.1, Noise = 0.3, M0 = 0.2, Q0 = 1.3, Steps = 12, Momentum = momentum, Nesterov = nesterov, BatchFraction = fraction };
            var report = model.Verify(size: 100, trials: 40, seed: 3);
            Assert.All(report.Rows, row => Assert.True(row.Agrees, $"{row.Observable}[{row.Element}]: {row.Mean} ± {row.StandardError} against {row.Predicted}"));
        }
    }

    [Fact]
    public void The_linear_glass_is_the_moment_of_the_semicircle()
    {
        const double eta = 0.1;
        var c = SemicircleDynamics.Correlation(eta, 30);
        foreach (var (t, s) in new[] { (1, 1), (20, 10), (30, 30) })
        {
            // Chebyshev nodes of the second kind integrate polynomials against the semicircle exactly.
            var exact = Enumerable.Range(1, 64).Sum(j => Math.PI * j / 65 is var x ? 2.0 / 65 * Math.Pow(Math.Sin(x), 2) * Math.Pow(1 + eta * 2 * Math.Cos(x), t + s) : 0);
            Assert.Equal(1, c[t][s] / exact, 1e-12);
        }
        Assert.Equal(1 + eta * eta, c[1][1], 1e-14);
    }

    [Fact]
    public void Illegal_inputs_are_named()
    {
        var model = new LinearDmftModel { Alpha = 2, LearningRate = 0.1, Steps = 3 };
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { Alpha = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { LearningRate = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { Steps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { Momentum = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { BatchFraction = 0 });
        Assert.Equal("q0", Assert.Throws<InvalidInputException>(() => (model with { M0 = 1.5 }).Predict()).Parameter);
    }

    [Fact]
    public void Overflow_is_told_as_divergence() =>
        Assert.Throws<NotConvergedException>(() => new LinearDmftModel { Alpha = 2, LearningRate = 100, Steps = 300 }.Predict());

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-10 * Math.Max(1, Math.Abs(expected)));
}
