using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Theory.Contract;

namespace Theory.Systems.Sweeps;

/// <summary>Manifests to and from JSON.</summary>
internal static class ManifestJson
{
    private const string Format = "theory-sweep/1";

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(SweepManifest manifest)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options)) Write(writer, manifest);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    public static SweepManifest Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException(e.Message.Split('\n')[0], e);
        }
    }

    /// <summary>The top-level properties and the single inputs as texts, to be compared.</summary>
    public static Dictionary<string, string> Properties(SweepManifest manifest)
    {
        using var document = JsonDocument.Parse(Write(manifest));
        var properties = new Dictionary<string, string>();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Name != "inputs") properties.Add(property.Name, property.Value.GetRawText());
            else foreach (var input in property.Value.EnumerateObject()) properties.Add($"inputs.{input.Name}", input.Value.GetRawText());
        }
        return properties;
    }

    private static void Write(Utf8JsonWriter writer, SweepManifest m)
    {
        writer.WriteStartObject();
        writer.WriteString("format", Format);
        writer.WriteString("version", m.Version);
        writer.WriteString("environment", m.Environment);
        writer.WriteString("system", m.System);
        writer.WriteString("title", m.Title);
        writer.WriteString("standing", Name(m.Standing));
        writer.WriteString("source", m.Source);
        writer.WriteStartObject("inputs");
        foreach (var (name, value) in m.Inputs)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }
        writer.WriteEndObject();
        WriteList(writer, "axes", m.Axes, Write);
        if (m.Measured is { } measured) Write(writer, measured);
        else writer.WriteNull("measured");
        writer.WriteStartObject("solver");
        writer.WriteNumber("tolerance", m.Tolerance);
        writer.WriteNumber("max_iterations", m.MaxIterations);
        writer.WriteEndObject();
        WriteList(writer, "parameters", m.Parameters, Write);
        WriteList(writer, "observables", m.Observables, Write);
        WriteList(writer, "files", m.Files, static (w, file) => w.WriteStringValue(file));
        writer.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter writer, string name, ImmutableArray<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items) write(writer, item);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, SweepAxis axis)
    {
        writer.WriteStartObject();
        writer.WriteString("name", axis.Name);
        writer.WriteString("scale", Name(axis.Scale));
        if (axis.Scale == AxisScale.List)
        {
            WriteList(writer, "values", axis.Values, static (w, value) => w.WriteNumberValue(value));
        }
        else
        {
            writer.WriteNumber("from", axis.From);
            writer.WriteNumber("to", axis.To);
            writer.WriteNumber("count", axis.Count);
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ManifestMeasurement measured)
    {
        writer.WriteStartObject("measured");
        writer.WriteNumber("points", measured.Points);
        if (measured.Size is { } size) writer.WriteNumber("size", size);
        else writer.WriteNull("size");
        writer.WriteNumber("trials", measured.Trials);
        writer.WriteNumber("seed", measured.Seed);
        writer.WriteString("finite_size", measured.Description);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ManifestQuantity quantity)
    {
        writer.WriteStartObject();
        writer.WriteString("name", quantity.Name);
        writer.WriteString("symbol", quantity.Symbol);
        writer.WriteString("meaning", quantity.Meaning);
        writer.WriteString("shape", Name(quantity.Shape));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Value value)
    {
        switch (value)
        {
            case Value.Number { Real: var real } when double.IsFinite(real):
                writer.WriteNumberValue(real);
                break;
            case Value.Number { Real: var real }:
                writer.WriteStringValue(double.IsNaN(real) ? "nan" : real > 0 ? "inf" : "-inf");
                break;
            case Value.Text text:
                writer.WriteStringValue(text.Content);
                break;
            case Value.Flag flag:
                writer.WriteBooleanValue(flag.IsSet);
                break;
            case Value.List list:
                writer.WriteStartArray();
                foreach (var item in list.Items) Write(writer, item);
                writer.WriteEndArray();
                break;
            case Value.Map map:
                writer.WriteStartObject();
                foreach (var (key, entry) in map.Entries)
                {
                    writer.WritePropertyName(key);
                    Write(writer, entry);
                }
                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static SweepManifest Read(JsonElement root)
    {
        var format = Text(root, "format");
        if (format != Format) throw new FormatException($"its format is '{format}', expected '{Format}'");
        var solver = root.GetProperty("solver");
        return new()
        {
            Version = Text(root, "version"),
            Environment = Text(root, "environment"),
            System = Text(root, "system"),
            Title = Text(root, "title"),
            Standing = Enum.Parse<Standing>(Text(root, "standing"), ignoreCase: true),
            Source = Text(root, "source"),
            Inputs = [.. root.GetProperty("inputs").EnumerateObject().Select(p => KeyValuePair.Create(p.Name, ReadValue(p.Value)))],
            Axes = ReadList(root, "axes", ReadAxis),
            Measured = root.GetProperty("measured") is { ValueKind: JsonValueKind.Object } measured ? ReadMeasurement(measured) : null,
            Tolerance = solver.GetProperty("tolerance").GetDouble(),
            MaxIterations = solver.GetProperty("max_iterations").GetInt32(),
            Parameters = ReadList(root, "parameters", ReadQuantity),
            Observables = ReadList(root, "observables", ReadQuantity),
            Files = ReadList(root, "files", e => e.GetString() ?? throw new FormatException("a file has no name")),
        };
    }

    private static ImmutableArray<T> ReadList<T>(JsonElement element, string name, Func<JsonElement, T> read) =>
        [.. element.GetProperty(name).EnumerateArray().Select(read)];

    private static SweepAxis ReadAxis(JsonElement element)
    {
        var (name, scale) = (Text(element, "name"), Enum.Parse<AxisScale>(Text(element, "scale"), ignoreCase: true));
        if (scale == AxisScale.List) return SweepAxis.Of(name, [.. ReadList(element, "values", v => v.GetDouble())]);
        var (from, to, count) = (element.GetProperty("from").GetDouble(), element.GetProperty("to").GetDouble(), element.GetProperty("count").GetInt32());
        return scale == AxisScale.Linear ? SweepAxis.Linear(name, from, to, count) : SweepAxis.Logarithmic(name, from, to, count);
    }

    private static ManifestMeasurement ReadMeasurement(JsonElement element)
    {
        var size = element.GetProperty("size");
        return new(
            element.GetProperty("points").GetInt32(),
            size.ValueKind == JsonValueKind.Null ? null : size.GetInt32(),
            element.GetProperty("trials").GetInt32(),
            element.GetProperty("seed").GetUInt64(),
            Text(element, "finite_size"));
    }

    private static ManifestQuantity ReadQuantity(JsonElement element) =>
        new(Text(element, "name"), Text(element, "symbol"), Text(element, "meaning"), Enum.Parse<Shape>(Text(element, "shape"), ignoreCase: true));

    private static Value ReadValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => Value.ListOf(element.EnumerateArray().Select(ReadValue)),
        JsonValueKind.Object => new Value.Map([.. element.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, ReadValue(p.Value)))]),
        _ => Value.None,
    };

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLower(CultureInfo.InvariantCulture);
}
