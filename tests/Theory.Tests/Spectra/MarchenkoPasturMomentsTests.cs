using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;
using Theory.Spectra;
using Theory.Tests.Features;

namespace Theory.Tests.Spectra;

public sealed record MomentArguments(double Z, double A, double Beta, double C);

public static class MomentCases
{
    public static Arbitrary<MomentArguments> Arguments() =>
        (from z in FeatureCases.LogUniform(1e-3, 1e3)
         from a in FeatureCases.LogUniform(1e-6, 1e3)
         from beta in FeatureCases.LogUniform(0.05, 20)
         from c in FeatureCases.LogUniform(0.1, 10)
         select new MomentArguments(z, a, beta, c)).ToArbitrary();
}

[Properties(Arbitrary = [typeof(MomentCases)])]
public class MarchenkoPasturMomentsTests
{
    [Property]
    public void Resolvent_identities_hold(MomentArguments x)
    {
        var m = MarchenkoPasturMoments.At(x.Z, x.A, x.Beta, x.C);
        Near(1, x.Z * m.M01 + x.A * m.M11, 1e-13);
        Near(m.M01, x.Z * m.M02 + x.A * m.M12, 1e-12);
        Near(m.M11, x.Z * m.M12 + x.A * m.M22, 1e-12);
    }

    [Property]
    public void Moments_are_averages_over_the_Marchenko_Pastur_density(MomentArguments x)
    {
        // Quadrature resolves the spectrum's scale only if z is not far below the smallest distance to the edge.
        var z = Math.Max(x.Z, 0.05 * x.A * x.C);
        var m = MarchenkoPasturMoments.At(z, x.A, x.Beta, x.C);
        Near(Average(d => 1 / (z + x.A * d)), m.M01, 1e-9);
        Near(Average(d => 1 / Math.Pow(z + x.A * d, 2)), m.M02, 1e-9);
        Near(Average(d => d / (z + x.A * d)), m.M11, 1e-9);
        Near(Average(d => d / Math.Pow(z + x.A * d, 2)), m.M12, 1e-9);
        Near(Average(d => Math.Pow(d / (z + x.A * d), 2)), m.M22, 1e-9);

        double Average(Func<double, double> f) => MarchenkoPasturLaw.Average(d => f(x.C * d), x.Beta);
    }

    [Property]
    public void Narrow_layers_have_all_eigenvalues_equal_to_c(MomentArguments x)
    {
        var m = MarchenkoPasturMoments.At(x.Z, x.A, 1e-9, x.C);
        Near(1 / (x.Z + x.A * x.C), m.M01, 1e-7);
    }

    [Property]
    public void Without_scale_the_moments_are_those_of_D_itself(MomentArguments x)
    {
        var m = MarchenkoPasturMoments.At(x.Z, 0, x.Beta, x.C);
        Near(1 / x.Z, m.M01, 1e-14);
        Near(x.C / x.Z, m.M11, 1e-14);
        Near(x.C / (x.Z * x.Z), m.M12, 1e-14);
        Near(x.C * x.C * (1 + x.Beta) / (x.Z * x.Z), m.M22, 1e-14);
    }

    [Fact]
    public void Sampled_spectra_approach_the_moments_like_one_over_d()
    {
        const double beta = 0.7, z = 0.3, a = 1.3;
        const int d = 200, trials = 12;
        var estimate = new RunningEstimate();
        for (var trial = 0; trial < trials; trial++)
        {
            var random = new RandomStream(7, (ulong)trial);
            var p = (int)(beta * d);
            var w = new MathNet.Numerics.LinearAlgebra.Double.DenseMatrix(d, p);
            for (var j = 0; j < p; j++) random.FillUnitSphere(w.Values.AsSpan(j * d, d));
            estimate.Add(DenseAlgebra.SymmetricEigenvalues(DenseAlgebra.Gram(w)).Average(e => e / Math.Pow(z + a * e, 2)));
        }
        var expected = MarchenkoPasturMoments.At(z, a, beta).M12;
        Assert.True(Math.Abs(estimate.Mean - expected) <= 4 * estimate.StandardError + 2 * expected / d, $"{estimate.Mean} vs {expected}");
    }

    [Theory]
    [InlineData(0, 1, 1, 1, "z")]
    [InlineData(1, -1, 1, 1, "a")]
    [InlineData(1, 1, double.NaN, 1, "beta")]
    [InlineData(1, 1, 1, 0, "c")]
    public void Arguments_out_of_range_are_named(double z, double a, double beta, double c, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => MarchenkoPasturMoments.At(z, a, beta, c)).ParamName);

    private static void Near(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Abs(expected), $"expected {expected:R}, got {actual:R}");
}
