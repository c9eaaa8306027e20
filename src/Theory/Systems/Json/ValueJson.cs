using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Theory.Contract;

namespace Theory.Systems.Json;

/// <summary>
/// Values as JSON. Numbers are written in the shortest form that reads back to the same double; in inputs an infinite number is the text
/// <c>"inf"</c> or <c>"-inf"</c>, in outputs infinite and undefined numbers are <c>null</c>.
/// </summary>
public static class ValueJson
{
    /// <summary>Reads one value from a whole JSON text.</summary>
    /// <param name="json">The text, with nothing but white space around the value.</param>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidInputException">The text is no JSON, a name occurs twice in one object, or a number exceeds the range of a double.</exception>
    public static Value Parse(string json) => JsonText.Read(Encoding.UTF8.GetBytes(json), source: null, Read);

    /// <summary>Reads the value that starts at the reader's current token, and leaves the reader on its last token.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="InvalidInputException">A name occurs twice in one object, or a number exceeds the range of a double.</exception>
    public static Value Read(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => new Value.Number(JsonText.ReadDouble(ref reader)),
        JsonTokenType.String => new Value.Text(JsonText.ReadString(ref reader)),
        JsonTokenType.True => new Value.Flag(true),
        JsonTokenType.False => new Value.Flag(false),
        JsonTokenType.Null => Value.None,
        JsonTokenType.StartArray => ReadList(ref reader),
        JsonTokenType.StartObject => new Value.Map(ReadEntries(ref reader)),
        _ => throw new JsonException($"unexpected {reader.TokenType}"),
    };

    /// <summary>Writes a value as an input: infinities are <c>"inf"</c> and <c>"-inf"</c>, so that it reads back to the same value.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void WriteInput(Utf8JsonWriter writer, Value value) => Write(writer, value, isInput: true);

    /// <summary>Writes a value as an output: infinities and NaN are <c>null</c>.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void WriteOutput(Utf8JsonWriter writer, Value value) => Write(writer, value, isInput: false);

    /// <summary>The JSON of a value as an input, on one line.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The text.</returns>
    public static string ToJson(Value value) => JsonText.Write(writer => WriteInput(writer, value));

    internal static void WriteFinite(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number)) writer.WriteNumberValue(number);
        else writer.WriteNullValue();
    }

    internal static ImmutableArray<KeyValuePair<string, Value>> ReadEntries(ref Utf8JsonReader reader)
    {
        var entries = ImmutableArray.CreateBuilder<KeyValuePair<string, Value>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.ReadString(ref reader);
            foreach (var entry in entries)
                if (entry.Key == name) throw new InvalidInputException(name, $"\"{name}\" occurs twice in one object");
            reader.Read();
            entries.Add(new(name, Read(ref reader)));
        }
        return entries.DrainToImmutable();
    }

    private static Value ReadList(ref Utf8JsonReader reader)
    {
        var items = ImmutableArray.CreateBuilder<Value>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Read(ref reader));
        return new Value.List(items.DrainToImmutable());
    }

    private static void Write(Utf8JsonWriter writer, Value value, bool isInput)
    {
        switch (value)
        {
            case Value.Number { Real: var real } when isInput && double.IsInfinity(real):
                writer.WriteStringValue(real > 0 ? "inf"u8 : "-inf"u8);
                break;
            case Value.Number n:
                WriteFinite(writer, n.Real);
                break;
            case Value.Text t:
                writer.WriteStringValue(t.Content);
                break;
            case Value.Flag f:
                writer.WriteBooleanValue(f.IsSet);
                break;
            case Value.List list:
                writer.WriteStartArray();
                foreach (var item in list.Items) Write(writer, item, isInput);
                writer.WriteEndArray();
                break;
            case Value.Map map:
                writer.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    writer.WritePropertyName(entry.Key);
                    Write(writer, entry.Value, isInput);
                }
                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
