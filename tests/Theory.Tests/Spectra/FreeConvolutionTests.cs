using System.Numerics;
using FsCheck.Xunit;
using Theory.Spectra;
using static Theory.Tests.Spectra.SpectraCases;

namespace Theory.Tests.Spectra;

[Properties(Arbitrary = [typeof(SpectraCases)])]
public class FreeConvolutionTests
{
    [Property]
    public void Semicircles_add_their_variances(RatioCase first, RatioCase second, PointCase point)
    {
        var edge = 2 * Math.Sqrt(first.C + second.C);
        var expected = -2 / (point.Z + Complex.Sqrt(point.Z - edge) * Complex.Sqrt(point.Z + edge));
        Near(expected, Transform(new FreeAdditiveConvolution(FreeLaw.Semicircle(first.C), FreeLaw.Semicircle(second.C)), point.Z), 1e-7);
    }

    [Property]
    public void Laws_of_Marchenko_and_Pastur_with_equal_jumps_add_their_rates(RatioCase first, RatioCase second, PointCase point)
    {
        // Jumps cs and rates 1/c.
        var sum = new FreeAdditiveConvolution(FreeLaw.MarchenkoPastur(first.C, 2 / first.C), FreeLaw.MarchenkoPastur(second.C, 2 / second.C));
        var c = 1 / (1 / first.C + 1 / second.C);
        Near(MarchenkoPastur(c, 2 / c, point.Z), Transform(sum, point.Z), 1e-6);
    }

    [Property]
    public void Two_symmetric_laws_of_two_points_add_up_to_the_arcsine_law(PointCase point)
    {
        var arcsine = -1 / (Complex.Sqrt(point.Z - 2) * Complex.Sqrt(point.Z + 2));
        Near(arcsine, Transform(new FreeAdditiveConvolution(DiscreteLaw.Uniform(-1, 1), DiscreteLaw.Uniform(-1, 1)), point.Z), 1e-6);
    }

    [Fact]
    public void The_sum_of_two_free_projections_has_the_density_in_closed_form()
    {
        var density = SpectralDensity.Of(new FreeAdditiveConvolution(Projection(0.6), Projection(0.3)));
        foreach (var (x, rho) in density.Points.Zip(density.Values))
        {
            // Eigenvalues 1 ± √y of P + Q belong to y of PQP.
            var expected = 2 * Math.Abs(x - 1) * Projections(0.6, 0.3, (x - 1) * (x - 1));
            Assert.Equal(1, rho / expected, 1e-7);
        }
        AtomsAre([(0, 0.1), (1, 0.3)], density.Support);
        Assert.Equal(1, density.Mass, 1e-9);
    }

    [Fact]
    public void The_product_of_two_free_projections_has_the_density_in_closed_form()
    {
        var density = SpectralDensity.Of(new FreeMultiplicativeConvolution(Projection(0.6), Projection(0.7)));
        foreach (var (x, rho) in density.Points.Zip(density.Values)) Assert.Equal(1, rho / Projections(0.6, 0.7, x), 1e-7);
        AtomsAre([(0, 0.4), (1, 0.3)], density.Support);
        Assert.Equal(1, density.Mass, 1e-9);
    }

    [Property]
    public void Addition_commutes_and_is_associative(SignedLawCase first, SignedLawCase second, RatioCase variance, PointCase point)
    {
        var (a, b, s) = (FreeLaw.Discrete(first.Law), FreeLaw.Discrete(second.Law), FreeLaw.Semicircle(variance.C));
        var expected = Transform(new FreeAdditiveConvolution(a, b, s), point.Z);
        Near(expected, Transform(new FreeAdditiveConvolution(s, b, a), point.Z), 1e-6);
        Near(expected, Transform(new FreeAdditiveConvolution(a, FreeLaw.Semicircle(variance.C / 3), b, FreeLaw.Semicircle(2 * variance.C / 3)), point.Z), 1e-6);
    }

    [Property]
    public void A_point_shifts_a_sum_and_scales_a_product(SignedLawCase first, SignedLawCase second, NonNegativeLawCase third, PointCase point)
    {
        Near(
            Transform(new FreeAdditiveConvolution(first.Law, second.Law), point.Z - 2),
            Transform(new FreeAdditiveConvolution(first.Law, DiscreteLaw.PointMass(2), second.Law), point.Z),
            1e-6);
        Near(
            Transform(new FreeMultiplicativeConvolution(third.Law, FreeLaw.MarchenkoPastur(0.7)), point.Z / 3) / 3,
            Transform(new FreeMultiplicativeConvolution(third.Law, FreeLaw.MarchenkoPastur(0.7, 3)), point.Z),
            1e-6);
    }

    [Property]
    public void Mirrored_laws_have_the_mirrored_sum(SignedLawCase first, SignedLawCase second, PointCase point)
    {
        var mirrored = new FreeAdditiveConvolution(Mirror(first.Law), Mirror(second.Law));
        Near(Transform(new FreeAdditiveConvolution(first.Law, second.Law), point.Z), -Complex.Conjugate(Transform(mirrored, -Complex.Conjugate(point.Z))), 1e-6);
    }

    [Property]
    public void The_product_with_Marchenko_and_Pastur_is_a_sample_covariance(NonNegativeLawCase law, RatioCase ratio, PointCase point)
    {
        var expected = Transform(new SampleCovariance(law.Law, ratio.C), point.Z);
        Near(expected, Transform(new FreeMultiplicativeConvolution(law.Law, FreeLaw.MarchenkoPastur(ratio.C)), point.Z), 1e-6);
        Near(expected, Transform(new FreeMultiplicativeConvolution(FreeLaw.MarchenkoPastur(ratio.C), law.Law), point.Z), 1e-6);
    }

    [Property]
    public void The_product_of_two_laws_of_Marchenko_and_Pastur_solves_its_cubic(RatioCase first, RatioCase second, PointCase point)
    {
        var m = Transform(new FreeMultiplicativeConvolution(FreeLaw.MarchenkoPastur(first.C), FreeLaw.MarchenkoPastur(second.C)), point.Z);
        var y = -1 - point.Z * m;
        // 1/z = y/((1 + y)(1 + c₁y)(1 + c₂y))
        var (left, right) = (point.Z * y, (1 + y) * (1 + first.C * y) * (1 + second.C * y));
        Assert.True(Complex.Abs(left - right) <= 1e-8 * (Complex.Abs(left) + Complex.Abs(y)), $"{left} and {right}");
        Assert.True(m.Imaginary > 0);
    }

    [Fact]
    public void The_product_of_two_laws_of_Marchenko_and_Pastur_has_the_value_of_the_cubic()
    {
        var z = new Complex(1, 0.5);
        var m = Transform(new FreeMultiplicativeConvolution(FreeLaw.MarchenkoPastur(0.5), FreeLaw.MarchenkoPastur(0.8)), z);
        Near(new(-0.298496, -0.585525), -1 - z * m, 1e-6);
    }

    [Fact]
    public void The_product_of_two_square_Wishart_matrices_has_the_density_of_Fuss_and_Catalan()
    {
        var density = SpectralDensity.Of(new FreeMultiplicativeConvolution(FreeLaw.MarchenkoPastur(1), FreeLaw.MarchenkoPastur(1)));
        foreach (var (x, rho) in density.Points.Zip(density.Values).Where(p => p.First > 1e-9))
        {
            var root = 27 + 3 * Math.Sqrt(81 - 12 * x);
            var expected = Math.Cbrt(2) * Math.Sqrt(3) / (12 * Math.PI) * (Math.Cbrt(2) * Math.Pow(root, 2 / 3.0) - 6 * Math.Cbrt(x)) / (Math.Pow(x, 2 / 3.0) * Math.Cbrt(root));
            Assert.Equal(1, rho / expected, 1e-6);
        }
        Assert.Equal(6.75, density.Support.Edges[1], 1e-9);
        Assert.Equal(1, density.Mass, 1e-4);
        // Moments 1, 3, 12, 55.
        Assert.Equal(12, density.Average(x => x * x * x), 1e-3);
        Assert.Equal(55, density.Average(x => x * x * x * x), 5e-3);
    }

    [Property(MaxTest = 40)]
    public void Means_and_variances_add_up(SignedLawCase first, SignedLawCase second, RatioCase ratio)
    {
        FreeLaw[] laws = [first.Law, second.Law, FreeLaw.MarchenkoPastur(ratio.C, 0.5)];
        var model = new FreeAdditiveConvolution([.. laws]);
        var (mean, square) = Moments(model);
        Assert.Equal(laws.Sum(l => l.Mean), mean, 1e-3 * model.Scale);
        Assert.Equal(laws.Sum(l => l.Variance) + mean * mean, square, 1e-3 * model.Scale * model.Scale);
    }

    [Property(MaxTest = 40)]
    public void Means_multiply_and_relative_variances_add_up(NonNegativeLawCase first, NonNegativeLawCase second)
    {
        FreeLaw[] laws = [first.Law, second.Law];
        var model = new FreeMultiplicativeConvolution(laws[0], laws[1]);
        var (mean, square) = Moments(model);
        Assert.Equal(1, mean / (laws[0].Mean * laws[1].Mean), 1e-3);
        Assert.Equal(1 + laws.Sum(l => l.Variance / (l.Mean * l.Mean)), square / (mean * mean), 5e-3 * model.Scale / mean);
    }

    [Fact]
    public void Atoms_of_sums_and_products_are_where_masses_exceed_one()
    {
        AtomsAre([(1, 0.65), (2, 0.05)], SupportEdges.Find(new FreeAdditiveConvolution(Two(1, 0.9, 2), Two(0, 0.8, 1), Two(0, 0.95, 1))));
        // 3/4 + 7/12 + 9/10 − 2
        AtomsAre([(0, 7 / 30.0)], SupportEdges.Find(new FreeAdditiveConvolution(FreeLaw.MarchenkoPastur(4), FreeLaw.MarchenkoPastur(12 / 5.0), Two(-1, 0.1, 0))));
        AtomsAre([(1, 0.7), (30, 0.1)], SupportEdges.Find(new FreeMultiplicativeConvolution(Two(1, 0.9, 10), Two(1, 0.8, 30))));
        AtomsAre([(0, 0.5)], SupportEdges.Find(new FreeMultiplicativeConvolution(FreeLaw.MarchenkoPastur(1.5), FreeLaw.MarchenkoPastur(2))));
    }

    [Fact]
    public void Illegal_laws_are_refused_by_name()
    {
        Assert.Equal("laws", Assert.Throws<ArgumentException>(() => new FreeAdditiveConvolution(DiscreteLaw.PointMass(1), FreeLaw.Semicircle(1))).ParamName);
        Assert.Equal("first", Assert.Throws<ArgumentOutOfRangeException>(() => new FreeMultiplicativeConvolution(DiscreteLaw.Uniform(-1, 1), FreeLaw.MarchenkoPastur(1))).ParamName);
        Assert.Equal("second", Assert.Throws<ArgumentOutOfRangeException>(() => new FreeMultiplicativeConvolution(DiscreteLaw.Uniform(1, 2), FreeLaw.Semicircle(1))).ParamName);
        Assert.Equal("second", Assert.Throws<ArgumentException>(() => new FreeMultiplicativeConvolution(DiscreteLaw.Uniform(1, 2), DiscreteLaw.PointMass(2))).ParamName);
        Assert.Equal("variance", Assert.Throws<ArgumentOutOfRangeException>(() => FreeLaw.Semicircle(0)).ParamName);
    }

    private static DiscreteLaw Two(double atom, double weight, double other) => new([atom, other], [weight, 1 - weight]);

    private static DiscreteLaw Projection(double rank) => Two(1, rank, 0);

    private static DiscreteLaw Mirror(DiscreteLaw law) => new([.. law.Atoms.Select(t => -t)], law.Weights);

    /// <summary>The density of PQP for free projections of ranks a and b, the law of free Jacobi matrices.</summary>
    private static double Projections(double a, double b, double x)
    {
        var (centre, radius) = (a + b - 2 * a * b, Math.Sqrt(4 * a * b * (1 - a) * (1 - b)));
        return Math.Sqrt((centre + radius - x) * (x - centre + radius)) / (2 * Math.PI * x * (1 - x));
    }

    private static void AtomsAre((double Position, double Mass)[] expected, SpectralSupport support)
    {
        Assert.Equal(expected.Length, support.Atoms.Length);
        foreach (var (atom, found) in expected.Zip(support.Atoms))
        {
            Assert.Equal(atom.Position, found.Position, 1e-12);
            Assert.Equal(atom.Mass, found.Mass, 1e-7);
        }
    }
}
