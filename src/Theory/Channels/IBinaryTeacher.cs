namespace Theory.Channels;

/// <summary>Labels y = ±1 drawn from a law P(y | τ) of a local field τ, seen through Gaussian uncertainty about τ.</summary>
internal interface IBinaryTeacher
{
    /// <summary>P(y | τ̄, v) = E P(y | τ) over τ ~ N(τ̄, v), and its derivative in τ̄.</summary>
    (double Probability, double Slope) At(int label, double mean, double variance);

    /// <summary>Fields around which P(y | τ̄, v) changes, at most <see cref="StepCount"/>.</summary>
    int StepCount { get; }

    /// <summary>The fields, and the scale of τ̄ over which P changes at uncertainty v.</summary>
    double Steps(double variance, Span<double> fields);
}
