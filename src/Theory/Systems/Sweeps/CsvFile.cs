using System.Text;

namespace Theory.Systems.Sweeps;

/// <summary>Tables as RFC 4180 text: CRLF, UTF-8 without mark, quotes where needed, empty where absent.</summary>
internal static class CsvFile
{
    public static void Write(SweepTable table, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        WriteLine(writer, table.Columns.Length, c => table.Columns[c].Name);
        for (var row = 0; row < table.RowCount; row++)
        {
            var r = row;
            WriteLine(writer, table.Columns.Length, c => table.Columns[c].Text(r));
        }
    }

    private static void WriteLine(StreamWriter writer, int count, Func<int, string?> cell)
    {
        for (var c = 0; c < count; c++)
        {
            if (c > 0) writer.Write(',');
            writer.Write(Quoted(cell(c)));
        }
        writer.Write("\r\n");
    }

    private static string? Quoted(string? text) => text switch
    {
        null => null,
        // An empty text, unlike an absent one.
        "" => "\"\"",
        _ => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"")}\"" : text,
    };
}
