namespace Theory.Channels;

/// <summary>
/// A label y ~ P(y | τ) of a field τ = ω + √V ζ of which ω ~ N(0, q) is known, ζ ~ N(0, 1) is not, and q + V = ρ. With Z(y, ω) = E_ζ P(y | ω + √V ζ), a mass or a density in y,
/// an observation of y moves the estimate of τ by V ∂ log Z/∂ω.
/// </summary>
/// <remarks>The two functions belong together: Ψ′(q) = I(q)/2 [Barbier et al. 2019, arXiv:1708.03395]. Implementations may hold buffers: one for each thread.</remarks>
internal interface IOutputChannel
{
    /// <summary>Whether no label says anything about τ to first order, E[τ | y] = 0, so that q = 0 is a fixed point.</summary>
    bool IsTrivialAtOrigin { get; }

    /// <summary>The limit of V I(q) as V → 0: the fraction of fields that their label determines. 0 with noise, and for labels of discrete values.</summary>
    double DeterminedFraction { get; }

    /// <summary>A V below which the shape of I changes no more.</summary>
    double SmallestScale { get; }

    /// <summary>I = E_ω Σ_y Z (∂ log Z/∂ω)².</summary>
    double Information(double q, double variance);

    /// <summary>Ψ = E_ω Σ_y Z log Z.</summary>
    double Evidence(double q, double variance);

    /// <summary>Misclassification probability for labels ±1, mean squared error E (y − E[y | ω])² for others, of the best guess of y from ω.</summary>
    double LeastError(double q, double variance);
}

/// <summary>Output channels by teacher.</summary>
internal static class OutputChannels
{
    /// <summary>
    /// The channel of a teacher g: y = g(τ + √Δ ξ) if g is ±1 and piecewise constant, otherwise y = g(τ) + √Δ ξ; <see langword="null"/> is the logit teacher of an inverse temperature.
    /// </summary>
    public static IOutputChannel Create(Symbolics.ScalarFunction? teacher, double noise, double inverseTemperature, double rho)
    {
        if (teacher is null) return new BinaryOutput(new LogitTeacher(inverseTemperature), rho, isEven: false, isSign: false);
        if (ThresholdTeacher.TryCreate(teacher, noise) is { } threshold)
            return new BinaryOutput(threshold, rho, teacher.Parity == Symbolics.Parity.Even, threshold.IsSign);
        if (teacher.Expression is { } expression && expression.TryGetPolynomial(out var polynomial) && polynomial.Degree <= 1)
            return new LinearOutput(teacher.Evaluate(1) - teacher.Evaluate(0), noise);
        if (noise == 0) return new NoiselessOutput(teacher, rho);
        return (IOutputChannel?)SegmentedOutput.TryCreate(teacher, noise, rho) ?? new NoisyOutput(teacher, noise, rho);
    }
}
