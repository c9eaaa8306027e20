using FsCheck;
using FsCheck.Xunit;
using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Tests.Sweeps;

public class SweepPlanTests
{
    private static readonly IProblem Problem = SampleModel.System.Wrap(new());

    [Theory]
    [InlineData("gamma=1:2:3", "gamma", "sample has no parameter gamma")]
    [InlineData("alpha=-1:2:3", "alpha", "alpha must be in (0, ∞); got -1")]
    [InlineData("spikes=1:2:3", "spikes", "sweep one element, as in spikes[0]")]
    [InlineData("spikes[2]=1:2:3", "spikes", "spikes has 2 elements")]
    [InlineData("alpha[0]=1:2:3", "alpha", "alpha is no list")]
    [InlineData("activation=1:2:3", "activation", "no number and cannot be swept")]
    public void An_axis_that_does_not_fit_the_system_is_refused(string axis, string parameter, string expected)
    {
        var e = Assert.Throws<InvalidInputException>(() => new SweepPlan(Problem, SweepAxis.Parse(axis)));
        Assert.Contains(expected, e.Message);
        Assert.Equal(parameter, e.Parameter);
    }

    [Fact]
    public void Axes_are_one_or_two_and_do_not_overlap()
    {
        var (a, b) = (SweepAxis.Parse("alpha=1:2:3"), SweepAxis.Parse("beta=1:2:3"));
        Assert.Throws<InvalidInputException>(() => new SweepPlan(Problem));
        Assert.Throws<InvalidInputException>(() => new SweepPlan(Problem, a, b, SweepAxis.Parse("spikes[0]=1,2")));
        Assert.Contains("both axes vary alpha", Assert.Throws<InvalidInputException>(() => new SweepPlan(Problem, a, SweepAxis.Parse("alpha=5,6"))).Message);
        Assert.Equal(9, new SweepPlan(Problem, a, b).PointCount);
        Assert.Equal(6, new SweepPlan(Problem, SweepAxis.Parse("spikes[0]=1,2,3"), SweepAxis.Parse("spikes[1]=1,2")).PointCount);
    }

    [Fact]
    public void A_sweep_of_too_many_points_is_refused()
    {
        var e = Assert.Throws<InvalidInputException>(() => new SweepPlan(Problem, SweepAxis.Parse("alpha=1:2:100000"), SweepAxis.Parse("beta=1:2:100000")));
        Assert.Contains("100000 × 100000", e.Message);
    }

    [Fact]
    public void A_swept_parameter_needs_no_value_of_its_own()
    {
        var plan = SweepPlan.Create(SampleModel.System, new Dictionary<string, Value> { ["beta"] = 2.0 }, SweepAxis.Parse("alpha=0.5,1"));
        Assert.Equal([0.5, 2.0], plan.Base.Inputs.Take(2).Select(v => v.ToDouble()));
        var e = Assert.Throws<InvalidInputException>(() => SweepPlan.Create(SampleModel.System, new Dictionary<string, Value>(), SweepAxis.Parse("beta=0.5,1")));
        Assert.Equal("alpha", e.Parameter);
    }

    [Property]
    public void Measured_points_are_spread_evenly_with_both_ends_included(PositiveInt points, PositiveInt measured)
    {
        var count = points.Get + 1;
        var plan = new SweepPlan(Problem, SweepAxis.Linear("alpha", 1, 2, count)) { MeasuredPoints = measured.Get };
        var indices = plan.MeasuredIndices();
        Assert.Equal(Math.Min(measured.Get, count), indices.Length);
        Assert.Equal(indices.Distinct().Order(), indices);
        if (indices.Length < 2) return;
        Assert.Equal((0, count - 1), (indices[0], indices[^1]));
        var gaps = indices.Zip(indices.Skip(1), (a, b) => b - a).ToArray();
        Assert.InRange(gaps.Max() - gaps.Min(), 0, 1);
    }

    [Theory]
    [InlineData(9, null, "trials must be at least 10")]
    [InlineData(null, 5, "size must be at least 10")]
    public void Experiments_that_cannot_be_run_are_refused_before_any_work(int? trials, int? size, string expected)
    {
        var log = new CallLog { OnPrediction = _ => Assert.Fail("nothing may be computed") };
        var plan = new SweepPlan(SampleModel.System.Wrap(new() { Log = log }), SweepAxis.Parse("alpha=1:2:3"))
        {
            MeasuredPoints = 2,
            Measurement = new() { Trials = trials, Sizes = size is { } d ? [d] : [] },
        };
        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => SweepRunner.Compute(plan)).Message);
    }
}
