using FsCheck.Xunit;
using Theory.Channels;

namespace Theory.Tests.Channels;

[Properties(Arbitrary = [typeof(LossCases)])]
public class MarginLossTests
{
    [Property]
    public void The_proximal_point_is_the_margin_moved_by_the_force(LossCase loss, ProximalCase at)
    {
        var p = loss.Loss.At(at.Margin, at.Variance);
        Near(at.Margin + at.Variance * p.Force, p.Point, 1e-12 * (Math.Abs(at.Margin) + at.Variance * Math.Abs(p.Force)));
        Near(loss.Loss.Value(p.Point), p.Loss, 1e-10 * (1 + p.Loss) + 1e-12 * Math.Abs(at.Margin * p.Force));
    }

    [Property]
    public void The_force_is_minus_a_subgradient_of_the_loss_at_the_proximal_point(LossCase loss, ProximalCase at)
    {
        var p = loss.Loss.At(at.Margin, at.Variance);
        foreach (var step in (double[])[-10, -1, -0.1, -1e-3, 1e-3, 0.1, 1, 10])
        {
            var u = p.Point + step;
            Assert.True(loss.Loss.Value(u) >= p.Loss - p.Force * step - 1e-9 * (1 + p.Loss + Math.Abs(p.Force * p.Point)), $"{loss} at {at}: {step}");
        }
    }

    [Property]
    public void Moreaus_identity_holds_with_the_conjugate(LossCase loss, ProximalCase at)
    {
        // (u − prox(u))/V = −F is the proximal map of ℓ*, which is Fenchel's equality ℓ(t) + ℓ*(−F) = −F t.
        var p = loss.Loss.At(at.Margin, at.Variance);
        Near(-p.Force * p.Point, p.Loss + loss.Conjugate(-p.Force), 1e-9 * (1 + p.Loss + Math.Abs(p.Force * p.Point) + p.Force * p.Force));
    }

    [Property]
    public void The_proximal_map_is_monotone_and_firmly_nonexpansive(LossCase loss, ProximalCase at)
    {
        var (p, q) = (loss.Loss.At(at.Margin, at.Variance), loss.Loss.At(at.Other, at.Variance));
        var (dp, du) = (p.Point - q.Point, at.Margin - at.Other);
        var rounding = 1e-12 * (Math.Abs(at.Margin) + Math.Abs(at.Other) + 1);
        Assert.True(dp * du >= -rounding * Math.Abs(du));
        Assert.True(dp * du >= dp * dp - rounding * (Math.Abs(du) + Math.Abs(dp)), $"{loss} at {at}");
    }

    [Property]
    public void The_slope_is_the_derivative_of_the_force(LossCase loss, ProximalCase at)
    {
        Span<double> kinks = stackalloc double[2];
        var count = loss.Loss.Kinks(at.Variance, kinks);
        var step = 1e-4 * Math.Max(1, Math.Min(at.Variance, 1e-2 * Math.Abs(at.Margin)));
        foreach (var kink in kinks[..count])
            if (Math.Abs(at.Margin - kink) < 2 * step) return;
        var p = loss.Loss.At(at.Margin, at.Variance);
        Assert.InRange(p.Slope, -(1 + 1e-12) / at.Variance, 0);
        var (left, right) = (loss.Loss.At(at.Margin - step, at.Variance), loss.Loss.At(at.Margin + step, at.Variance));
        var rounding = 1e-14 * (1 + Math.Abs(at.Margin) / Math.Max(1, at.Variance) + Math.Abs(p.Force)) / step;
        Near((right.Force - left.Force) / (2 * step), p.Slope, step * step + rounding + 1e-6 * Math.Abs(p.Slope));
    }

    [Property]
    public void Kinks_are_where_the_slope_jumps(LossCase loss, ProximalCase at)
    {
        Span<double> kinks = stackalloc double[2];
        var variance = Math.Clamp(at.Variance, 1e-2, 1e2);
        foreach (var kink in kinks[..loss.Loss.Kinks(variance, kinks)])
            Assert.True(Math.Abs(loss.Loss.At(kink - 1e-6, variance).Slope - loss.Loss.At(kink + 1e-6, variance).Slope) > 1e-3);
    }

    [Property]
    public void A_wide_huber_loss_is_the_square_loss(ProximalCase at)
    {
        var square = default(SquareLoss).At(at.Margin, at.Variance);
        Assert.Equal(square, new HuberLoss(1e12).At(at.Margin, at.Variance));
    }

    [Property]
    public void The_hard_margin_is_the_hinge_of_infinite_variance(ProximalCase at)
    {
        // At the kink itself the hinge has the slope of its other side.
        if (1 - at.Margin >= at.Variance) return;
        Assert.Equal(default(HardMarginLoss).At(at.Margin, at.Variance), default(HingeLoss).At(at.Margin, at.Variance));
    }

    [Theory]
    [InlineData(-0.5e2, 1e2)]
    [InlineData(-0.5e8, 1e8)]
    [InlineData(-0.4999e5, 1e5)]
    [InlineData(30, 1e8)]
    [InlineData(-1e8, 1e8)]
    [InlineData(700, 1e-3)]
    public void The_logistic_equation_is_solved_to_rounding_where_newton_between_brackets_cycles(double margin, double variance)
    {
        var p = default(LogisticLoss).At(margin, variance);
        var residual = p.Point - margin - variance / (1 + Math.Exp(p.Point));
        Assert.True(Math.Abs(residual) <= 1e-15 * (Math.Abs(margin) + variance), $"residual {residual}");
    }

    [Fact]
    public void Names_and_kinds_belong_to_each_other()
    {
        foreach (var kind in Enum.GetValues<LossKind>())
        {
            Assert.Equal(kind, MarginLosses.Named(MarginLosses.NameOf(kind)));
            if (kind != LossKind.Custom) Assert.Equal(MarginLosses.NameOf(kind), MarginLosses.Create(kind).Name);
        }
        Assert.Throws<FormatException>(() => MarginLosses.Named("cubic"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HuberLoss(0));
    }

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"expected {expected:R}, got {actual:R}, tolerance {tolerance:g3}");
}
