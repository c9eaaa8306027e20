using System.Globalization;
using FsCheck;
using FsCheck.Xunit;

namespace Theory.Plotting.Tests;

public class AxisTests
{
    [Property]
    public void Linear_ticks_are_multiples_of_1_2_or_5_inside_the_axis_with_distinct_labels(NormalFloat low, PositiveInt width, NormalFloat scale)
    {
        var unit = Math.Pow(10, Math.Round(scale.Get % 8));
        var (from, to) = (low.Get % 1000 * unit, (low.Get % 1000 + width.Get) * unit);
        var majors = AxisTicks.Linear(from, to, 8).Where(t => t.IsMajor).ToArray();
        Assert.InRange(majors.Length, 2, 10);
        Assert.All(majors, t => Assert.InRange(t.Position, from - 1e-6 * (to - from), to + 1e-6 * (to - from)));
        var step = majors[1].Position - majors[0].Position;
        var mantissa = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-6));
        Assert.Contains(Math.Round(mantissa, 3), (double[])[1, 2, 5]);
        Assert.Equal(majors.Length, majors.Select(t => t.Label).Distinct().Count());
    }

    [Property]
    public void Logarithmic_ticks_say_where_they_are(NormalFloat low, PositiveInt width)
    {
        var from = low.Get % 12;
        var to = from + 0.75 + width.Get % 20;
        var majors = AxisTicks.Logarithmic(from, to, 8).Where(t => t.IsMajor).ToArray();
        Assert.InRange(majors.Length, 1, 10);
        foreach (var tick in majors) Assert.InRange(Math.Log10(Parse(tick.Label)) - tick.Position, -1e-6, 1e-6);
    }

    [Fact]
    public void Labels_are_those_of_a_careful_draughtsman()
    {
        Assert.Equal(["0", "0.5", "1.0", "1.5", "2.0"], Labels(AxisTicks.Linear(0, 2, 5)));
        Assert.Equal(["−2", "0", "2"], Labels(AxisTicks.Linear(-3, 3, 4)));
        Assert.Equal(["10⁻⁶", "10⁻³", "10⁰", "10³"], Labels(AxisTicks.Logarithmic(-6.2, 3.3, 4)));
        Assert.Equal(["0.1", "0.2", "0.5", "1", "2", "5", "10"], Labels(AxisTicks.Logarithmic(-1, 1, 8)));
        Assert.Equal(["1.0", "1.5", "2.0"], Labels(AxisTicks.Logarithmic(Math.Log10(0.9), Math.Log10(2.2), 4)));
        Assert.Equal(["0.001", "10⁻¹⁰", "2.5×10⁻⁷", "1234.5", "−0.25", "∞", "3×10⁸"], ((double[])[1e-3, 1e-10, 2.5e-7, 1234.5, -0.25, double.PositiveInfinity, 3e8]).Select(AxisTicks.Number));
    }

    [Fact]
    public void Values_that_span_more_than_two_decades_get_a_logarithmic_axis()
    {
        Assert.True(PlotAxis.Fit([0.01, 5, double.NaN], null, 0).IsLogarithmic);
        Assert.False(PlotAxis.Fit([0.1, 5], null, 0).IsLogarithmic);
        Assert.False(PlotAxis.Fit([0, 500], null, 0).IsLogarithmic);
        Assert.Equal(new PlotAxis(true, -2, 0), PlotAxis.Fit([0.01, 1, 0, -3, double.PositiveInfinity], true, 0));
        Assert.True(double.IsNaN(new PlotAxis(true, -2, 0).Position(0)));
    }

    [Fact]
    public void A_point_without_position_leaves_a_gap()
    {
        var axis = new PlotAxis(true, -3, 3);
        var runs = CurveDrawing.Runs([(1, 1), (2, 2), (3, double.NaN), (4, 0), (5, 5), (6, double.PositiveInfinity), (7, 7), (8, 8)], new(false, 0, 9), axis).ToArray();
        Assert.Equal([[1, 2], [5], [7, 8]], runs.Select(r => r.Select(c => c.X).ToArray()));
    }

    [Fact]
    public void Subscripts_are_lowered_where_there_are_characters_for_them()
    {
        Assert.Equal("εₜₑₛₜ, εₜᵣₐᵢₙ, x₀, λ_c, α", SweepLabels.Lowered("ε_test, ε_{train}, x_0, λ_c, α"));
        Assert.Equal("α", SweepLabels.Short("α = n/d"));
    }

    [Fact]
    public void Every_character_of_the_house_can_be_printed()
    {
        const string Symbols = "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ m̂ q̂ V̂ ẑ ∂∇‖∥√∞≤≥≈±×⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃ₜₑₛₜₐᵢₙᵣ∈ℝ𝔼⟨⟩∝ᵀ⋆∗−·…→—";
        foreach (var rune in Typefaces.Printable(Symbols).EnumerateRunes()) Assert.NotEqual(0, Typefaces.Regular.GetGlyph(rune.Value));
    }

    private static string[] Labels(ScottPlot.Tick[] ticks) => [.. ticks.Where(t => t.IsMajor).Select(t => t.Label)];

    private static double Parse(string label)
    {
        var parts = label.Split('×');
        var power = parts[^1];
        if (!power.StartsWith("10", StringComparison.Ordinal) || power.All(char.IsAsciiDigit) || power.Contains('.')) return double.Parse(label, CultureInfo.InvariantCulture);
        var exponent = string.Concat(power[2..].Select(c => c == '⁻' ? '-' : (char)('0' + "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c))));
        return (parts.Length == 2 ? double.Parse(parts[0], CultureInfo.InvariantCulture) : 1) * Math.Pow(10, int.Parse(exponent, CultureInfo.InvariantCulture));
    }
}
