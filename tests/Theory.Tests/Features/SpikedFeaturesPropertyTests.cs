using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Theory.Contract;
using Theory.Features;
using Theory.Systems;

namespace Theory.Tests.Features;

/// <summary>A spike: its strength, the bulk around it, and its alignment with the target.</summary>
public sealed record SpikeCase(double Spike, double Bulk, double Alignment);

/// <summary>A first step.</summary>
public sealed record StepCase(string Activation, double Rate, double Batch);

/// <summary>Generators of spikes and steps.</summary>
public static class SpikeCases
{
    private static readonly string[] Continuous = ["relu(z)", "tanh(z)", "erf(z/sqrt(2))", "softplus(z)", "gelu(z)", "abs(z) + z", "sin(z)", "relu(z) - 0.4*z + 0.3", "He2(z)/2 + z", "sigmoid(2z)"];

    public static Arbitrary<SpikeCase> Spikes() =>
        (from sign in Gen.Elements(-1.0, 1.0)
         from spike in FeatureCases.LogUniform(0.05, 4)
         from bulk in FeatureCases.LogUniform(0.2, 3)
         from alignment in Gen.Choose(-99, 99)
         select new SpikeCase(sign * spike, bulk, alignment / 100.0)).ToArbitrary();

    public static Arbitrary<StepCase> Steps() =>
        (from activation in Gen.Elements(Continuous)
         from sign in Gen.Elements(-1.0, 1.0)
         from rate in FeatureCases.LogUniform(0.1, 4)
         from batch in FeatureCases.LogUniform(0.3, 30)
         select new StepCase(activation, sign * rate, batch)).ToArbitrary();

    public static SpikedRandomFeaturesModel Model(ActivationCase activation, TargetCase target, SpikeCase spike, Ratios ratios) => new()
    {
        Activation = activation.Formula,
        Target = target.Formula,
        Spike = spike.Spike,
        Bulk = spike.Bulk,
        Alignment = spike.Alignment,
        Alpha = ratios.Alpha,
        Beta = ratios.Beta,
        Lambda = Math.Max(ratios.Lambda, 1e-4),
        Noise = ratios.Noise,
    };

    public static OneStepNetworkModel Network(StepCase step, TargetCase target, Ratios ratios) => new()
    {
        Activation = step.Activation,
        Target = target.Formula,
        LearningRate = step.Rate,
        BatchRatio = step.Batch,
        Alpha = ratios.Alpha,
        Beta = ratios.Beta,
        Lambda = Math.Max(ratios.Lambda, 1e-3),
        Noise = ratios.Noise < 0.5 ? 0 : ratios.Noise,
    };
}

[Properties(Arbitrary = [typeof(FeatureCases), typeof(SpikeCases)], MaxTest = 25)]
public class SpikedFeaturesPropertyTests
{
    [Property]
    public void Without_spike_they_are_random_features(ActivationCase activation, TargetCase target, Ratios ratios)
    {
        var spiked = SpikeCases.Model(activation, target, new(0, 1, 0), ratios);
        var p = spiked.Predict();
        var plain = new RandomFeaturesModel { Activation = spiked.Activation, Target = spiked.Target, Alpha = spiked.Alpha, Beta = spiked.Beta, Lambda = spiked.Lambda, Noise = spiked.Noise }.Predict();
        Near(plain.TestError, p.TestError, 1e-8 * plain.TestError);
        Near(plain.TrainError, p.TrainError, 1e-8 * plain.TestError);
    }

    [Property]
    public void Odd_activations_do_not_see_the_sign_of_the_spike(TargetCase target, SpikeCase spike, Ratios ratios)
    {
        var model = SpikeCases.Model(new("tanh(z) + He3(z)/10"), target, spike, ratios);
        var (p, q) = (model.Predict(), (model with { Spike = -model.Spike }).Predict());
        Near(p.TestError, q.TestError, 1e-9 * p.TestError);
        Near(p.TrainError, q.TrainError, 1e-9 * p.TestError);
        Near(-p.M, q.M, 1e-8 * (1 + Math.Abs(p.M)));
    }

    [Property]
    public void Turning_spike_and_alignment_around_changes_nothing(ActivationCase activation, TargetCase target, SpikeCase spike, Ratios ratios)
    {
        var model = SpikeCases.Model(activation, target, spike, ratios);
        var (p, q) = (model.Predict(), (model with { Spike = -model.Spike, Alignment = -model.Alignment }).Predict());
        Near(p.TestError, q.TestError, 1e-9 * p.TestError);
        Near(p.TrainError, q.TrainError, 1e-9 * p.TestError);
    }

    [Property]
    public void Scale_of_the_activation_is_a_scale_of_the_ridge(SpikeCase spike, TargetCase target, Ratios ratios)
    {
        var model = SpikeCases.Model(new("relu(z) + 0.3*tanh(z)"), target, spike, ratios);
        var (p, q) = (model.Predict(), (model with { Activation = "3*(relu(z) + 0.3*tanh(z))", Lambda = 9 * model.Lambda }).Predict());
        Near(p.TestError, q.TestError, 1e-9 * p.TestError);
        Near(p.TrainError, q.TrainError, 1e-9 * p.TestError);
    }

    [Property]
    public void Scale_of_the_labels_is_a_scale_of_the_errors(ActivationCase activation, TargetCase target, SpikeCase spike, Ratios ratios)
    {
        var model = SpikeCases.Model(activation, target, spike, ratios);
        var (p, q) = (model.Predict(), (model with { Target = $"2*({target.Formula})", Noise = 4 * model.Noise }).Predict());
        Near(4 * p.TestError, q.TestError, 1e-9 * q.TestError);
        Near(4 * p.TrainError, q.TrainError, 1e-9 * q.TestError);
    }

    [Property]
    public void Training_errors_lie_below_test_errors_and_grow_with_the_ridge(ActivationCase activation, TargetCase target, SpikeCase spike, Ratios ratios)
    {
        var model = SpikeCases.Model(activation, target, spike, ratios);
        var (p, q) = (model.Predict(), (model with { Lambda = 1.5 * model.Lambda }).Predict());
        Assert.True(p.TrainError <= p.TestError * (1 + 1e-10));
        Assert.True(p.TrainError <= q.TrainError + 1e-10 * p.TestError);
        Assert.True(p.TestError >= model.Noise * (1 - 1e-12));
        Assert.True(p.Amplification >= 1 - 1e-12 && p.Q1 >= -1e-10 * (1 + p.TestError) && p.Q2 >= 0);
    }

    [Property]
    public void Susceptibilities_fall_with_samples_and_ridge(ActivationCase activation, TargetCase target, SpikeCase spike, Ratios ratios)
    {
        var model = SpikeCases.Model(activation, target, spike, ratios);
        var p = model.Predict();
        foreach (var q in (SpikedRandomFeaturesPrediction[])[(model with { Lambda = 1.5 * model.Lambda }).Predict(), (model with { Alpha = 1.5 * model.Alpha }).Predict()])
            Assert.True(q.V1 <= p.V1 * (1 + 1e-10) && q.V2 <= p.V2 * (1 + 1e-10));
    }

    [Property]
    public void A_huge_ridge_leaves_the_bare_bulk(ActivationCase activation, TargetCase target, SpikeCase spike, Ratios ratios)
    {
        var p = (SpikeCases.Model(activation, target, spike, ratios) with { Lambda = 1e13 }).Predict();
        Assert.Equal(1, p.V1 * 1e13 / spike.Bulk, 1e-4);
        Assert.Equal(1, p.V2 * 1e13, 1e-4);
    }

    [Property]
    public void Without_spike_only_mean_linear_part_and_power_of_the_target_matter(ActivationCase activation, Ratios ratios)
    {
        var second = SpikeCases.Model(activation, new("0.3 + 0.7z + He2(z)/2"), new(0, 1.2, 0), ratios).Predict();
        var third = SpikeCases.Model(activation, new("0.3 + 0.7z + He3(z)/sqrt(12)"), new(0, 1.2, 0), ratios).Predict();
        Near(second.TestError, third.TestError, 1e-9 * second.TestError);
    }

    [Property]
    public void Every_solution_reports_a_residual_below_its_tolerance(ActivationCase activation, TargetCase target, SpikeCase spike, Ratios ratios)
    {
        var p = (SpikeCases.Model(activation, target, spike, ratios) with { Lambda = ratios.Lambda * 1e-4 }).Predict();
        Assert.True(p.Diagnostics.IsConverged);
        Assert.InRange(p.Diagnostics.Residual, 0, 1e-12);
        Assert.InRange(p.Diagnostics.Iterations, 1, 80);
    }

    [Property(MaxTest = 10)]
    public void Too_few_iterations_are_an_exception_or_a_flag_as_asked(TargetCase target, SpikeCase spike, Ratios ratios)
    {
        var model = SpikeCases.Model(new("relu(z)"), target, spike, ratios);
        Assert.Throws<NotConvergedException>(() => model.Predict(new SolveOptions { MaxIterations = 1, Tolerance = 1e-15 }));
        Assert.False(model.Predict(new SolveOptions { MaxIterations = 1, Tolerance = 1e-15, OnFailure = OnFailure.Return }).Diagnostics.IsConverged);
    }

    [Property]
    public void Alignment_grows_and_the_spike_shrinks_with_the_batch(StepCase step, TargetCase target)
    {
        var model = new OneStepMapModel { Activation = step.Activation, Target = target.Formula, LearningRate = step.Rate, BatchRatio = step.Batch };
        var (p, q, limit) = (model.Predict(), (model with { BatchRatio = 2 * step.Batch }).Predict(), (model with { BatchRatio = double.PositiveInfinity }).Predict());
        Assert.True(Math.Abs(p.Alignment) <= Math.Abs(q.Alignment) && Math.Abs(q.Alignment) <= 1);
        Assert.True(Math.Abs(p.Spike) >= Math.Abs(q.Spike) * (1 - 1e-12) && Math.Abs(q.Spike) >= Math.Abs(limit.Spike) * (1 - 1e-12));
        Assert.True(p.Bulk >= limit.Bulk * (1 - 1e-12));
        var g = FeatureMoments.Of(model.Target);
        Assert.Equal(g.HasZeroLinearPart ? 0 : Math.Sign(g.Linear), limit.Alignment, 1e-12);
        // r γ = η̃ h₁ t₁ for every batch.
        Near(limit.Spike * limit.Alignment, p.Spike * p.Alignment, 1e-12 * (1 + Math.Abs(p.Spike)));
    }

    [Property(MaxTest = 10)]
    public void A_linear_network_has_an_isotropic_bulk_of_unit_length(TargetCase target, StepCase step, Ratios ratios)
    {
        var model = SpikeCases.Network(step with { Activation = "z" }, target, ratios);
        var (refined, isotropic) = (model.Predict(), (model with { Map = FirstStepMap.Isotropic }).Predict());
        Assert.Equal(1, isotropic.Bulk, 1e-12);
        Near(isotropic.TestError, refined.TestError, 1e-8 * isotropic.TestError);
        Near(isotropic.TrainError, refined.TrainError, 1e-8 * isotropic.TestError);
    }

    [Property(MaxTest = 10)]
    public void For_odd_activations_both_maps_agree_on_a_huge_batch(TargetCase target, StepCase step, Ratios ratios)
    {
        var model = SpikeCases.Network(step with { Activation = "tanh(z)", Batch = double.PositiveInfinity }, target, ratios);
        var (refined, isotropic) = (model.Predict(), (model with { Map = FirstStepMap.Isotropic }).Predict());
        Near(isotropic.TestError, refined.TestError, 1e-9 * isotropic.TestError);
        var large = (model with { BatchRatio = 1e7 }).Predict();
        Near(refined.TestError, large.TestError, 1e-4 * isotropic.TestError + 1e-5 * FeatureMoments.Of(model.Target).SecondMoment);
    }

    [Property(MaxTest = 10)]
    public void Without_step_the_network_is_random_features(TargetCase target, StepCase step, Ratios ratios)
    {
        var model = SpikeCases.Network(step with { Rate = 0 }, target, ratios);
        var plain = new RandomFeaturesModel { Activation = model.Activation, Target = model.Target, Alpha = model.Alpha, Beta = model.Beta, Lambda = model.Lambda, Noise = model.Noise }.Predict();
        Near(plain.TestError, model.Predict().TestError, 1e-8 * plain.TestError);
    }

    [Property(MaxTest = 10)]
    public void The_refined_map_keeps_scales_and_signs(StepCase step, Ratios ratios)
    {
        // (σ, g) → (sσ, sg) with η̃ → η̃/s² and λ → s²λ, Δ → s²Δ leaves the weights alone.
        var model = SpikeCases.Network(step, new("0.2 + sin(z) + relu(z)"), ratios);
        var scaled = model with { Activation = $"2*({step.Activation})", Target = "2*(0.2 + sin(z) + relu(z))", LearningRate = step.Rate / 4, Lambda = 4 * model.Lambda, Noise = 4 * model.Noise };
        var (p, q) = (model.Predict(), scaled.Predict());
        Near(p.Bulk, q.Bulk, 1e-10 * p.Bulk);
        Near(4 * p.TestError, q.TestError, 1e-8 * q.TestError);
        Near(4 * p.TrainError, q.TrainError, 1e-8 * q.TestError);
        Assert.True(p.TrainError <= p.TestError && p.TestError >= model.Noise);
    }

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance, $"expected {expected:R}, got {actual:R}, tolerance {tolerance:g2}");
}
