using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Theory.Spectra;
using Theory.Tests.Features;

namespace Theory.Tests.Spectra;

/// <summary>A law of one to five positive atoms.</summary>
public sealed record LawCase(DiscreteLaw Law);

/// <summary>An aspect ratio c = p/n, log-uniform in [1/20, 20].</summary>
public sealed record RatioCase(double C);

/// <summary>A point of the upper half-plane, x in [−30, 30] and η log-uniform in [1e-5, 10].</summary>
public sealed record PointCase(Complex Z);

/// <summary>Generators shared by the tests of spectra.</summary>
public static class SpectraCases
{
    public static Arbitrary<LawCase> Laws() =>
        (from count in Gen.Choose(1, 5)
         from atoms in FeatureCases.LogUniform(0.1, 30).ArrayOf(count)
         from weights in Gen.Choose(5, 100).ArrayOf(count)
         select new LawCase(new([.. atoms], [.. weights.Select(w => (double)w / weights.Sum())]))).ToArbitrary();

    public static Arbitrary<RatioCase> Ratios() => FeatureCases.LogUniform(0.05, 20).Select(c => new RatioCase(c)).ToArbitrary();

    public static Arbitrary<PointCase> Points() =>
        (from x in Gen.Choose(-30_000, 30_000)
         from eta in FeatureCases.LogUniform(1e-5, 10)
         select new PointCase(new(x / 1000.0, eta))).ToArbitrary();

    public static void Near(Complex expected, Complex actual, double relative) =>
        Assert.True(Complex.Abs(actual - expected) <= relative * Complex.Abs(expected), $"expected {expected}, got {actual}, relative distance {Complex.Abs(actual - expected) / Complex.Abs(expected):g2}");
}
