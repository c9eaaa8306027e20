using System.Collections.Immutable;
using System.Text.Json;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Systems.Json;

/// <summary>
/// The JSON object of a prediction: <c>system</c>, <c>inputs</c> (defaults filled in), <c>outputs</c>, <c>uncertainty</c> (only of stochastic
/// backends), <c>diagnostics</c>, <c>warnings</c>, <c>standing</c>, <c>source</c>. Its form is stable; other programs rely on it.
/// </summary>
public static class PredictionJson
{
    /// <summary>Writes the object of a prediction.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="outcome">The prediction.</param>
    public static void Write(Utf8JsonWriter writer, Outcome outcome)
    {
        writer.WriteStartObject();
        WriteMembers(writer, outcome);
        writer.WriteEndObject();
    }

    /// <summary>The JSON of a prediction, on one line.</summary>
    /// <param name="outcome">The prediction.</param>
    /// <returns>The text.</returns>
    public static string ToJson(Outcome outcome) => JsonText.Write(writer => Write(writer, outcome));

    /// <summary>The name that a status has in JSON: <c>floating_point_limit</c>.</summary>
    /// <param name="status">The status.</param>
    /// <returns>The name in snake case.</returns>
    public static string NameOf(SolverStatus status) => status switch
    {
        SolverStatus.Converged => "converged",
        SolverStatus.FloatingPointLimit => "floating_point_limit",
        SolverStatus.BudgetExhausted => "budget_exhausted",
        SolverStatus.Diverged => "diverged",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "status must be a SolverStatus."),
    };

    /// <summary>The name that a standing has in JSON: <c>theorem</c>.</summary>
    /// <param name="standing">The standing.</param>
    /// <returns>The name in lower case.</returns>
    public static string NameOf(Standing standing) => standing switch
    {
        Standing.Theorem => "theorem",
        Standing.Derived => "derived",
        Standing.Approximation => "approximation",
        Standing.Bound => "bound",
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, "standing must be a Standing."),
    };

    /// <summary>The sources of a system in one line: their short forms, separated by semicolons.</summary>
    /// <param name="system">The system.</param>
    /// <returns>The line, as in "Mei &amp; Montanari 2022, arXiv:1908.05355".</returns>
    public static string SourceOf(ISystem system) => string.Join("; ", system.Sources.Select(s => s.Short));

    internal static void WriteMembers(Utf8JsonWriter writer, Outcome outcome)
    {
        var system = outcome.Problem.System;
        writer.WriteString("system"u8, system.Id);
        WriteInputs(writer, outcome.Problem);
        writer.WriteStartObject("outputs"u8);
        for (var i = 0; i < outcome.Outputs.Length; i++)
        {
            writer.WritePropertyName(system.Observables[i].Name);
            ValueJson.WriteOutput(writer, outcome.Outputs[i]);
        }
        writer.WriteEndObject();
        if (!outcome.Uncertainties.IsDefaultOrEmpty) WriteUncertainty(writer, system.Observables, outcome.Uncertainties);
        WriteDiagnostics(writer, outcome.Diagnostics);
        writer.WriteString("standing"u8, NameOf(outcome.Problem.Standing));
        writer.WriteString("source"u8, SourceOf(system));
    }

    internal static void WriteInputs(Utf8JsonWriter writer, IProblem problem)
    {
        var parameters = problem.System.Parameters;
        var inputs = problem.Inputs;
        writer.WriteStartObject("inputs"u8);
        for (var i = 0; i < inputs.Length; i++)
        {
            writer.WritePropertyName(parameters[i].Name);
            ValueJson.WriteInput(writer, inputs[i]);
        }
        writer.WriteEndObject();
    }

    private static void WriteUncertainty(Utf8JsonWriter writer, ImmutableArray<Observable> observables, ImmutableArray<Value?> uncertainties)
    {
        writer.WriteStartObject("uncertainty"u8);
        for (var i = 0; i < uncertainties.Length; i++)
        {
            if (uncertainties[i] is not { } uncertainty) continue;
            writer.WritePropertyName(observables[i].Name);
            ValueJson.WriteOutput(writer, uncertainty);
        }
        writer.WriteEndObject();
    }

    private static void WriteDiagnostics(Utf8JsonWriter writer, Diagnostics diagnostics)
    {
        writer.WriteStartObject("diagnostics"u8);
        writer.WriteString("status"u8, NameOf(diagnostics.Status));
        writer.WritePropertyName("residual"u8);
        ValueJson.WriteFinite(writer, diagnostics.Residual);
        writer.WriteNumber("iterations"u8, diagnostics.Iterations);
        if (diagnostics.Branch is { } branch) writer.WriteString("branch"u8, branch);
        writer.WriteEndObject();
        writer.WriteStartArray("warnings"u8);
        foreach (var warning in diagnostics.Warnings) writer.WriteStringValue(warning);
        writer.WriteEndArray();
    }
}
