using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Plotting;

/// <summary>The words around a sweep's picture, all from its manifest and its table.</summary>
internal static partial class SweepLabels
{
    private const int LongestMeaning = 80;

    /// <summary>Symbol and meaning of an axis.</summary>
    public static string Axis(SweepManifest manifest, SweepAxis axis)
    {
        var parameter = manifest.Parameters.First(p => p.Name == axis.Parameter);
        var symbol = axis.Element is { } element ? $"{Short(parameter.Symbol)}[{element}]" : parameter.Symbol;
        return Join(symbol, parameter.Meaning, axis.Name);
    }

    /// <summary>The short symbol of an axis, or its name.</summary>
    public static string AxisSymbol(SweepManifest manifest, SweepAxis axis)
    {
        var symbol = Short(manifest.Parameters.First(p => p.Name == axis.Parameter).Symbol);
        return (symbol.Length == 0 ? axis.Parameter : symbol) + (axis.Element is { } element ? $"[{element}]" : "");
    }

    /// <summary>Symbol and meaning of a column.</summary>
    public static string Observable(SweepManifest manifest, string column) =>
        Quantity(manifest, column) is { } quantity
            ? quantity.Name == column ? Join(quantity.Symbol, quantity.Meaning, column) : Join(ObservableName(manifest, column), quantity.Meaning, column)
            : column;

    /// <summary>Name and symbol of a column, for a legend.</summary>
    public static string ObservableName(SweepManifest manifest, string column)
    {
        var quantity = Quantity(manifest, column);
        if (quantity is not null && quantity.Name != column) return $"{NonEmpty(Short(quantity.Symbol), quantity.Name)}[{column[(quantity.Name.Length + 1)..].Replace("_", ", ")}]";
        var name = column.Replace('_', ' ');
        return quantity is { Symbol.Length: > 0 } && quantity.Symbol != column ? $"{name} {Short(quantity.Symbol)}" : name;
    }

    /// <summary>The inputs that do not vary: symbols and values.</summary>
    public static string FixedInputs(SweepManifest manifest) =>
        Inputs(manifest.Inputs.Select(i => (manifest.Parameters.FirstOrDefault(p => p.Name == i.Key)?.Symbol ?? "", i.Key, i.Value)));

    /// <summary>Symbols and values of inputs, in one line that breaks only between them.</summary>
    public static string Inputs(IEnumerable<(string Symbol, string Name, Value Value)> inputs) => string.Join("\u00A0· ", inputs
        .Where(i => i.Value is not Value.Missing)
        .Select(i => $"{NonEmpty(Short(i.Symbol), i.Name)} = {Print(i.Value)}".Replace(' ', '\u00A0')));

    /// <summary>What the dots are.</summary>
    public static string Experiment(ManifestMeasurement measured) =>
        $"experiment: {(measured.Size is { } size ? $"d = {size}, " : "")}mean of {measured.Trials} trials ± {CurveDrawing.BarErrors:0} s.e.";

    /// <summary>Source, standing, what is missing and who made it.</summary>
    public static string Caption(SweepManifest manifest, SweepTable table)
    {
        var standing = manifest.Standing switch
        {
            Standing.Theorem => "proved there",
            Standing.Derived => "derived, verified by Monte Carlo",
            Standing.Approximation => "an approximation",
            _ => "a bound",
        };
        var failures = Enumerable.Range(0, table.RowCount).Select(table["status"].Text).Where(s => s != "converged")
            .GroupBy(s => s!).OrderByDescending(g => g.Count()).Select(g => $"{g.Key!.Replace('_', ' ')}: {g.Count()}").ToArray();
        var missing = failures.Length == 0 ? "" : $" Points without prediction, of {table.RowCount}: {string.Join(", ", failures)}.";
        return $"Theory: {manifest.Source} ({standing}).{missing} Made by theory {manifest.Version}, system {manifest.System}.";
    }

    /// <summary>A value for people.</summary>
    public static string Print(Value value) => value switch
    {
        Value.Number number => AxisTicks.Number(number.Real),
        Value.List list => $"[{string.Join(", ", list.Items.Select(Print))}]",
        _ => value.ToString(),
    };

    /// <summary>The symbol without its definition: α of "α = n/d".</summary>
    public static string Short(string symbol) => Lowered(symbol.Split('=')[0].Trim());

    /// <summary>A symbol with its subscripts lowered where there are characters for them: ε_test becomes εₜₑₛₜ.</summary>
    public static string Lowered(string symbol) => Subscript().Replace(symbol, match =>
        match.Groups[1].Value.All(Subscripts.ContainsKey) ? string.Concat(match.Groups[1].Value.Select(c => Subscripts[c])) : match.Value);

    private static FrozenDictionary<char, char> Subscripts { get; } =
        "aehijklmnoprstuvx0123456789+-".Zip("ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₀₁₂₃₄₅₆₇₈₉₊₋").ToFrozenDictionary(p => p.First, p => p.Second);

    [GeneratedRegex("_\\{?([a-z0-9+-]+)\\}?")]
    private static partial Regex Subscript();

    private static ManifestQuantity? Quantity(SweepManifest manifest, string column) =>
        manifest.Observables.FirstOrDefault(o => o.Name == column)
        ?? manifest.Observables.Where(o => column.StartsWith(o.Name + "_", StringComparison.Ordinal)).MaxBy(o => o.Name.Length);

    private static string Join(string symbol, string meaning, string name)
    {
        var clause = meaning.Split(';', ':')[0].TrimEnd('.', ' ');
        if (clause.Length > LongestMeaning) clause = clause.Split(',', '(')[0].TrimEnd('.', ' ');
        if (clause.Length > LongestMeaning || clause.Length == 0) clause = name.Replace('_', ' ');
        if (clause.Length > 1 && char.IsUpper(clause[0]) && !char.IsUpper(clause[1])) clause = char.ToLowerInvariant(clause[0]) + clause[1..];
        return symbol.Length == 0 ? clause : $"{Lowered(symbol)} ({clause})";
    }

    private static string NonEmpty(string text, string otherwise) => text.Length == 0 ? otherwise : text;
}
