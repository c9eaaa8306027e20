using BenchmarkDotNet.Attributes;
using Theory.Features;
using Theory.Systems;

namespace Theory.Benchmarks;

/// <summary>Learning curves of fifty points of one-step networks, beside a plain damped iteration of all seven order parameters.</summary>
[MemoryDiagnoser]
public class OneStepBenchmarks
{
    private const int Points = 50;
    private const double Tolerance = 1e-10;
    private OneStepNetworkModel model = null!;
    private PlainOneStep plain = null!;
    private double rate = 3;

    [GlobalSetup]
    public void Expand()
    {
        model = new() { Activation = "tanh(z)", Target = "sin(z)", LearningRate = rate, BatchRatio = 2, Alpha = 1, Beta = 1, Lambda = 0.1, Map = FirstStepMap.Isotropic };
        plain = new(rate, model.BatchRatio);
        var (curve, expected) = (Curve(model), Curve(plain));
        if (!(Math.Abs(curve - expected) <= 1e-8 * expected)) throw new InvalidOperationException($"the curve of the baseline is {expected:r}, not {curve:r}");
    }

    /// <summary>From text: nothing is known of the functions.</summary>
    [Benchmark(Baseline = true)]
    public double Curve_from_formulas() => Curve(model with { Activation = "tanh(z)", Target = "sin(z)" });

    /// <summary>The functions are known, the step is not.</summary>
    [Benchmark]
    public double Curve_with_a_new_step() => Curve(model with { LearningRate = NewRate() });

    [Benchmark]
    public double Curve_with_a_known_step() => Curve(model);

    [Benchmark]
    public double Refined_curve_with_a_new_step() => Curve(model with { Map = FirstStepMap.Refined, LearningRate = NewRate() });

    [Benchmark]
    public double Refined_curve_with_a_known_step() => Curve(model with { Map = FirstStepMap.Refined });

    [Benchmark]
    public double Plain_curve_with_a_new_step() => Curve(new PlainOneStep(NewRate(), model.BatchRatio));

    [Benchmark]
    public double Plain_curve_with_a_known_step() => Curve(plain);

    private double NewRate() => rate = rate == 3 ? 3 + 1e-9 : 3;

    private static double Curve(OneStepNetworkModel model)
    {
        var sum = 0.0;
        for (var i = 1; i <= Points; i++) sum += (model with { Alpha = Alpha(i) }).Predict().TestError;
        return sum;
    }

    private double Curve(PlainOneStep plain)
    {
        var sum = 0.0;
        for (var i = 1; i <= Points; i++) sum += plain.Solve(Alpha(i), model.Beta, model.Lambda, Tolerance).TestError;
        return sum;
    }

    // 0.06 … 3, without the interpolation peak α = β, where the plain iteration is at its slowest.
    private static double Alpha(int i) => 0.06 * i;
}
