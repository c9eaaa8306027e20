using BenchmarkDotNet.Attributes;
using Theory.Contract;
using Theory.Features;
using Theory.Systems;

namespace Theory.Benchmarks;

/// <summary>One prediction, and a curve of a thousand.</summary>
[MemoryDiagnoser]
public class RandomFeaturesBenchmarks
{
    private RandomFeaturesModel model = null!;

    [Params(1e-2, 1e-6, 1e-10)]
    public double Lambda { get; set; }

    [GlobalSetup]
    public void Expand()
    {
        model = new() { Activation = "relu(z)", Target = "tanh(z)", Alpha = 1, Beta = 1, Lambda = Lambda, Noise = 0.1 };
        model.Predict();
    }

    [Benchmark(Baseline = true)]
    public double Prediction_on_the_peak_with_cached_expansion() => model.Predict().TestError;

    [Benchmark]
    public double Curve_of_a_thousand_points_from_text()
    {
        var system = Catalogue.Default.Get("random-features");
        var problem = system.Create(new Dictionary<string, Value>
        {
            ["activation"] = "relu(z)",
            ["target"] = "tanh(z)",
            ["alpha"] = 1,
            ["beta"] = 1,
            ["lambda"] = Lambda,
            ["noise"] = 0.1,
        });
        var sum = 0.0;
        for (var i = 1; i <= 1000; i++) sum += problem.With("alpha", 0.004 * i).Predict()["test_error"].ToDouble();
        return sum;
    }
}
