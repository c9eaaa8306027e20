using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Theory.Contract;
using Theory.Exponents;
using Theory.Systems;

namespace Theory.Tests.Exponents;

public sealed record SpectralCase(string Label, double Noise, double Ratio)
{
    private static readonly string[] Labels =
        ["abs(z)", "z^2", "cos(z)", "He4(z)", "max(abs(z)-1/2,0)", "min(abs(z),1)", "indicator(abs(z)<1)", "z^2*exp(-z^2/2)", "z1^2+z2^2", "(z1^2+z2^2+z3^2)^2", "(z1-z2)^2", "relu(z)", "z", "tanh(z)"];

    public static Arbitrary<SpectralCase> Any() =>
        (from label in Gen.Elements(Labels)
         from noise in Gen.Elements(0, 0, 0.5, 2)
         from ratio in Gen.Choose(105, 600)
         select new SpectralCase(label, noise, ratio / 100.0)).ToArbitrary();
}

[Properties(Arbitrary = [typeof(SpectralCase)])]
public class SpectralMethodTests
{
    [Property(MaxTest = 12)]
    public void The_overlap_leaves_zero_at_the_weak_recovery_threshold_and_grows(SpectralCase c)
    {
        var threshold = Solve(c.Label, c.Noise, 1).SpectralThreshold!.Value;
        var at = Solve(c.Label, c.Noise, c.Ratio * threshold);
        if (at.Recovery.Trivial.Dimension == 0) Assert.Equal(at.Recovery.Threshold, threshold, 1e-8 * threshold);
        Assert.Equal(0, Solve(c.Label, c.Noise, 0.999 * threshold).SpectralOverlap);
        Assert.InRange(at.SpectralOverlap!.Value, 1e-3, 1);
        Assert.True(Solve(c.Label, c.Noise, 1.1 * c.Ratio * threshold).SpectralOverlap > at.SpectralOverlap);
    }

    [Property(MaxTest = 8)]
    public void The_overlap_is_linear_in_the_excess_just_above_the_threshold(SpectralCase c)
    {
        var threshold = Solve(c.Label, c.Noise, 1).SpectralThreshold!.Value;
        double Overlap(double excess) => Solve(c.Label, c.Noise, (1 + excess) * threshold).SpectralOverlap!.Value;
        Assert.Equal(2, Overlap(2e-3) / Overlap(1e-3), 0.02);
    }

    /// <summary>a = z² − 1 for y = |z|: 1/α = (1 − q) E[(z² − 1)²/(1 − q + q z²)], by a sum over z alone.</summary>
    [Theory]
    [InlineData(0.75)]
    [InlineData(1.5)]
    [InlineData(4)]
    public void Amplitudes_have_their_overlap(double alpha)
    {
        var q = Solve("abs(z)", 0, alpha).SpectralOverlap!.Value;
        var (sum, h) = (0.0, 1.0 / 256);
        for (var z = -10.0; z <= 10; z += h) sum += h * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * Math.Pow(z * z - 1, 2) / (1 - q + q * z * z);
        Assert.Equal(1 / alpha, (1 - q) * sum, 1e-9);
    }

    /// <summary>Independent simulations at d = 600, at two and three times the threshold; they scatter by about 0.03.</summary>
    [Theory]
    [InlineData("abs(z)", 0, 0.240, 0.432)]
    [InlineData("z^2", 1, 0.175, 0.322)]
    public void Simulated_overlaps_above_the_threshold_are_near(string label, double noise, double atTwice, double atThrice)
    {
        var threshold = Solve(label, noise, 1).SpectralThreshold!.Value;
        Assert.Equal(atTwice, Solve(label, noise, 2 * threshold).SpectralOverlap!.Value, 0.06);
        Assert.Equal(atThrice, Solve(label, noise, 3 * threshold).SpectralOverlap!.Value, 0.06);
    }

    [Theory]
    [InlineData("abs(z)", 0, 1)]
    [InlineData("abs(z)", 0, 1.5)]
    [InlineData("z^2", 1, 3.2)]
    [InlineData("indicator(abs(z)<1)", 0, 3)]
    [InlineData("z1^2+z2^2", 0, 3)]
    [InlineData("relu(z)", 0.1, 2.5)]
    public void Eigenvectors_of_samples_have_the_predicted_overlap(string label, double noise, double alpha)
    {
        var report = Model(label, noise, alpha).Verify(size: 100, trials: 20, seed: 3);
        Assert.All(report.Rows, r => Assert.True(r.Agrees, $"{r.Predicted:g5} against {r.Mean:g5} ± {r.StandardError:g2}, allowance {r.Allowance:g2}"));
        Assert.Single(report.Rows);
    }

    [Theory]
    [InlineData("2*z^2", 2, "z^2", 0.5)]
    [InlineData("(z1-z2)^2", 2, "z^2", 0.5)]
    [InlineData("z1^2-2*z1*z2+z2^2", 2, "z^2", 0.5)]
    [InlineData("3*z1*z2", 9, "z1*z2", 1)]
    [InlineData("z1^2+z2^2", 1, "4*z1^2+4*z2^2", 16)]
    public void Noise_is_measured_against_the_scale_of_the_label(string label, double noise, string other, double otherNoise)
    {
        var (a, b) = (Solve(label, noise, 2), Solve(other, otherNoise, 2));
        Assert.Equal(b.Recovery.Threshold, a.Recovery.Threshold, 1e-8);
        Assert.Equal(b.SpectralOverlap ?? -1, a.SpectralOverlap ?? -1, 1e-8);
    }

    [Fact]
    public void Measured_overlaps_grow_from_nothing_to_much_across_the_threshold()
    {
        double[] ratios = [0.5, 1.25, 2, 3];
        var means = ratios.Select(ratio => Model("abs(z)", 0, 0.5 * ratio).Verify(size: 120, trials: 20, seed: 8).Rows[0].Mean).ToArray();
        Assert.Equal(means.Order(), means);
        Assert.InRange(means[0], 0, 0.09);
        Assert.InRange(means[2], 0.15, 0.35);
    }

    [Fact]
    public void Labels_of_another_structure_have_no_overlap_and_no_experiment()
    {
        Assert.Null(Solve("z1*z2", 0, 2).SpectralOverlap);
        Assert.Null(Solve("abs(z)", 0, null).SpectralOverlap);
        Assert.Throws<UnsupportedException>(() => Model("z1*z2", 0, 2).Verify(size: 50, trials: 10));
        Assert.Equal("alpha", Assert.Throws<InvalidInputException>(() => Model("abs(z)", 0, null).Verify(size: 50, trials: 10)).Parameter);
        Assert.Throws<ArgumentOutOfRangeException>(() => Model("abs(z)", 0, 0));
    }

    private static WeakRecoveryModel Model(string label, double noise, double? alpha) => new() { Expression = label, Noise = noise, Alpha = alpha };

    private static WeakRecoveryPrediction Solve(string label, double noise, double? alpha) => Model(label, noise, alpha).Predict();
}
