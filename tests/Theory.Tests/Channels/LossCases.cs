using FsCheck;
using FsCheck.Fluent;
using Theory.Channels;

namespace Theory.Tests.Channels;

/// <summary>A margin loss with its convex conjugate, written out on its own.</summary>
public sealed record LossCase(IMarginLoss Loss)
{
    /// <summary>ℓ*(s) = sup_u s u − ℓ(u).</summary>
    public double Conjugate(double s) => Loss switch
    {
        SquareLoss => s + 0.5 * s * s,
        LogisticLoss => Entropy(-s) + Entropy(1 + s),
        HingeLoss => s,
        HuberLoss => s + 0.5 * s * s,
        _ => s,
    };

    public override string ToString() => Loss is HuberLoss huber ? $"huber({huber.Delta})" : Loss.Name;

    private static double Entropy(double p) => p <= 0 ? 0 : p * Math.Log(p);
}

/// <summary>A margin and a variance over many scales.</summary>
public sealed record ProximalCase(double Margin, double Other, double Variance);

/// <summary>Generators of losses and of places where they are evaluated.</summary>
public static class LossCases
{
    public static Arbitrary<LossCase> Losses() =>
        (from kind in Gen.Elements(Enum.GetValues<LossKind>().Where(k => k != LossKind.Custom).ToArray())
         from delta in LogUniform(0.05, 20)
         select new LossCase(MarginLosses.Create(kind, delta))).ToArbitrary();

    public static Arbitrary<ProximalCase> Places() =>
        (from variance in LogUniform(1e-6, 1e8)
         from first in Margins(variance)
         from second in Margins(variance)
         select new ProximalCase(first, second, variance)).ToArbitrary();

    public static Gen<double> LogUniform(double from, double to) => Gen.Choose(0, 1_000_000).Select(i => from * Math.Pow(to / from, i / 1e6));

    // Around the kinks, around −V/2 and −V, and anywhere.
    private static Gen<double> Margins(double variance) =>
        from centre in Gen.Elements(0, 1, 1 - variance, -0.5 * variance, -variance)
        from scale in LogUniform(1e-3, 1e3)
        from offset in Gen.Choose(-1000, 1000)
        select centre + scale * offset / 1000;
}
