using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Theory.Contract;

namespace Theory.Systems.Json;

/// <summary>The inputs of a model as they stand in a file: <c>{"alpha": 2, …}</c>, or <c>{"system": "…", "inputs": {…}}</c> with the system's id.</summary>
/// <param name="System">The system's id, or <see langword="null"/> if the document does not say.</param>
/// <param name="Inputs">The inputs by name.</param>
public sealed record ModelDocument(string? System, ImmutableArray<KeyValuePair<string, Value>> Inputs)
{
    private static readonly ImmutableArray<string> Ignored = ["id", "outputs", "uncertainty", "diagnostics", "warnings", "standing", "source"];

    /// <summary>Reads a document. What <c>theory predict</c> writes is one too: everything but its system and inputs is passed over.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="name">The name of the document in errors, such as its file name.</param>
    /// <returns>The document.</returns>
    /// <exception cref="InvalidInputException">The text is no JSON (the message names line and column), or no such object.</exception>
    public static ModelDocument Parse(string json, string name)
    {
        var entries = JsonText.Read(Encoding.UTF8.GetBytes(json), name, ReadObject);
        if (entries.All(e => e.Key is not ("system" or "inputs"))) return new(null, entries);

        string? system = null;
        ImmutableArray<KeyValuePair<string, Value>> inputs = [];
        foreach (var (key, value) in entries)
        {
            if (key == "system") system = value is Value.Text t ? t.Content : throw new InvalidInputException("system", $"{name}: \"system\" must be a text");
            else if (key == "inputs") inputs = value is Value.Map m ? m.Entries : throw new InvalidInputException("inputs", $"{name}: \"inputs\" must be an object");
            else if (!Ignored.Contains(key)) throw new InvalidInputException(key, $"{name}: unexpected \"{key}\" beside \"system\" and \"inputs\"");
        }
        return new(system, inputs);
    }

    /// <summary>The document of a problem, on one line; <see cref="Parse"/> reads it.</summary>
    /// <param name="problem">The problem.</param>
    /// <returns>The JSON text.</returns>
    public static string ToJson(IProblem problem) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("system"u8, problem.System.Id);
        PredictionJson.WriteInputs(writer, problem);
        writer.WriteEndObject();
    });

    private static ImmutableArray<KeyValuePair<string, Value>> ReadObject(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartObject ? ValueJson.ReadEntries(ref reader) : throw new JsonException("expected an object of inputs");
}
