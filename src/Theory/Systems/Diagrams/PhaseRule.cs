using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Systems.Diagrams;

/// <summary>
/// How the points of a phase diagram are classified. Either an output that is itself a class (<c>phase</c>), or conditions on outputs and inputs: one
/// (<c>test_error &lt; train_error</c>) divides the plane in two; several with names, tried in order, in more (<c>none: q_u &lt; 0.01; some: q_u &lt; 0.5; much</c>).
/// A condition is a comparison (<c>&lt; &lt;= &gt; &gt;= == !=</c>) of expressions in the names of outputs and inputs, elements <c>m[0]</c>, <c>count(edges)</c>; or
/// <c>exists(NAME)</c>; or several joined by <c>and</c>. What compares with an absent value is false.
/// </summary>
public sealed class PhaseRule
{
    private readonly Func<Outcome, string>? category;
    private readonly ImmutableArray<(string Name, PhaseCondition? Condition)> clauses;

    private PhaseRule(string text, Func<Outcome, string>? category, ImmutableArray<(string, PhaseCondition?)> clauses) => (Text, this.category, this.clauses) = (text, category, clauses);

    /// <summary>The rule as it was written.</summary>
    public string Text { get; }

    /// <summary>The classes in the order of the rule; empty if they are the values of an output.</summary>
    public ImmutableArray<string> Classes => [.. clauses.Select(c => c.Name)];

    /// <summary>The rule of a system that says its phase itself.</summary>
    /// <param name="system">The system.</param>
    /// <returns>The rule <c>phase</c>.</returns>
    /// <exception cref="InvalidInputException">The system has no output <c>phase</c>.</exception>
    public static PhaseRule Default(ISystem system) => Guard.NotNull(system, nameof(system)).Observables.Any(o => o is { Name: "phase", Shape: Shape.Text })
        ? Parse("phase", system)
        : throw new InvalidInputException("rule", $"{system.Id} does not say its phase: give a rule such as \"{system.Observables[0].Name} > 0.5\"; it has {Names(system)}");

    /// <summary>Reads a rule.</summary>
    /// <param name="text">The text.</param>
    /// <param name="system">The system whose outputs and inputs it may name.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="InvalidInputException">The rule is malformed or names something that the system does not have; the message is one line.</exception>
    public static PhaseRule Parse(string text, ISystem system)
    {
        var trimmed = Guard.NotNull(text, nameof(text)).Trim();
        Guard.NotNull(system, nameof(system));
        for (var i = 0; i < system.Observables.Length; i++)
        {
            if (system.Observables[i].Name != trimmed) continue;
            if (system.Observables[i].Shape is not (Shape.Text or Shape.Flag or Shape.Integer)) throw Fault(trimmed, $"{trimmed} is a number: compare it with something, as in \"{trimmed} > 0.5\"");
            var index = i;
            return new(trimmed, outcome => outcome.Outputs[index] is Value.Missing ? "absent" : outcome.Outputs[index].ToString()!, []);
        }

        var parts = trimmed.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            [] => throw Fault(trimmed, "it is empty"),
            [var only] when !only.Contains(':') => new(trimmed, null, [(only, PhaseCondition.Parse(only, system)), ($"not ({only})", null)]),
            _ => new(trimmed, null, Clauses(parts, trimmed, system)),
        };
    }

    /// <summary>The class of a prediction.</summary>
    /// <param name="outcome">The prediction.</param>
    /// <returns>The class.</returns>
    public string Classify(Outcome outcome)
    {
        if (category is not null) return category(Guard.NotNull(outcome, nameof(outcome)));
        foreach (var (name, condition) in clauses)
            if (condition is null || condition.Holds(outcome)) return name;
        throw new InvalidOperationException("The last clause of a rule has no condition.");
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    internal static InvalidInputException Fault(string text, string message) => new("rule", $"rule '{text}': {message}");

    internal static string Names(ISystem system) => string.Join(", ", system.Observables.Select(o => o.Name).Concat(system.Parameters.Select(p => p.Name)));

    private static ImmutableArray<(string, PhaseCondition?)> Clauses(string[] parts, string text, ISystem system)
    {
        var clauses = ImmutableArray.CreateBuilder<(string Name, PhaseCondition? Condition)>();
        foreach (var part in parts)
        {
            if (clauses is [.., (_, null)]) throw Fault(text, "a class without condition must be the last");
            clauses.Add(part.Split(':', 2, StringSplitOptions.TrimEntries) is [var name, var condition] ? (name, PhaseCondition.Parse(condition, system)) : (part, null));
        }

        if (clauses[^1].Condition is not null) clauses.Add(("otherwise", null));
        return clauses.Select(c => c.Name).Distinct().Count() == clauses.Count ? clauses.ToImmutable() : throw Fault(text, "each class may be named once");
    }
}
