using System.Runtime.Intrinsics;
using FsCheck.Xunit;
using Theory.Channels;
using Theory.Symbolics;
using Theory.Tests.Estimation;

namespace Theory.Tests.Channels;

/// <summary>The fast way of the logistic loss beside the careful one.</summary>
[Properties(Arbitrary = [typeof(GlmCases)], MaxTest = 60)]
public class SmoothMarginTests
{
    [Property]
    public void The_trapezoidal_rule_meets_the_panels(GlmPoint p, bool logit, bool shifted)
    {
        IBinaryTeacher teacher = logit ? new LogitTeacher(2) : ThresholdTeacher.TryCreate(shifted ? "sign(z^2 - 1)" : "sign(z)", p.Noise < 0.1 ? 0 : p.Noise)!;
        var (fast, careful) = (new MarginChannel(default(LogisticLoss), teacher), new MarginChannel(new Disguised(), teacher));
        var correlation = 0.99 * Math.Sin(40 * p.Alpha);
        var q = p.Lambda * p.Alpha * p.Alpha * 3;
        var point = new ChannelPoint(10 * p.Noise * p.Noise, q, correlation * Math.Sqrt(q * p.Signal), p.Signal * (1 - correlation * correlation), shifted ? 0.7 : 0, shifted ? -0.4 : 0);
        var (a, b) = (fast.At(point), careful.At(point));
        Near(b.ForceSquare, a.ForceSquare);
        Near(b.Stiffness, a.Stiffness);
        Near(b.Force, a.Force);
        Near(b.Teaching, a.Teaching);
        Near(b.TrainLoss, a.TrainLoss);
        Near(careful.Test(point).Error, fast.Error(point));
    }

    [Fact]
    public void Four_proximal_points_at_a_time_are_those_of_one()
    {
        foreach (var variance in new[] { 1e-9, 0.1, 1, 30, 1e4, 1e9 })
            for (var u = -3.0 * variance - 40; u <= 50; u += (3 * variance + 90) / 97)
            {
                var (force, slope, loss) = LogisticLanes.At(Vector256.Create(u), variance);
                var one = default(LogisticLoss).At(u, variance);
                Assert.Equal(one.Force, force[0], 1e-14);
                Assert.Equal(one.Slope, slope[0], 1e-14 * (1 + Math.Abs(one.Slope)));
                Assert.Equal(one.Loss, loss[0], 1e-14 * (1 + one.Loss));
            }
    }

    [Fact]
    public void Four_normal_probabilities_at_a_time_are_those_of_one()
    {
        for (var x = -12.0; x <= 12; x += 0.0173)
        {
            var (cumulative, density) = Lanes.Normal(Vector256.Create(x));
            Assert.Equal(Elementary.NormCdf(x), cumulative[0], 1e-15);
            Assert.Equal(GaussianTail.Density(x), density[0], 1e-15);
        }
    }

    private static void Near(double expected, double actual) => Assert.True(Math.Abs(expected - actual) <= 2e-12 * (1 + Math.Abs(expected)), $"expected {expected:R}, got {actual:R}");

    /// <summary>The logistic loss, not recognised as such.</summary>
    private sealed class Disguised : IMarginLoss
    {
        public string Name => "disguised";

        public double Value(double margin) => default(LogisticLoss).Value(margin);

        public ProximalPoint At(double margin, double variance) => default(LogisticLoss).At(margin, variance);

        public int Kinks(double variance, Span<double> kinks) => default(LogisticLoss).Kinks(variance, kinks);

        public int Bends(double variance, Span<double> bends, out double scale) => default(LogisticLoss).Bends(variance, bends, out scale);
    }
}
