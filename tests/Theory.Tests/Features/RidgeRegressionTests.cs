using FsCheck.Xunit;
using Theory.Features;
using Theory.Systems;

namespace Theory.Tests.Features;

[Properties(Arbitrary = [typeof(FeatureCases)])]
public class RidgeRegressionTests
{
    [Property]
    public void Effective_ridge_solves_its_equation(Ratios x)
    {
        var nu = Model(x).Predict().Nu;
        var (quadratic, linear) = (x.Alpha * nu * nu, (x.Alpha - 1 - x.Lambda) * nu);
        Assert.True(Math.Abs(quadratic + linear - x.Lambda) <= 1e-13 * (quadratic + Math.Abs(linear) + x.Lambda));
    }

    [Property]
    public void Errors_have_the_textbook_form(Ratios x)
    {
        var p = Model(x).Predict();
        var denominator = 1 - 1 / (x.Alpha * (1 + p.Nu) * (1 + p.Nu));
        var test = (p.Nu * p.Nu / ((1 + p.Nu) * (1 + p.Nu)) + x.Noise) / denominator;
        Assert.Equal(1, p.TestError / test, 1e-11 / denominator);
        Assert.Equal(p.TestError * Math.Pow(x.Lambda / (x.Alpha * p.Nu), 2), p.TrainError, 1e-11 * p.TestError);
    }

    [Property]
    public void Without_ridge_the_errors_are_those_of_minimum_norm_least_squares(Ratios x)
    {
        var p = (Model(x) with { Lambda = 0 }).Predict();
        var expected = x.Alpha < 1 ? 1 - x.Alpha + x.Noise / (1 - x.Alpha) : x.Noise / (1 - 1 / x.Alpha);
        Assert.Equal(1, (p.TestError + 1e-300) / (expected + 1e-300), 1e-10);
        Assert.Equal(x.Alpha < 1 ? 0 : x.Noise * (1 - 1 / x.Alpha), p.TrainError, 1e-12);
    }

    [Property]
    public void The_best_ridge_is_noise_over_signal(Ratios x)
    {
        var model = Model(x with { Noise = x.Noise + 0.01 }) with { Signal = 0.5 };
        var best = model.Noise / model.Signal;
        var least = (model with { Lambda = best }).Predict().TestError;
        Assert.True(least <= (model with { Lambda = 1.1 * best }).Predict().TestError);
        Assert.True(least <= (model with { Lambda = best / 1.1 }).Predict().TestError);
    }

    [Property]
    public void Vanishing_ridge_continues_to_the_limit(Ratios x)
    {
        if (Math.Abs(x.Alpha - 1) < 0.02) return;
        var model = Model(x);
        var (limit, near) = ((model with { Lambda = 0 }).Predict(), (model with { Lambda = 1e-12 }).Predict());
        Assert.Equal(limit.TestError, near.TestError, 1e-6 * (1 + limit.TestError));
    }

    [Fact]
    public void At_the_peak_noise_diverges_and_noiseless_labels_do_not()
    {
        Assert.Equal(double.PositiveInfinity, new RidgeRegressionModel { Alpha = 1, Lambda = 0, Noise = 0.1 }.Predict().TestError);
        Assert.Equal(0, new RidgeRegressionModel { Alpha = 1, Lambda = 0 }.Predict().TestError);
    }

    private static RidgeRegressionModel Model(Ratios x) => new() { Alpha = x.Alpha, Lambda = x.Lambda, Noise = x.Noise };
}
