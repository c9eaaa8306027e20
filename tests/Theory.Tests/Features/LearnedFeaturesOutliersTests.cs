using FsCheck.Xunit;
using Theory.Features;
using Theory.Numerics.Sampling;
using Theory.Systems;
using static Theory.Tests.Features.LearnedFeaturesCases;

namespace Theory.Tests.Features;

[Properties(Arbitrary = [typeof(FeatureCases), typeof(LearnedFeaturesCases)], MaxTest = 6)]
public class LearnedFeaturesOutliersTests
{
    [Property]
    public void Outliers_lie_above_the_bulk_and_are_at_most_two_for_each_value(TameActivationCase activation, VocabularyCase vocabulary, Ratios ratios)
    {
        var p = Model(activation.Formula, vocabulary, ratios, 500).Predict();
        Assert.True(p.Outliers.Length <= 2 * vocabulary.Spikes.Length);
        Assert.All(p.Outliers, z => Assert.True(z > p.RightEdge));
        Assert.Equal(p.Outliers.OrderDescending(), p.Outliers);
    }

    [Property]
    public void Giants_are_the_eigenvalues_of_order_n(TameActivationCase activation, VocabularyCase vocabulary, Ratios ratios)
    {
        const int n = 1_000_000_000;
        var p = Model(activation.Formula, vocabulary, ratios, n).Predict();
        var giants = p.Giants.Where(g => g > 1e-5).ToArray();
        Assert.True(p.Outliers.Length >= giants.Length);
        // The next order is of the size of the bulk.
        for (var i = 0; i < giants.Length; i++) Near(giants[i], p.Outliers[i] / n, 1e-3 * giants[i] + 20 * p.RightEdge / n);
    }

    [Property]
    public void A_value_in_two_parts_is_one_value(TameActivationCase activation, VocabularyCase vocabulary, Ratios ratios)
    {
        var (p, q) = (Model(activation.Formula, vocabulary, ratios, 500).Predict(), Model(activation.Formula, Split(vocabulary), ratios, 500).Predict());
        Assert.Equal(p.Outliers.Length, q.Outliers.Length);
        for (var i = 0; i < p.Outliers.Length; i++) Near(p.Outliers[i], q.Outliers[i], 1e-8 * p.Outliers[i]);
    }

    [Property]
    public void Odd_activations_without_spikes_have_none(Ratios ratios) =>
        Assert.Empty(Model("tanh(z) + z^3/20", new([1], [0]), ratios, 500).Predict().Outliers);

    [Fact]
    public void A_mean_alone_causes_one_giant()
    {
        var p = Model("relu(z)", new([1], [0]), new(2, 1.5, 1, 0), 1_000_000).Predict();
        Near(1 / (2 * Math.PI), Assert.Single(p.Outliers) / 1e6, 1e-4);
        Assert.Empty(p.LimitOutliers);
    }

    [Fact]
    public void The_edge_is_that_of_the_last_sliver_of_the_bulk()
    {
        // Inputs near κ = −5 are rare and their features vary most: a part of density 1e-5 lies beyond the fold that a walk of long steps finds. Panels of half the width, twice, give the same.
        var p = new LearnedFeaturesOutliersModel { Activation = "z + cos(z)", Fractions = [1], Spikes = [0.3], Alpha = 0.15751502990923394, Beta = 2.8871011518860024, Samples = 500 }.Predict();
        Near(3.153983624487, p.RightEdge, 1e-9);
    }

    [Fact]
    public void Without_an_edge_there_are_no_outliers_but_giants()
    {
        var p = Model("He2(z)", new([1], [1]), new(2, 1, 1, 0), 500).Predict();
        Assert.Empty(p.Outliers);
        Near(3, Assert.Single(p.Giants), 1e-9);
        Assert.Single(p.Diagnostics.Warnings);
    }

    [Fact(Explicit = true)]
    public void Giants_follow_the_sampled_projections_within_one_percent()
    {
        // With the values of κ that were drawn the leading eigenvalue of one value is Σ_μ c₀(ζκ_μ)² and a correction of order 1, that of the bulk.
        var model = Model("tanh(z)", new([1], [1.5]), new(2, 1.5, 1, 0), 800);
        var smooth = Theory.Hermite.SmoothedActivation.Of(model.Activation);
        for (ulong seed = 1; seed <= 10; seed++)
        {
            var random = new RandomStream(seed);
            var direction = new double[400];
            random.FillUnitSphere(direction);
            var weights = LearnedWeights.Draw(model.Fractions, model.Spikes, 600, direction, random);
            var inputs = new MathNet.Numerics.LinearAlgebra.Double.DenseMatrix(800, 400);
            random.FillGaussian(inputs.Values);
            var kappa = (inputs * new MathNet.Numerics.LinearAlgebra.Double.DenseVector(direction)).Select(x => 1.5 * x).ToArray();
            var mean = new double[800];
            smooth.Evaluate(kappa, 1, mean, [], [], []);
            var features = inputs * weights;
            var scaled = features.Map(x => Math.Tanh(x) / Math.Sqrt(600));
            var largest = Theory.Spectra.SampleMatrix.Eigenvalues((MathNet.Numerics.LinearAlgebra.Double.DenseMatrix)scaled)[^1];
            Near(mean.Sum(c => c * c), largest, 0.01 * largest);
        }
    }

    private static LearnedFeaturesOutliersModel Model(string activation, VocabularyCase vocabulary, Ratios ratios, int samples) => new()
    {
        Activation = activation,
        Fractions = vocabulary.Fractions,
        Spikes = vocabulary.Spikes,
        Alpha = ratios.Alpha,
        Beta = ratios.Beta,
        Samples = samples,
    };
}
