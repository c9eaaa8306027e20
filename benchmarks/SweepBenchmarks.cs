using BenchmarkDotNet.Attributes;
using Theory.Features;
using Theory.Systems;
using Theory.Systems.Sweeps;

namespace Theory.Benchmarks;

/// <summary>A sweep of ten thousand points on one core and on two: the ratio is the parallel efficiency.</summary>
[MemoryDiagnoser]
public class SweepBenchmarks
{
    private SweepPlan plan = null!;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Plan()
    {
        var model = new RandomFeaturesModel { Activation = "relu(z)", Target = "tanh(z)", Alpha = 1, Beta = 1, Lambda = 1e-6, Noise = 0.1 };
        plan = new SweepPlan(model.AsProblem(), SweepAxis.Logarithmic("alpha", 0.1, 10, 100), SweepAxis.Logarithmic("beta", 0.1, 10, 100)) { Threads = Threads };
    }

    [Benchmark]
    public int Ten_thousand_predictions() => SweepRunner.Compute(plan).RowCount;
}
