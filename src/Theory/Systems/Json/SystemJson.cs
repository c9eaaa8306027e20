using System.Text.Json;
using Theory.Contract;

namespace Theory.Systems.Json;

/// <summary>The description of a system as JSON: what it takes, what it predicts, and what that rests on.</summary>
public static class SystemJson
{
    /// <summary>The JSON object of a system, on one line.</summary>
    /// <param name="system">The system.</param>
    /// <returns>The text.</returns>
    public static string ToJson(ISystem system) => JsonText.Write(writer => Write(writer, system));

    /// <summary>The JSON array of all systems of a catalogue, on one line.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <returns>The text.</returns>
    public static string ToJson(Catalogue catalogue) => JsonText.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var system in catalogue.Systems) Write(writer, system);
        writer.WriteEndArray();
    });

    /// <summary>The name that a shape has in JSON: <c>scalar</c>.</summary>
    /// <param name="shape">The shape.</param>
    /// <returns>The name in lower case.</returns>
    public static string NameOf(Shape shape) => shape.ToString().ToLowerInvariant();

    /// <summary>Writes the object of a system.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="system">The system.</param>
    public static void Write(Utf8JsonWriter writer, ISystem system)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, system.Id);
        writer.WriteString("title"u8, system.Title);
        writer.WriteString("summary"u8, system.Summary);
        writer.WriteString("family"u8, system.Family);
        writer.WriteString("standing"u8, PredictionJson.NameOf(system.Standing));
        writer.WriteStartArray("sources"u8);
        foreach (var source in system.Sources) WriteSource(writer, source);
        writer.WriteEndArray();
        writer.WriteStartArray("parameters"u8);
        foreach (var parameter in system.Parameters) WriteParameter(writer, parameter);
        writer.WriteEndArray();
        writer.WriteStartArray("observables"u8);
        foreach (var observable in system.Observables) WriteObservable(writer, observable);
        writer.WriteEndArray();
        writer.WriteBoolean("has_experiment"u8, system.NoExperimentReason is null);
        writer.WriteString("no_experiment_reason"u8, system.NoExperimentReason);
        writer.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter writer, Source source)
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, source.Key);
        writer.WriteStartArray("authors"u8);
        foreach (var author in source.Authors) writer.WriteStringValue(author);
        writer.WriteEndArray();
        writer.WriteString("title"u8, source.Title);
        writer.WriteNumber("year"u8, source.Year);
        writer.WriteString("arxiv"u8, source.ArXiv);
        writer.WriteString("venue"u8, source.Venue);
        writer.WriteString("usage"u8, source.Usage);
        writer.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter writer, Parameter parameter)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, parameter.Name);
        writer.WriteString("symbol"u8, parameter.Symbol);
        writer.WriteString("meaning"u8, parameter.Meaning);
        writer.WriteString("shape"u8, NameOf(parameter.Shape));
        writer.WriteString("range"u8, parameter.Range?.ToString());
        writer.WriteStartArray("choices"u8);
        foreach (var choice in parameter.Choices) writer.WriteStringValue(choice);
        writer.WriteEndArray();
        writer.WriteBoolean("required"u8, parameter.IsRequired);
        writer.WritePropertyName("default"u8);
        ValueJson.WriteInput(writer, parameter.Default ?? Value.None);
        writer.WritePropertyName("example"u8);
        ValueJson.WriteInput(writer, parameter.Example);
        writer.WriteEndObject();
    }

    private static void WriteObservable(Utf8JsonWriter writer, Observable observable)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, observable.Name);
        writer.WriteString("symbol"u8, observable.Symbol);
        writer.WriteString("meaning"u8, observable.Meaning);
        writer.WriteString("shape"u8, NameOf(observable.Shape));
        writer.WriteBoolean("measured"u8, observable.IsMeasured);
        writer.WriteEndObject();
    }
}
