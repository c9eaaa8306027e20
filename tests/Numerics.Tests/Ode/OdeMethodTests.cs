using Theory.Numerics.Ode;

namespace Theory.Numerics.Tests.Ode;

public sealed class OdeMethodTests
{
    // y′ = −y² + cos t · y, with a smooth solution that no method integrates exactly; z′ = y z couples a second component.
    private static void Smooth(double t, ReadOnlySpan<double> y, Span<double> f)
    {
        f[0] = -y[0] * y[0] + Math.Cos(t) * y[0];
        f[1] = y[0] * y[1] - 0.3 * y[1] * y[1];
    }

    [Theory]
    [InlineData(true, 1, 6)]
    [InlineData(true, 0.37, 5)]
    [InlineData(false, 1, 6)]
    [InlineData(false, 0.37, 4)]
    public void The_local_error_falls_with_the_order_of_the_method(bool isExplicit, double fraction, double order)
    {
        IOdeMethod method = isExplicit ? new DormandPrince() : new RadauIIA();
        double[] steps = [0.16, 0.08];
        var errors = steps.Select(h => Error(method, h, fraction)).ToArray();
        Assert.InRange(Math.Log2(errors[0] / errors[1]), order - 0.6, order + 0.9);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_estimate_falls_with_the_stated_order(bool isExplicit)
    {
        IOdeMethod method = isExplicit ? new DormandPrince() : new RadauIIA();
        double[] steps = [0.2, 0.1];
        var estimates = steps.Select(h => Attempt(method, h, out _)).ToArray();
        Assert.InRange(Math.Log2(estimates[0] / estimates[1]), method.ErrorOrder - 0.7, method.ErrorOrder + 0.7);
    }

    [Fact]
    public void Radau_damps_infinitely_stiff_components_in_one_step()
    {
        var stepper = new RadauIIA().Start(new OdeProblem((_, y, f) => f[0] = -1e12 * y[0], 1, OdeOptions.Default));
        var next = new double[1];
        stepper.Attempt(0, [1.0], [-1e12], 1, next, new double[1]);
        Assert.InRange(Math.Abs(next[0]), 0, 1e-9);
    }

    private static double Error(IOdeMethod method, double step, double fraction)
    {
        Attempt(method, step, out var stepper);
        var dense = new double[2];
        stepper.Interpolate(fraction, dense);
        var options = new OdeOptions { RelativeTolerance = 1e-14, AbsoluteTolerance = 1e-15 };
        var exact = OdeSolver.Solve(Smooth, 0, [1.2, 0.7], step * fraction, options: options).FinalState;
        return Math.Abs(dense[0] - exact[0]) + Math.Abs(dense[1] - exact[1]);
    }

    private static double Attempt(IOdeMethod method, double step, out IOdeStepper stepper)
    {
        var options = new OdeOptions { RelativeTolerance = 1e-13, AbsoluteTolerance = 1e-14 };
        stepper = method.Start(new OdeProblem(Smooth, 2, options));
        var (start, slope) = (new[] { 1.2, 0.7 }, new double[2]);
        Smooth(0, start, slope);
        return stepper.Attempt(0, start, slope, step, new double[2], new double[2]);
    }
}
