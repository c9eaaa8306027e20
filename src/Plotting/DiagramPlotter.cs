using ScottPlot;
using Theory.Contract;
using Theory.Systems.Diagrams;
using Theory.Systems.Sweeps;

namespace Theory.Plotting;

/// <summary>Draws phase diagrams: regions in light colours, boundaries as curves, and where the experiment was run discs filled by what it measured.</summary>
public static class DiagramPlotter
{
    /// <summary>Draws a phase diagram.</summary>
    /// <param name="diagram">The diagram.</param>
    /// <param name="directory">Where the pictures go; created if it does not exist.</param>
    /// <param name="options">Choices, or <see langword="null"/> for the defaults. The first observable is the one that fills the discs.</param>
    /// <returns>The paths of the pictures: <c>diagram.png</c> and <c>diagram.svg</c>.</returns>
    /// <exception cref="InvalidInputException">The folder cannot be written, or the observable was not measured.</exception>
    public static IReadOnlyList<string> Plot(PhaseDiagram diagram, string directory, PlotOptions? options = null)
    {
        var chosen = options ?? new();
        var plan = Guard.NotNull(diagram, nameof(diagram)).Plan;
        var (x, y) = (Axis(plan.X), Axis(plan.Y));
        var discs = Discs(diagram, chosen);
        using var picture = new Picture(chosen, FrameOf(diagram, discs), x, y);
        DrawRegions(picture, diagram, x, y);
        foreach (var boundary in diagram.Boundaries) DrawBoundary(picture, boundary, x, y);
        foreach (var (place, value) in discs?.Values ?? []) DrawDisc(picture, x.Position(place.X), y.Position(place.Y), Shade(value));
        return picture.Save(Guard.NotNull(directory, nameof(directory)), "diagram");
    }

    private static PlotAxis Axis(DiagramAxis axis) => new(axis.IsLogarithmic, axis.IsLogarithmic ? Math.Log10(axis.From) : axis.From, axis.IsLogarithmic ? Math.Log10(axis.To) : axis.To);

    private static void DrawRegions(Picture picture, PhaseDiagram diagram, PlotAxis x, PlotAxis y)
    {
        var n = diagram.Plan.FinestCells;
        var classes = diagram.Shares.Select(s => s.Key).ToList();
        var map = new double[n, n];
        int Column(PlotAxis axis, double value) => (int)Math.Round((axis.Position(value) - axis.Low) / (axis.High - axis.Low) * n);
        foreach (var cell in diagram.Cells)
        {
            var index = cell.Class is null ? double.NaN : classes.IndexOf(cell.Class);
            // The first row of the map is its top.
            for (var j = Column(y, cell.Low.Y); j < Column(y, cell.High.Y); j++)
                for (var i = Column(x, cell.Low.X); i < Column(x, cell.High.X); i++) map[n - 1 - j, i] = index;
        }

        var regions = picture.Plot.Add.Heatmap(map);
        regions.Position = new CoordinateRect(x.Low, x.High, y.Low, y.High);
        regions.Colormap = new Tints(Math.Max(1, classes.Count));
        regions.NaNCellColor = Palette.Missing;
        regions.ManualRange = new ScottPlot.Range(-0.5, Math.Max(1, classes.Count) - 0.5);
    }

    private static void DrawBoundary(Picture picture, PhaseBoundary boundary, PlotAxis x, PlotAxis y)
    {
        Coordinates[] positions = [.. boundary.Points.Select(p => new Coordinates(x.Position(p.X), y.Position(p.Y)))];
        var line = picture.Plot.Add.Scatter(positions, Palette.Ink);
        line.LineWidth = 1.8f;
        line.MarkerSize = 0;
    }

    private static void DrawDisc(Picture picture, double x, double y, Color color)
    {
        var marker = picture.Plot.Add.Marker(x, y, MarkerShape.FilledCircle, 10, color);
        marker.MarkerStyle.OutlineColor = Palette.Ink;
        marker.MarkerStyle.OutlineWidth = 1;
    }

    /// <summary>The means of one measured observable by place, as fractions of their range; from 0 to 1 where they lie there.</summary>
    private static DiscValues? Discs(PhaseDiagram diagram, PlotOptions options)
    {
        if (diagram.Measurements is not { } table) return null;
        string[] measured = [.. table.Columns.Select(c => c.Name).Where(name => table.Find(name + "_mean") is not null)];
        if (measured.Length == 0) return null;
        var name = options.Observables.IsDefaultOrEmpty ? measured[0] : options.Observables[0];
        if (!measured.Contains(name)) throw new InvalidInputException("observable", $"{name} was not measured; there are {string.Join(", ", measured)}");
        var (xs, ys, means) = (table.Columns[0], table.Columns[1], table[name + "_mean"]);
        int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(r => !means.IsAbsent(r))];
        if (rows.Length == 0) return null;
        var (low, high) = (Math.Min(0, rows.Min(r => means[r])), Math.Max(1, rows.Max(r => means[r])));
        return new(name, low, high, [.. rows.Select(r => (new DiagramPoint(xs[r], ys[r]), (means[r] - low) / (high - low)))], (int)table["trials"][rows[0]], (int)table["size"][rows[0]]);
    }

    /// <summary>From white to ink.</summary>
    private static Color Shade(double fraction) => Colors.White.MixedWith(Palette.Ink, Math.Clamp(fraction, 0, 1));

    private static Frame FrameOf(PhaseDiagram diagram, DiscValues? discs)
    {
        var plan = diagram.Plan;
        var (x, y) = (plan.X.Points(1), plan.Y.Points(1));
        var manifest = SweepManifest.Of(new SweepPlan(plan.Base, x, y));
        var hasGaps = diagram.Cells.Any(c => c.Class is null);
        LegendEntry[] shades = discs is null ? [] :
        [
            .. new[] { 0, 0.5, 1 }.Select(f => new LegendEntry(AxisTicks.Number(discs.Low + f * (discs.High - discs.Low)), Shade(f), LegendSample.Disc)),
            new($"{SweepLabels.ObservableName(manifest, discs.Name)} measured", Colors.Transparent, LegendSample.Disc),
        ];
        return new()
        {
            Title = $"{manifest.Title}: phases",
            Subtitle = SweepLabels.FixedInputs(manifest),
            XLabel = SweepLabels.Axis(manifest, x),
            YLabel = SweepLabels.Axis(manifest, y),
            Legend =
            [
                .. diagram.Shares.Select((s, n) => new LegendEntry(s.Key, Tints.Of(n), LegendSample.Patch)),
                .. hasGaps ? (LegendEntry[])[new("no prediction", Palette.Missing, LegendSample.Patch)] : [],
                .. shades,
            ],
            Caption = (discs is null ? "" : $"Discs: mean of {discs.Trials} trials, d = {discs.Size}. ")
                + (plan.Rule.Text == "phase" ? "" : $"Rule: {plan.Rule.Text}. ") + SweepLabels.Caption(manifest, diagram.Points),
        };
    }

    private sealed record DiscValues(string Name, double Low, double High, IReadOnlyList<(DiagramPoint Place, double Fraction)> Values, int Trials, int Size);

    /// <summary>Light tints of the categorical colours, one for each class.</summary>
    private sealed class Tints(int count) : IColormap
    {
        public string Name => "Tints";

        public static Color Of(int n) => Colors.White.MixedWith(Palette.Categorical(n), 0.4);

        public Color GetColor(double position) => Of(Math.Clamp((int)(position * count), 0, count - 1));
    }
}
