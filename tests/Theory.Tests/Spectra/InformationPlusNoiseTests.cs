using System.Numerics;
using FsCheck.Xunit;
using Theory.Spectra;
using static Theory.Tests.Spectra.SpectraCases;

namespace Theory.Tests.Spectra;

[Properties(Arbitrary = [typeof(SpectraCases)])]
public class InformationPlusNoiseTests
{
    [Property]
    public void Without_information_it_is_the_law_of_Marchenko_and_Pastur(RatioCase ratio, RatioCase noise, PointCase point) =>
        Near(MarchenkoPastur(ratio.C, noise.C, point.Z), Transform(new InformationPlusNoise(DiscreteLaw.PointMass(0), ratio.C, noise.C), point.Z), 1e-6);

    [Property]
    public void Little_noise_leaves_the_information(LawCase law, PointCase point)
    {
        var z = new Complex(point.Z.Real, 1);
        var expected = law.Law.Atoms.Zip(law.Law.Weights, (t, w) => w / (t - z)).Aggregate((a, b) => a + b);
        Near(expected, Transform(new InformationPlusNoise(law.Law, 0.7, 1e-9), z), 1e-6);
    }

    [Property]
    public void With_many_samples_the_noise_is_a_shift(LawCase law, RatioCase noise, PointCase point)
    {
        var z = new Complex(point.Z.Real, 1);
        var expected = law.Law.Atoms.Zip(law.Law.Weights, (t, w) => w / (t + noise.C - z)).Aggregate((a, b) => a + b);
        Near(expected, Transform(new InformationPlusNoise(law.Law, 1e-8, noise.C), z), 1e-5);
    }

    [Property]
    public void The_equation_of_Dozier_and_Silverstein_holds(NonNegativeLawCase law, RatioCase noise, PointCase point)
    {
        const double c = 0.6;
        var m = Transform(new InformationPlusNoise(law.Law, c, noise.C), point.Z);
        var a = 1 + noise.C * c * m;
        var expected = law.Law.Atoms.Zip(law.Law.Weights, (t, w) => w / (t / a - a * point.Z + noise.C * (1 - c))).Aggregate((x, y) => x + y);
        Near(expected, m, 1e-6);
    }

    [Property]
    public void The_transposed_matrix_has_the_same_eigenvalues_but_for_zeros(LawCase law, RatioCase noise, PointCase point)
    {
        const double c = 0.4;
        // YᵀY/p instead of YYᵀ/n: the eigenvalues are divided by c.
        var atoms = law.Law.Atoms.Select(t => t / c).Append(0);
        var weights = law.Law.Weights.Select(w => w * c).Append(1 - c);
        var transposed = new InformationPlusNoise(new([.. atoms], [.. weights]), 1 / c, noise.C);
        var m = Transform(new InformationPlusNoise(law.Law, c, noise.C), point.Z);
        Near(c * m - (1 - c) / point.Z, Transform(transposed, point.Z / c) / c, 1e-6);
    }

    [Property(MaxTest = 40)]
    public void Moments_are_those_of_independent_noise(LawCase law, RatioCase noise)
    {
        const double c = 0.8;
        var (h1, h2, s) = (law.Law.Moment(1), law.Law.Moment(2), noise.C);
        var (first, second) = Moments(new InformationPlusNoise(law.Law, c, s));
        Assert.Equal(1, first / (h1 + s), 1e-3);
        Assert.Equal(1, second / (h2 + 2 * s * (1 + c) * h1 + s * s * (1 + c)), 1e-3);
    }

    [Property]
    public void A_signal_in_noise_emerges_at_the_threshold_with_the_known_overlaps(RatioCase ratio, RatioCase signal)
    {
        var (c, t) = (ratio.C, signal.C);
        var outlier = new InformationPlusNoise(DiscreteLaw.PointMass(0), c, 2).Outlier(2 * t);
        Assert.Equal(t > Math.Sqrt(c), outlier.Position is not null);
        if (outlier.Position is not { } position) return;
        Near(2 * (1 + t) * (c + t) / t, position, 1e-12);
        Assert.Equal(1 - c * (1 + t) / (t * (t + c)), outlier.LeftSquaredOverlap, 1e-12);
        Assert.Equal(1 - (c + t) / (t * (t + 1)), outlier.RightSquaredOverlap, 1e-12);
    }

    [Property(MaxTest = 30)]
    public void Outliers_lie_outside_the_support_where_the_transform_has_its_pole(NonNegativeLawCase law, RatioCase signal)
    {
        const double c = 0.7;
        var model = new InformationPlusNoise(law.Law, c);
        if (model.Outlier(10 * signal.C).Position is not { } x) return;
        var solution = DysonSolver.Solve(model, x);
        Assert.Equal(0, solution.StieltjesTransform.Imaginary);
        // t = x(1 + δ)(1 + δ̃)
        var a = 1 + c * solution.StieltjesTransform.Real;
        Near(10 * signal.C, a * (x * a - (1 - c)), 1e-6);
    }

    [Fact]
    public void Edges_are_the_extrema_of_the_inverse()
    {
        var law = new DiscreteLaw([0, 9], [0.7, 0.3]);
        const double c = 0.5;
        double Phi(double w)
        {
            var h = 1 - c * (0.7 / (0 - w) + 0.3 / (9 - w));
            return w * h * h + (1 - c) * h;
        }
        foreach (var edge in SupportEdges.Find(new InformationPlusNoise(law, c)).Edges)
        {
            // φ takes the value of an edge twice at the same w: its slope vanishes there.
            var nearest = Enumerable.Range(-60_000, 300_000).Select(i => i * 1e-4 + 3e-5).Where(w => Math.Abs(Phi(w) - edge) < 1e-5 * edge).ToArray();
            Assert.Contains(nearest, w => Math.Abs(Phi(w + 1e-4) - Phi(w - 1e-4)) / 2e-4 < 0.05);
        }
    }

    [Fact]
    public void Bulks_of_information_are_told_apart()
    {
        var density = SpectralDensity.Of(new InformationPlusNoise(new([0, 9], [0.7, 0.3]), 0.5));
        Assert.Equal([0.1074154703, 2.250175981, 7.205916455, 14.00208832], density.Support.Edges.Select(e => Math.Round(e, 12)), (a, b) => Math.Abs(a - b) < 1e-8);
        Assert.Equal((2.250175981, 7.205916455), density.Support.Gaps.Select(g => (Math.Round(g.Lower, 9), Math.Round(g.Upper, 9))).Single());
        Assert.Equal(1, density.Mass, 1e-10);
        Assert.Equal(3.7, density.Average(x => x), 1e-9);
        Assert.Equal(33.9, density.Average(x => x * x), 1e-8);
    }

    [Fact]
    public void Illegal_information_is_refused_by_name()
    {
        Assert.Equal("information", Assert.Throws<ArgumentOutOfRangeException>(() => new InformationPlusNoise(DiscreteLaw.PointMass(1), 2)).ParamName);
        Assert.Equal("information", Assert.Throws<ArgumentOutOfRangeException>(() => new InformationPlusNoise(DiscreteLaw.PointMass(-1), 0.5)).ParamName);
        Assert.Equal("noise", Assert.Throws<ArgumentOutOfRangeException>(() => new InformationPlusNoise(DiscreteLaw.PointMass(1), 0.5, 0)).ParamName);
        Assert.Equal("signal", Assert.Throws<ArgumentOutOfRangeException>(() => new InformationPlusNoise(DiscreteLaw.PointMass(1), 0.5).Outlier(-1)).ParamName);
    }
}
