using BenchmarkDotNet.Attributes;
using Theory.Features;
using Theory.Systems;

namespace Theory.Benchmarks;

/// <summary>Ridge regression on a vocabulary of spikes, with the coefficients of the activation already there.</summary>
[MemoryDiagnoser]
public class LearnedFeaturesBenchmarks
{
    private LearnedFeaturesRidgeModel model = null!;

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
    }

    [Benchmark(Baseline = true)]
    public double Ridge() => model.Predict().TestError;

    [Benchmark]
    public double Ridge_at_finite_dimension() => (model with { Dimension = 512 }).Predict().TestError;
}
