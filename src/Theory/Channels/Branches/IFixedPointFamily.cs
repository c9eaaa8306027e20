namespace Theory.Channels;

/// <summary>
/// The fixed points of a state evolution with one scalar a &gt; 0 (a signal-to-noise ratio), for all λ at once: every non-trivial fixed point at λ is a point of
/// the single-valued curve λ(a).
/// </summary>
internal interface IFixedPointFamily
{
    /// <summary>λ(0⁺), where the trivial fixed point a = 0 loses its stability, +∞ if it never does; <see langword="null"/> if a = 0 is no fixed point, and then λ(0⁺) = 0.</summary>
    double? SpectralThreshold { get; }

    /// <summary>Below this a, the curve has no structure that could be resolved.</summary>
    double SmallestSnr { get; }

    /// <summary>Beyond this a, λ(a) increases, or approaches its limit monotonically.</summary>
    double LargestSnr { get; }

    /// <summary>λ(∞), if it is finite: above it a = ∞ is a fixed point too, and has the largest free entropy.</summary>
    double? LimitLambda => null;

    /// <summary>Logarithms of the a at which the curve is sampled, from the least to the largest.</summary>
    double[] LogSnrs => Uniform(Math.Log(SmallestSnr), Math.Log(LargestSnr), 0.15);

    /// <summary>Reversals of the curve shallower than this, in log λ, are rounding.</summary>
    double Resolution => 1e-11;

    /// <summary>log λ(a).</summary>
    /// <param name="logSnr">log a.</param>
    /// <param name="guess">log λ of a neighbour, or NaN.</param>
    double LogLambda(double logSnr, double guess);

    /// <summary>One step of state evolution a ↦ a′ at λ.</summary>
    double Step(double snr, double lambda);

    /// <summary>The free entropy at a fixed point, relative to the trivial one.</summary>
    double FreeEntropy(double snr, double lambda);

    /// <summary>Both ends, and points between them at most so far apart.</summary>
    static double[] Uniform(double first, double last, double spacing)
    {
        var count = Math.Max(2, (int)Math.Ceiling((last - first) / spacing) + 1);
        return [.. Enumerable.Range(0, count).Select(i => first + (last - first) * i / (count - 1))];
    }
}
