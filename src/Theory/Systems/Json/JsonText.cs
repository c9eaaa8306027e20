using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Theory.Contract;

namespace Theory.Systems.Json;

/// <summary>Reads a whole JSON text with errors that name line and column, and writes one.</summary>
internal static class JsonText
{
    /// <summary>Formulas and names stay readable: only what JSON itself demands is escaped.</summary>
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The complaint about a text that goes on after its value.</summary>
    public const string MoreText = "more text after the end of the JSON value";

    /// <summary>Reads what starts at the reader's current token.</summary>
    public delegate T Reading<T>(ref Utf8JsonReader reader);

    /// <summary>Reads a text that holds one JSON value; errors are one line "SOURCE: line 3, column 7: …".</summary>
    public static T Read<T>(ReadOnlySpan<byte> utf8, string? source, Reading<T> read)
    {
        var reader = new Utf8JsonReader(utf8);
        try
        {
            reader.Read();
            var result = read(ref reader);
            if (reader.Read()) throw new JsonException(MoreText);
            return result;
        }
        catch (JsonException e)
        {
            var (line, column) = Position(utf8, e, reader.BytesConsumed);
            var where = source is null ? "" : $"{source}: ";
            throw new InvalidInputException(null, string.Create(CultureInfo.InvariantCulture, $"{where}line {line}, column {column}: {Reason(e)}"), e);
        }
        catch (InvalidInputException e) when (source is not null)
        {
            throw new InvalidInputException(e.Parameter, $"{source}: {e.Message}", e);
        }
    }

    public static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions)) write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static double ReadDouble(ref Utf8JsonReader reader)
    {
        var number = reader.GetDouble();
        return double.IsFinite(number)
            ? number
            : throw new InvalidInputException(null, $"the number {Encoding.UTF8.GetString(reader.ValueSpan)} is too large for double precision");
    }

    public static string ReadString(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("a text is no valid Unicode", e);
        }
    }

    /// <summary>Where an exception happened: line and column in characters, from 1.</summary>
    public static (long Line, long Column) Position(ReadOnlySpan<byte> utf8, JsonException e, long consumed)
    {
        // Whoever throws without a position (we, not the reader) means the token just read.
        var before = utf8[..(int)consumed];
        var line = e.LineNumber ?? before.Count((byte)'\n');
        var bytes = e.BytePositionInLine ?? before.Length - (before.LastIndexOf((byte)'\n') + 1);
        var rest = utf8;
        for (var l = line; l > 0 && rest.IndexOf((byte)'\n') is >= 0 and var end; l--) rest = rest[(end + 1)..];
        return (line + 1, Encoding.UTF8.GetCharCount(rest[..(int)Math.Min(bytes, rest.Length)]) + 1);
    }

    /// <summary>What happened, without the position that the library appends.</summary>
    public static string Reason(JsonException e)
    {
        var message = e.Message;
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.', ' ');
    }
}
