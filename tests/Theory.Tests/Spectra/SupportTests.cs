using FsCheck.Xunit;
using Theory.Spectra;
using static Theory.Tests.Spectra.SpectraCases;

namespace Theory.Tests.Spectra;

[Properties(Arbitrary = [typeof(SpectraCases)])]
public class SupportTests
{
    [Fact]
    public void Three_eigenvalues_have_two_bulks()
    {
        double[] expected = [0.1864777295476588, 5.1431666808471395, 5.997934943989163, 17.143535258225427];
        Assert.All(DysonSolverTests.ThreeAtoms.Support().Edges.Zip(expected), e => Assert.Equal(e.Second, e.First, 1e-12));
        Assert.All(SupportEdges.Find(DysonSolverTests.ThreeAtoms).Edges.Zip(expected), e => Assert.Equal(e.Second, e.First, 1e-10));
    }

    [Property]
    public void Equal_eigenvalues_have_the_edges_of_Marchenko_and_Pastur(RatioCase ratio)
    {
        var root = Math.Sqrt(ratio.C);
        var bulk = Assert.Single(new SampleCovariance(DiscreteLaw.PointMass(3), ratio.C).Support().Bulks);
        Assert.Equal(3 * (1 - root) * (1 - root), bulk.Lower, 1e-12 * (1 + ratio.C));
        Assert.Equal(3 * (1 + root) * (1 + root), bulk.Upper, 1e-12 * (1 + ratio.C));
    }

    [Property]
    public void Folds_of_the_real_branch_are_the_extrema_of_the_inverse(LawCase law, RatioCase ratio)
    {
        var model = new SampleCovariance(law.Law, ratio.C);
        var (expected, found) = (model.Support(), SupportEdges.Find(model));
        Assert.Equal(expected.Bulks.Length, found.Bulks.Length);
        Assert.Equal(expected.AtomAtZero, found.AtomAtZero, 1e-7);
        for (var i = 0; i < expected.Bulks.Length; i++)
        {
            Near(expected.Bulks[i].Lower, found.Bulks[i].Lower, 1e-9);
            Near(expected.Bulks[i].Upper, found.Bulks[i].Upper, 1e-9);
            Near(expected.Bulks[i].LowerCoefficient, found.Bulks[i].LowerCoefficient, 1e-3);
            Near(expected.Bulks[i].UpperCoefficient, found.Bulks[i].UpperCoefficient, 1e-3);
        }
    }

    [Property]
    public void The_density_has_mass_one_and_the_moments_of_the_law(LawCase law, RatioCase ratio)
    {
        var model = new SampleCovariance(law.Law, ratio.C);
        var density = SpectralDensity.Of(model, 200, model.Support());
        var (first, second) = (law.Law.Moment(1), law.Law.Moment(2));
        Assert.Equal(1, density.Mass, 2e-4);
        Near(first, density.Average(x => x), 2e-4);
        Near(second + ratio.C * first * first, density.Average(x => x * x), 2e-4);
        Assert.All(density.Values, rho => Assert.True(rho > 0));
    }
}
