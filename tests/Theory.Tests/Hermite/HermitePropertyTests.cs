using FsCheck.Xunit;
using Theory.Hermite;
using Theory.Symbolics;
using Theory.Tests.Symbolics;

namespace Theory.Tests.Hermite;

// Functions out of this generator may be steeper than double precision resolves: the default suite keeps to one stream of them.
[Properties(Arbitrary = [typeof(ClosedForms), typeof(ExpressionGenerators)], MaxTest = 60, Replay = "(20261122,4937)")]
public sealed class HermitePropertyTests
{
    private const int Order = 12;

    [Property(MaxTest = 200)]
    public void Coefficients_equal_their_closed_forms(ClosedForm form)
    {
        var expansion = HermiteExpansion.Of(form.Text, 20);
        var norm = Math.Sqrt(form.SecondMoment);
        Assert.Equal(form.SecondMoment, expansion.SecondMoment, 2e-12 * form.SecondMoment);
        var root = 1.0;
        for (var k = 0; k <= 20; k++)
        {
            root *= Math.Sqrt(Math.Max(1, k));
            // The closed form itself loses digits to cancellation in its sums; 1e-12 of the norm is the bound asked for.
            Assert.Equal(form.Raw(k) / root, expansion[k].Value, 1e-12 * norm);
        }
    }

    [Property]
    public void Multiplication_by_z_raises_and_lowers_the_order(AnyFunction any)
    {
        if (TryExpand(any.Value, Order + 1) is not { } f || TryExpand("z" * any.Value.Expression!, Order) is not { } g) return;
        for (var k = 0; k <= Order; k++)
        {
            var lower = k == 0 ? 0 : Math.Sqrt(k) * f[k - 1].Value;
            Assert.Equal(Math.Sqrt(k + 1) * f[k + 1].Value + lower, g[k].Value, Slack(f, g) * Math.Sqrt(k + 1));
        }
    }

    [Property]
    public void Differentiation_lowers_the_order_and_jumps_contribute_their_densities(AnyFunction any)
    {
        var f = any.Value;
        if (TryExpand(f, Order + 1) is not { } c || TryExpand(f.Expression!.Differentiate(), Order) is not { } d) return;
        var jumps = f.Breakpoints.Where(b => Math.Abs(b) < 30).Select(b => (Point: b, Size: f.Jump(b))).ToList();
        if (jumps.Any(j => !double.IsFinite(j.Size))) return;
        for (var k = 0; k <= Order; k++)
        {
            var surface = jumps.Sum(j => j.Size * ClosedForms.Density(j.Point) * Orthonormal(k, j.Point));
            Assert.Equal(Math.Sqrt(k + 1) * c[k + 1].Value, d[k].Value + surface, Slack(c, d) * Math.Sqrt(k + 1) + 1e-12 * jumps.Sum(j => Math.Abs(j.Size)));
        }
    }

    [Property]
    public void Reflection_changes_the_sign_of_odd_orders(AnyFunction any)
    {
        var reflected = any.Value.Expression!.Substitute(1, -Expression.Parse("z"));
        if (TryExpand(any.Value, Order) is not { } f || TryExpand(reflected, Order) is not { } g) return;
        for (var k = 0; k <= Order; k++)
        {
            Assert.Equal(k % 2 == 0 ? f[k].Value : -f[k].Value, g[k].Value, Slack(f, g));
        }
    }

    [Property]
    public void Coefficients_are_linear(AnyFunction left, AnyFunction right)
    {
        var sum = 3 * left.Value.Expression! - right.Value.Expression! / 2;
        if (TryExpand(left.Value, Order) is not { } f || TryExpand(right.Value, Order) is not { } g || TryExpand(sum, Order) is not { } h) return;
        for (var k = 0; k <= Order; k++) Assert.Equal(3 * f[k].Value - g[k].Value / 2, h[k].Value, 4 * Slack(f, g) + Slack(h, h));
    }

    [Property]
    public void What_structure_proves_is_what_integration_without_it_finds(AnyFunction any)
    {
        var blind = ScalarFunction.From(any.Value.Evaluate, any.Value.Breakpoints);
        if (TryExpand(any.Value, Order) is not { } f || TryExpand(blind, Order) is not { } g) return;
        // sin(sin(pi)) is 0 exactly, and 1e-16 in double precision.
        Assert.Equal(f.SecondMoment, g.SecondMoment, 1e-11 * f.SecondMoment + f.SecondMomentError + g.SecondMomentError + 1e-28);
        for (var k = 0; k <= Order; k++) Assert.Equal(f[k].Value, g[k].Value, Slack(f, g) + 1e-14);
    }

    [Property]
    public void The_residual_falls_with_the_order_and_never_below_zero(AnyFunction any)
    {
        double? last = null;
        foreach (var order in (int[])[0, 1, 2, 5, 9, 30])
        {
            if (TryExpand(any.Value, order) is not { } f) return;
            Assert.True(f.ParsevalResidual >= -1e-10 * f.SecondMoment);
            if (last is { } before) Assert.True(f.ParsevalResidual <= before + 1e-11 * f.SecondMoment + 2 * f.SecondMomentError);
            last = f.ParsevalResidual;
        }
    }

    [Property(MaxTest = 30)]
    public void The_residual_is_the_squared_distance_to_the_truncated_expansion(ClosedForm form)
    {
        var f = ScalarFunction.Of(form.Text);
        var expansion = f.Hermite(6);
        if (expansion.ParsevalResidual < 1e-6 * expansion.SecondMoment) return;
        var distance = ScalarFunction.From(z => f.Evaluate(z) - expansion.Evaluate(z), f.Breakpoints).Hermite(0);
        Assert.Equal(distance.SecondMoment, expansion.ParsevalResidual, 1e-11 * expansion.SecondMoment);
    }

    internal static HermiteExpansion? TryExpand(ScalarFunction f, int order)
    {
        try
        {
            return HermiteExpansion.Of(f, order);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static HermiteExpansion? TryExpand(Expression e, int order)
    {
        try
        {
            return TryExpand(ScalarFunction.Of(e), order);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static double Slack(HermiteExpansion f, HermiteExpansion g) =>
        1e-12 * (Math.Sqrt(f.SecondMoment) + Math.Sqrt(g.SecondMoment)) + 4 * f.Max(c => c.Error) + 4 * g.Max(c => c.Error);

    private static double Orthonormal(int k, double z)
    {
        var (previous, current) = (0.0, 1.0);
        for (var j = 0; j < k; j++) (previous, current) = (current, (z * current - Math.Sqrt(j) * previous) / Math.Sqrt(j + 1));
        return current;
    }
}
