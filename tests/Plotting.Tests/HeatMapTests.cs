using ScottPlot;
using Theory.Systems.Sweeps;

namespace Theory.Plotting.Tests;

public class HeatMapTests
{
    private static readonly PlotOptions Options = new() { Scale = 1 };

    /// <summary>Even, logarithmic, falling and uneven axes.</summary>
    [Theory]
    [InlineData("x=1:5:5", "y=1:4:4")]
    [InlineData("x=0.01:100:5:log", "y=1:4:4")]
    [InlineData("x=5:1:5", "y=1000:1:4:log")]
    [InlineData("x=1,2,4,5,9", "y=7,3,2,1")]
    public void Every_point_has_the_colour_of_its_value_at_its_place(string horizontal, string vertical)
    {
        var (first, second) = (SweepAxis.Parse(horizontal), SweepAxis.Parse(vertical));
        var values = new double[5, 4];
        for (var i = 0; i < 5; i++)
            for (var j = 0; j < 4; j++) values[i, j] = i == 3 && j == 1 ? double.NaN : i + 10 * j;
        var x = HeatMapDrawing.CellAxis(first.Values, first.Scale == AxisScale.Logarithmic);
        var y = HeatMapDrawing.CellAxis(second.Values, second.Scale == AxisScale.Logarithmic);
        var scale = new PlotAxis(false, 0, 34);

        using var picture = new Picture(Options, new() { Title = "t", XLabel = "x", YLabel = "y" }, x, y);
        HeatMapDrawing.Draw(picture, first.Values, second.Values, values, x, y, scale, "value");
        var pixels = new Pixels(picture.Plot.GetImageBytes(Options.Width, Options.Height, ImageFormat.Png));

        var map = new ScottPlot.Colormaps.Viridis();
        for (var i = 0; i < 5; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                var place = picture.Plot.GetPixel(new Coordinates(x.Position(first.Values[i]), y.Position(second.Values[j])));
                var expected = double.IsNaN(values[i, j]) ? Palette.Missing : map.GetColor(values[i, j] / 34);
                var found = pixels[(int)place.X, (int)place.Y];
                Assert.InRange(Math.Abs(found.Red - expected.R) + Math.Abs(found.Green - expected.G) + Math.Abs(found.Blue - expected.B), 0, 6);
            }
        }
    }

    [Fact]
    public void Up_is_larger_on_the_vertical_axis_and_right_on_the_horizontal_one()
    {
        double[] axis = [1, 2, 3];
        var values = new double[3, 3];
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++) values[i, j] = i + j;
        var cells = HeatMapDrawing.CellAxis(axis, false);
        using var picture = new Picture(Options, new() { Title = "t", XLabel = "x", YLabel = "y" }, cells, cells);
        HeatMapDrawing.Draw(picture, axis, axis, values, cells, cells, new(false, 0, 4), "value");
        var pixels = new Pixels(picture.Plot.GetImageBytes(Options.Width, Options.Height, ImageFormat.Png));
        var rect = picture.Plot.LastRender.DataRect;
        var (low, high) = (pixels[(int)rect.Left + 20, (int)rect.Bottom - 20], pixels[(int)rect.Right - 20, (int)rect.Top + 20]);
        // Viridis runs from dark violet to yellow.
        Assert.True(low.Blue > low.Green && low.Red < 90, $"{low}");
        Assert.True(high is { Red: > 240, Green: > 220, Blue: < 60 }, $"{high}");
    }

    [Fact]
    public void Edges_lie_midway_between_neighbours()
    {
        Assert.Equal([0.5, 1.5, 3, 5], HeatMapDrawing.Edges([1, 2, 4], false));
        Assert.Equal([-1.5, -0.5, 0.5, 1.5], HeatMapDrawing.Edges([0.1, 1, 10], true), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([2.5, 3.5], HeatMapDrawing.Edges([3], false));
    }
}
