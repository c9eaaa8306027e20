using System.Numerics;
using FsCheck.Xunit;
using Theory.Contract;
using Theory.Spectra;
using Theory.Systems;
using static Theory.Tests.Features.LearnedFeaturesCases;

namespace Theory.Tests.Features;

[Properties(Arbitrary = [typeof(FeatureCases), typeof(LearnedFeaturesCases)], MaxTest = 20)]
public class LearnedFeaturesSpectrumTests
{
    private static readonly VocabularyCase Four = new([0.7, 0.1, 0.1, 0.1], [1, -0.5, 1.5, -2]);
    private static readonly VocabularyCase None = new([1], [0]);

    [Property]
    public void The_transform_is_that_of_a_probability(TameActivationCase activation, VocabularyCase vocabulary, Ratios ratios, UpperPointCase point)
    {
        var m = At(activation.Formula, vocabulary, ratios, point.Z);
        Assert.True(m.Imaginary > 0 && Complex.Abs(m) <= (1 + 1e-9) / point.Z.Imaginary, $"m = {m}");
        Near(Complex.Conjugate(m), At(activation.Formula, vocabulary, ratios, Complex.Conjugate(point.Z)), 1e-12 * Complex.Abs(m));
    }

    [Property]
    public void Far_out_the_transform_has_mass_one_and_the_first_moment(TameActivationCase activation, VocabularyCase vocabulary, Ratios ratios)
    {
        var resolvent = Spectrum(activation.Formula, vocabulary, ratios).ToDysonModel();
        var z = new Complex(0, 1e5 * resolvent.Scale);
        var m = DysonSolver.Solve(resolvent, z).StieltjesTransform;
        Near(-1, z * m, 1e-4);
        Near(resolvent.BulkFirstMoment, (-z - z * z * m).Real, 1e-4 * resolvent.BulkFirstMoment);
    }

    [Property]
    public void Without_linear_part_and_spikes_it_is_Marchenko_Pastur(Ratios ratios, UpperPointCase point)
    {
        var scale = ratios.Alpha / ratios.Beta;
        var plain = DysonSolver.Solve(new SampleCovariance(new([2.0], [1.0]), 1 / scale), point.Z / scale).StieltjesTransform / scale;
        Near(plain, At("He2(z)", None, ratios, point.Z), 1e-9 * Complex.Abs(plain));
    }

    [Property]
    public void Scale_of_the_activation_is_a_scale_of_the_spectrum(VocabularyCase vocabulary, Ratios ratios, UpperPointCase point)
    {
        var m = At("relu(z) + 0.3*tanh(z)", vocabulary, ratios, point.Z);
        Near(m / 9, At("3*(relu(z) + 0.3*tanh(z))", vocabulary, ratios, 9 * point.Z), 1e-8 * Complex.Abs(m));
    }

    [Property]
    public void A_constant_is_not_seen_in_the_bulk(VocabularyCase vocabulary, Ratios ratios, UpperPointCase point)
    {
        var m = At("tanh(z)", vocabulary, ratios, point.Z);
        Near(m, At("tanh(z) + 3", vocabulary, ratios, point.Z), 1e-7 * Complex.Abs(m));
    }

    [Property]
    public void Odd_activations_do_not_see_the_signs_of_the_spikes(VocabularyCase vocabulary, Ratios ratios, UpperPointCase point)
    {
        var m = At("tanh(z) + z/10", vocabulary, ratios, point.Z);
        Near(m, At("tanh(z) + z/10", vocabulary with { Spikes = [.. vocabulary.Spikes.Select(s => -s)] }, ratios, point.Z), 1e-9 * Complex.Abs(m));
    }

    [Property]
    public void A_value_in_two_parts_is_one_value(TameActivationCase activation, VocabularyCase vocabulary, Ratios ratios, UpperPointCase point)
    {
        var m = At(activation.Formula, vocabulary, ratios, point.Z);
        Near(m, At(activation.Formula, Split(vocabulary), ratios, point.Z), 1e-10 * Complex.Abs(m));
        Near(At(activation.Formula, None, ratios, point.Z), At(activation.Formula, vocabulary with { Spikes = [.. vocabulary.Spikes.Select(_ => 0.0)] }, ratios, point.Z), 1e-10 * Complex.Abs(m) + 1e-12);
    }

    [Theory]
    [InlineData("tanh(z)", 0, 2, 1.5)]
    [InlineData("relu(z)", 4, 2, 1.5)]
    [InlineData("tanh(z)", 2, 2, 0.8)]
    [InlineData("erf(z)", 2, 0.4, 0.4)]
    [InlineData("z", 2, 2, 0.7)]
    public void The_density_has_mass_one_and_the_first_moment(string activation, int values, double alpha, double beta)
    {
        var model = Spectrum(activation, values switch { 0 => None, 2 => new([0.5, 0.5], [2, -1]), _ => Four }, new(alpha, beta, 1, 0));
        var density = SpectralDensity.Of(model.ToDysonModel());
        var p = model.Predict();
        Near(1, density.Mass, 1e-6);
        Near(p.BulkFirstMoment, density.Average(x => x), 1e-6);
        Near(p.RightEdge, density.Support.Bulks[^1].Upper, 1e-7);
        Near(p.AtomAtZero, density.Support.AtomAtZero, 1e-7);
    }

    [Theory]
    [InlineData("tanh(z)", 0.0, 3.618417)]
    [InlineData("tanh(z)", 1.5, 2.187210)]
    [InlineData("relu(z)", 0.0, 2.7089)]
    [InlineData("relu(z)", 1.0, 4.1012)]
    public void The_step_moves_the_edge(string activation, double spike, double edge) =>
        Near(edge, Spectrum(activation, new([1], [spike]), new(2, 1.5, 1, 0)).Predict().RightEdge, 1e-4);

    [Fact]
    public void Quantiles_of_a_step_are_those_measured()
    {
        var before = SpectralDensity.Of(Spectrum("tanh(z)", None, new(2, 1.5, 1, 0)).ToDysonModel());
        var after = SpectralDensity.Of(Spectrum("tanh(z)", new([1], [1.5]), new(2, 1.5, 1, 0)).ToDysonModel());
        Assert.All(((double Share, double Before, double After)[])[(0.9, 1.689, 0.954), (0.95, 2.289, 1.327), (0.99, 3.116, 1.858)], q =>
        {
            Near(1 - q.Share, before.Average(x => x > q.Before ? 1 : 0), 3e-3);
            Near(1 - q.Share, after.Average(x => x > q.After ? 1 : 0), 3e-3);
        });
    }

    [Fact]
    public void Activations_of_more_than_linear_growth_have_no_edge_once_they_have_learned()
    {
        Assert.True(double.IsPositiveInfinity(Spectrum("He2(z) + z", new([0.5, 0.5], [0, 0.1]), new(2, 1, 1, 0)).Predict().RightEdge));
        Assert.True(double.IsPositiveInfinity(Spectrum("exp(z/4)", new([1], [-1]), new(2, 1, 1, 0)).Predict().RightEdge));
        Assert.True(double.IsFinite(Spectrum("He2(z) + z", None, new(2, 1, 1, 0)).Predict().RightEdge));
    }

    [Fact]
    public void The_edge_is_that_of_all_inputs_however_improbable()
    {
        // Few samples of many features: ΦΦᵀ/p is nearly diagonal, and its elements, the variances given κ, come arbitrarily near to 1 as κ → ∞.
        var edge = Spectrum("relu(z)", new([1], [0.3]), new(1e-5, 10, 1, 0)).Predict().RightEdge;
        Near(1, edge, 0.02);
    }

    [Fact]
    public void Points_in_the_support_are_refused()
    {
        var model = Spectrum("relu(z)", Four, new(2, 1.5, 1, 0));
        Assert.Equal("z", Assert.Throws<InvalidInputException>(() => (model with { Z = [1.0] }).Predict()).Parameter);
        Assert.Equal("Z", Assert.Throws<ArgumentOutOfRangeException>(() => model with { Z = [Complex.Zero] }).ParamName);
        Assert.Equal("Z", Assert.Throws<ArgumentOutOfRangeException>(() => model with { Z = [new(double.NaN, 1)] }).ParamName);
        Assert.True((model with { Z = [4.0] }).Predict().StieltjesTransform[0].Real < 0);
        Assert.True((model with { Z = [-1e-6] }).Predict().StieltjesTransform[0].Real > 0);
    }

    [Fact]
    public void A_gap_between_bulks_is_outside_the_support()
    {
        var model = Spectrum("tanh(z)", new([0.5, 0.5], [15.8, 0]), new(0.5443, 0.1762, 1, 0));
        var support = SupportEdges.Find(model.ToDysonModel());
        Assert.True(support.Bulks.Length > 1);
        var gap = 0.5 * (support.Bulks[0].Upper + support.Bulks[1].Lower);
        Assert.Equal(0, (model with { Z = [gap] }).Predict().StieltjesTransform[0].Imaginary);
    }

    private static Complex At(string activation, VocabularyCase vocabulary, Ratios ratios, Complex z) => DysonSolver.Solve(Spectrum(activation, vocabulary, ratios).ToDysonModel(), z).StieltjesTransform;
}
