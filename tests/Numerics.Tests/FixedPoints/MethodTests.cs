using FsCheck;
using FsCheck.Xunit;
using Theory.Numerics.FixedPoints;

namespace Theory.Numerics.Tests.FixedPoints;

[Properties(Arbitrary = [typeof(Contractions)])]
public sealed class MethodTests
{
    private static readonly FixedPointOptions Returning = new() { ThrowOnFailure = false, Scaling = ResidualScaling.Absolute };

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.9, 1)]
    [InlineData(-0.7, 1)]
    [InlineData(0.5, 0.5)]
    [InlineData(-3, 0.4)]
    public void Picard_contracts_the_residual_by_the_damped_slope_each_step(double slope, double damping)
    {
        // r ← (1 − β(1 − λ)) r for F(x) = λx + 1.
        var residuals = Residuals(x => slope * x + 1, 0, Returning with { Methods = [new Picard()], Damping = damping }, 12);
        for (var k = 1; k < residuals.Length; k++)
            Assert.Equal(Math.Abs(1 - damping * (1 - slope)), residuals[k] / residuals[k - 1], 1e-10);
    }

    [Fact]
    public void Newton_converges_quadratically()
    {
        var residuals = Residuals(Math.Cos, 0.2, Returning with { Methods = [new Newton((x, j) => j[0] = -Math.Sin(x[0]))] }, 4);
        Assert.Equal(2, Math.Log(residuals[3] / residuals[2]) / Math.Log(residuals[2] / residuals[1]), 0.2);
    }

    [Fact]
    public void Newton_with_differences_needs_no_more_steps_than_with_the_derivative()
    {
        var exact = FixedPoint.Solve(Math.Cos, 0.2, new() { Methods = [new Newton((x, j) => j[0] = -Math.Sin(x[0]))] });
        var differences = FixedPoint.Solve(Math.Cos, 0.2, new() { Methods = [new Newton()] });
        Assert.Equal(exact.Iterations, differences.Iterations);
        Assert.Equal(exact.Evaluations + differences.Iterations, differences.Evaluations);
    }

    [Property(MaxTest = 100)]
    public bool Newton_solves_linear_maps_in_one_step(Contraction f) =>
        !f.IsLinear || FixedPoint.Solve(f.Evaluate, new double[f.Dimension], new Newton(f.Differentiate)).Iterations <= 1;

    [Fact]
    public void Newton_finds_repelling_fixed_points()
    {
        var s = FixedPoint.Solve((x, f) => (f[0], f[1]) = (-5 * x[0] + x[1] * x[1], 3 * x[1] + x[0] - 1), [0.3, 0.3], new Newton());
        Assert.Equal(s.Value[1] * s.Value[1], 6 * s.Value[0], 1e-11);
        Assert.Equal(1, 2 * s.Value[1] + s.Value[0], 1e-11);
    }

    [Fact]
    public void Newton_halves_steps_that_overshoot()
    {
        // The full Newton step for arctan diverges from |x| > 1.39.
        var s = FixedPoint.Solve(x => x - Math.Atan(x), 20, new() { Methods = [new Newton()] });
        Assert.Equal(0, s.Value, 1e-12);
        Assert.InRange(s.Iterations, 1, 15);
    }

    [Property(MaxTest = 200)]
    public void Anderson_solves_linear_maps_in_at_most_n_plus_1_steps_when_its_depth_is_n(Contraction f)
    {
        if (!f.IsLinear) return;
        var options = new FixedPointOptions { Depth = f.Dimension, Tolerance = 1e-9, Methods = [new Anderson()] };
        Assert.InRange(FixedPoint.Solve(f.Evaluate, new double[f.Dimension], options).Iterations, 0, f.Dimension + 1);
    }

    [Fact]
    public void Anderson_beats_Picard_near_a_critical_point()
    {
        // tanh(1.001 m): slope 0.998 at the fixed point.
        var anderson = FixedPoint.Solve(m => Math.Tanh(1.001 * m), 0.9, new() { Methods = [new Anderson()] });
        var picard = FixedPoint.Solve(m => Math.Tanh(1.001 * m), 0.9, new() { Methods = [new Picard()] });
        Assert.Equal(picard.Value, anderson.Value, 1e-9);
        Assert.True(anderson.Iterations < 60 && picard.Iterations > 2000, $"{anderson.Iterations} against {picard.Iterations}");
    }

    [Fact]
    public void Anderson_survives_a_history_of_equal_residuals()
    {
        // F(x) = x + 1 up to 10: Δr = 0 there, the least-squares problem is singular; beyond, a contraction to 12.
        var s = FixedPoint.Solve(x => x < 10 ? x + 1 : 11 + (x - 10) / 2, 0.0, new() { Methods = [new Anderson()], MaxIterations = 30 });
        Assert.Equal(12, s.Value, 1e-10);
    }

    [Fact]
    public void Anderson_survives_dependent_directions()
    {
        // Four copies of one variable: every set of two differences is dependent.
        var s = FixedPoint.Solve(
            (x, f) =>
            {
                for (var i = 0; i < 4; i++) f[i] = Math.Cos((x[0] + x[1] + x[2] + x[3]) / 4);
            },
            [0.1, 0.1, 0.1, 0.1],
            new Anderson());
        Assert.All(s.Value, v => Assert.Equal(0.7390851332151607, v, 1e-12));
        Assert.InRange(s.Iterations, 1, 15);
    }

    [Fact]
    public void Anderson_gets_out_of_a_trap_that_plain_iteration_does_not_fall_into()
    {
        // At the jump the residual doubles: secants through it lead back to the left, again and again.
        static double Map(double x) => x < 10 ? x + 1 : 12 + (x - 10) / 2;
        foreach (var start in new[] { -3, 0.0, 9.3, 9.999, 10, 50 })
        {
            var s = FixedPoint.Solve(Map, start, new() { Methods = [new Anderson()], MaxIterations = 2000 });
            Assert.Equal(14, s.Value, 1e-10);
        }
    }

    [Fact]
    public void Anderson_measures_components_in_their_own_units()
    {
        var s = FixedPoint.Solve(
            (x, f) => (f[0], f[1]) = (1e9 + 0.9 * x[0] + 1e9 * Math.Tanh(x[1] * 1e9), 1e-9 * Math.Cos(x[1] * 1e9) + 1e-20 * x[0]),
            [1.0, 1e-9],
            new() { Scaling = ResidualScaling.Relative, Methods = [new Anderson()], MaxIterations = 100 });
        Assert.True(s.IsConverged);
    }

    [Fact]
    public void Loops_allocate_nothing_beyond_their_workspace()
    {
        // No fixed point: the loops run to the end of their budget.
        FixedPointMap map = static (x, f) => (f[0], f[1], f[2]) = (x[0] + 1 + Math.Cos(x[1]) / 2, x[1] + 1 + Math.Cos(x[2]) / 2, 2 * x[2] + 1e-3 * x[0]);
        foreach (IFixedPointMethod method in new IFixedPointMethod[] { new Picard(), new Anderson(), new Newton() })
        {
            long Bytes(int iterations)
            {
                var options = Returning with { MaxIterations = iterations, Damping = 1e-3 };
                var before = GC.GetAllocatedBytesForCurrentThread();
                Assert.Equal(iterations, FixedPoint.Solve(map, [0.1, 0.2, 0.3], method, options).Iterations);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Bytes(20);
            Bytes(200);
            // MathNet's factorisation takes one column of scratch memory for each Newton step.
            var allowed = method is Newton ? 180 * (24 + 3 * sizeof(double)) : 0;
            Assert.True(Bytes(200) - Bytes(20) <= allowed, $"{method}: {Bytes(20)} and {Bytes(200)} bytes");
        }
    }

    /// <summary>Least residuals after 0… steps are not to be had; after 1, 2, … they are.</summary>
    private static double[] Residuals(Func<double, double> f, double start, FixedPointOptions options, int count) =>
        [.. Enumerable.Range(1, count).Select(k => FixedPoint.Solve(f, start, options with { MaxIterations = k, Tolerance = 1e-300 }).Residual)];
}
