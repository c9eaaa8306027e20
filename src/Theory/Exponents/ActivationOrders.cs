using System.Collections.Immutable;

namespace Theory.Exponents;

/// <summary>Which orders m an activation can transmit: those with c_m(σ) = E[σ He_m] ≠ 0.</summary>
/// <param name="Text">The activation.</param>
/// <param name="Vanishing">The orders with c_m = 0, exactly unless <paramref name="Status"/> says otherwise.</param>
/// <param name="Status">Whether the zeros are proved.</param>
internal sealed record ActivationOrders(string Text, ImmutableHashSet<int> Vanishing, ProofStatus Status)
{
    internal bool Transmits(int order) => !Vanishing.Contains(order);
}
