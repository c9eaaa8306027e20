using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Features;

/// <summary>Checks of a vocabulary, which the systems on learned features share.</summary>
internal static class VocabularyInputs
{
    /// <summary>The most values: the equations have k(k + 3)/2 unknowns.</summary>
    public const int Most = 32;

    private const double Rounding = 1e-22;

    public static ParameterRange Fraction { get; } = new(0, false, 1, true);

    public static ImmutableArray<double> In(ImmutableArray<double> values, ParameterRange range, string name)
    {
        if (values.IsDefaultOrEmpty) throw new ArgumentException($"{name} must have at least one element", name);
        if (values.Length > Most) throw new ArgumentException($"{name} must have at most {Most} elements; got {values.Length}", name);
        foreach (var value in values) Guard.In(value, range, name);
        return values;
    }

    /// <summary>Checks the two lists together.</summary>
    public static void Require(ImmutableArray<double> fractions, ImmutableArray<double> spikes)
    {
        if (fractions.Length != spikes.Length)
            throw new InvalidInputException("fractions", $"fractions must have as many numbers as spikes, {spikes.Length}; got {fractions.Length}");
        var sum = fractions.Sum();
        if (Math.Abs(sum - 1) > 1e-9) throw new InvalidInputException("fractions", FormattableString.Invariant($"fractions must sum to 1 within 1e-9; they sum to {sum:R}"));
    }

    /// <summary>Refuses activations without features.</summary>
    public static void RequireFeatures(VocabularyProjection projection, Symbolics.ScalarFunction activation)
    {
        for (var q = 0; q < projection.Count; q++)
            for (var n = 0; n < projection.Weight.Length; n++)
            {
                var variance = projection.Linear[q][n] * projection.Linear[q][n] + projection.Noise[q][n];
                if (variance > Rounding * projection.Mean[q][n] * projection.Mean[q][n]) return;
            }
        throw FeatureFunctions.Unfit("Activation", activation, "must not be constant: a constant activation has no features");
    }
}
