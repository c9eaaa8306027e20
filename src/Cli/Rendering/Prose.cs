using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Theory.Contract;

namespace Theory.Cli.Rendering;

/// <summary>Numbers and sentences for people.</summary>
internal static class Prose
{
    private const int LineLength = 100;
    private const int ElementsShown = 8;

    /// <summary>A number to ten significant digits.</summary>
    public static string Number(double x) => Number(x, 10);

    public static string Number(double x, int digits) => x switch
    {
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "-∞",
        double.NaN => "—",
        _ => x.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal),
    };

    /// <summary>A value on one line; long lists are shortened and tell their length.</summary>
    public static string Of(Value value) => value switch
    {
        Value.Number n => Number(n.Real),
        Value.List list => List(list),
        Value.Map map => "{" + string.Join(", ", map.Entries.Select(e => $"{e.Key}: {Of(e.Value)}")) + "}",
        _ => value.ToString()!,
    };

    /// <summary>A table of named values, for JSON.</summary>
    public static Value Map(params ReadOnlySpan<(string Name, Value Value)> entries)
    {
        var map = ImmutableArray.CreateBuilder<KeyValuePair<string, Value>>(entries.Length);
        foreach (var (name, value) in entries) map.Add(new(name, value));
        return new Value.Map(map.MoveToImmutable());
    }

    /// <summary>A paragraph filled to a readable width; only at spaces.</summary>
    public static string Fill(string paragraph, string indent)
    {
        var text = new StringBuilder();
        var line = new StringBuilder(indent);
        foreach (var word in paragraph.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + word.Length > LineLength && line.Length > indent.Length)
            {
                text.Append(line.ToString().TrimEnd()).Append('\n');
                line.Clear().Append(indent);
            }
            line.Append(word).Append(' ');
        }
        return text.Append(line.ToString().TrimEnd()).Append('\n').ToString();
    }

    private static string Element(Value value) => value is Value.Number n ? Number(n.Real, 6) : Of(value);

    private static string List(Value.List list)
    {
        var items = list.Items;
        return items.Length <= ElementsShown
            ? "[" + string.Join(", ", items.Select(Element)) + "]"
            : $"[{string.Join(", ", items.Take(ElementsShown - 1).Select(Element))}, …, {Element(items[^1])}] ({items.Length} elements)";
    }
}
