using System.Collections.Immutable;
using System.Globalization;

namespace Theory.Exponents;

/// <summary>The number of samples that one way of learning needs to find all relevant directions of a target, as d → ∞.</summary>
/// <param name="Protocol">The way of learning, in snake case: <c>online_sgd</c>.</param>
/// <param name="Samples">The number of samples, and what is not proved about it.</param>
public sealed record SampleComplexity(string Protocol, string Samples)
{
    internal static ImmutableArray<SampleComplexity> Of(LearningExponents exponents) =>
    [
        new("online_sgd", OfTarget(exponents, OnlineSgd)),
        new("correlational_queries", OfTarget(exponents, CorrelationalQueries)),
        new("giant_steps", OfTarget(exponents, GiantSteps)),
        new("batch_reuse", OfTarget(exponents, BatchReuse)),
        new("statistical_queries", OfTarget(exponents, StatisticalQueries)),
        new("amp", OfTarget(exponents, MessagePassing)),
    ];

    private static string OfTarget(LearningExponents exponents, Func<LearningExponents, string> rule) =>
        exponents.Dimension == 0 ? "0: a constant has no direction" : rule(exponents);

    // Ben Arous, Gheissari and Jagannath 2021 for one direction; Abbe, Boix-Adsera and Misiakiewicz 2023 for several.
    private static string OnlineSgd(LearningExponents exponents) => (exponents.Dimension, exponents.IsoLeap) switch
    {
        (1, 1) => "Θ(d)",
        (1, 2) => "Θ(d log d)",
        (1, var k) => $"{Power(2 * (k - 1))} up to logarithms",
        (_, var leap) => $"{Power(2 * Math.Max(leap - 1, 1))} up to logarithms (conjectured, proved for some classes)",
    };

    private static string CorrelationalQueries(LearningExponents exponents) => $"{Power(Math.Max(2, exponents.IsoLeap))} up to logarithms";

    private static string GiantSteps(LearningExponents exponents)
    {
        if (exponents.LearnedSubspacesWithActivation is null)
            return $"{Power(2 * exponents.IsoLeap)} fresh ones at each of O(1) steps{Extension(exponents, exponents.IsoLeap)}";
        foreach (var (l, dimensions) in exponents.LearnedDimensions)
        {
            if (!dimensions.IsEmpty && dimensions[^1] == exponents.Dimension)
                return $"{Power(2 * l)} fresh ones at each of O(1) steps with this activation{Extension(exponents, l)}";
        }
        return $"more than {Power(2 * exponents.LearnedDimensions.Keys.Max())} at each of O(1) steps with this activation, if it learns all directions at all";
    }

    // Only the linear batch size, and for larger ones the first step, are covered by the theorem of Dandi et al. 2023.
    private static string Extension(LearningExponents exponents, int l) => l == 1 || exponents.Dimension == 1 ? "" : " (steps after the first: extension of the theorem)";

    private static string BatchReuse(LearningExponents exponents) => exponents switch
    {
        { HardUnderReuse.Dimension: 0 } => "Θ(d), in O(1) steps",
        { LearnedByReuse.Dimension: var learned } when learned == exponents.Dimension => "more than Θ(d) with this activation; Θ(d) in O(1) steps with a generic one",
        { GenerativeLeap: null } => "not determined",
        { GenerativeLeap: <= 2 } => "Θ(d log d)",
        _ => "more than Θ(d log d)",
    };

    private static string StatisticalQueries(LearningExponents exponents) =>
        exponents.GenerativeLeap is { } leap ? Power(Math.Max(2, leap)) : "not determined";

    private static string MessagePassing(LearningExponents exponents) => exponents switch
    {
        { LearnedByReuse.Dimension: var learned } when learned == exponents.Dimension => "α d with any α > 0",
        { GenerativeLeap: null } => "not determined",
        { GenerativeLeap: <= 2 } => "α d above a finite α",
        _ => "more than Θ(d)",
    };

    /// <summary>Θ(d^(halves/2)).</summary>
    private static string Power(int halves) => halves switch
    {
        2 => "Θ(d)",
        _ when halves % 2 == 0 => string.Create(CultureInfo.InvariantCulture, $"Θ(d^{halves / 2})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"Θ(d^({halves}/2))"),
    };
}
