using System.Numerics;
using BenchmarkDotNet.Attributes;
using Theory.Spectra;

namespace Theory.Benchmarks;

/// <summary>The general core on a sample covariance matrix with two bulks, without its closed forms.</summary>
[MemoryDiagnoser]
public class SpectraBenchmarks
{
    private static readonly SampleCovariance Model = new(new DiscreteLaw([1, 3, 10], [0.5, 0.3, 0.2]), 0.4);
    private static readonly SpectralSupport Support = Model.Support();

    [Benchmark]
    public double Density_at_500_points() => SpectralDensity.Of(Model, 500, Support).Values[250];

    [Benchmark]
    public double Support_from_the_equation() => SupportEdges.Find(Model).Edges[0];

    [Benchmark]
    public Complex One_point() => DysonSolver.Solve(Model, new(4, 0.5)).StieltjesTransform;
}
