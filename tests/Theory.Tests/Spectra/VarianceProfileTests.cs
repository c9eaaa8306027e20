using System.Numerics;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using Theory.Spectra;
using static Theory.Tests.Spectra.SpectraCases;

namespace Theory.Tests.Spectra;

[Properties(Arbitrary = [typeof(SpectraCases)])]
public class VarianceProfileTests
{
    [Property]
    public void A_flat_profile_is_the_law_of_Marchenko_and_Pastur(RatioCase ratio, PointCase point)
    {
        var flat = new VarianceProfile(Matrix<double>.Build.Dense(3, 2, 2.5), [0.2, 0.3, 0.5], [0.6, 0.4], ratio.C);
        Near(MarchenkoPastur(ratio.C, 2.5, point.Z), Transform(flat, point.Z), 1e-7);
    }

    [Property]
    public void A_profile_of_rank_one_is_a_separable_covariance(LawCase rows, LawCase columns, RatioCase ratio, PointCase point)
    {
        var profile = Matrix<double>.Build.Dense(rows.Law.Atoms.Length, columns.Law.Atoms.Length, (i, j) => rows.Law.Atoms[i] * columns.Law.Atoms[j]);
        Near(
            Transform(new SeparableCovariance(rows.Law, columns.Law, ratio.C), point.Z),
            Transform(new VarianceProfile(profile, rows.Law.Weights, columns.Law.Weights, ratio.C), point.Z),
            1e-6);
    }

    [Property]
    public void Rows_of_constant_variance_are_a_sample_covariance(NonNegativeLawCase law, RatioCase ratio, PointCase point)
    {
        var profile = Matrix<double>.Build.Dense(law.Law.Atoms.Length, 1, [.. law.Law.Atoms]);
        Near(Transform(new SampleCovariance(law.Law, ratio.C), point.Z), Transform(new VarianceProfile(profile, law.Law.Weights, [1], ratio.C), point.Z), 1e-6);
    }

    [Property]
    public void Scaling_the_variances_scales_the_spectrum(ProfileCase profile, RatioCase ratio, PointCase point)
    {
        var scaled = new VarianceProfile(3 * profile.Variances, profile.Rows, profile.Columns, ratio.C);
        Near(Transform(profile.Model(ratio.C), point.Z) / 3, Transform(scaled, 3 * point.Z), 1e-6);
    }

    [Property]
    public void Splitting_a_block_in_two_changes_nothing(ProfileCase profile, RatioCase ratio, PointCase point)
    {
        var last = profile.Variances.RowCount - 1;
        var split = profile.Variances.InsertRow(last, profile.Variances.Row(last));
        var model = new VarianceProfile(split, [.. profile.Rows[..last], 0.3 * profile.Rows[last], 0.7 * profile.Rows[last]], profile.Columns, ratio.C);
        Near(Transform(profile.Model(ratio.C), point.Z), Transform(model, point.Z), 1e-6);
    }

    [Property]
    public void The_transposed_matrix_has_the_same_eigenvalues_but_for_zeros(ProfileCase profile, RatioCase ratio, PointCase point)
    {
        // XᵀX has variances Sᵀ/n = Sᵀ(p/n)/p, and n/p as aspect ratio.
        var transposed = new VarianceProfile(ratio.C * profile.Variances.Transpose(), profile.Columns, profile.Rows, 1 / ratio.C);
        Near(Transform(profile.Model(ratio.C), point.Z), (Transform(transposed, point.Z) + (1 - ratio.C) / point.Z) / ratio.C, 1e-6);
    }

    [Property(MaxTest = 40)]
    public void Moments_are_sums_over_the_profile(ProfileCase profile, RatioCase ratio)
    {
        var (s, alpha, beta) = (profile.Variances, MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense([.. profile.Rows]), MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense([.. profile.Columns]));
        var (rows, columns) = (s * beta, s.TransposeThisAndMultiply(alpha));
        var (first, second) = Moments(profile.Model(ratio.C));
        Assert.Equal(1, first / alpha.DotProduct(rows), 1e-3);
        Assert.Equal(1, second / (alpha.DotProduct(rows.PointwisePower(2)) + ratio.C * beta.DotProduct(columns.PointwisePower(2))), 1e-3);
    }

    [Fact]
    public void The_unknowns_are_the_transforms_of_the_blocks_of_rows()
    {
        // Two blocks that share no columns do not know each other.
        var model = new VarianceProfile(Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, 0, 0 }, { 0, 0, 0 }, { 0, 5, 0 } }), [0.3, 0.2, 0.5], [0.2, 0.7, 0.1], 0.5);
        var z = new Complex(1.3, 0.4);
        var solution = DysonSolver.Solve(model, z);
        Assert.Equal([0, 2], model.ActiveRows.AsEnumerable());
        Near(MarchenkoPastur(0.5 * 0.3 / 0.2, 0.2, z), solution.Unknowns[0], 1e-10);
        Near(MarchenkoPastur(0.5 * 0.5 / 0.7, 5 * 0.7, z), solution.Unknowns[1], 1e-10);
        Near(0.3 * solution.Unknowns[0] - 0.2 / z + 0.5 * solution.Unknowns[1], solution.StieltjesTransform, 1e-12);
    }

    [Fact]
    public void Structural_zeros_give_a_hard_edge_of_another_exponent_and_no_atom()
    {
        var density = SpectralDensity.Of(new VarianceProfile(Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, 1 }, { 1, 0 } }), [0.5, 0.5], [0.5, 0.5], 1));
        Assert.Equal(0, density.Support.AtomAtZero);
        Assert.Equal([0, 3.375], density.Support.Edges.Select(e => Math.Round(e, 10)));
        Assert.Equal(1, density.Mass, 1e-4);
        Assert.Equal(0.75, density.Average(x => x), 1e-4);
    }

    [Fact]
    public void Illegal_profiles_are_refused_by_name()
    {
        var s = Matrix<double>.Build.Dense(2, 1, 1.0);
        Assert.Equal("rowFractions", Assert.Throws<ArgumentException>(() => new VarianceProfile(s, [1], [1], 1)).ParamName);
        Assert.Equal("columnFractions", Assert.Throws<ArgumentOutOfRangeException>(() => new VarianceProfile(s, [0.5, 0.5], [0.9], 1)).ParamName);
        Assert.Equal("aspectRatio", Assert.Throws<ArgumentOutOfRangeException>(() => new VarianceProfile(s, [0.5, 0.5], [1], 0)).ParamName);
        Assert.Equal("variances", Assert.Throws<ArgumentOutOfRangeException>(() => new VarianceProfile(-s, [0.5, 0.5], [1], 1)).ParamName);
        Assert.Equal("variances", Assert.Throws<ArgumentOutOfRangeException>(() => new VarianceProfile(0 * s, [0.5, 0.5], [1], 1)).ParamName);
    }
}
