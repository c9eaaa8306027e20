using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Theory.Contract;

namespace Theory.Systems.Json;

/// <summary>One line of a batch: <c>{"id": …, "system": "…", "inputs": {…}}</c>.</summary>
internal sealed class BatchRequest
{
    private static readonly byte[] NoId = [.. "null"u8];

    /// <summary>The id as it stood in the line, a JSON scalar; <c>null</c> if there was none.</summary>
    public byte[] Id { get; private set; } = NoId;

    /// <summary>Whether the request can be told from others by its id.</summary>
    public bool HasId => !Id.AsSpan().SequenceEqual(NoId);

    public string? System { get; private set; }

    public ImmutableArray<KeyValuePair<string, Value>> Inputs { get; private set; } = [];

    /// <summary>Reads the line into this request, which keeps what was understood before an error.</summary>
    /// <exception cref="InvalidInputException">The line is no JSON, in which case there is no id either, or it is no request.</exception>
    public void Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) throw new InvalidInputException(null, "a request must be an object with \"id\", \"system\" and \"inputs\"");
            ReadMembers(ref reader, line);
            if (reader.Read()) throw new JsonException(JsonText.MoreText);
        }
        catch (JsonException e)
        {
            Id = NoId;
            var (_, column) = JsonText.Position(line, e, reader.BytesConsumed);
            throw new InvalidInputException(null, string.Create(CultureInfo.InvariantCulture, $"the line is no JSON: {JsonText.Reason(e)} at column {column}"), e);
        }
    }

    // Errors wait for the end of the object: the id may come last.
    private void ReadMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        InvalidInputException? error = null;
        var seen = new List<string>(3);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = JsonText.ReadString(ref reader);
            reader.Read();
            var atMember = reader;
            try
            {
                if (seen.Contains(key)) throw new InvalidInputException(key, $"\"{key}\" occurs twice");
                seen.Add(key);
                ReadMember(key, ref reader, line);
            }
            catch (InvalidInputException e)
            {
                error ??= e;
                reader = atMember;
                reader.Skip();
            }
        }
        if (error is not null) throw error;
    }

    private void ReadMember(string key, ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        switch (key)
        {
            case "id" when reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject:
                throw new InvalidInputException("id", "\"id\" must be a text, a number, true, false or null");
            case "id":
                Id = line[(int)reader.TokenStartIndex..(int)reader.BytesConsumed].ToArray();
                break;
            case "system":
                System = reader.TokenType == JsonTokenType.String
                    ? JsonText.ReadString(ref reader)
                    : throw new InvalidInputException("system", "\"system\" must be a text");
                break;
            case "inputs":
                Inputs = reader.TokenType == JsonTokenType.StartObject
                    ? ValueJson.ReadEntries(ref reader)
                    : throw new InvalidInputException("inputs", "\"inputs\" must be an object");
                break;
            default:
                throw new InvalidInputException(key, $"unexpected \"{key}\"; a request has \"id\", \"system\" and \"inputs\"");
        }
    }
}
