using Theory.Contract;

namespace Theory.Systems.Json;

/// <summary>From the inputs of a JSON object to a problem.</summary>
public static class ProblemInputs
{
    /// <summary>Sets the parameters of a system.</summary>
    /// <param name="system">The system.</param>
    /// <param name="inputs">Values by name, as <see cref="Collect"/> takes them.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="InvalidInputException">A name is unknown or occurs twice, a required value is missing, or a value is illegal.</exception>
    public static IProblem Create(ISystem system, IEnumerable<KeyValuePair<string, Value>> inputs) => system.Create(Collect(system, inputs));

    /// <summary>The values that <see cref="ISystem.Create"/> takes.</summary>
    /// <param name="system">The system.</param>
    /// <param name="inputs">Values by name. <c>null</c> counts as not given for parameters whose default is <c>null</c>; elsewhere the system refuses it.</param>
    /// <returns>The values by name.</returns>
    /// <exception cref="InvalidInputException">A name occurs twice.</exception>
    public static IReadOnlyDictionary<string, Value> Collect(ISystem system, IEnumerable<KeyValuePair<string, Value>> inputs)
    {
        var given = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var (name, value) in inputs)
        {
            if (value is Value.Missing && system.Parameters.Any(p => p.Name == name && p.Default is Value.Missing)) continue;
            if (!given.TryAdd(name, value)) throw new InvalidInputException(name, $"{name} is given twice");
        }
        return given;
    }
}
