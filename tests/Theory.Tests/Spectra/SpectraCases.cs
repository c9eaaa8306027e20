using System.Collections.Immutable;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using Theory.Spectra;
using Theory.Tests.Features;

namespace Theory.Tests.Spectra;

/// <summary>A law of one to five positive atoms.</summary>
public sealed record LawCase(DiscreteLaw Law);

/// <summary>An aspect ratio c = p/n, log-uniform in [1/20, 20].</summary>
public sealed record RatioCase(double C);

/// <summary>A point of the upper half-plane, x in [−30, 30] and η log-uniform in [1e-5, 10].</summary>
public sealed record PointCase(Complex Z);

/// <summary>A law of two to five atoms in [−10, 10].</summary>
public sealed record SignedLawCase(DiscreteLaw Law);

/// <summary>A law of two to five atoms in [0, 30], one of them 0 in every third case.</summary>
public sealed record NonNegativeLawCase(DiscreteLaw Law);

/// <summary>A block-constant variance profile, a quarter of it 0, of one to four blocks of rows and of columns.</summary>
public sealed record ProfileCase(Matrix<double> Variances, ImmutableArray<double> Rows, ImmutableArray<double> Columns)
{
    public VarianceProfile Model(double c) => new(Variances, Rows, Columns, c);

    public ClassCovariance Classes(double c) => ClassCovariance.Commuting(Variances, Rows, Columns, c);
}

/// <summary>Generators shared by the tests of spectra.</summary>
public static class SpectraCases
{
    public static Arbitrary<LawCase> Laws() =>
        (from count in Gen.Choose(1, 5)
         from atoms in FeatureCases.LogUniform(0.1, 30).ArrayOf(count)
         from weights in Gen.Choose(5, 100).ArrayOf(count)
         select new LawCase(new([.. atoms], [.. weights.Select(w => (double)w / weights.Sum())]))).ToArbitrary();

    public static Arbitrary<SignedLawCase> SignedLaws() =>
        (from count in Gen.Choose(2, 5)
         from atoms in Gen.Choose(-10_000, 10_000).Select(t => t / 1000.0).ArrayOf(count)
         from weights in Weights(count)
         select new SignedLawCase(new([.. atoms], weights))).Where(l => l.Law.Atoms.Distinct().Count() > 1).ToArbitrary();

    public static Arbitrary<NonNegativeLawCase> NonNegativeLaws() =>
        (from count in Gen.Choose(2, 5)
         from atoms in FeatureCases.LogUniform(0.1, 30).ArrayOf(count)
         from weights in Weights(count)
         from kind in Gen.Choose(0, 2)
         select new NonNegativeLawCase(new([kind == 0 ? 0 : atoms[0], .. atoms.Skip(1)], weights))).Where(l => l.Law.Atoms.Distinct().Count() > 1).ToArbitrary();

    public static Arbitrary<ProfileCase> Profiles() =>
        (from rows in Gen.Choose(1, 4)
         from columns in Gen.Choose(1, 4)
         from variances in FeatureCases.LogUniform(0.1, 10).ArrayOf(rows * columns)
         from zeros in Gen.Choose(0, 3).ArrayOf(rows * columns)
         from alpha in Weights(rows)
         from beta in Weights(columns)
         let profile = Matrix<double>.Build.Dense(rows, columns, [.. variances.Zip(zeros, (s, zero) => zero == 0 ? 0 : s)])
         select new ProfileCase(profile, alpha, beta)).Where(p => p.Variances.ColumnSums().All(s => s > 0)).ToArbitrary();

    private static Gen<ImmutableArray<double>> Weights(int count) =>
        Gen.Choose(5, 100).ArrayOf(count).Select(w => w.Select(x => (double)x / w.Sum()).ToImmutableArray());

    public static Arbitrary<RatioCase> Ratios() => FeatureCases.LogUniform(0.05, 20).Select(c => new RatioCase(c)).ToArbitrary();

    public static Arbitrary<PointCase> Points() =>
        (from x in Gen.Choose(-30_000, 30_000)
         from eta in FeatureCases.LogUniform(1e-5, 10)
         select new PointCase(new(x / 1000.0, eta))).ToArbitrary();

    public static void Near(Complex expected, Complex actual, double relative) =>
        Assert.True(Complex.Abs(actual - expected) <= relative * Complex.Abs(expected), $"expected {expected}, got {actual}, relative distance {Complex.Abs(actual - expected) / Complex.Abs(expected):g2}");

    /// <summary>m(z) of a model.</summary>
    public static Complex Transform(IDysonModel model, Complex z) => DysonSolver.Solve(model, z).StieltjesTransform;

    /// <summary>The transform of Marchenko and Pastur in closed form, on the branch that vanishes at infinity.</summary>
    public static Complex MarchenkoPastur(double c, double scale, Complex z)
    {
        var (a, b) = (scale * Math.Pow(1 - Math.Sqrt(c), 2), scale * Math.Pow(1 + Math.Sqrt(c), 2));
        return (scale * (1 - c) - z + Complex.Sqrt(z - a) * Complex.Sqrt(z - b)) / (2 * c * scale * z);
    }

    /// <summary>The first two moments from −zm = 1 + μ₁/z + μ₂/z² + … on a large circle, where the sum over its points leaves nothing else.</summary>
    public static (double First, double Second) Moments(IDysonModel model)
    {
        const int points = 64;
        var path = new DysonPath(model);
        var (first, second) = (0.0, 0.0);
        for (var i = 0; i < points; i++)
        {
            // The upper half of the circle; the lower half is its mirror image.
            var z = Complex.FromPolarCoordinates(1000 * model.Scale, Math.PI * (i + 0.5) / points);
            Assert.True((i == 0 ? path.Start(z) : path.MoveTo(z)).IsConverged);
            first += (-z * path.StieltjesTransform * z).Real / points;
            second += (-z * path.StieltjesTransform * z * z).Real / points;
        }
        return (first, second);
    }
}
