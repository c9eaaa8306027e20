using BenchmarkDotNet.Attributes;
using Theory.Exponents;
using Theory.Symbolics;

namespace Theory.Benchmarks;

/// <summary>Exponents of polynomial targets, and weak-recovery thresholds of labels of one variable.</summary>
public class ExponentBenchmarks
{
    private static readonly string[] Targets =
    [
        "z", "He2(z)", "He3(z)", "He4(z)", "z^2", "z^3-3z", "z^3", "z^4", "z^4-6z^2", "z^2+z^3", "He2(z)+He3(z)", "He3(z)+He5(z)", "He5(z)", "He6(z)", "(z-1)^2", "z^3-2z",
        "He4(z)+He3(z)", "z1+z2", "z1*z2", "z1+z1*z2", "z1+He2(z2)", "z1+z2+z1*z2", "He2(z1)+He2(z2)", "z1^2+z2^2", "z1^2-z2^2", "He3(z1)+He3(z2)", "z1+He3(z2)", "z1+z1*He3(z2)",
        "z1+z1*He2(z2)", "z1+z2+(z1-z2)^3-3*2*(z1-z2)", "He2(z1)+z1*z2", "He2(z1)*He2(z2)", "z1^2*z2^2", "He2(z1)*z2", "z1*He3(z2)", "He4(z1)+He4(z2)", "He4(z1)+He2(z2)*z1",
        "(z1+z2)^2", "z1*z2+z1^3*z2", "z1+He2(z1)*He2(z2)", "(z1+z2)^2+He4(z1-z2)/4", "z1^2+z1*z2^2", "(z1^2+z2^2)^2", "z1*z2*z3", "z1+z1*z2+z1*z2*z3", "z1+z2+z1*z2*z3",
        "z1*z2+z3", "z1+z2*z3", "z1*z2+z2*z3+z1*z3", "z1*z2+z1*z2*z3", "z1+z1*z2*z3", "z1*z2+z3*z1", "He2(z1)+z1*z2*z3", "z1+He2(z2)+z2*z3", "z1^2+z2^2+z3^2",
        "He3(z1)+z1*z2+z2*z3", "z1+z2^2-1+z3^3-3*z3", "z1*z2*z3+He2(z1)+He2(z2)", "z1+z1*z2+z2*He2(z3)", "z1 + z2*He2(z1) + z3*z2*z1", "He2(z1)+He2(z2)+z1*z2*z3",
        "z1+z1*He2(z2)+z1*z2*z3", "z1*z2*z3*z4", "z1*z2+z3*z4", "z1+z1*z2+z1*z2*z3+z1*z2*z3*z4", "z1+z1*z2+z3*z4", "z1*z2+z1*z2*z3*z4", "z1+z1*z2*z3+z1*z2*z3*z4",
        "He2(z1)+He3(z2)+z1*z2*z3*z4", "2*z1+z1*z2", "z1-z2+3*z1*z2*(z1-z2)", "7", "0*z1+z2",
    ];

    private static readonly Expression[] Parsed = [.. Targets.Select(Expression.Parse)];
    private static readonly Expression Rotated = Expression.Parse("(3*z1+4*z2)/5*(4*z1-3*z2)/5+(3*z1+4*z2)^4/625-3*(3*z1+4*z2)^2/25*z3^2+z3*(4*z1-3*z2)/5");
    private static readonly Expression Amplitude = Expression.Parse("abs(z)");
    private static readonly Expression Quartic = Expression.Parse("He4(z)");
    private static readonly Expression Cosine = Expression.Parse("cos(2*z)");

    [Benchmark]
    public int All73Polynomials() => Parsed.Sum(target => LearningExponents.Of(target).IsoLeap);

    [Benchmark]
    public int RotatedDegreeFour() => LearningExponents.Of(Rotated).IsoLeap;

    [Benchmark]
    public double ThresholdOfAmplitude() => WeakRecovery.Of(Amplitude).Threshold;

    [Benchmark]
    public double ThresholdOfQuartic() => WeakRecovery.Of(Quartic).Threshold;

    [Benchmark]
    public double ThresholdOfCosine() => WeakRecovery.Of(Cosine).Threshold;
}
