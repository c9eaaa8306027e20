using ScottPlot;

namespace Theory.Plotting;

/// <summary>A measured value with its standard error.</summary>
internal readonly record struct Dot(double X, double Mean, double StandardError);

/// <summary>One curve of theory with the dots of its experiment.</summary>
internal sealed record Curve(string Label, Color Color, IReadOnlyList<(double X, double Y)> Points, IReadOnlyList<Dot> Dots)
{
    public bool IsDashed { get; init; }

    /// <summary>All values to be shown: the curve, the dots and the upper ends of their bars. Lower ends may lie at or below 0, where a logarithmic axis has no place for them.</summary>
    public IEnumerable<double> Values() =>
        [.. Points.Select(p => p.Y), .. Dots.Select(d => d.Mean), .. Dots.Select(d => d.Mean + CurveDrawing.BarErrors * d.StandardError)];
}

/// <summary>Draws curves and dots on a picture.</summary>
internal static class CurveDrawing
{
    /// <summary>Error bars reach this many standard errors to either side.</summary>
    public const double BarErrors = 2;

    public static void Draw(Picture picture, Curve curve, PlotAxis x, PlotAxis y)
    {
        foreach (var run in Runs(curve.Points, x, y)) DrawRun(picture, curve, run);
        DrawDots(picture, curve, x, y);
    }

    /// <summary>Positions of consecutive points; a point without position ends a run.</summary>
    internal static IEnumerable<Coordinates[]> Runs(IReadOnlyList<(double X, double Y)> points, PlotAxis x, PlotAxis y)
    {
        var run = new List<Coordinates>();
        foreach (var point in points)
        {
            var position = new Coordinates(x.Position(point.X), y.Position(point.Y));
            if (double.IsFinite(position.X) && double.IsFinite(position.Y))
            {
                run.Add(position);
            }
            else if (run.Count > 0)
            {
                yield return [.. run];
                run.Clear();
            }
        }
        if (run.Count > 0) yield return [.. run];
    }

    private static void DrawRun(Picture picture, Curve curve, Coordinates[] run)
    {
        var scatter = picture.Plot.Add.Scatter(run, curve.Color);
        scatter.LineWidth = 2;
        if (curve.IsDashed) scatter.LinePattern = LinePattern.Dashed;
        // A point alone between two gaps would be no line.
        scatter.MarkerSize = run.Length == 1 ? 3 : 0;
    }

    private static void DrawDots(Picture picture, Curve curve, PlotAxis x, PlotAxis y)
    {
        var dots = curve.Dots.Where(d => double.IsFinite(x.Position(d.X)) && double.IsFinite(y.Position(d.Mean))).ToArray();
        if (dots.Length == 0) return;
        double[] xs = [.. dots.Select(d => x.Position(d.X))];
        double[] ys = [.. dots.Select(d => y.Position(d.Mean))];
        double[] none = new double[dots.Length];
        double[] down = [.. dots.Select((d, i) => ys[i] - End(y, d.Mean - BarErrors * d.StandardError))];
        double[] up = [.. dots.Select((d, i) => End(y, d.Mean + BarErrors * d.StandardError) - ys[i])];
        picture.Plot.Add.Plottable(new ScottPlot.Plottables.ErrorBar(xs, ys, none, none, down, up) { Color = curve.Color, LineWidth = 1.4f, CapSize = 3 });
        var markers = picture.Plot.Add.Markers(xs, ys, MarkerShape.FilledCircle, 7.5f, curve.Color);
        markers.MarkerStyle.OutlineColor = Colors.White;
        markers.MarkerStyle.OutlineWidth = 0.8f;
    }

    /// <summary>The end of a bar; on a logarithmic axis a bar that reaches 0 or below ends at the picture's edge.</summary>
    private static double End(PlotAxis y, double value) => double.IsFinite(y.Position(value)) ? y.Position(value) : y.Low - 1;
}
