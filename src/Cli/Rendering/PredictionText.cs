using System.Text;
using Theory.Contract;
using Theory.Systems.Json;

namespace Theory.Cli.Rendering;

/// <summary>A prediction for people: inputs, outputs with their symbols, and beneath them what they rest on.</summary>
internal static class PredictionText
{
    public static string Of(Outcome outcome) =>
        $"{Head(outcome)}\n{Outputs(outcome)}\n{Footing(outcome)}";

    /// <summary>The title and the inputs.</summary>
    public static string Head(Outcome outcome)
    {
        var system = outcome.Problem.System;
        var inputs = new TextTable("input", "symbol", "value");
        var values = outcome.Problem.Inputs;
        for (var i = 0; i < values.Length; i++) inputs.Add(system.Parameters[i].Name, system.Parameters[i].Symbol, Prose.Of(values[i]));
        return $"{system.Id}: {system.Title}\n\n{inputs.Render()}";
    }

    /// <summary>How the numbers came about and how far they may be trusted.</summary>
    public static string Footing(Outcome outcome)
    {
        var (system, diagnostics) = (outcome.Problem.System, outcome.Diagnostics);
        var text = new StringBuilder();
        text.Append("  status    ").Append(PredictionJson.NameOf(diagnostics.Status).Replace('_', ' '));
        if (diagnostics.Iterations > 0) text.Append($", residual {Prose.Number(diagnostics.Residual, 2)} after {diagnostics.Iterations} iterations");
        if (diagnostics.Branch is { } branch) text.Append($", {branch} branch");
        text.Append('\n');
        foreach (var warning in diagnostics.Warnings) text.Append("  warning   ").Append(warning).Append('\n');
        text.Append("  standing  ").Append(PredictionJson.NameOf(outcome.Problem.Standing)).Append('\n');
        text.Append("  source    ").Append(PredictionJson.SourceOf(system)).Append('\n');
        return text.ToString();
    }

    private static string Outputs(Outcome outcome)
    {
        var observables = outcome.Problem.System.Observables;
        var isStochastic = !outcome.Uncertainties.IsDefaultOrEmpty;
        var table = isStochastic ? new TextTable("output", "symbol", "value", "uncertainty") : new TextTable("output", "symbol", "value");
        for (var i = 0; i < observables.Length; i++)
        {
            var (name, value, symbol) = (observables[i].Name, Prose.Of(outcome.Outputs[i]), observables[i].Symbol);
            if (isStochastic) table.Add(name, symbol, value, outcome.Uncertainties[i] is { } u ? "± " + Prose.Of(u) : "");
            else table.Add(name, symbol, value);
        }
        return table.Render();
    }
}
