using System.Globalization;
using System.Text;
using Theory.Contract;
using Theory.Plotting;

namespace Theory.Cli.Rendering;

/// <summary>Figures, and what came of one: theory and experiment side by side.</summary>
internal static class FigureText
{
    public static string List(IEnumerable<Figure> figures)
    {
        var text = new StringBuilder();
        foreach (var figure in figures)
            text.Append(figure.Id).Append($" (over {string.Join(" and ", Axes(figure))})\n").Append(Prose.Fill(figure.Description, "    "));
        return text.ToString();
    }

    public static Value Summary(IEnumerable<Figure> figures) => Value.ListOf(figures.Select(f => Prose.Map(
        ("id", f.Id), ("title", f.Title), ("description", f.Description), ("system", f.System), ("axes", Value.ListOf(Axes(f).Select(a => (Value)a))))));

    public static string Of(FigureResult result)
    {
        var text = new StringBuilder();
        text.Append($"{result.Figure.Id}: {result.Figure.Title}\n\n");
        if (result.Measurements.Length > 0) text.Append(SideBySide(result)).Append('\n');
        foreach (var table in result.Tables) text.Append($"  points  {string.Join(", ", SweepText.Statuses(table).Select(s => $"{Whole(s.Count)} {s.Status.Replace('_', ' ')}"))}\n");
        if (result.Measurements is [var first, ..]) text.Append($"  trials  {Whole(first.Trials)} at each measured point, d = {Whole(first.Size)}\n");
        foreach (var file in result.Files) text.Append($"  file    {file}\n");
        return text.ToString();
    }

    public static Value Summary(FigureResult result) => Prose.Map(
        ("figure", result.Figure.Id),
        ("system", result.Figure.System),
        ("points", result.Tables.Sum(t => t.RowCount)),
        ("statuses", result.Tables is [var only] ? SweepText.StatusMap(only) : Value.ListOf(result.Tables.Select(SweepText.StatusMap))),
        ("measurements", Value.ListOf(result.Measurements.Select(m => Summary(result.Figure, m)))),
        ("files", Value.ListOf(result.Files.Select(f => (Value)f))));

    private static string SideBySide(FigureResult result)
    {
        var table = new TextTable(
        [
            .. Axes(result.Figure).Select(TextTable.Right), "observable",
            TextTable.Right("predicted"), TextTable.Right("measured"), TextTable.Right("± s.e."), TextTable.Right("z"),
        ]);
        foreach (var m in result.Measurements)
        {
            table.Add(
            [
                .. m.Position.Select(x => Prose.Number(x, 6)), m.Variant.Length > 0 ? $"{m.Observable}, {m.Variant}" : m.Observable,
                Prose.Number(m.Predicted, 6), Prose.Number(m.Mean, 6), Prose.Number(m.StandardError, 2), m.ZScore.ToString("0.0", CultureInfo.InvariantCulture),
            ]);
        }
        return table.Render();
    }

    private static Value Summary(Figure figure, FigureMeasurement m) => Prose.Map(
    [
        .. Axes(figure).Select((a, i) => (a, (Value)m.Position[i])),
        .. m.Variant.Length > 0 ? ((string, Value)[])[("variant", m.Variant)] : [],
        ("observable", m.Observable), ("predicted", m.Predicted), ("measured", m.Mean), ("standard_error", m.StandardError),
        ("z", double.IsFinite(m.ZScore) ? m.ZScore : Value.None), ("trials", m.Trials), ("size", m.Size),
    ]);

    private static IEnumerable<string> Axes(Figure figure) => figure.Axes.IsEmpty ? ["x"] : figure.Axes.Select(a => a.Name);

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
