using FsCheck.Xunit;
using Theory.Contract;
using Theory.Features;
using Theory.Systems;

namespace Theory.Tests.Features;

[Properties(Arbitrary = [typeof(FeatureCases)])]
public class RandomFeaturesPropertyTests
{
    [Property]
    public void Effective_ridge_and_errors_agree_with_quadrature_of_the_spectral_density(ActivationCase activation, TargetCase target, Ratios ratios)
    {
        // Below 1e-3 the integrand is too sharp for a fixed quadrature.
        var model = FeatureCases.Model(activation, target, ratios with { Lambda = Math.Max(ratios.Lambda, 1e-3) });
        var p = model.Predict();
        var sigma = FeatureMoments.Of(model.Activation);
        var g = FeatureMoments.Of(model.Target);
        var (k1, ks) = (sigma.Linear * sigma.Linear, sigma.NonlinearVariance);
        var noise = g.SecondMoment - g.Linear * g.Linear - (sigma.HasZeroMean ? 0 : g.Mean * g.Mean) + model.Noise;

        var df1 = model.Beta * MarchenkoPasturLaw.Average(d => (k1 * d + ks) / (k1 * d + ks + p.Nu), model.Beta);
        var df2 = model.Beta * MarchenkoPasturLaw.Average(d => Math.Pow((k1 * d + ks) / (k1 * d + ks + p.Nu), 2), model.Beta);
        var u1 = model.Beta * MarchenkoPasturLaw.Average(d => k1 * d / (k1 * d + ks + p.Nu), model.Beta);
        var u2 = model.Beta * MarchenkoPasturLaw.Average(d => k1 * d / Math.Pow(k1 * d + ks + p.Nu, 2), model.Beta);
        var bias = g.Linear * g.Linear * (1 - u1 - p.Nu * u2);
        var scale = g.SecondMoment + model.Noise;

        Near(df1, p.Df1, 1e-8);
        Near(df2, p.Df2, 1e-8);
        Near(model.Lambda * model.Beta, p.Nu * (model.Alpha - df1), 1e-7 * (1 + model.Alpha));
        Near(bias, p.Bias, 1e-8 * (scale + 1));
        // Where α − df₂ is small the textbook quotient magnifies the quadrature's error.
        Near((bias + noise) / (1 - df2 / model.Alpha), p.TestError, 1e-7 * (1 + scale) * p.Amplification * p.Amplification);
    }

    [Property]
    public void Scaling_the_activation_by_s_and_the_ridge_by_s_squared_changes_nothing(ActivationCase activation, TargetCase target, Ratios ratios)
    {
        var model = FeatureCases.Model(activation, target, ratios);
        var scaled = model with { Activation = $"3*({activation.Formula})", Lambda = 9 * model.Lambda };
        Near(model.Predict().TestError, scaled.Predict().TestError, 1e-9 * model.Predict().TestError + 1e-13);
        Near(model.Predict().TrainError, scaled.Predict().TrainError, 1e-9 * model.Predict().TestError + 1e-13);
    }

    [Property]
    public void Scaling_the_labels_by_s_multiplies_the_errors_by_s_squared(ActivationCase activation, TargetCase target, Ratios ratios)
    {
        var model = FeatureCases.Model(activation, target, ratios);
        var scaled = model with { Target = $"2*({target.Formula})", Noise = 4 * model.Noise };
        var (p, q) = (model.Predict(), scaled.Predict());
        Near(4 * p.TestError, q.TestError, 1e-10 * q.TestError + 1e-13);
        Near(4 * p.TrainError, q.TrainError, 1e-10 * q.TestError + 1e-13);
    }

    [Property]
    public void Training_error_is_below_test_error_and_test_error_above_the_effective_noise(ActivationCase activation, TargetCase target, Ratios ratios)
    {
        var p = FeatureCases.Model(activation, target, ratios).Predict();
        Assert.InRange(p.TrainError, 0, p.TestError);
        Assert.True(p.TestError >= p.EffectiveNoise * (1 - 1e-12));
        Assert.True(p.TestError >= ratios.Noise);
    }

    [Property]
    public void Training_error_increases_with_the_ridge(ActivationCase activation, TargetCase target, Ratios ratios)
    {
        var model = FeatureCases.Model(activation, target, ratios);
        Assert.True(model.Predict().TrainError <= (model with { Lambda = 1.5 * model.Lambda }).Predict().TrainError * (1 + 1e-12));
    }

    [Property]
    public void Degrees_of_freedom_are_ordered_and_bounded_by_rank_and_samples(ActivationCase activation, TargetCase target, Ratios ratios)
    {
        var p = FeatureCases.Model(activation, target, ratios).Predict();
        Assert.True(0 < p.Df2 && p.Df2 <= p.Df1 && p.Df1 < Math.Min(ratios.Alpha, ratios.Beta));
        Assert.True(p.Amplification >= 1);
    }

    [Property]
    public void Effective_ridge_lies_above_the_explicit_one_and_increases_with_it(ActivationCase activation, TargetCase target, Ratios ratios)
    {
        var model = FeatureCases.Model(activation, target, ratios);
        var nu = model.Predict().Nu;
        Assert.True(nu >= model.Lambda * model.Beta / model.Alpha);
        Assert.True((model with { Lambda = 2 * model.Lambda }).Predict().Nu > nu);
    }

    [Property]
    public void Vanishing_ridge_continues_to_the_limit(ActivationCase activation, TargetCase target, Ratios ratios)
    {
        var model = FeatureCases.Model(activation, target, ratios);
        var sigma = FeatureMoments.Of(model.Activation);
        var rank = sigma.NonlinearVariance > 0 ? ratios.Beta : Math.Min(1, ratios.Beta);
        if (Math.Abs(ratios.Alpha / rank - 1) < 0.05) return;   // the peak has its own test
        // λ far below every eigenvalue that matters: (√α − √β)² κ⋆² bounds the gap from below.
        var floor = sigma.NonlinearVariance > 0 ? sigma.NonlinearVariance : sigma.SecondMoment;
        var (limit, near) = ((model with { Lambda = 0 }).Predict(), (model with { Lambda = 1e-11 * floor }).Predict());
        Near(limit.TestError, near.TestError, 1e-6 * limit.TestError);
        Near(limit.TrainError, near.TrainError, 1e-6 * limit.TestError);
        if (ratios.Alpha < rank) Assert.Equal(0, limit.TrainError);
        else Assert.Equal(0, limit.Nu);
    }

    [Property]
    public void At_the_peak_the_test_error_grows_like_the_inverse_root_of_the_ridge(ActivationCase activation, TargetCase target, Ratios ratios)
    {
        var model = FeatureCases.Model(activation, target, ratios with { Beta = ratios.Alpha, Noise = ratios.Noise + 0.1 });
        var floor = FeatureMoments.Of(model.Activation).NonlinearVariance;
        if (floor == 0) return;   // a linear activation has its peak at min(β, 1)
        var (first, second) = ((model with { Lambda = 1e-10 * floor }).Predict(), (model with { Lambda = 1e-12 * floor }).Predict());
        Assert.InRange(second.TestError / first.TestError, 9.99, 10.01);
        Assert.Equal(double.PositiveInfinity, (model with { Lambda = 0 }).Predict().TestError);
    }

    [Property]
    public void Test_error_decreases_to_bias_plus_noise_as_samples_grow(ActivationCase activation, TargetCase target, Ratios ratios)
    {
        var model = FeatureCases.Model(activation, target, ratios);
        var many = (model with { Alpha = 1e9 }).Predict();
        var limit = (model with { Alpha = 1e9, Lambda = 0 }).Predict();
        Near(limit.Bias + limit.EffectiveNoise, many.TestError, 1e-6 * (many.TestError + 1e-6));
    }

    [Property]
    public void Wide_networks_with_many_samples_learn_exactly_the_linear_part(ActivationCase activation, TargetCase target, Ratios ratios)
    {
        var model = FeatureCases.Model(activation, target, ratios);
        var sigma = FeatureMoments.Of(model.Activation);
        if (sigma.Linear * sigma.Linear < 1e-3 * sigma.SecondMoment) return;   // a (nearly) even activation learns no linear part
        var p = (model with { Alpha = 1e12, Beta = 1e6 }).Predict();
        Near(p.EffectiveNoise, p.TestError, 1e-2 * (p.EffectiveNoise + FeatureMoments.Of(model.Target).SecondMoment));
    }

    [Property]
    public void Only_mean_linear_part_and_power_of_the_target_matter(ActivationCase activation, Ratios ratios)
    {
        // Both targets have t0 = 0.3, t1 = 0.7 and E g² = 0.09 + 0.49 + 0.5.
        var second = FeatureCases.Model(activation, new("0.3 + 0.7z + He2(z)/2"), ratios).Predict();
        var third = FeatureCases.Model(activation, new("0.3 + 0.7z + He3(z)/sqrt(12)"), ratios).Predict();
        Near(second.TestError, third.TestError, 1e-11 * second.TestError);
        Near(second.TrainError, third.TrainError, 1e-11 * second.TestError);
    }

    [Property]
    public void Wide_linear_features_are_plain_ridge_regression(TargetCase target, Ratios ratios)
    {
        // A single-index target is linear signal t1 plus noise; without κ₀ its mean is noise too.
        var model = FeatureCases.Model(new("z"), target, ratios with { Beta = 1e8, Lambda = Math.Max(ratios.Lambda, 1e-4) });
        var g = FeatureMoments.Of(model.Target);
        var ridge = new RidgeRegressionModel
        {
            Alpha = ratios.Alpha,
            Lambda = model.Lambda,
            Signal = g.Linear * g.Linear,
            Noise = g.SecondMoment - g.Linear * g.Linear + ratios.Noise,
        }.Predict();
        var p = model.Predict();
        Near(ridge.TestError, p.TestError, 1e-5 * (1 + ridge.TestError));
        Near(ridge.TrainError, p.TrainError, 1e-5 * (1 + ridge.TestError));
    }

    [Property]
    public void Even_activations_learn_nothing_of_an_odd_target(Ratios ratios)
    {
        var p = FeatureCases.Model(new("abs(z) + 0.2*He2(z)"), new("sin(z)"), ratios).Predict();
        var linear = FeatureMoments.Of("sin(z)").Linear;
        Near(linear * linear, p.Bias, 1e-14);
    }

    [Property]
    public void A_mean_of_the_activation_however_small_fits_the_mean_of_the_labels(Ratios ratios)
    {
        var odd = FeatureCases.Model(new("tanh(z)"), new("z + 2"), ratios).Predict();
        var shifted = FeatureCases.Model(new("tanh(z) + 0.001"), new("z + 2"), ratios).Predict();
        Near(odd.EffectiveNoise - 4, shifted.EffectiveNoise, 1e-9);
    }

    [Property]
    public void Every_solution_reports_a_residual_below_its_tolerance(ActivationCase activation, TargetCase target, Ratios ratios)
    {
        var p = FeatureCases.Model(activation, target, ratios with { Lambda = ratios.Lambda * 1e-6 }).Predict();
        Assert.True(p.Diagnostics.IsConverged);
        Assert.InRange(p.Diagnostics.Residual, 0, 1e-12);
        Assert.InRange(p.Diagnostics.Iterations, 1, 60);
    }

    [Property]
    public void Too_few_iterations_are_an_exception_or_a_flag_as_asked(Ratios ratios)
    {
        var model = FeatureCases.Model(new("relu(z)"), new("tanh(z)"), ratios);
        Assert.Throws<NotConvergedException>(() => model.Predict(new SolveOptions { MaxIterations = 1, Tolerance = 1e-15 }));
        var flagged = model.Predict(new SolveOptions { MaxIterations = 1, Tolerance = 1e-15, OnFailure = OnFailure.Return });
        Assert.False(flagged.Diagnostics.IsConverged);
    }

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance, $"expected {expected:R}, got {actual:R}, tolerance {tolerance:g2}");
}
