namespace Theory.Factorization;

/// <summary>
/// The fixed points of a state evolution with one scalar a &gt; 0 (a signal-to-noise ratio), for all λ at once: every non-trivial fixed point at λ is a point of
/// the single-valued curve λ(a).
/// </summary>
internal interface IFixedPointFamily
{
    /// <summary>λ(0⁺), where the trivial fixed point a = 0 loses its stability; <see langword="null"/> if a = 0 is no fixed point, and then λ(0⁺) = 0.</summary>
    double? SpectralThreshold { get; }

    /// <summary>Below this a, the curve has no structure that could be resolved.</summary>
    double SmallestSnr { get; }

    /// <summary>Beyond this a, λ(a) increases.</summary>
    double LargestSnr { get; }

    /// <summary>log λ(a).</summary>
    /// <param name="logSnr">log a.</param>
    /// <param name="guess">log λ of a neighbour, or NaN.</param>
    double LogLambda(double logSnr, double guess);

    /// <summary>One step of state evolution a ↦ a′ at λ.</summary>
    double Step(double snr, double lambda);

    /// <summary>The free entropy at a fixed point, relative to the trivial one.</summary>
    double FreeEntropy(double snr, double lambda);
}
