using BenchmarkDotNet.Attributes;
using Theory.Dynamics;
using Theory.Numerics.Sampling;
using Theory.Systems;

namespace Theory.Benchmarks;

/// <summary>Right-hand sides and trajectories of one-pass SGD: p = 10 students, k = 2 teachers.</summary>
[MemoryDiagnoser]
public class OnlineSgdBenchmarks
{
    private const int Width = 10, Teachers = 2, Dimension = 20;
    private static readonly double[] Omega = Overlaps();
    private readonly SgdMoments erf = Moments("erf(z/sqrt(2))"), cubes = Moments("He3(z)"), relu = Moments("relu(z)");

    [Benchmark]
    public double Erf_moments() => Evaluate(erf);

    [Benchmark]
    public double Cubic_moments() => Evaluate(cubes);

    [Benchmark]
    public double Relu_moments() => Evaluate(relu);

    [Benchmark]
    public double Erf_run_to_time_10000()
    {
        var n = Width + Teachers;
        var prediction = new OnlineSgdModel
        {
            Activation = "erf(z/sqrt(2))",
            Q0 = [.. Enumerable.Range(0, Width).Select(i => Omega.Skip(i * n).Take(Width).ToImmutable())],
            M0 = [.. Enumerable.Range(0, Width).Select(i => Omega.Skip(i * n + Width).Take(Teachers).ToImmutable())],
            P = [.. Enumerable.Range(Width, Teachers).Select(i => Omega.Skip(i * n + Width).Take(Teachers).ToImmutable())],
            Eta = 0.005,
            Noise = 1e-3,
            Times = [1, 10, 100, 1000, 10000],
        }.Predict();
        return prediction.Risk[^1];
    }

    private static double Evaluate(SgdMoments moments)
    {
        moments.Evaluate(Omega);
        return moments.H[0];
    }

    private static SgdMoments Moments(string activation) =>
        SgdMoments.Of(new() { Activation = activation, Readout = [.. Enumerable.Repeat(1.0, Width)], Teachers = Teachers, Noise = 1e-3 });

    private static double[] Overlaps()
    {
        var (random, n) = (new RandomStream(1), Width + Teachers);
        var rows = Enumerable.Range(0, n).Select(_ =>
        {
            var row = new double[Dimension];
            random.FillUnitSphere(row);
            return row;
        }).ToArray();
        return [.. from a in rows from b in rows select a.Zip(b, (x, y) => x * y).Sum()];
    }
}

file static class Sequences
{
    public static System.Collections.Immutable.ImmutableArray<double> ToImmutable(this IEnumerable<double> numbers) => [.. numbers];
}
