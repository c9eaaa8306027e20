using FsCheck.Xunit;
using Theory.Contract;
using Theory.Features;
using Theory.Systems;

namespace Theory.Tests.Features;

/// <summary>Weak spikes, the floor of wide networks, sum rules, and the rows after a step.</summary>
[Properties(Arbitrary = [typeof(FeatureCases), typeof(SpikeCases)], MaxTest = 25)]
public class SpikedLimitsTests
{
    [Property]
    public void Errors_are_continuous_in_the_spike_where_it_is_not_zero(ActivationCase activation, TargetCase target, SpikeCase spike, Ratios ratios)
    {
        var model = SpikeCases.Model(activation, target, spike, ratios);
        var (p, q) = (model.Predict(), (model with { Spike = model.Spike * (1 + 1e-7) }).Predict());
        Near(p.TestError, q.TestError, 1e-4 * p.TestError);
        Near(p.TrainError, q.TrainError, 1e-4 * p.TestError);
    }

    [Property(MaxTest = 15)]
    public void A_weak_spike_has_a_limit_and_it_is_not_that_of_no_spike(SpikeCase spike, Ratios ratios)
    {
        var model = SpikeCases.Model(new("tanh(z)"), new("z + He2(z)/2"), spike with { Spike = 1e-4, Bulk = 1, Alignment = 0.9 }, ratios);
        var (weak, weaker, none) = (model.Predict(), (model with { Spike = 1e-6 }).Predict(), (model with { Spike = 0 }).Predict());
        Near(weak.TestError, weaker.TestError, 1e-6 * weak.TestError);
        // The whole of the linear function along the spike, 0.81 of the variance of labels, comes free of charge.
        Assert.True(weaker.TrainError < none.TrainError);
        Near(weak.M * 1e-4, weaker.M * 1e-6, 1e-5 * Math.Abs(weak.M * 1e-4));
    }

    [Property]
    public void The_susceptibilities_obey_their_sum_rule_for_every_bulk(StepCase step, TargetCase target, Ratios ratios)
    {
        var model = SpikeCases.Network(step, target, ratios);
        var first = FirstStep.Of(model.Activation, model.Target, model.LearningRate, model.BatchRatio, model.Noise);
        var projection = SpikeProjection.Of(model.Activation, model.Target, first.Spike, first.Bulk, first.Alignment);
        foreach (var bulk in (IBulk[])[new IsotropicBulk(first.Bulk, model.Beta), new RefinedBulk(StepSpectrum.Of(model), first, model.Beta)])
        {
            var (p, diagnostics) = SpikedFixedPoint.Solve(projection, bulk, model.Alpha / model.Beta, model.Lambda, SolveOptions.Default);
            Assert.True(diagnostics.IsConverged);
            Assert.Equal(1, (model.Lambda + p.Vh2) * p.V2 + p.Vh1 * p.V1, 1e-10);
        }
    }

    [Property]
    public void No_test_error_lies_below_the_best_fit_by_functions_of_the_projection(ActivationCase activation, TargetCase target, SpikeCase spike, Ratios ratios)
    {
        var model = SpikeCases.Model(activation, target, spike, ratios);
        Assert.True(model.Predict().TestError >= (Floor(model) + model.Noise) * (1 - 1e-9));
    }

    [Property]
    public void Wide_networks_with_many_samples_reach_the_best_fit_by_functions_of_the_projection(ActivationCase activation, TargetCase target, SpikeCase spike, Ratios ratios)
    {
        var model = SpikeCases.Model(activation, target, spike, ratios) with { Alpha = 1e13, Beta = 1e8, Lambda = 1e-3 };
        var power = FeatureMoments.Of(model.Target).SecondMoment;
        Assert.InRange(model.Predict().TestError - Floor(model) - model.Noise, -1e-9 * power, 1e-2 * (power + model.Noise));
    }

    [Property]
    public void The_alignment_is_the_share_of_the_signal_in_the_gradient(StepCase step, TargetCase target, Ratios ratios)
    {
        var model = new OneStepMapModel { Activation = step.Activation, Target = target.Formula, LearningRate = step.Rate, BatchRatio = step.Batch, Noise = ratios.Noise };
        var (sigma, g, p) = (FeatureMoments.Of(model.Activation), FeatureMoments.Of(model.Target), model.Predict());
        var residual = g.SecondMoment - 2 * g.Mean * sigma.Mean + sigma.Mean * sigma.Mean + model.Noise;
        var square = g.Linear * g.Linear + residual / model.BatchRatio;
        Near(g.Linear * g.Linear, p.Alignment * p.Alignment * square, 1e-11 * square);
        Near(Math.Pow(model.LearningRate * sigma.Linear, 2) * square, p.Spike * p.Spike, 1e-11 * (1 + p.Spike * p.Spike));
    }

    [Property(MaxTest = 15)]
    public void The_trace_of_the_covariance_of_the_rows_is_their_mean_squared_length(StepCase step, TargetCase target, Ratios ratios)
    {
        var model = SpikeCases.Network(step, target, ratios);
        Near(model.Predict().Bulk, StepSpectrum.Of(model).At(0).Phi, 1e-10 * model.Predict().Bulk);
    }

    [Property]
    public void Steps_towards_a_target_without_linear_part_have_no_alignment(StepCase step, Ratios ratios)
    {
        var model = SpikeCases.Network(step, new("He3(z)"), ratios);
        Assert.Equal(0, model.Predict().Alignment);
        Assert.Equal(0, (model with { BatchRatio = double.PositiveInfinity }).Predict().Spike);
    }

    // Least squares of g on the functions μ₀(κ), κμ₁(κ) and μ₁(κ)z of the projection κ and the rest z of the target's direction.
    private static double Floor(SpikedRandomFeaturesModel m)
    {
        var x = SpikeProjection.Of(m.Activation, m.Target, m.Spike, m.Bulk, m.Alignment).Finer!.Finer!;
        double Mean(Func<int, double> f) => Enumerable.Range(0, x.Kappa.Length).Sum(i => x.Weight[i] * f(i));
        var (g00, g01, g11) = (Mean(i => x.Mu0[i] * x.Mu0[i]), Mean(i => x.Mu0[i] * x.Kappa[i] * x.Mu1[i]), Mean(i => Math.Pow(x.Kappa[i] * x.Mu1[i], 2)));
        var (b0, b1, slope, linear) = (Mean(i => x.Mu0[i] * x.Target[i]), Mean(i => x.Kappa[i] * x.Mu1[i] * x.Target[i]), Mean(i => x.Mu1[i] * x.Slope[i]), Mean(i => x.Mu1[i] * x.Mu1[i]));
        // Gram–Schmidt; a function that vanishes, or is a multiple of the other, adds nothing.
        var first = g00 > 1e-20 ? b0 * b0 / g00 : 0;
        var rest = g00 > 1e-20 ? g11 - g01 * g01 / g00 : g11;
        var second = rest > 1e-12 * g11 ? Math.Pow(b1 - (g00 > 1e-20 ? b0 * g01 / g00 : 0), 2) / rest : 0;
        return Mean(i => x.Square[i]) - first - second - (linear > 1e-20 ? slope * slope / linear : 0);
    }

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance, $"expected {expected:R}, got {actual:R}, tolerance {tolerance:g2}");
}
