namespace Theory.Symbolics.Exact;

/// <summary>Means of kernels under the standard normal distribution, where they have closed forms in the ring.</summary>
internal static class EptMoments
{
    /// <summary>
    /// E F for a kernel without |z|^p and log|z|; <paramref name="decay"/> is D = 1 − 2g &gt; 0. With s² = 1/D and m = a/D the weight
    /// e^{a z + g z²} φ(z) is s e^{a²/2D} times the density of N(m, s²). Null when there is no closed form.
    /// </summary>
    public static ExactNumber? Mean(EptKernel kernel, ExactNumber decay)
    {
        if (kernel.Parity < 0)
            return ExactNumber.Zero;
        ExactNumber variance = ExactNumber.One / decay, mean = kernel.Linear * variance;
        ExactNumber? shape = kernel.Frequency is { } w
            ? Wave(kernel, w, mean, variance)
            : kernel.Errors.Count == 0 ? Tail(kernel.Start, mean, decay) : Errors(kernel, mean, variance);
        if (shape is null || shape.IsZero)
            return shape;
        return ExactNumber.Sqrt(variance) * ExactNumber.Exp(kernel.Linear * mean / 2) * shape;
    }

    /// <summary>E[|z|^p (log|z|)^n e^{g z²}], with D = 1 − 2g; null when there is no closed form.</summary>
    public static ExactNumber? Absolute(BigRational power, int logPower, ExactNumber decay)
    {
        // z = s u: E|s u|^p (log s + log|u|)^n, and d/dp of E|u|^p = 2^{p/2} Γ((p+1)/2)/√π gives the logarithms.
        ExactNumber moment = ExactNumber.Pow(decay, -(power + 1) * BigRational.Half) * ExactNumber.Pow(2, power * BigRational.Half)
            * ExactNumber.Gamma((power + 1) * BigRational.Half) / ExactNumber.Sqrt(ExactNumber.Pi);
        if (logPower == 0)
            return moment;
        if (logPower > 2 || !(power.IsZero || power.IsOne))
            return null;
        // ψ(1/2) = −γ − 2 ln 2 and ψ(1) = −γ; ψ'(1/2) = π²/2 and ψ'(1) = π²/6.
        ExactNumber centre = (ExactNumber.Ln(2) * (power.IsOne ? 1 : -1) - ExactNumber.EulerGamma - ExactNumber.Ln(decay)) / 2;
        ExactNumber spread = ExactNumber.Pi * ExactNumber.Pi / (power.IsOne ? 24 : 8);
        return moment * (logPower == 1 ? centre : (centre * centre) + spread);
    }

    private static ExactNumber Tail(ExactNumber? start, ExactNumber mean, ExactNumber decay) =>
        start is null ? ExactNumber.One : ExactNumber.UpperTail((start - mean) * ExactNumber.Sqrt(decay));

    private static ExactNumber? Wave(EptKernel kernel, ExactNumber w, ExactNumber mean, ExactNumber variance)
    {
        // On half-lines, or beside error functions, this is the error function of a complex number.
        if (kernel.Start is not null || kernel.Errors.Count > 0)
            return null;
        ExactNumber angle = w * mean;
        return ExactNumber.Exp(w * w * variance / -2) * (kernel.IsSine ? ExactNumber.Sin(angle) : ExactNumber.Cos(angle));
    }

    private static ExactNumber? Errors(EptKernel kernel, ExactNumber mean, ExactNumber variance)
    {
        ErrorFunctions errors = kernel.Errors;
        (ExactNumber c, ExactNumber d) = errors[0];
        if (errors.Count == 1 && kernel.Start is null)
            return ExactNumber.Erf(((c * mean) + d) / Spread(c, variance));
        bool centred = errors.Zeros.All(zero => (zero - mean).IsZero) && (kernel.Start is null || (kernel.Start - mean).IsZero);
        return (centred, errors.Count) switch
        {
            // E[erf(c u) 1{u > 0}] = arctan(√2 c)/π.
            (true, 1) => ExactNumber.Atan(c * ExactNumber.Sqrt(2 * variance)) / ExactNumber.Pi,
            // E[erf(c u) erf(c' u)] = (2/π) arcsin(2 c c'/√((1 + 2c²)(1 + 2c'²))), half of it on the half-line.
            (true, 2) => ExactNumber.Asin(2 * c * errors[1].Slope * variance / Spread(c, variance) / Spread(errors[1].Slope, variance))
                * (kernel.Start is null ? 2 : 1) / ExactNumber.Pi,
            _ => null,
        };
    }

    private static ExactNumber Spread(ExactNumber slope, ExactNumber variance) => ExactNumber.Sqrt(1 + (2 * slope * slope * variance));
}
