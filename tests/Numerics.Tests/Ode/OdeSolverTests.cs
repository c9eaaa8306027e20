using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using Theory.Numerics.Ode;

namespace Theory.Numerics.Tests.Ode;

public sealed record LinearSystem(double[] Matrix, double[] Start, double Time)
{
    public void Evaluate(double time, ReadOnlySpan<double> y, Span<double> f)
    {
        for (var i = 0; i < 3; i++) f[i] = Matrix[3 * i] * y[0] + Matrix[3 * i + 1] * y[1] + Matrix[3 * i + 2] * y[2];
    }

    /// <summary>e^{tA} y₀ by scaling and squaring of the Taylor series.</summary>
    public Vector<double> Exact()
    {
        var a = Matrix<double>.Build.DenseOfRowMajor(3, 3, Matrix) * (Time / 1024);
        var (sum, term) = (Matrix<double>.Build.DenseIdentity(3), Matrix<double>.Build.DenseIdentity(3));
        for (var k = 1; k <= 18; k++)
        {
            term = term * a / k;
            sum += term;
        }

        return sum.Power(1024) * Vector<double>.Build.Dense(Start);
    }
}

public static class OdeCases
{
    public static Arbitrary<LinearSystem> Systems() =>
        (from entries in Gen.Choose(-1000, 1000).ArrayOf(9)
         from start in Gen.Choose(-1000, 1000).ArrayOf(3)
         from time in Gen.Choose(1, 3000)
         select new LinearSystem([.. entries.Select(e => e / 800.0)], [.. start.Select(s => s / 500.0)], time / 1000.0)).ToArbitrary();
}

[Properties(Arbitrary = [typeof(OdeCases)])]
public sealed class OdeSolverTests
{
    private static readonly OdeOptions Tight = new() { RelativeTolerance = 1e-10, AbsoluteTolerance = 1e-13 };

    [Property(MaxTest = 60)]
    public bool Linear_systems_are_solved_by_the_matrix_exponential(LinearSystem system)
    {
        var s = OdeSolver.Solve(system.Evaluate, 0, system.Start, system.Time, options: Tight);
        var exact = system.Exact();
        return s.IsComplete && (Vector<double>.Build.Dense(s.FinalState) - exact).L2Norm() <= 1e-7 * (exact.L2Norm() + Norm(system.Start));
    }

    [Property(MaxTest = 30)]
    public bool The_implicit_method_agrees_with_the_explicit_one(LinearSystem system)
    {
        var options = Tight with { Method = new RadauIIA(), RelativeTolerance = 1e-8 };
        var (a, b) = (OdeSolver.Solve(system.Evaluate, 0, system.Start, system.Time, options: Tight), OdeSolver.Solve(system.Evaluate, 0, system.Start, system.Time, options: options));
        return b.IsComplete && Norm([.. a.FinalState.Zip(b.FinalState, (x, y) => x - y)]) <= 1e-5 * (Norm(a.FinalState) + Norm(system.Start));
    }

    [Property(MaxTest = 30)]
    public bool Outputs_lie_on_the_solution(LinearSystem system)
    {
        double[] times = [0, 0.31 * system.Time, 0.5 * system.Time, 0.5 * system.Time, system.Time];
        var s = OdeSolver.Solve(system.Evaluate, 0, system.Start, system.Time, times, Tight);
        return s.Times.SequenceEqual(times) && times.Zip(s.States).All(p =>
        {
            var exact = (system with { Time = p.First }).Exact();
            return (Vector<double>.Build.Dense(p.Second) - exact).L2Norm() <= 1e-6 * (exact.L2Norm() + Norm(system.Start));
        });
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-9)]
    public void The_error_follows_the_tolerance(double tolerance)
    {
        var s = OdeSolver.Solve(Oscillator, 0, [1, 0], 20, options: new() { RelativeTolerance = tolerance, AbsoluteTolerance = tolerance });
        Assert.InRange(Math.Abs(s.FinalState[0] - Math.Cos(20)), 0, 100 * tolerance);
        Assert.InRange(s.LargestLocalError, 0.01, 1);
    }

    [Fact]
    public void A_stiff_relaxation_oscillator_is_handed_to_the_implicit_method()
    {
        // Van der Pol with ε = 1e-6; values at t = 2: Test Set for IVP Solvers, Mazzia and Magherini 2008, II-8.
        var s = OdeSolver.Solve((_, y, f) => (f[0], f[1]) = (y[1], ((1 - y[0] * y[0]) * y[1] - y[0]) / 1e-6), 0, [2, 0], 2, options: Tight);
        Assert.Equal(OdeStatus.Completed, s.Status);
        Assert.NotNull(s.StiffFrom);
        Assert.Equal(1.706167732170483, s.FinalState[0], 1e-6);
        Assert.Equal(-0.8928097010247975, s.FinalState[1], 1e-6);
        Assert.InRange(s.Steps + s.Rejections, 0, 20_000);
    }

    [Fact]
    public void Robertsons_kinetics_reach_their_known_state()
    {
        // y at t = 40: Hairer and Wanner 1996, IV.10.
        var s = OdeSolver.Solve(
            (_, y, f) =>
            {
                f[0] = -0.04 * y[0] + 1e4 * y[1] * y[2];
                f[2] = 3e7 * y[1] * y[1];
                f[1] = -f[0] - f[2];
            },
            0, [1, 0, 0], 40);
        Assert.Equal(0.7158270688, s.FinalState[0], 1e-7);
        Assert.Equal(9.185534765e-6, s.FinalState[1], 1e-11);
        Assert.Equal(0.2841637457, s.FinalState[2], 1e-7);
    }

    [Fact]
    public void Events_are_located_on_the_dense_output()
    {
        var up = new OdeEvent("up", (_, y) => y[0] - 0.5, Crossing.Rising);
        var down = new OdeEvent("down", (_, y) => y[0] - 0.5, Crossing.Falling);
        var stop = new OdeEvent("stop", (t, _) => t - 7.25, IsTerminal: true);
        var s = OdeSolver.Solve(Oscillator, 0, [0, 1], 100, [1, 7, 8], Tight with { Events = [up, down, stop] });
        Assert.Equal(OdeStatus.EventHit, s.Status);
        Assert.Equal(7.25, s.FinalTime, 1e-9);
        Assert.Equal(Math.Sin(7.25), s.FinalState[0], 1e-8);
        Assert.Equal(["up", "down", "up", "stop"], s.Events.Select(e => e.Event.Name));
        Assert.Equal(Math.PI / 6, s.First("up")!.Time, 1e-8);
        Assert.Equal(5 * Math.PI / 6, s.First("down")!.Time, 1e-8);
        Assert.Equal([1.0, 7.0], s.Times);
        Assert.Null(s.First("never"));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(40.0)]
    public void Blow_up_in_finite_time_is_a_status(double start)
    {
        var s = OdeSolver.Solve((_, y, f) => f[0] = y[0] * y[0], 0, [start], 10, options: Tight);
        Assert.Equal(OdeStatus.Diverged, s.Status);
        Assert.Equal(1 / start, s.FinalTime, 1e-6);
    }

    [Fact]
    public void A_right_hand_side_that_ceases_to_exist_is_a_status()
    {
        var s = OdeSolver.Solve((t, _, f) => f[0] = t < 0.5 ? 1 : double.NaN, 0, [0], 1);
        Assert.Equal(OdeStatus.Diverged, s.Status);
        Assert.InRange(s.FinalTime, 0.4, 0.5);
    }

    [Fact]
    public void The_step_limit_is_a_status()
    {
        var s = OdeSolver.Solve(Oscillator, 0, [1, 0], 1e6, options: new() { MaxSteps = 50 });
        Assert.Equal(OdeStatus.BudgetExhausted, s.Status);
        Assert.Equal(50, s.Steps + s.Rejections);
    }

    [Fact]
    public void An_interval_of_no_length_returns_the_start()
    {
        var s = OdeSolver.Solve(Oscillator, 2, [1, 0], 2, [2]);
        Assert.Equal(OdeStatus.Completed, s.Status);
        Assert.Equal([1.0, 0.0], s.States[0]);
    }

    [Fact]
    public void Illegal_arguments_are_named()
    {
        Assert.Equal("start", Assert.Throws<ArgumentException>(() => OdeSolver.Solve(Oscillator, 0, [], 1)).ParamName);
        Assert.Equal("start", Assert.Throws<ArgumentException>(() => OdeSolver.Solve(Oscillator, 0, [double.NaN, 0], 1)).ParamName);
        Assert.Equal("endTime", Assert.Throws<ArgumentOutOfRangeException>(() => OdeSolver.Solve(Oscillator, 0, [1, 0], -1)).ParamName);
        Assert.Equal("outputs", Assert.Throws<ArgumentException>(() => OdeSolver.Solve(Oscillator, 0, [1, 0], 1, [0.5, 0.4])).ParamName);
        Assert.Equal("RelativeTolerance", Assert.Throws<ArgumentOutOfRangeException>(() => new OdeOptions { RelativeTolerance = 0 }).ParamName);
    }

    private static void Oscillator(double time, ReadOnlySpan<double> y, Span<double> f) => (f[0], f[1]) = (y[1], -y[0]);

    private static double Norm(double[] v) => Math.Sqrt(v.Sum(x => x * x));
}
