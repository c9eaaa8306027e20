using System.Collections.Immutable;

namespace Theory.Exponents;

/// <summary>One step of a flag: everything found at one order, given the previous step.</summary>
/// <param name="Order">The order at which the new directions are found, the smallest at which any is.</param>
/// <param name="Learned">The subspace after the step.</param>
/// <param name="Status">Whether it is proved that the order cannot be smaller.</param>
/// <param name="Reason">Why.</param>
public sealed record FlagStep(int Order, Subspace Learned, ProofStatus Status, string Reason);

/// <summary>A closure at orders ≤ l, step by step.</summary>
/// <param name="Subspaces">The subspaces after each step that adds a direction.</param>
/// <param name="Last">The last of them, or {0}.</param>
/// <param name="Status">Whether it is proved that no step finds more.</param>
/// <param name="Reason">Why.</param>
/// <param name="LastStatus">Whether <paramref name="Last"/> is proved: whatever earlier steps may have missed, it is found at last.</param>
/// <param name="LastReason">Why.</param>
internal sealed record ClosureSteps(ImmutableArray<Subspace> Subspaces, Subspace Last, ProofStatus Status, string Reason, ProofStatus LastStatus, string LastReason);

/// <summary>Closures of {0} under the directions that a family detects.</summary>
internal static class SubspaceClosure
{
    /// <summary>At each step, all directions of the smallest order at which anything is found; ends at V* or when nothing is found.</summary>
    internal static ImmutableArray<FlagStep> GreedyFlag(IDetector detector)
    {
        var flag = ImmutableArray.CreateBuilder<FlagStep>();
        var learned = Subspace.Zero(detector.Relevant.AmbientDimension);
        while (learned.Dimension < detector.Relevant.Dimension && NextStep(detector, learned) is { } step)
        {
            flag.Add(step);
            learned = step.Learned;
        }
        return flag.ToImmutable();
    }

    /// <summary>U_{t+1} = U_t + everything found at orders ≤ l given U_t, as long as it grows.</summary>
    internal static ClosureSteps Steps(IDetector detector, int order)
    {
        var steps = ImmutableArray.CreateBuilder<Subspace>();
        var learned = Subspace.Zero(detector.Relevant.AmbientDimension);
        var whole = (ProofStatus.Proved, "every direction is found");
        var (all, last) = (whole, whole);
        while (learned.Dimension < detector.Relevant.Dimension)
        {
            var next = learned;
            last = whole;
            for (var k = 1; k <= Math.Min(order, detector.MaxOrder) && next.Dimension < detector.Relevant.Dimension; k++)
            {
                var found = detector.Detect(learned, k);
                next = next.Plus(found.Span);
                last = Weaker(last, (found.Status, found.Reason));
            }
            all = Weaker(all, last);
            if (next.Dimension == learned.Dimension)
                return new(steps.ToImmutable(), learned, all.Item1, all.Item2, last.Item1, last.Item2);
            steps.Add(learned = next);
        }
        return new(steps.ToImmutable(), learned, all.Item1, all.Item2, whole.Item1, whole.Item2);
    }

    private static (ProofStatus, string) Weaker((ProofStatus Status, string Reason) first, (ProofStatus Status, string Reason) second) =>
        first.Status == ProofStatus.NumericalEvidence ? first : second;

    private static FlagStep? NextStep(IDetector detector, Subspace learned)
    {
        var status = ProofStatus.Proved;
        List<string> reasons = [];
        for (var order = 1; order <= detector.MaxOrder; order++)
        {
            var found = detector.Detect(learned, order);
            if (found.Span.Dimension > learned.Dimension)
                return new(order, found.Span, status, reasons.Count == 0 ? "no smaller order exists" : string.Join("; ", reasons.Distinct()));
            status = found.Status == ProofStatus.Proved ? status : found.Status;
            reasons.Add($"order {order}: {found.Reason}");
        }
        return null;
    }
}
