using System.Globalization;
using System.Text;
using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Cli.Rendering;

/// <summary>What a sweep came to.</summary>
internal static class SweepText
{
    public static string Of(SweepTable table, SweepManifest manifest, string directory)
    {
        var text = new StringBuilder();
        var axes = manifest.Axes.Select(a => $"{a.Name} from {Prose.Number(a.From)} to {Prose.Number(a.To)} ({Whole(a.Count)}, {a.Scale.ToString().ToLowerInvariant()})");
        text.Append($"{manifest.System} over {string.Join(" and ", axes)}\n\n");
        text.Append($"  points    {Whole(table.RowCount)}: {string.Join(", ", Statuses(table).Select(s => $"{Whole(s.Count)} {s.Status.Replace('_', ' ')}"))}\n");
        if (Measured(table) is > 0 and var measured) text.Append($"  measured  {Whole(measured)}\n");
        text.Append($"  standing  {manifest.Standing.ToString().ToLowerInvariant()}\n  source    {manifest.Source}\n");
        foreach (var file in Files(manifest, directory)) text.Append($"  file      {file}\n");
        text.Append($"\nDraw it with: theory plot {directory}\n");
        return text.ToString();
    }

    public static Value Summary(SweepTable table, SweepManifest manifest, string directory) => Prose.Map(
        ("system", manifest.System),
        ("directory", directory),
        ("points", table.RowCount),
        ("statuses", StatusMap(table)),
        ("measured", Measured(table)),
        ("files", Value.ListOf(Files(manifest, directory).Select(f => (Value)f))));

    /// <summary>How the points ended, and how many ended so.</summary>
    public static IReadOnlyList<(string Status, int Count)> Statuses(SweepTable table)
    {
        var status = table["status"];
        return [.. Enumerable.Range(0, table.RowCount).CountBy(row => status.Text(row)!).Select(s => (s.Key, s.Value))];
    }

    public static Value StatusMap(SweepTable table) => Prose.Map([.. Statuses(table).Select(s => (s.Status, (Value)s.Count))]);

    public static bool AllConverged(SweepTable table) => Statuses(table).All(s => s.Status == PointStatus.Converged.Name());

    private static int Measured(SweepTable table) =>
        table.Find("trials") is { } trials ? Enumerable.Range(0, table.RowCount).Count(row => !trials.IsAbsent(row)) : 0;

    private static IEnumerable<string> Files(SweepManifest manifest, string directory) =>
        manifest.Files.Prepend(SweepManifest.FileName).Select(f => Path.Combine(directory, f));

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
