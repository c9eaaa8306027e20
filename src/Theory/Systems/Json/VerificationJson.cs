using System.Text.Json;

namespace Theory.Systems.Json;

/// <summary>
/// The JSON object of a verification: that of its prediction (<see cref="PredictionJson"/>) and beside it <c>seed</c>, <c>agrees</c>, <c>passes</c>,
/// <c>comparisons</c> (one for each number and size), <c>fits</c> of the finite-size law, and <c>finite_size_remark</c>.
/// </summary>
public static class VerificationJson
{
    /// <summary>The JSON of a verification, on one line.</summary>
    /// <param name="report">The verification.</param>
    /// <returns>The text.</returns>
    public static string ToJson(VerificationReport report) => JsonText.Write(writer => Write(writer, report));

    /// <summary>Writes the object of a verification.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="report">The verification.</param>
    public static void Write(Utf8JsonWriter writer, VerificationReport report)
    {
        writer.WriteStartObject();
        PredictionJson.WriteMembers(writer, report.Outcome);
        writer.WriteNumber("seed"u8, report.Seed);
        writer.WriteBoolean("agrees"u8, report.Agrees);
        writer.WriteBoolean("passes"u8, report.Passes);
        writer.WriteStartArray("comparisons"u8);
        foreach (var row in report.Rows) WriteRow(writer, row);
        writer.WriteEndArray();
        writer.WriteStartArray("fits"u8);
        foreach (var fit in report.Fits) WriteFit(writer, fit);
        writer.WriteEndArray();
        writer.WriteString("finite_size_remark"u8, report.FiniteSizeRemark);
        writer.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter writer, VerificationRow row)
    {
        writer.WriteStartObject();
        WriteElement(writer, row.Observable, row.Element);
        writer.WriteNumber("size"u8, row.Size);
        writer.WriteNumber("trials"u8, row.Trials);
        Number(writer, "predicted", row.Predicted);
        Number(writer, "measured", row.Mean);
        Number(writer, "standard_error", row.StandardError);
        Number(writer, "gap", row.Gap);
        Number(writer, "z", row.ZScore);
        Number(writer, "allowed_errors", row.AllowedErrors);
        Number(writer, "allowance", row.Allowance);
        writer.WriteBoolean("agrees"u8, row.Agrees);
        writer.WriteEndObject();
    }

    private static void WriteFit(Utf8JsonWriter writer, FiniteSizeFit fit)
    {
        writer.WriteStartObject();
        WriteElement(writer, fit.Observable, fit.Element);
        Number(writer, "constant", fit.Constant);
        Number(writer, "standard_error", fit.StandardError);
        Number(writer, "chi_squared", fit.ChiSquared);
        writer.WriteNumber("degrees_of_freedom"u8, fit.DegreesOfFreedom);
        Number(writer, "exponent", fit.Exponent ?? double.NaN);
        Number(writer, "exponent_error", fit.ExponentError ?? double.NaN);
        writer.WriteEndObject();
    }

    private static void WriteElement(Utf8JsonWriter writer, string observable, int element)
    {
        writer.WriteString("observable"u8, observable);
        if (element < 0) writer.WriteNull("element"u8);
        else writer.WriteNumber("element"u8, element);
    }

    private static void Number(Utf8JsonWriter writer, string name, double value)
    {
        writer.WritePropertyName(name);
        ValueJson.WriteFinite(writer, value);
    }
}
