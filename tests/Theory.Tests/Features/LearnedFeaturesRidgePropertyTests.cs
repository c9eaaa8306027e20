using FsCheck.Xunit;
using Theory.Features;
using Theory.Systems;
using static Theory.Tests.Features.LearnedFeaturesCases;

namespace Theory.Tests.Features;

[Properties(Arbitrary = [typeof(FeatureCases), typeof(LearnedFeaturesCases)], MaxTest = 25)]
public class LearnedFeaturesRidgePropertyTests
{
    [Property]
    public void Without_spikes_they_are_random_features(ActivationCase activation, TargetCase target, VocabularyCase vocabulary, Ratios ratios)
    {
        var model = Model(activation.Formula, target.Formula, vocabulary with { Spikes = [.. vocabulary.Spikes.Select(_ => 0.0)] }, ratios);
        var p = model.Predict();
        var plain = new RandomFeaturesModel { Activation = model.Activation, Target = model.Target, Alpha = model.Alpha, Beta = model.Beta, Lambda = model.Lambda, Noise = model.Noise }.Predict();
        Near(plain.TestError, p.TestError, 1e-8 * plain.TestError);
        Near(plain.TrainError, p.TrainError, 1e-8 * plain.TestError);
    }

    [Property]
    public void With_one_spike_they_are_spiked_random_features(ActivationCase activation, TargetCase target, Ratios ratios)
    {
        var model = Model(activation.Formula, target.Formula, new([1], [1.3]), ratios);
        var p = model.Predict();
        var spiked = new SpikedRandomFeaturesModel
        {
            Activation = model.Activation,
            Target = model.Target,
            Spike = 1.3,
            Alignment = 1,
            Alpha = model.Alpha,
            Beta = model.Beta,
            Lambda = model.Lambda,
            Noise = model.Noise,
        }.Predict();
        Near(spiked.TestError, p.TestError, 1e-8 * spiked.TestError);
        Near(spiked.TrainError, p.TrainError, 1e-8 * spiked.TestError);
        Near(spiked.Q2, p.ReadoutNorm, 1e-7 * p.ReadoutNorm);
        if (p.IsDegenerate) return;
        Near(spiked.M, p.M[0], 1e-6 * (1 + Math.Abs(p.M[0])));
        Near(spiked.Theta, p.S[0], 1e-6 * (1 + Math.Abs(p.S[0])));
    }

    [Property]
    public void A_value_in_two_parts_is_one_value(ActivationCase activation, TargetCase target, VocabularyCase vocabulary, Ratios ratios, bool isFinite)
    {
        var model = Model(activation.Formula, target.Formula, vocabulary, ratios) with { Dimension = isFinite ? 300 : null };
        var (p, q) = (model.Predict(), (model with { Fractions = Split(vocabulary).Fractions, Spikes = Split(vocabulary).Spikes }).Predict());
        Near(p.Chi[0], q.Chi[^1], 1e-9 * p.Chi[0]);
        if (p.IsDegenerate) return;
        Near(p.TestError, q.TestError, 1e-7 * p.TestError + 1e-10);
        Near(p.TrainError, q.TrainError, 1e-7 * p.TestError + 1e-10);
        Near(p.ReadoutNorm, q.ReadoutNorm, 1e-6 * p.ReadoutNorm + 1e-10);
    }

    [Property]
    public void The_order_of_the_vocabulary_is_immaterial(TameActivationCase activation, TargetCase target, VocabularyCase vocabulary, Ratios ratios)
    {
        var model = Model(activation.Formula, target.Formula, vocabulary, ratios) with { Dimension = 500 };
        var (p, q) = (model.Predict(), (model with { Fractions = [.. vocabulary.Fractions.Reverse()], Spikes = [.. vocabulary.Spikes.Reverse()] }).Predict());
        Near(p.TestError, q.TestError, 1e-9 * p.TestError);
        for (var i = 0; i < p.Chi.Length; i++) Near(p.Chi[i], q.Chi[p.Chi.Length - 1 - i], 1e-9 * p.Chi[i]);
    }

    [Property]
    public void Turning_the_learned_direction_around_changes_nothing(ActivationCase activation, TargetCase target, VocabularyCase vocabulary, Ratios ratios)
    {
        var model = Model(activation.Formula, target.Formula, vocabulary, ratios) with { Dimension = 400 };
        var mirrored = model with { Spikes = [.. vocabulary.Spikes.Select(s => -s)], Target = Theory.Symbolics.ScalarFunction.From(z => model.Target.Evaluate(-z), model.Target.Breakpoints.Select(b => -b)) };
        var (p, q) = (model.Predict(), mirrored.Predict());
        Near(p.TestError, q.TestError, 1e-8 * p.TestError);
        Near(p.TrainError, q.TrainError, 1e-8 * p.TestError);
        for (var i = 0; i < p.M.Length; i++) Near(p.M[i], q.M[i], 1e-5 * (1 + Math.Abs(p.M[i])));
    }

    [Property]
    public void Scale_of_the_activation_is_a_scale_of_the_ridge(TargetCase target, VocabularyCase vocabulary, Ratios ratios)
    {
        var model = Model("relu(z) + 0.3*tanh(z)", target.Formula, vocabulary, ratios) with { Dimension = 400 };
        var (p, q) = (model.Predict(), (model with { Activation = "3*(relu(z) + 0.3*tanh(z))", Lambda = 9 * model.Lambda }).Predict());
        Near(p.TestError, q.TestError, 1e-8 * p.TestError);
        Near(p.TrainError, q.TrainError, 1e-8 * p.TestError);
    }

    [Property]
    public void Scale_of_the_labels_is_a_scale_of_the_errors(ActivationCase activation, TargetCase target, VocabularyCase vocabulary, Ratios ratios)
    {
        var model = Model(activation.Formula, target.Formula, vocabulary, ratios) with { Dimension = 400 };
        var (p, q) = (model.Predict(), (model with { Target = $"2*({target.Formula})", Noise = 4 * model.Noise }).Predict());
        Near(4 * p.TestError, q.TestError, 1e-8 * q.TestError);
        Near(4 * p.TrainError, q.TrainError, 1e-8 * q.TestError);
        Near(4 * p.ReadoutNorm, q.ReadoutNorm, 1e-8 * q.ReadoutNorm);
    }

    [Property]
    public void Errors_are_affine_in_the_label_noise(ActivationCase activation, TargetCase target, VocabularyCase vocabulary, Ratios ratios)
    {
        var model = Model(activation.Formula, target.Formula, vocabulary, ratios);
        var (none, one, three) = ((model with { Noise = 0 }).Predict(), (model with { Noise = 1 }).Predict(), (model with { Noise = 3 }).Predict());
        Near(3 * one.TestError - 2 * none.TestError, three.TestError, 1e-10 * three.TestError);
        Near(3 * one.TrainError - 2 * none.TrainError, three.TrainError, 1e-10 * three.TestError);
        Near(none.Bias, three.Bias, 1e-10 * (1 + none.Bias));
    }

    [Property]
    public void The_norm_of_the_readout_is_the_slope_of_the_objective(ActivationCase activation, TargetCase target, VocabularyCase vocabulary, Ratios ratios, bool isFinite)
    {
        const double h = 1e-4;
        var model = Model(activation.Formula, target.Formula, vocabulary, ratios) with { Dimension = isFinite ? 200 : null };
        var p = model.Predict();
        if (p.IsDegenerate) return;
        var rise = (model with { Lambda = model.Lambda * (1 + h) }).Predict().ObjectivePerSample - (model with { Lambda = model.Lambda * (1 - h) }).Predict().ObjectivePerSample;
        Near(p.ReadoutNorm * model.Beta / model.Alpha, rise / (2 * h * model.Lambda), 1e-6 * (p.ReadoutNorm * model.Beta / model.Alpha + p.ObjectivePerSample * 1e-6 / model.Lambda) + 1e-12 * p.ObjectivePerSample / (h * model.Lambda));
    }

    [Property]
    public void The_objective_is_the_training_error_and_the_penalty(ActivationCase activation, TargetCase target, VocabularyCase vocabulary, Ratios ratios, bool isFinite)
    {
        var model = Model(activation.Formula, target.Formula, vocabulary, ratios) with { Dimension = isFinite ? 200 : null };
        var p = model.Predict();
        Near(p.ObjectivePerSample, p.TrainError + model.Lambda * p.ReadoutNorm * model.Beta / model.Alpha, p.IsDegenerate ? 1e-5 : 1e-9 * p.ObjectivePerSample + 1e-13 * p.TestError);
    }

    [Property]
    public void No_readout_is_better_than_the_floor(ActivationCase activation, TargetCase target, VocabularyCase vocabulary, Ratios ratios)
    {
        var p = Model(activation.Formula, target.Formula, vocabulary, ratios).Predict();
        Assert.True(p.Bias >= p.Floor - 1e-9 * (1 + p.Floor), $"bias {p.Bias}, floor {p.Floor}");
        Assert.True(p.TestError >= p.Floor + ratios.Noise - 1e-9 * (1 + p.Floor));
        Near(p.Bias + ratios.Noise + p.Variance, p.TestError, 1e-12 * p.TestError);
    }

    [Property]
    public void A_larger_vocabulary_has_a_lower_floor(ActivationCase activation, TargetCase target, VocabularyCase vocabulary, Ratios ratios)
    {
        var model = Model(activation.Formula, target.Formula, vocabulary, ratios);
        var larger = model with { Fractions = [.. vocabulary.Fractions.Select(f => 0.6 * f), 0.4], Spikes = [.. vocabulary.Spikes, 3.7] };
        var (few, many) = (model.Predict().Floor, larger.Predict().Floor);
        Assert.True(many <= few + 1e-9 * (1 + few), $"{few} → {many}");
    }

    [Property]
    public void High_dimensions_are_the_limit(TameActivationCase activation, TargetCase target, VocabularyCase vocabulary, Ratios ratios)
    {
        var model = Model(activation.Formula, target.Formula, vocabulary, ratios with { Noise = 0.1 + ratios.Noise, Lambda = 0.01 + ratios.Lambda });
        var limit = model.Predict();
        if (limit.CrossoverDimension > 1e3) return;
        var dressed = (model with { Dimension = 2_000_000_000 }).Predict();
        Near(limit.TestError, dressed.TestError, 1e-5 * limit.TestError);
        Near(limit.TrainError, dressed.TrainError, 1e-5 * limit.TestError);
    }

    [Property]
    public void A_larger_ridge_shrinks_the_readout(ActivationCase activation, TargetCase target, VocabularyCase vocabulary, Ratios ratios)
    {
        var model = Model(activation.Formula, target.Formula, vocabulary, ratios) with { Dimension = 400 };
        var (weak, strong) = (model.Predict().ReadoutNorm, (model with { Lambda = 2 * model.Lambda }).Predict().ReadoutNorm);
        Assert.True(strong <= weak * (1 + 1e-9), $"{weak} → {strong}");
    }

    [Property]
    public void The_trace_of_the_resolvent_is_that_of_the_spectrum(TameActivationCase activation, VocabularyCase vocabulary, Ratios ratios)
    {
        var chi = Model(activation.Formula, "z", vocabulary, ratios).Predict().Chi;
        var m = Theory.Spectra.DysonSolver.Solve(Spectrum(activation.Formula, vocabulary, ratios).ToDysonModel(), -ratios.Lambda).StieltjesTransform;
        var trace = chi.Zip(vocabulary.Fractions, (c, f) => c * f).Sum();
        Near(trace, m, 1e-8 * trace);
    }
}
