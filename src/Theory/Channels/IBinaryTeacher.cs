namespace Theory.Channels;

/// <summary>Labels y = ±1 drawn from a law P(y | τ) of a local field τ, seen through Gaussian uncertainty about τ.</summary>
internal interface IBinaryTeacher
{
    /// <summary>P(y | τ̄, v) = E P(y | τ) over τ ~ N(τ̄, v), and its derivative in τ̄.</summary>
    (double Probability, double Slope) At(int label, double mean, double variance);

    /// <summary>P(+1 | τ̄, v) and its derivative at many τ̄, absolutely accurate; the spans are whole vectors of four.</summary>
    void At(ReadOnlySpan<double> means, double variance, Span<double> probabilities, Span<double> slopes)
    {
        for (var i = 0; i < means.Length; i++) (probabilities[i], slopes[i]) = At(1, means[i], variance);
    }

    /// <summary>
    /// Distance from the real axis up to which P(y | τ̄, v) is analytic in τ̄, and the rate at which it grows there: at an imaginary part t by no more than a factor e^{rate·t²/2}.
    /// </summary>
    (double Strip, double GrowthRate) Analyticity(double variance);

    /// <summary>Whether P(y | τ) = P(−y | −τ).</summary>
    bool IsOdd { get; }

    /// <summary>Fields around which P(y | τ̄, v) changes, at most <see cref="StepCount"/>.</summary>
    int StepCount { get; }

    /// <summary>The fields, and the scale of τ̄ over which P changes at uncertainty v.</summary>
    double Steps(double variance, Span<double> fields);
}
