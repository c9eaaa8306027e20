using BenchmarkDotNet.Attributes;
using Theory.Features;
using Theory.Spectra;
using Theory.Systems;

namespace Theory.Benchmarks;

/// <summary>Ridge regression on a vocabulary of spikes, and the spectrum of its features, with the coefficients of the activation already there.</summary>
[MemoryDiagnoser]
public class LearnedFeaturesBenchmarks
{
    private LearnedFeaturesRidgeModel model = null!;
    private LearnedFeaturesResolvent resolvent = null!;
    private SpectralSupport support = null!;

    [Params(1, 2, 4)]
    public int Values { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        model = new()
        {
            Activation = "relu(z)",
            Target = "tanh(z)",
            Fractions = Values switch { 1 => [1], 2 => [0.9, 0.1], _ => [0.7, 0.1, 0.1, 0.1] },
            Spikes = Values switch { 1 => [1], 2 => [1, -1], _ => [1, -0.5, 1.5, -2] },
            Alpha = 2,
            Beta = 1.5,
            Lambda = 0.01,
        };
        model.Predict();
        resolvent = new(model.Activation, model.Fractions, model.Spikes, model.Alpha, model.Beta);
        support = SupportEdges.Find(resolvent);
    }

    [Benchmark(Baseline = true)]
    public double Ridge() => model.Predict().TestError;

    [Benchmark]
    public double Ridge_at_finite_dimension() => (model with { Dimension = 512 }).Predict().TestError;

    [Benchmark]
    public double Density_of_500_points_between_known_edges() => SpectralDensity.Of(resolvent, 500, support).Mass;

    [Benchmark]
    public double All_edges_of_the_support() => SupportEdges.Find(resolvent).Bulks[^1].Upper;

    [Benchmark]
    public int Outliers() => new LearnedFeaturesOutliersModel
    {
        Activation = model.Activation,
        Fractions = model.Fractions,
        Spikes = model.Spikes,
        Alpha = model.Alpha,
        Beta = model.Beta,
        Samples = 800,
    }.Predict().Outliers.Length;
}
