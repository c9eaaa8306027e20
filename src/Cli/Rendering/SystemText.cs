using System.Text;
using Theory.Contract;
using Theory.Systems;
using Theory.Systems.Json;

namespace Theory.Cli.Rendering;

/// <summary>Systems for people.</summary>
internal static class SystemText
{
    public static string List(Catalogue catalogue)
    {
        var table = new TextTable("system", "title", "standing", "source");
        foreach (var system in catalogue.Systems) table.Add(system.Id, system.Title, PredictionJson.NameOf(system.Standing), system.Sources[0].Short);
        return table.Render(indent: "");
    }

    public static string Describe(ISystem system)
    {
        var text = new StringBuilder();
        text.Append($"{system.Id}: {system.Title}\n\n").Append(Prose.Fill(system.Summary, "  ")).Append('\n');
        text.Append(Parameters(system)).Append('\n').Append(Observables(system)).Append('\n');
        text.Append("  standing    ").Append(PredictionJson.NameOf(system.Standing)).Append('\n');
        foreach (var source in system.Sources) text.Append($"  source      {source.Short} ({source.Usage})\n");
        text.Append("  experiment  ").Append(system.NoExperimentReason is { } reason ? $"none: {reason}" : $"theory verify {system.Id}").Append('\n');
        text.Append("  docs        ").Append($"docs/{system.Family}.md").Append("\n\nExample:\n  ").Append(Example(system)).Append('\n');
        return text.ToString();
    }

    private static string Parameters(ISystem system)
    {
        var table = new TextTable("input", "symbol", "allowed", "default", "meaning");
        foreach (var p in system.Parameters)
        {
            var allowed = p.Choices.Count > 0 ? string.Join(" | ", p.Choices) : p.Range is { } range ? $"{Kind(p.Shape)}{range}" : SystemJson.NameOf(p.Shape);
            table.Add(p.Name, p.Symbol, allowed, p.Default is { } value ? Prose.Of(value) : "required", p.Meaning);
        }
        return table.Render();
    }

    private static string Observables(ISystem system)
    {
        var table = new TextTable("output", "symbol", "shape", "measured", "meaning");
        foreach (var o in system.Observables) table.Add(o.Name, o.Symbol, SystemJson.NameOf(o.Shape), o.IsMeasured ? "yes" : "no", o.Meaning);
        return table.Render();
    }

    private static string Kind(Shape shape) => shape == Shape.Scalar ? "" : $"{SystemJson.NameOf(shape)} in ";

    private static string Example(ISystem system)
    {
        var settings = system.Parameters.Where(p => p.IsRequired)
            .Select(p => $" --set {Quoted($"{p.Name}={(p.Example is Value.Text t ? t.Content : ValueJson.ToJson(p.Example))}")}");
        return $"theory predict {system.Id}{string.Concat(settings)}";
    }

    private static string Quoted(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || c is '=' or '.' or '_' or '-') ? word : $"'{word}'";
}
