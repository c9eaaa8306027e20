using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Theory.Contract;

namespace Theory.Systems.Json;

/// <summary>
/// Turns inputs into problems. Requests that differ only in numbers share one problem, whose numbers are changed by <see cref="IProblem.With"/>:
/// what was computed from their formulas (Hermite expansions above all) is computed once.
/// </summary>
internal sealed class ProblemCache(Catalogue catalogue)
{
    private const int Capacity = 1024;
    private readonly ConcurrentDictionary<string, IProblem> problems = new(StringComparer.Ordinal);

    public IProblem Get(string? id, ImmutableArray<KeyValuePair<string, Value>> inputs)
    {
        var system = catalogue.Get(id ?? throw new InvalidInputException("system", "\"system\" is missing"));
        var key = Key(system, inputs);
        if (problems.TryGetValue(key, out var problem)) return WithNumbers(problem, inputs);
        problem = ProblemInputs.Create(system, inputs);
        if (problems.Count >= Capacity) problems.Clear();
        problems.TryAdd(key, problem);
        return problem;
    }

    private static IProblem WithNumbers(IProblem problem, ImmutableArray<KeyValuePair<string, Value>> inputs)
    {
        foreach (var (name, value) in inputs)
            if (value is Value.Number) problem = problem.With(name, value);
        return problem;
    }

    // A text is preceded by its length: no two requests of different content share a key.
    private static string Key(ISystem system, ImmutableArray<KeyValuePair<string, Value>> inputs)
    {
        var key = new StringBuilder(system.Id);
        foreach (var (name, value) in inputs)
        {
            key.Append('\n').Append(name.Length).Append(':').Append(name);
            if (value is Value.Number) continue;
            var text = value is Value.Text t ? t.Content : ValueJson.ToJson(value);
            key.Append(value is Value.Text ? '"' : '=').Append(text.Length).Append(':').Append(text);
        }
        return key.ToString();
    }
}
