using System.Text.Json;
using Theory.Contract;

namespace Theory.Systems.Json;

/// <summary>Why a request has no prediction, in the form that programs read.</summary>
/// <param name="Kind"><c>invalid_input</c>, <c>not_converged</c> or <c>unsupported</c>.</param>
/// <param name="Parameter">The input at fault, or <see langword="null"/> when no single one is.</param>
/// <param name="Message">One line for people.</param>
public sealed record PredictionError(string Kind, string? Parameter, string Message)
{
    /// <summary>The input cannot be accepted.</summary>
    public const string InvalidInput = "invalid_input";

    /// <summary>The computation failed or did not converge.</summary>
    public const string NotConverged = "not_converged";

    /// <summary>There is no theory or experiment for the request.</summary>
    public const string Unsupported = "unsupported";

    /// <summary>The error that an exception stands for.</summary>
    /// <param name="exception">Whatever a prediction threw.</param>
    /// <returns>
    /// <see cref="InvalidInput"/> for arguments and formats, <see cref="Unsupported"/> for what does not exist here,
    /// and <see cref="NotConverged"/> for everything that failed on the way.
    /// </returns>
    public static PredictionError From(Exception exception) => exception switch
    {
        InvalidInputException e => new(InvalidInput, e.Parameter, OneLine(e.Message)),
        ArgumentException e => new(InvalidInput, e.ParamName, OneLine(e.Message)),
        FormatException e => new(InvalidInput, null, OneLine(e.Message)),
        NotSupportedException e => new(Unsupported, null, OneLine(e.Message)),
        NotConvergedException or ArithmeticException => new(NotConverged, null, OneLine(exception.Message)),
        _ => new(NotConverged, null, $"the computation failed: {exception.GetType().Name}: {OneLine(exception.Message)}"),
    };

    /// <summary>Writes the object <c>{"kind", "parameter", "message"}</c>.</summary>
    /// <param name="writer">The writer.</param>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, Kind);
        writer.WriteString("parameter"u8, Parameter);
        writer.WriteString("message"u8, Message);
        writer.WriteEndObject();
    }

    /// <summary>The line <c>{"error": {…}}</c>.</summary>
    /// <returns>The JSON on one line.</returns>
    public string ToJson() => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("error"u8);
        Write(writer);
        writer.WriteEndObject();
    });

    // ArgumentException appends " (Parameter 'x')", and ArgumentOutOfRangeException a line with the value; the message says both already.
    private static string OneLine(string message)
    {
        var line = message.Split('\n', 2)[0].Trim();
        var tail = line.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return (tail > 0 && line.EndsWith("')", StringComparison.Ordinal) ? line[..tail] : line).TrimEnd('.');
    }
}
