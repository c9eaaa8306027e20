namespace Theory.Exponents;

/// <summary>What is seen at one order, given a learned subspace.</summary>
/// <param name="Span">The learned subspace together with the directions found.</param>
/// <param name="Status">Whether it is proved that nothing more can be found at this order.</param>
/// <param name="Reason">Why nothing more is found.</param>
internal sealed record Detection(Subspace Span, ProofStatus Status, string Reason);

/// <summary>
/// A family of labels T(f) that asks, given the projection of the input on a learned subspace S, which directions v ⟂ S appear in
/// E[T(f) H_k(z_⊥) | z_S] over all T of the family. Found directions are always proved; that no others exist is proved or not.
/// </summary>
internal interface IDetector
{
    /// <summary>V*: the directions on which the target depends.</summary>
    Subspace Relevant { get; }

    /// <summary>The largest order at which anything can be found.</summary>
    int MaxOrder { get; }

    Detection Detect(Subspace learned, int order);
}
