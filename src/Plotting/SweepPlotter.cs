using System.Collections.Immutable;
using ScottPlot;
using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Plotting;

/// <summary>Draws finished sweeps: curves of theory with the dots of the experiment, or heat maps.</summary>
public static class SweepPlotter
{
    /// <summary>With at most this many values, the second axis gives a family of curves instead of a heat map.</summary>
    public const int LargestFamily = 6;

    private const double SharedDecades = 4;
    private const double SharedRatio = 30;

    /// <summary>
    /// Draws the sweep in a folder. One axis gives curves against it, several observables in one picture where their scales permit; two axes give a heat map for
    /// each observable, or a family of curves if the second axis has at most <see cref="LargestFamily"/> values. Failed points are gaps, or grey cells.
    /// </summary>
    /// <param name="directory">The folder of a finished sweep; the pictures go there too.</param>
    /// <param name="options">Choices, or <see langword="null"/> for the defaults.</param>
    /// <returns>The paths of the pictures, a PNG and an SVG for each.</returns>
    /// <exception cref="InvalidInputException">The folder holds no finished sweep or cannot be written, or an observable has no column of numbers.</exception>
    public static IReadOnlyList<string> Plot(string directory, PlotOptions? options = null)
    {
        var (manifest, table) = (SweepManifest.Load(directory), SweepTable.Load(directory));
        var chosen = options ?? new();
        var columns = Columns(manifest, table, chosen.Observables);
        if (manifest.Axes is [_, { Count: > LargestFamily }])
            return [.. columns.SelectMany(column => HeatMap(directory, manifest, table, column, chosen))];
        if (manifest.Axes.Length == 2)
            return [.. columns.SelectMany(column => Family(directory, manifest, table, column, chosen))];
        return [.. Groups(table, columns, chosen).SelectMany(group => Curves(directory, manifest, table, group, chosen))];
    }

    /// <summary>Draws one observable of several sweeps over the same axis into one picture.</summary>
    /// <param name="folders">The folders of finished sweeps over one axis, of one system or of several that share the observable.</param>
    /// <param name="labels">What the legend calls them.</param>
    /// <param name="directory">Where the pictures go.</param>
    /// <param name="options">Choices, the first observable among them, or <see langword="null"/> for the defaults.</param>
    /// <returns>The paths of the pictures, a PNG and an SVG.</returns>
    /// <exception cref="ArgumentException">There are no folders, or not as many labels.</exception>
    /// <exception cref="InvalidInputException">A folder holds no finished sweep, or one over other axes, or cannot be written.</exception>
    public static IReadOnlyList<string> PlotTogether(IReadOnlyList<string> folders, IReadOnlyList<string> labels, string directory, PlotOptions? options = null)
    {
        if (folders.Count == 0 || folders.Count != labels.Count) throw new ArgumentException($"as many labels as folders are needed, at least one; got {labels.Count} and {folders.Count}", nameof(labels));
        var chosen = options ?? new();
        (SweepManifest Manifest, SweepTable Table)[] sweeps = [.. folders.Select(f => (SweepManifest.Load(f), SweepTable.Load(f)))];
        var (manifest, table) = sweeps[0];
        if (sweeps.Any(s => s.Manifest.Axes.Length != 1 || s.Manifest.Axes[0].Name != manifest.Axes[0].Name))
            throw new InvalidInputException("out", "the sweeps drawn together must be over one and the same axis");
        var column = Columns(manifest, table, chosen.Observables)[0];
        foreach (var other in sweeps.Skip(1)) _ = Columns(other.Manifest, other.Table, [column]);
        var curves = sweeps.Select((s, n) => CurveOf(s.Table, manifest.Axes[0], column, labels[n], Palette.Categorical(n), Enumerable.Range(0, s.Table.RowCount))).ToArray();
        string[] sources = [.. sweeps.SelectMany(s => s.Manifest.Source.Split("; ")).Distinct()];
        var shared = manifest with { System = string.Join(" and ", sweeps.Select(s => s.Manifest.System).Distinct()), Source = string.Join("; ", sources), Inputs = [.. manifest.Inputs.Where(i => sweeps.All(s => s.Manifest.Inputs.Any(o => o.Key == i.Key && o.Value.Equals(i.Value))))] };
        return Draw(directory, shared, table, curves, SweepLabels.Observable(manifest, column), column, chosen);
    }

    /// <summary>The columns to draw.</summary>
    private static string[] Columns(SweepManifest manifest, SweepTable table, ImmutableArray<string> asked)
    {
        string[] outputs = [.. table.Columns.Skip(manifest.Axes.Length).TakeWhile(c => c.Name != "status").Where(c => c.Kind is ColumnKind.Real or ColumnKind.Integer).Select(c => c.Name)];
        if (outputs.Length == 0) throw new InvalidInputException("observable", $"{manifest.System} has no output of numbers to draw against {manifest.Axes[0].Name}");
        if (asked.IsDefaultOrEmpty)
        {
            string[] measured = [.. outputs.Where(name => table.Find(name + "_mean") is not null)];
            return measured.Length > 0 ? measured : outputs[..1];
        }
        foreach (var name in asked)
            if (!outputs.Contains(name)) throw new InvalidInputException("observable", $"no column of numbers is called {name}; there are {string.Join(", ", outputs)}");
        return [.. asked];
    }

    /// <summary>Puts columns into one picture as long as their values share a scale.</summary>
    internal static IEnumerable<string[]> Groups(SweepTable table, string[] columns, PlotOptions options)
    {
        var (group, values) = (new List<string>(), new List<double>());
        foreach (var column in columns)
        {
            double[] added = [.. table[column].Numbers.ToArray().Where(double.IsFinite).Where(v => v != 0)];
            if (group.Count > 0 && !ShareScale([.. values], added, options.LogarithmicValues))
            {
                yield return [.. group];
                group.Clear();
                values.Clear();
            }
            group.Add(column);
            values.AddRange(added);
        }
        if (group.Count > 0) yield return [.. group];
    }

    private static bool ShareScale(double[] first, double[] second, bool? logarithmic)
    {
        if (first.Length == 0 || second.Length == 0) return true;
        var (a, b) = (first.Max(Math.Abs), second.Max(Math.Abs));
        var arePositive = first.Min() > 0 && second.Min() > 0;
        var shareLinear = Math.Max(a, b) < SharedRatio * Math.Min(a, b);
        if (!arePositive || logarithmic == false) return shareLinear;
        return Math.Log10(Math.Max(a, b) / Math.Min(first.Min(), second.Min())) <= SharedDecades || (logarithmic is null && shareLinear);
    }

    private static IReadOnlyList<string> Curves(string directory, SweepManifest manifest, SweepTable table, string[] columns, PlotOptions options)
    {
        var curves = columns.Select((column, n) =>
            CurveOf(table, manifest.Axes[0], column, SweepLabels.ObservableName(manifest, column), Palette.Categorical(n), Enumerable.Range(0, table.RowCount))).ToArray();
        // Where only a linear axis shows all of them, it does; one alone may span as many decades as it likes.
        var isWide = columns.Length > 1 && PlotAxis.SpansDecades([.. curves.SelectMany(c => c.Points).Select(p => p.Y).Where(double.IsFinite)], SharedDecades);
        var label = columns.Length == 1 ? SweepLabels.Observable(manifest, columns[0]) : string.Join(", ", columns.Select(c => SweepLabels.ObservableName(manifest, c)));
        return Draw(directory, manifest, table, curves, label, string.Join("-", columns.Take(3)), isWide && options.LogarithmicValues is null ? options with { LogarithmicValues = false } : options);
    }

    private static IReadOnlyList<string> Family(string directory, SweepManifest manifest, SweepTable table, string column, PlotOptions options)
    {
        var (outer, inner) = (manifest.Axes[0], manifest.Axes[1]);
        var symbol = SweepLabels.AxisSymbol(manifest, inner);
        var curves = Enumerable.Range(0, inner.Count).Select(n => CurveOf(
            table, outer, column, $"{symbol} = {AxisTicks.Number(inner.Values[n])}", Palette.Sequential(n, inner.Count),
            Enumerable.Range(0, outer.Count).Select(i => i * inner.Count + n))).ToArray();
        return Draw(directory, manifest, table, curves, SweepLabels.Observable(manifest, column), column, options);
    }

    private static Curve CurveOf(SweepTable table, SweepAxis axis, string column, string label, Color color, IEnumerable<int> rows)
    {
        var (xs, ys, means, errors) = (table[axis.ColumnName], table[column], table.Find(column + "_mean"), table.Find(column + "_se"));
        var all = rows.ToArray();
        return new(label, color, [.. all.Select(r => (xs[r], ys[r]))],
            means is null || errors is null ? [] : [.. all.Where(r => !means.IsAbsent(r)).Select(r => new Dot(xs[r], means[r], errors[r]))]);
    }

    private static IReadOnlyList<string> Draw(
        string directory, SweepManifest manifest, SweepTable table, Curve[] curves, string label, string name, PlotOptions options)
    {
        var axis = manifest.Axes[0];
        var logarithmic = axis.Scale switch
        {
            AxisScale.Logarithmic => true,
            AxisScale.Linear => false,
            _ => PlotAxis.SpansDecades(axis.Values, 2),
        };
        var x = PlotAxis.Fit(axis.Values, logarithmic, 0.02);
        var y = PlotAxis.Fit(curves.SelectMany(c => c.Values()), options.LogarithmicValues, 0.05);
        var legend = curves.Select(c => new LegendEntry(c.Label, c.Color, LegendSample.Line)).ToList();
        if (manifest.Measured is { } measured && curves.Any(c => c.Dots.Count > 0))
            legend.Add(new(SweepLabels.Experiment(measured), curves.Length == 1 ? curves[0].Color : Palette.Ink, LegendSample.Dot));
        using var picture = new Picture(options, FrameOf(manifest, table, SweepLabels.Axis(manifest, axis), label) with { Legend = legend }, x, y);
        foreach (var curve in curves) CurveDrawing.Draw(picture, curve, x, y);
        return picture.Save(directory, name);
    }

    private static IReadOnlyList<string> HeatMap(string directory, SweepManifest manifest, SweepTable table, string column, PlotOptions options)
    {
        var (first, second) = (manifest.Axes[0], manifest.Axes[1]);
        var values = new double[first.Count, second.Count];
        for (var row = 0; row < table.RowCount; row++) values[row / second.Count, row % second.Count] = table[column][row];
        var (x, y) = (CellAxis(first), CellAxis(second));
        var scale = PlotAxis.Fit(table[column].Numbers.ToArray(), options.LogarithmicValues, 0);
        var frame = FrameOf(manifest, table, SweepLabels.Axis(manifest, first), SweepLabels.Axis(manifest, second));
        var hasGaps = values.Cast<double>().Any(v => double.IsNaN(scale.Position(v)));
        using var picture = new Picture(options, frame with { Legend = hasGaps ? [new("no prediction", Palette.Missing, LegendSample.Patch)] : [] }, x, y);
        HeatMapDrawing.Draw(picture, first.Values, second.Values, values, x, y, scale, SweepLabels.Observable(manifest, column));
        return picture.Save(directory, column);
    }

    private static PlotAxis CellAxis(SweepAxis axis) => HeatMapDrawing.CellAxis(
        axis.Values, axis.Scale == AxisScale.Logarithmic || (axis.Scale == AxisScale.List && PlotAxis.SpansDecades(axis.Values, 2)));

    private static Frame FrameOf(SweepManifest manifest, SweepTable table, string xLabel, string yLabel) => new()
    {
        Title = manifest.Title,
        Subtitle = SweepLabels.FixedInputs(manifest),
        XLabel = xLabel,
        YLabel = yLabel,
        Caption = SweepLabels.Caption(manifest, table),
    };
}
