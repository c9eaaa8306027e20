using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>
/// The sampling ratio α = n/d above which approximate message passing finds, from nothing, a direction of the target behind a label
/// y = f(z) + N(0, Δ) (Mondelli and Montanari 2019; Barbier et al. 2019; for several directions Troiani et al. 2024). With
/// G(y) = E[zzᵀ − I | y], 1/α_c is the largest eigenvalue of M ↦ E[G M G].
/// </summary>
public sealed record WeakRecovery
{
    /// <summary>The noiseless label f.</summary>
    public required string Label { get; init; }

    /// <summary>The variance Δ of the label noise.</summary>
    public required double Noise { get; init; }

    /// <summary>
    /// α_c: 0 when some direction is trivial (learned at any α &gt; 0), ∞ when no direction is ever found with n = Θ(d) samples.
    /// </summary>
    public required double Threshold { get; init; }

    /// <summary>An estimate of the absolute error of α_c; 0 where the value is exact.</summary>
    public required double Error { get; init; }

    /// <summary>Whether the class (trivial, easy or hard) is proved; see <see cref="Reason"/>.</summary>
    public required ProofStatus Status { get; init; }

    /// <summary>How class and value were established.</summary>
    public required string Reason { get; init; }

    /// <summary>span{E[z | y]} and what it unlocks: learned at any α &gt; 0.</summary>
    public required Subspace Trivial { get; init; }

    /// <summary>The directions that order 2 finds, once the trivial ones are known: learned above a finite α.</summary>
    public required Subspace Easy { get; init; }

    /// <summary>The directions not found at orders 1 and 2: more than Θ(d) samples are needed.</summary>
    public required Subspace Hard { get; init; }

    /// <summary>All directions of the label.</summary>
    internal Subspace Relevant => Trivial.Plus(Easy).Plus(Hard);

    /// <summary>The threshold of a label.</summary>
    /// <param name="label">The noiseless label f in z1, …, z9.</param>
    /// <param name="noise">The variance Δ of additive Gaussian label noise, at least 0.</param>
    /// <returns>The threshold.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The noise is negative or not finite.</exception>
    /// <exception cref="ArgumentException">The label is not defined almost everywhere or not square integrable.</exception>
    /// <exception cref="UnsupportedException">No method here covers the label.</exception>
    public static WeakRecovery Of(Expression label, double noise = 0)
    {
        if (!(noise >= 0) || double.IsInfinity(noise))
            throw Guard.OutOfRange(nameof(noise), noise, "must be in [0, ∞)");
        return WeakRecoveryAnalysis.Run(Guard.NotNull(label), noise);
    }
}
