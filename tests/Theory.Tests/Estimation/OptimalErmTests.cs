using FsCheck.Xunit;
using Theory.Channels;
using Theory.Estimation;
using Theory.Systems;

namespace Theory.Tests.Estimation;

/// <summary>The best ridge.</summary>
[Properties(Arbitrary = [typeof(GlmCases), typeof(MixtureCases)], MaxTest = 5)]
public class OptimalErmTests
{
    [Property]
    public void The_best_ridge_of_least_squares_is_noise_over_signal(GlmPoint p)
    {
        if (p.Noise < 1e-3) return;
        var model = MixtureErmPropertyTests.Isotropic(LossKind.Square, "z", p.Alpha, 1, p.Noise) with { TeacherPower = [p.Signal] };
        var best = new OptimalErmModel { Mixture = model }.Predict();
        Near(p.Noise / p.Signal, best.Lambda!.Value, 1e-5 * p.Noise / p.Signal);
        // There it is the Bayes-optimal estimator.
        var optimal = new BayesOptimalGlmModel { Teacher = "z", Alpha = p.Alpha, Noise = p.Noise, Signal = p.Signal }.Predict();
        Near(optimal.TestError, best.Fit.TestError, 1e-10 * (1 + optimal.TestError));
    }

    [Theory]
    [InlineData("relu(z)")]
    [InlineData("1/2*z + tanh(2*z)")]
    public void What_a_linear_fit_cannot_explain_is_noise(string teacher)
    {
        // y = κτ + rest: the best ridge is the variance of the rest over κ²ρ.
        var model = MixtureErmPropertyTests.Isotropic(LossKind.Square, teacher, 1.7, 1, 0.3) with { Intercept = true };
        Theory.Symbolics.ScalarFunction g = teacher;
        var moments = LabelMoments.Of(g, new(1, 0, 1), 0.3);
        Near(moments.Rest / (moments.Slope * moments.Slope), new OptimalErmModel { Mixture = model }.Predict().Lambda!.Value, 1e-5);
    }

    [Property]
    public void No_ridge_does_better_than_the_best(MixtureCase mixture)
    {
        var best = new OptimalErmModel { Mixture = mixture.Model }.Predict().Fit.TestError;
        foreach (var lambda in (double[])[mixture.Model.Lambda, 1e-3, 0.03, 0.3, 3, 40])
            Assert.True(best <= (mixture.Model with { Lambda = lambda }).Predict().TestError + 1e-9, $"{lambda}");
    }

    [Theory]
    [InlineData(LossKind.Logistic)]
    [InlineData(LossKind.Hinge)]
    [InlineData(LossKind.Square)]
    public void No_best_ridge_beats_the_bayes_error_on_signs(LossKind loss)
    {
        foreach (var alpha in (double[])[0.5, 2, 6])
        {
            var error = new OptimalErmModel { Mixture = MixtureErmPropertyTests.Isotropic(loss, "sign(z)", alpha, 1, 0.1) }.Predict().Fit.TestError;
            var optimal = new BayesOptimalGlmModel { Teacher = "sign(z)", Alpha = alpha, Noise = 0.1 }.Predict().TestError;
            Assert.InRange(error, optimal, (loss == LossKind.Logistic ? 1.03 : 1.1) * optimal);
        }
    }

    [Fact]
    public void Without_noise_least_squares_wants_no_ridge()
    {
        var p = new OptimalErmModel { Mixture = MixtureErmPropertyTests.Isotropic(LossKind.Square, "z", 0.5, 1, 0) }.Predict();
        Assert.Equal(0.5, p.Fit.TestError, 1e-12);
        Assert.Equal(0, p.Lambda);
    }

    [Fact]
    public void The_error_at_the_best_ridge_falls_with_samples()
    {
        var last = 0.5;
        foreach (var alpha in (double[])[0.3, 0.9, 1, 1.1, 3])
        {
            var error = new OptimalErmModel { Mixture = MixtureErmPropertyTests.Isotropic(LossKind.Logistic, "sign(z)", alpha, 1, 0.5) }.Predict().Fit.TestError;
            Assert.True(error < last);
            last = error;
        }
    }

    [Theory]
    [InlineData(LossKind.Logistic, "sign(z)")]
    [InlineData(LossKind.Square, "z")]
    public void Real_fits_at_the_best_ridge_err_as_predicted(LossKind loss, string teacher) => EstimationVerificationTests.Passes(
        new OptimalErmModel { Mixture = MixtureErmPropertyTests.Isotropic(loss, teacher, 2, 1, 0.4) }.Verify(size: 100, trials: 12, seed: 4));

    [Fact]
    public void The_hard_margin_has_no_ridge() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OptimalErmModel { Mixture = MixtureErmPropertyTests.Isotropic(LossKind.HardMargin, "sign(z)", 1, 0, 0) });

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"expected {expected:R}, got {actual:R}, tolerance {tolerance:g3}");
}
