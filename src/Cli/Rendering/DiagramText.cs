using System.Globalization;
using System.Text;
using Theory.Contract;
using Theory.Systems.Diagrams;

namespace Theory.Cli.Rendering;

/// <summary>What a phase diagram came to.</summary>
internal static class DiagramText
{
    public static string Of(PhaseDiagram diagram, IReadOnlyList<string> files)
    {
        var (plan, system) = (diagram.Plan, diagram.Plan.Base.System);
        var text = new StringBuilder();
        text.Append($"{system.Id}: {Axis(plan.X)} and {Axis(plan.Y)}, by {plan.Rule}\n\n");
        var classes = new TextTable("class", TextTable.Right("share of the plane"));
        foreach (var (name, share) in diagram.Shares) classes.Add(name, (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %");
        text.Append(classes.Render()).Append('\n');
        if (diagram.Boundaries.Length > 0) text.Append(Boundaries(diagram)).Append('\n');
        text.Append($"  points    {string.Join(", ", SweepText.Statuses(diagram.Points).Select(s => $"{Whole(s.Count)} {s.Status.Replace('_', ' ')}"))}\n");
        if (diagram.Measurements is { } measured) text.Append($"  measured  {Whole(measured.RowCount)}\n");
        text.Append($"  standing  {system.Standing.ToString().ToLowerInvariant()}\n  source    {system.Sources[0].Short}\n");
        foreach (var file in files) text.Append($"  file      {file}\n");
        return text.ToString();
    }

    public static Value Summary(PhaseDiagram diagram, IReadOnlyList<string> files) => Prose.Map(
        ("system", diagram.Plan.Base.System.Id),
        ("rule", diagram.Plan.Rule.Text),
        ("classes", Prose.Map([.. diagram.Shares.Select(s => (s.Key, (Value)s.Value))])),
        ("boundaries", Value.ListOf(diagram.Boundaries.Select(b => Prose.Map(
            ("between", Value.ListOf([b.First, b.Second])), ("points", b.Points.Length), ("closed", b.IsClosed))))),
        ("points", diagram.Points.RowCount),
        ("statuses", SweepText.StatusMap(diagram.Points)),
        ("measured", diagram.Measurements?.RowCount ?? 0),
        ("files", Value.ListOf(files.Select(f => (Value)f))));

    private static string Boundaries(PhaseDiagram diagram)
    {
        var plan = diagram.Plan;
        var table = new TextTable("boundary", TextTable.Right("points"), TextTable.Right(plan.X.Name), TextTable.Right(plan.Y.Name));
        foreach (var boundary in diagram.Boundaries)
        {
            string Range(Func<DiagramPoint, double> read) => $"{Prose.Number(boundary.Points.Min(read), 5)} … {Prose.Number(boundary.Points.Max(read), 5)}";
            table.Add($"{boundary.First} | {boundary.Second}", Whole(boundary.Points.Length), Range(p => p.X), Range(p => p.Y));
        }

        return table.Render();
    }

    private static string Axis(DiagramAxis axis) => $"{axis.Name} from {Prose.Number(axis.From)} to {Prose.Number(axis.To)}{(axis.IsLogarithmic ? " (log)" : "")}";

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
