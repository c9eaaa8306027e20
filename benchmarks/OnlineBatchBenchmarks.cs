using BenchmarkDotNet.Attributes;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Dynamics;
using Theory.Numerics.Sampling;
using Theory.Symbolics;

namespace Theory.Benchmarks;

/// <summary>Steps of SGD: ten thousand of the chain of overlaps and of explicit vectors, and the phase diagram of the batch size.</summary>
[MemoryDiagnoser]
public class OnlineBatchBenchmarks
{
    private const int Steps = 10_000;
    private OverlapChain single = null!, formula = null!, several = null!;
    private ExplicitSgd vectors = null!;

    [GlobalSetup]
    public void Start()
    {
        var unit = DenseMatrix.CreateIdentity(1);
        var start = DenseMatrix.Create(1, 1, 0.1);
        single = new(unit, start, unit, 1e8, 1, 1e-9, CoefficientRules.Hermite(3, 0.1, SgdLoss.Square), true, new RandomStream(1));
        formula = new(unit, start, unit, 1e8, 1, 1e-9, CoefficientRules.Of("erf(z/sqrt(2))", Expression.Parse("erf(z1/sqrt(2))"), [1], 0.1, SgdLoss.Square), true, new RandomStream(2));
        var (q, m, p) = (DenseMatrix.CreateIdentity(4), new DenseMatrix(4, 2), DenseMatrix.CreateIdentity(2));
        SampleCoefficients Rule() => CoefficientRules.Of("erf(z/sqrt(2))", Expression.Parse("erf(z1/sqrt(2))/2 + erf(z2/sqrt(2))/2"), [1, 1, 1, 1], 0.1, SgdLoss.Square);
        several = new(q, m, p, 1e8, 1, 1e-9, Rule(), true, new RandomStream(3));
        vectors = new(q, m, p, 1000, 1, 1e-4, Rule(), true, new RandomStream(4));
    }

    [Benchmark]
    public void Chain_of_one_Hermite_neuron()
    {
        for (var t = 0; t < Steps; t++) single.Step();
    }

    [Benchmark]
    public void Chain_of_one_erf_neuron_from_formulas()
    {
        for (var t = 0; t < Steps; t++) formula.Step();
    }

    [Benchmark]
    public void Chain_of_four_erf_neurons_and_two_teachers()
    {
        for (var t = 0; t < Steps; t++) several.Step();
    }

    [Benchmark]
    public void Vectors_of_four_erf_neurons_in_a_thousand_dimensions()
    {
        for (var t = 0; t < Steps; t++) vectors.Step();
    }
}
