using BenchmarkDotNet.Attributes;
using Theory.Contract;
using Theory.Dynamics;
using Theory.Systems;

namespace Theory.Benchmarks;

/// <summary>Dynamical mean-field theory of batch reuse: the published ReLU committee, the ridge curve, and the cost in steps and paths.</summary>
[MemoryDiagnoser]
public class DmftBenchmarks
{
    private static readonly BatchReuseModel Figure = new()
    {
        Target = "tanh(z1+He3(z2))",
        Activation = "relu(z)",
        Width = 2,
        Readout = [Math.Sqrt(0.5), -Math.Sqrt(0.5)],
        Alpha = 3,
        LearningRate = 0.2,
        Steps = 6,
        Accuracy = 1e-3,
    };

    private static readonly LinearDmftModel Ridge = new() { Alpha = 3, LearningRate = 0.1, Lambda = 0.5, M0 = 0.2, Q0 = 1.04, Steps = 50 };

    [Benchmark]
    public BatchReusePrediction Relu_committee_to_a_thousandth() => Figure.Predict();

    [Benchmark]
    public LinearDmftPrediction Ridge_curve_of_50_steps() => Ridge.Predict();
}

/// <summary>Cost in the number of steps and of paths: a smooth committee whose responses are averaged along paths.</summary>
public class DmftGrowthBenchmarks
{
    private static readonly SolveOptions Return = new() { OnFailure = OnFailure.Return };

    [Params(2, 4, 8, 16, 32)]
    public int Steps { get; set; }

    [Params(1024, 4096)]
    public int Paths { get; set; }

    [Benchmark]
    public BatchReusePrediction Erf_committee() =>
        new BatchReuseModel { Target = "tanh(z1+z2)", Activation = "erf(z/sqrt(2))", Width = 2, Readout = [0.7, -0.7], Alpha = 3, LearningRate = 0.2, Lambda = 0.05, Steps = Steps, Paths = Paths }.Predict(Return);
}
