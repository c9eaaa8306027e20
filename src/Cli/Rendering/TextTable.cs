using System.Globalization;
using System.Text;

namespace Theory.Cli.Rendering;

/// <summary>A table in plain text: a header, a rule, and aligned columns. Nothing is ever wrapped or cut, so that what is piped can be parsed.</summary>
internal sealed class TextTable(params TextTable.Column[] columns)
{
    private readonly List<string[]> rows = [];

    /// <summary>A column; numbers are set right.</summary>
    public sealed record Column(string Header, bool IsRight = false)
    {
        public static implicit operator Column(string header) => new(header);
    }

    public static Column Right(string header) => new(header, IsRight: true);

    public void Add(params string[] cells) => rows.Add(cells);

    public string Render(string indent = "  ")
    {
        var widths = new int[columns.Length];
        for (var c = 0; c < widths.Length; c++)
        {
            widths[c] = Width(columns[c].Header);
            foreach (var row in rows) widths[c] = Math.Max(widths[c], Width(row[c]));
        }
        var text = new StringBuilder();
        AppendLine(text, indent, [.. columns.Select(c => c.Header)], widths);
        AppendLine(text, indent, [.. widths.Select(w => new string('─', w))], widths);
        foreach (var row in rows) AppendLine(text, indent, row, widths);
        return text.ToString();
    }

    private void AppendLine(StringBuilder text, string indent, string[] cells, int[] widths)
    {
        var line = new StringBuilder(indent);
        for (var c = 0; c < cells.Length; c++)
        {
            var padding = widths[c] - Width(cells[c]);
            if (columns[c].IsRight) line.Append(' ', padding);
            line.Append(cells[c]);
            if (!columns[c].IsRight) line.Append(' ', padding);
            line.Append("  ");
        }
        text.Append(line.ToString().TrimEnd()).Append('\n');
    }

    // Combining marks, as the hat of q̂, take no room.
    private static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)) width++;
        return width;
    }
}
