using System.Collections.Immutable;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Theory.Features;

namespace Theory.Tests.Features;

/// <summary>A vocabulary of one to four different spikes in [−3, 3].</summary>
public sealed record VocabularyCase(ImmutableArray<double> Fractions, ImmutableArray<double> Spikes);

/// <summary>An activation of at most linear growth, whose bulk has an upper edge.</summary>
public sealed record TameActivationCase(string Formula);

/// <summary>A point of the upper half-plane, x in [−5, 20] and η log-uniform in [1e-2, 10].</summary>
public sealed record UpperPointCase(Complex Z);

/// <summary>Generators shared by the tests of learned features.</summary>
public static class LearnedFeaturesCases
{
    private static readonly string[] Tame =
        ["relu(z)", "tanh(z)", "erf(z)", "sin(2z)", "abs(z)", "sign(z)", "softplus(z)", "gelu(z)", "z + cos(z)", "sigmoid(3z)", "relu(z) - 0.4*z + 0.3", "step(z - 1/2)"];

    public static Arbitrary<VocabularyCase> Vocabularies() =>
        (from count in Gen.Choose(1, 4)
         from spikes in Gen.Choose(-60, 60).Select(i => i / 20.0).ArrayOf(count)
         from weights in Gen.Choose(10, 100).ArrayOf(count)
         where spikes.Distinct().Count() == count
         select new VocabularyCase([.. weights.Select(w => (double)w / weights.Sum())], [.. spikes])).ToArbitrary();

    public static Arbitrary<TameActivationCase> TameActivations() => Gen.Elements(Tame).Select(f => new TameActivationCase(f)).ToArbitrary();

    public static Arbitrary<UpperPointCase> Points() =>
        (from x in Gen.Choose(-5_000, 20_000)
         from eta in FeatureCases.LogUniform(1e-2, 10)
         select new UpperPointCase(new(x / 1000.0, eta))).ToArbitrary();

    public static LearnedFeaturesRidgeModel Model(string activation, string target, VocabularyCase vocabulary, Ratios ratios) => new()
    {
        Activation = activation,
        Target = target,
        Fractions = vocabulary.Fractions,
        Spikes = vocabulary.Spikes,
        Alpha = ratios.Alpha,
        Beta = ratios.Beta,
        Lambda = ratios.Lambda,
        Noise = ratios.Noise,
    };

    public static LearnedFeaturesSpectrumModel Spectrum(string activation, VocabularyCase vocabulary, Ratios ratios, params ReadOnlySpan<Complex> z) => new()
    {
        Activation = activation,
        Fractions = vocabulary.Fractions,
        Spikes = vocabulary.Spikes,
        Alpha = ratios.Alpha,
        Beta = ratios.Beta,
        Z = [.. z],
    };

    /// <summary>The same vocabulary with its first value in two parts, at either end.</summary>
    public static VocabularyCase Split(VocabularyCase vocabulary) =>
        new([0.3 * vocabulary.Fractions[0], .. vocabulary.Fractions[1..], 0.7 * vocabulary.Fractions[0]], [.. vocabulary.Spikes, vocabulary.Spikes[0]]);

    public static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"expected {expected:R}, got {actual:R}, distance {Math.Abs(expected - actual):g2} > {tolerance:g2}");

    public static void Near(Complex expected, Complex actual, double tolerance) =>
        Assert.True(Complex.Abs(expected - actual) <= tolerance, $"expected {expected}, got {actual}, distance {Complex.Abs(expected - actual):g2} > {tolerance:g2}");
}
