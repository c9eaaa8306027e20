using BenchmarkDotNet.Attributes;
using Theory.Hermite;
using Theory.Symbolics;

namespace Theory.Benchmarks;

/// <summary>The first 21 Hermite coefficients of activations with a closed form, from a function that has not been expanded before.</summary>
public class HermiteBenchmarks
{
    [Params("relu(z)", "gelu(z)", "erf(z/sqrt(2))", "abs(z)", "sign(z)", "elu(z)", "z^2*exp(-z^2)", "sin(2*z)+cos(z)", "z^3-3*z+1/2", "hardtanh(z)")]
    public string Activation { get; set; } = "";

    private Expression expression = Expression.Parse("0");

    [GlobalSetup]
    public void Parse() => expression = Expression.Parse(Activation);

    [Benchmark]
    public double Coefficients() => HermiteExpansion.Of(ScalarFunction.Of(expression), 20)[20].Value;
}
