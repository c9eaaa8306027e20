using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Tests.Sweeps;

/// <summary>Two different ends and a count.</summary>
public sealed record Span2(double From, double To, int Count);

public static class AxisGenerators
{
    public static Arbitrary<Span2> Spans() =>
        (from mantissa in Gen.Choose(-1_000_000, 1_000_000)
         from width in Gen.Choose(1, 1_000_000)
         from scale in Gen.Choose(-12, 12)
         from falls in Gen.Elements(true, false)
         from count in Gen.Choose(2, 300)
         let low = mantissa * Math.Pow(10, scale)
         let high = low + width * Math.Pow(10, scale)
         select falls ? new Span2(high, low, count) : new Span2(low, high, count)).ToArbitrary();
}

[Properties(Arbitrary = [typeof(AxisGenerators)])]
public class SweepAxisTests
{
    [Property]
    public void A_linear_axis_hits_both_ends_exactly_in_equal_monotone_steps(Span2 span)
    {
        var axis = SweepAxis.Linear("alpha", span.From, span.To, span.Count);
        var step = (span.To - span.From) / (span.Count - 1);
        Assert.Equal(span.Count, axis.Count);
        Assert.Equal(span.From, axis.Values[0]);
        Assert.Equal(span.To, axis.Values[^1]);
        var rounding = 4e-16 * Math.Max(Math.Abs(span.From), Math.Abs(span.To));
        for (var i = 1; i < axis.Count; i++)
        {
            Assert.Equal(Math.Sign(step), Math.Sign(axis.Values[i] - axis.Values[i - 1]));
            Assert.InRange(axis.Values[i] - axis.Values[i - 1], step - 4 * rounding, step + 4 * rounding);
        }
    }

    [Property]
    public void A_logarithmic_axis_hits_both_ends_exactly_with_a_constant_ratio(Span2 span)
    {
        var (from, to) = (Math.Exp(span.From % 50), Math.Exp(span.To % 50));
        if (Math.Abs(Math.Log(from / to)) < 1e-3) (from, to) = (1e-3, to + 1);
        var axis = SweepAxis.Logarithmic("lambda", from, to, span.Count);
        var ratio = Math.Exp(Math.Log(to / from) / (span.Count - 1));
        Assert.Equal(from, axis.From);
        Assert.Equal(to, axis.To);
        for (var i = 1; i < axis.Count; i++) Assert.InRange(axis.Values[i] / axis.Values[i - 1] / ratio, 1 - 1e-12, 1 + 1e-12);
    }

    [Property]
    public void Printing_and_reading_an_axis_gives_the_axis(Span2 span)
    {
        SweepAxis[] axes =
        [
            SweepAxis.Linear("alpha", span.From, span.To, span.Count),
            SweepAxis.Logarithmic("spikes[3]", Math.Abs(span.From) + 1e-9, 2 * Math.Abs(span.From) + 1, span.Count),
            SweepAxis.Of("lambda", span.From, span.To),
        ];
        foreach (var axis in axes)
        {
            Assert.Equal(axis, SweepAxis.Parse(axis.ToString()));
            Assert.Equal(axis.ToString(), SweepAxis.Parse(axis.ToString()).ToString());
        }
    }

    [Fact]
    public void Decimal_grids_and_decades_are_hit_exactly()
    {
        Assert.Equal([0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0], SweepAxis.Parse("alpha=0.2:3:29").Values.Take(9), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal(1.0, SweepAxis.Parse("alpha=0.2:3:29").Values[8]);
        Assert.Equal([1e-3, 1e-2, 1e-1, 1, 10, 100, 1000], SweepAxis.Parse("lambda=1e-3:1e3:7:log").Values);
    }

    [Fact]
    public void A_list_keeps_its_values_and_an_element_its_index()
    {
        var axis = SweepAxis.Parse(" spikes[1] = 3, 1.5 ,1e-2");
        Assert.Equal([3, 1.5, 0.01], axis.Values);
        Assert.Equal(("spikes", 1, "spikes[1]", "spikes_1"), (axis.Parameter, axis.Element, axis.Name, axis.ColumnName));
        Assert.Equal(AxisScale.List, axis.Scale);
    }

    [Theory]
    [InlineData("alpha", "NAME=FROM:TO:COUNT")]
    [InlineData("=1:2:3", "no parameter name")]
    [InlineData("al pha=1:2:3", "no parameter name")]
    [InlineData("alpha=", "'' is no number")]
    [InlineData("alpha=1:2", "2 parts")]
    [InlineData("alpha=1:2:3:log:5", "5 parts")]
    [InlineData("alpha=1:2:3:ln", "'ln' is no scale")]
    [InlineData("alpha=one:2:3", "'one' is no number")]
    [InlineData("alpha=1,two", "'two' is no number")]
    [InlineData("alpha=1:2:3.5", "'3.5' is no count")]
    [InlineData("alpha=1:2:1", "from 2 to")]
    [InlineData("alpha=1:2:-4", "from 2 to")]
    [InlineData("alpha=1:2:1000001", "from 2 to")]
    [InlineData("alpha=1:2:99999999999", "no count")]
    [InlineData("alpha=1:1:5", "must differ")]
    [InlineData("alpha=0:1:5:log", "must be positive")]
    [InlineData("alpha=-1:1:5:log", "must be positive")]
    [InlineData("alpha=nan:1:5", "must be finite")]
    [InlineData("alpha=1:1e999:5", "must be finite")]
    [InlineData("alpha=1:inf:5", "'inf' is no number")]
    [InlineData("alpha=1,1", "strictly increasing or strictly decreasing")]
    [InlineData("alpha=1,3,2", "strictly increasing or strictly decreasing")]
    [InlineData("alpha=1:1.000000000000001:1000", "too many to tell apart")]
    [InlineData("spikes[=1:2:3", "no element")]
    [InlineData("spikes[-1]=1:2:3", "no element")]
    [InlineData("spikes[1=1:2:3", "no element")]
    public void A_malformed_axis_is_refused_in_one_line(string text, string expected)
    {
        var e = Assert.Throws<InvalidInputException>(() => SweepAxis.Parse(text));
        Assert.Contains(expected, e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }
}
