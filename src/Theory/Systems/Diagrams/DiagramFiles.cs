using System.Globalization;
using System.Text;
using System.Text.Json;
using Theory.Contract;
using Theory.Systems.Json;
using Theory.Systems.Sweeps;

namespace Theory.Systems.Diagrams;

/// <summary>The files of a phase diagram.</summary>
internal static class DiagramFiles
{
    public static IReadOnlyList<string> Save(PhaseDiagram diagram, string directory)
    {
        var json = ToJson(diagram);
        var files = new List<string> { Write(directory, "diagram.json", stream => stream.Write(Encoding.UTF8.GetBytes(json + "\n"))) };
        foreach (var (name, table) in Tables(diagram))
        {
            files.Add(Write(directory, name + ".parquet", stream => ParquetFile.Write(table, stream, json)));
            files.Add(Write(directory, name + ".csv", stream => CsvFile.Write(table, stream)));
        }

        return files;
    }

    private static IEnumerable<(string Name, SweepTable Table)> Tables(PhaseDiagram diagram)
    {
        yield return ("points", diagram.Points);
        yield return ("boundaries", DiagramTables.Boundaries(diagram));
        if (diagram.Measurements is { } measured) yield return ("measurements", measured);
    }

    /// <summary>What was asked for, the classes and the boundaries.</summary>
    private static string ToJson(PhaseDiagram diagram) => JsonText.Write(writer =>
    {
        var (plan, system) = (diagram.Plan, diagram.Plan.Base.System);
        writer.WriteStartObject();
        writer.WriteString("system", system.Id);
        writer.WriteString("title", system.Title);
        writer.WriteStartObject("inputs");
        for (var i = 0; i < system.Parameters.Length; i++)
        {
            if (system.Parameters[i].Name == plan.X.Name || system.Parameters[i].Name == plan.Y.Name) continue;
            writer.WritePropertyName(system.Parameters[i].Name);
            ValueJson.WriteInput(writer, plan.Base.Inputs[i]);
        }

        writer.WriteEndObject();
        foreach (var (key, axis) in (ReadOnlySpan<(string, DiagramAxis)>)[("x", plan.X), ("y", plan.Y)])
        {
            writer.WriteStartObject(key);
            writer.WriteString("name", axis.Name);
            writer.WriteNumber("from", axis.From);
            writer.WriteNumber("to", axis.To);
            writer.WriteString("scale", axis.IsLogarithmic ? "log" : "linear");
            writer.WriteEndObject();
        }

        writer.WriteString("rule", plan.Rule.Text);
        writer.WriteNumber("cells", plan.Cells);
        writer.WriteNumber("levels", plan.Levels);
        writer.WriteNumber("precision", plan.Precision);
        writer.WriteNumber("tolerance", plan.Solve.Tolerance);
        writer.WriteNumber("points", diagram.Points.RowCount);
        writer.WriteStartObject("classes");
        foreach (var (name, share) in diagram.Shares) writer.WriteNumber(name, share);
        writer.WriteEndObject();
        writer.WriteStartArray("boundaries");
        foreach (var boundary in diagram.Boundaries) Write(writer, plan, boundary);
        writer.WriteEndArray();
        writer.WriteString("standing", system.Standing.ToString().ToLowerInvariant());
        writer.WriteString("source", system.Sources[0].Short);
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, PhaseDiagramPlan plan, PhaseBoundary boundary)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("between");
        writer.WriteStringValue(boundary.First);
        writer.WriteStringValue(boundary.Second);
        writer.WriteEndArray();
        writer.WriteBoolean("closed", boundary.IsClosed);
        foreach (var (name, read) in (ReadOnlySpan<(string, Func<DiagramPoint, double>)>)[(plan.X.Points(1).ColumnName, p => p.X), (plan.Y.Points(1).ColumnName, p => p.Y)])
        {
            writer.WriteStartArray(name);
            foreach (var point in boundary.Points) writer.WriteNumberValue(read(point));
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a file under another name first.</summary>
    private static string Write(string directory, string name, Action<Stream> write)
    {
        var path = Path.Combine(directory, name);
        var temporary = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $".{name}.{Environment.ProcessId}.tmp"));
        try
        {
            Directory.CreateDirectory(directory);
            using (var stream = File.Create(temporary)) write(stream);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException("out", $"cannot write to {directory}: {e.Message.Split('\n')[0]}", e);
        }

        return path;
    }
}
