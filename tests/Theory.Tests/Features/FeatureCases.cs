using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Theory.Features;
using Theory.Symbolics;

namespace Theory.Tests.Features;

/// <summary>An activation as a formula; never constant.</summary>
public sealed record ActivationCase(string Formula);

/// <summary>A target as a formula.</summary>
public sealed record TargetCase(string Formula);

/// <summary>Sample ratio, width ratio, ridge and noise, log-uniform over the ranges of use.</summary>
public sealed record Ratios(double Alpha, double Beta, double Lambda, double Noise);

/// <summary>Generators shared by the tests of the feature systems.</summary>
public static class FeatureCases
{
    private static readonly string[] Atoms =
        ["relu(z)", "tanh(z)", "erf(z)", "sin(2z)", "abs(z)", "sign(z)", "softplus(z)", "gelu(z)", "He2(z)", "He3(z)", "z", "step(z-1/2)", "cos(z)", "sigmoid(3z)"];

    public static Arbitrary<ActivationCase> Activations() => Formulas().Select(f => new ActivationCase(f)).ToArbitrary();

    public static Arbitrary<TargetCase> Targets() => Formulas().Select(f => new TargetCase(f)).ToArbitrary();

    public static Arbitrary<Ratios> AllRatios() =>
        (from alpha in LogUniform(0.1, 10)
         from beta in LogUniform(0.1, 10)
         from lambda in LogUniform(1e-6, 10)
         from noise in Gen.Choose(0, 100)
         select new Ratios(alpha, beta, lambda, noise / 100.0)).ToArbitrary();

    public static RandomFeaturesModel Model(ActivationCase activation, TargetCase target, Ratios ratios) => new()
    {
        Activation = Shared(activation.Formula),
        Target = Shared(target.Formula),
        Alpha = ratios.Alpha,
        Beta = ratios.Beta,
        Lambda = ratios.Lambda,
        Noise = ratios.Noise,
    };

    public static Gen<double> LogUniform(double from, double to) =>
        Gen.Choose(0, 1_000_000).Select(i => from * Math.Pow(to / from, i / 1e6));

    private static ScalarFunction Shared(string formula) => formula;

    // One atom, or a combination of two with decimal coefficients.
    private static Gen<string> Formulas() => Gen.OneOf(
        Gen.Elements(Atoms),
        from first in Gen.Elements(Atoms)
        from second in Gen.Elements(Atoms)
        from weight in Gen.Choose(1, 30)
        from offset in Gen.Choose(-10, 10)
        where first != second
        select string.Create(CultureInfo.InvariantCulture, $"{first} + {weight / 10.0}*{second} + {offset / 10.0}").Replace("+ -", "- "));
}
