using FsCheck.Xunit;
using Theory.Numerics.FixedPoints;

namespace Theory.Numerics.Tests.FixedPoints;

[Properties(Arbitrary = [typeof(Contractions)])]
public sealed class FixedPointTests
{
    private static readonly FixedPointOptions Returning = new() { ThrowOnFailure = false };

    [Property(MaxTest = 200)]
    public void All_methods_find_the_one_fixed_point_of_a_contraction(Contraction f)
    {
        IFixedPointMethod[] methods = [new Picard(), new Picard(0.5), new Anderson(), new Newton(), new Newton(f.Differentiate)];
        var solutions = methods.Select(m => FixedPoint.Solve(f.Evaluate, new double[f.Dimension], m)).ToArray();
        foreach (var s in solutions)
        {
            Assert.Equal(SolverStatus.Converged, s.Status);
            for (var i = 0; i < f.Dimension; i++)
                Assert.Equal(solutions[0].Value[i], s.Value[i], 2e-11 * Math.Max(1, Math.Abs(s.Value[i])) * 10);
        }
    }

    [Property(MaxTest = 100)]
    public void Reported_residual_is_the_one_recomputed_at_the_returned_point(Contraction f, byte iterations)
    {
        foreach (IFixedPointMethod method in new IFixedPointMethod[] { new Picard(0.3), new Anderson(), new Newton() })
        {
            var s = FixedPoint.Solve(f.Evaluate, new double[f.Dimension], method, Returning with { MaxIterations = 1 + iterations % 8 });
            Assert.Equal(f.Residual(s.Value), s.Residual);
            Assert.Equal(s.Residual <= 1e-12, s.IsConverged);
        }
    }

    [Property(MaxTest = 100)]
    public void Tight_damping_never_passes_a_short_step_for_a_small_residual(Contraction f)
    {
        var s = FixedPoint.Solve(f.Evaluate, new double[f.Dimension], new Picard(), Returning with { Damping = 1e-13, MaxIterations = 50 });
        Assert.Equal(f.Residual(s.Value) <= 1e-12, s.IsConverged);
        if (!s.IsConverged) Assert.Equal(SolverStatus.BudgetExhausted, s.Status);
    }

    [Fact]
    public void Damped_iteration_that_stalls_exhausts_its_budget_and_has_not_converged()
    {
        var s = FixedPoint.Solve(x => 0.5 * x + 1, 0, Returning with { Methods = [new Picard()], Damping = 1e-14, MaxIterations = 1000 });
        Assert.Equal(SolverStatus.BudgetExhausted, s.Status);
        Assert.Equal(1, s.Residual, 1e-9);
    }

    [Fact]
    public void Cosine_has_the_Dottie_number_as_fixed_point() =>
        Assert.Equal(0.7390851332151607, FixedPoint.Solve(Math.Cos, 1).Value, 1e-12);

    [Theory]
    [InlineData(ResidualScaling.Mixed)]
    [InlineData(ResidualScaling.Absolute)]
    [InlineData(ResidualScaling.Relative)]
    public void Translation_has_no_fixed_point_and_never_converges(ResidualScaling scaling)
    {
        foreach (IFixedPointMethod method in new IFixedPointMethod[] { new Picard(), new Anderson(), new Newton(), new Newton((_, j) => j[0] = 1) })
        {
            var s = FixedPoint.Solve(x => x + 1, 0.3, Returning with { Methods = [method], Scaling = scaling });
            Assert.False(s.IsConverged, $"{method}: {s}");
        }

        Assert.False(FixedPoint.Solve(x => x + 1, 0.3, Returning with { Scaling = scaling }).IsConverged);
    }

    [Fact]
    public void Failure_throws_with_the_solution_unless_it_is_to_be_returned()
    {
        var e = Assert.Throws<FixedPointException>(() => FixedPoint.Solve(x => x + 1, 0.0, new() { MaxIterations = 10, Scaling = ResidualScaling.Absolute }));
        Assert.Equal(SolverStatus.BudgetExhausted, e.Solution.Status);
        Assert.Equal(1, e.Solution.Residual);
        Assert.Contains("BudgetExhausted", e.Message);
    }

    [Fact]
    public void Best_failure_of_all_methods_is_returned_with_the_total_effort()
    {
        FixedPointMap map = (x, f) => f[0] = 0.99 * x[0] + 1;
        var options = Returning with { MaxIterations = 5 };
        var slow = FixedPoint.Solve(map, [0.0], new Picard(0.1), options);
        var fast = FixedPoint.Solve(map, [0.0], new Picard(), options);
        var both = FixedPoint.Solve(map, [0.0], options with { Methods = [new Picard(0.1), new Picard()] });
        Assert.Equal(fast.Residual, both.Residual);
        Assert.Equal(fast.Value, both.Value);
        Assert.Equal(slow.Iterations + fast.Iterations, both.Iterations);
        Assert.Equal(slow.Evaluations + fast.Evaluations, both.Evaluations);
    }

    [Fact]
    public void Later_methods_are_tried_when_the_first_fails()
    {
        // Repelling fixed point 1 of slope −3: the plain iteration leaves, Newton does not.
        var s = FixedPoint.Solve(x => -3 * x + 4, 0.5, new() { Methods = [new Picard(), new Newton()], MaxIterations = 200 });
        Assert.Equal(1, s.Value, 1e-12);
        Assert.True(s.Iterations > 200);
    }

    [Fact]
    public void Tolerance_below_rounding_ends_at_the_floating_point_limit()
    {
        var s = FixedPoint.Solve(x => x > 1 ? 1 - 1e-15 : 1 + 1e-15, 5, Returning with { Methods = [new Picard()], Tolerance = 1e-16 });
        Assert.True(s.Status is SolverStatus.FloatingPointLimit, s.ToString());
        Assert.InRange(s.Residual, 1e-16, 3e-15);
    }

    [Fact]
    public void Escape_to_infinity_is_divergence() =>
        Assert.Equal(SolverStatus.Diverged, FixedPoint.Solve(x => x * x + 1, 2, Returning with { Methods = [new Picard()] }).Status);

    [Fact]
    public void Map_that_is_not_finite_at_the_start_diverges_with_infinite_residual()
    {
        var s = FixedPoint.Solve(_ => double.NaN, 2, Returning);
        Assert.Equal(SolverStatus.Diverged, s.Status);
        Assert.Equal(double.PositiveInfinity, s.Residual);
    }

    [Fact]
    public void Iterates_never_leave_the_domain()
    {
        // x = √x − 0.2 from 0.9: over-long steps would make x negative.
        foreach (IFixedPointMethod method in new IFixedPointMethod[] { new Picard(), new Anderson(), new Newton() })
        {
            var options = Returning with { Domain = x => x[0] > 0.5, Methods = [method], MaxIterations = 100 };
            var s = FixedPoint.Solve(
                x =>
                {
                    Assert.True(x > 0.5);
                    return x - 40 * (x - 0.7) * (x - 0.2);
                },
                0.9,
                options);
            Assert.InRange(s.Value, 0.5, 2);
        }
    }

    [Fact]
    public void Relative_scaling_resolves_tiny_fixed_points()
    {
        var s = FixedPoint.Solve(x => 1e-20 + x / 2, 1e-19, new() { Scaling = ResidualScaling.Relative });
        Assert.Equal(1, s.Value / 2e-20, 1e-11);
        Assert.NotEqual(1, FixedPoint.Solve(x => 1e-20 + x / 2, 1e-19).Value / 2e-20, 1e-3);
    }

    [Fact]
    public void Illegal_arguments_are_refused_by_name()
    {
        FixedPointMap map = (x, f) => x.CopyTo(f);
        Assert.Throws<ArgumentException>("start", () => FixedPoint.Solve(map, []));
        Assert.Throws<ArgumentException>("start", () => FixedPoint.Solve(map, [double.NaN]));
        Assert.Throws<ArgumentException>("start", () => FixedPoint.Solve(map, [-1.0], new FixedPointOptions { Domain = x => x[0] > 0 }));
        Assert.Throws<ArgumentNullException>("map", () => FixedPoint.Solve((FixedPointMap)null!, [1.0]));
        Assert.Throws<ArgumentOutOfRangeException>("Tolerance", () => new FixedPointOptions { Tolerance = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("MaxIterations", () => new FixedPointOptions { MaxIterations = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Damping", () => new FixedPointOptions { Damping = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>("Depth", () => new FixedPointOptions { Depth = 0 });
        Assert.Throws<ArgumentException>("Methods", () => new FixedPointOptions { Methods = [] });
        Assert.Throws<ArgumentOutOfRangeException>("Factor", () => new Picard(0));
    }
}
