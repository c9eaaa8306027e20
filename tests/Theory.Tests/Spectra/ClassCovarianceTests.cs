using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;
using Theory.Spectra;
using static Theory.Tests.Spectra.SpectraCases;

namespace Theory.Tests.Spectra;

[Properties(Arbitrary = [typeof(SpectraCases)])]
public class ClassCovarianceTests
{
    [Property]
    public void One_class_is_a_sample_covariance(NonNegativeLawCase law, RatioCase ratio, PointCase point)
    {
        var eigenvalues = Matrix<double>.Build.Dense(law.Law.Atoms.Length, 1, [.. law.Law.Atoms]);
        Near(Transform(new SampleCovariance(law.Law, ratio.C), point.Z), Transform(ClassCovariance.Commuting(eigenvalues, law.Law.Weights, [1], ratio.C), point.Z), 1e-6);
    }

    [Property]
    public void Classes_that_commute_are_a_variance_profile(ProfileCase profile, RatioCase ratio, PointCase point) =>
        Near(Transform(profile.Model(ratio.C), point.Z), Transform(profile.Classes(ratio.C), point.Z), 1e-6);

    [Property(MaxTest = 20)]
    public void Classes_of_equal_covariance_merge(RatioCase ratio, PointCase point)
    {
        var (first, second) = (Random(8, 1), Random(8, 2));
        Near(
            Transform(new ClassCovariance([first, second], [0.3, 0.7], ratio.C), point.Z),
            Transform(new ClassCovariance([first, second, second], [0.3, 0.2, 0.5], ratio.C), point.Z),
            1e-7);
    }

    [Property(MaxTest = 20)]
    public void A_rotation_of_all_covariances_changes_nothing(RatioCase ratio, PointCase point)
    {
        var rotation = Matrix<double>.Build.Random(8, 8, 5).QR().Q;
        var (first, second) = (Random(8, 3), Random(8, 4));
        Near(
            Transform(new ClassCovariance([first, second], [0.3, 0.7], ratio.C), point.Z),
            Transform(new ClassCovariance([rotation * first * rotation.Transpose(), rotation * second * rotation.Transpose()], [0.3, 0.7], ratio.C), point.Z),
            1e-7);
    }

    [Fact]
    public void Matrices_that_commute_are_reduced_to_joint_eigenvalues()
    {
        var rotation = Matrix<double>.Build.Random(9, 9, 6).QR().Q;
        var (a, b) = (Diagonal(1, 1, 1, 2, 2, 2, 0, 0, 0), Diagonal(3, 3, 3, 1, 1, 1, 1, 1, 1));
        var model = new ClassCovariance([rotation * a * rotation.Transpose(), rotation * b * rotation.Transpose()], [0.4, 0.6], 0.5);
        Assert.True(model.IsReduced);
        Assert.False(new ClassCovariance([Random(9, 1), Random(9, 2)], [0.4, 0.6], 0.5).IsReduced);
        var joint = ClassCovariance.Commuting(Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, 3 }, { 2, 1 }, { 0, 1 } }), [1 / 3.0, 1 / 3.0, 1 / 3.0], [0.4, 0.6], 0.5);
        Near(Transform(joint, new(2, 0.3)), Transform(model, new(2, 0.3)), 1e-12);
    }

    [Fact]
    public void Dense_covariances_have_a_density_of_mass_one_with_the_right_moments()
    {
        var (first, second) = (Random(10, 7), Random(10, 8));
        var density = SpectralDensity.Of(new ClassCovariance([first, second], [0.4, 0.6], 0.5), 100);
        var mean = 0.4 * first + 0.6 * second;
        Assert.Equal(1, density.Mass, 1e-6);
        Assert.Equal(mean.Trace() / 10, density.Average(x => x), 1e-6);
        var own = 0.5 * (0.4 * Math.Pow(first.Trace() / 10, 2) + 0.6 * Math.Pow(second.Trace() / 10, 2));
        Assert.Equal((mean * mean).Trace() / 10 + own, density.Average(x => x * x), 1e-5);
    }

    [Fact]
    public void Illegal_classes_are_refused_by_name()
    {
        var c = Diagonal(1, 2);
        Assert.Equal("fractions", Assert.Throws<ArgumentException>(() => new ClassCovariance([c, c], [1], 1)).ParamName);
        Assert.Equal("fractions", Assert.Throws<ArgumentOutOfRangeException>(() => new ClassCovariance([c, c], [0.5, 0.4], 1)).ParamName);
        Assert.Equal("covariances", Assert.Throws<ArgumentException>(() => new ClassCovariance([c, Diagonal(1, 2, 3)], [0.5, 0.5], 1)).ParamName);
        Assert.Equal("covariances", Assert.Throws<ArgumentException>(() => new ClassCovariance([Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, 1 }, { 0, 1 } })], [1], 1)).ParamName);
        Assert.Equal("covariances", Assert.Throws<ArgumentOutOfRangeException>(() => new ClassCovariance([Diagonal(1, -1)], [1], 1)).ParamName);
        Assert.Equal("weights", Assert.Throws<ArgumentException>(() => ClassCovariance.Commuting(c, [1], [0.5, 0.5], 1)).ParamName);
    }

    /// <summary>A random covariance of full rank.</summary>
    internal static Matrix<double> Random(int order, ulong seed)
    {
        var factor = Matrix<double>.Build.Dense(order, order);
        var random = new RandomStream(seed);
        factor.MapInplace(_ => random.NextGaussian(), Zeros.Include);
        return factor * factor.Transpose() / order;
    }

    private static Matrix<double> Diagonal(params double[] values) => Matrix<double>.Build.DenseOfDiagonalArray(values);
}
