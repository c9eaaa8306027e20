using BenchmarkDotNet.Attributes;
using Theory.Channels;
using Theory.Estimation;
using Theory.Systems;

namespace Theory.Benchmarks;

/// <summary>Empirical risk minimisation: points, curves and a diagram.</summary>
[MemoryDiagnoser]
public class EstimationBenchmarks
{
    private MixtureErmModel logistic = null!;
    private MixtureErmModel hinge = null!;
    private MixtureErmModel ridge = null!;

    [GlobalSetup]
    public void Parse()
    {
        logistic = new()
        {
            AtomWeights = [1],
            CovarianceEigenvalues = [[1]],
            TeacherPower = [1],
            MeanTeacherOverlaps = [[0]],
            MeanGram = [[[0]]],
            Probabilities = [1],
            Loss = LossKind.Logistic,
            Teacher = "sign(z)",
            Alpha = 2,
            Lambda = 0.1,
            Noise = 0.1,
        };
        hinge = logistic with { Loss = LossKind.Hinge };
        ridge = logistic with { Loss = LossKind.Square, Teacher = "z" };
    }

    [Benchmark]
    public double Logistic_point() => logistic.Predict().TestError;

    [Benchmark]
    public double Hinge_point() => hinge.Predict().TestError;

    [Benchmark]
    public double Ridge_point() => ridge.Predict().TestError;

    [Benchmark]
    public double Logistic_curve_of_a_hundred_points()
    {
        var sum = 0.0;
        for (var i = 1; i <= 100; i++) sum += (logistic with { Alpha = 0.05 * i }).Predict().TestError;
        return sum;
    }

    [Benchmark]
    public double Logistic_diagram_of_a_hundred_by_a_hundred()
    {
        var errors = new double[10_000];
        Parallel.For(0, errors.Length, i =>
            errors[i] = (logistic with { Alpha = 0.1 * (1 + i % 100), Lambda = Math.Pow(10, -3 + 0.05 * (i / 100)) }).Predict().TestError);
        return errors.Sum();
    }
}

/// <summary>Bayes-optimal estimation: a point with the whole curve behind it, and thresholds.</summary>
[MemoryDiagnoser]
public class BayesOptimalBenchmarks
{
    [Params("sign(z)", "abs(z)", "tanh(2*z)")]
    public string Teacher { get; set; } = "";

    [Params(0, 0.1)]
    public double Noise { get; set; }

    [Benchmark]
    public double Point() => new BayesOptimalGlmModel { Teacher = Teacher, Noise = Noise, Alpha = 1 }.Predict().Q;

    [Benchmark]
    public double? Thresholds() => new BayesOptimalGlmThresholdsModel { Teacher = Teacher, Noise = Noise }.Predict().AlphaWeakRecovery;
}
