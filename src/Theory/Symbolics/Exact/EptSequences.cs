namespace Theory.Symbolics.Exact;

/// <summary>
/// Raw Hermite coefficients c_k = E[f He_k] of kernels. Integration by parts, E[F He_{k+1}] = E[F' He_k] + (boundary), and
/// z He_k = He_{k+1} + k He_{k−1} give for F = exp(a z + g z²) … the recurrence
/// (1 − 2g) c_{k+1} = a c_k + 2 g k c_{k−1} + (coefficients of simpler kernels) + B He_k(b);
/// only c_0 is transcendental. Where c_0 has no closed form it is carried along as an unknown.
/// </summary>
internal sealed class EptSequences(int length)
{
    // Products of more error functions have no closed form in the ring, but for symmetry.
    private const int GreatestErrorCount = 6;

    private readonly Dictionary<EptKernel, CoefficientSequence> _known = [];

    /// <summary>The coefficients of a kernel; null when not even the recurrence holds.</summary>
    public CoefficientSequence Of(EptKernel kernel)
    {
        if (_known.TryGetValue(kernel, out CoefficientSequence? sequence))
            return sequence;
        ExactNumber decay = ExactNumber.One - (2 * kernel.Quadratic);
        sequence = decay.Sign <= 0 || kernel.Errors.Count > GreatestErrorCount ? CoefficientSequence.Undetermined(length)
            : kernel.IsSingular ? Singular(kernel, decay)
            : kernel.Frequency is null ? Plain(kernel, decay)
            : Waves(kernel, decay);
        return _known[kernel] = sequence;
    }

    private CoefficientSequence Plain(EptKernel kernel, ExactNumber decay)
    {
        CoefficientSequence sequence = EptMoments.Mean(kernel, decay) is { } mean
            ? CoefficientSequence.StartingWith(mean, length)
            : CoefficientSequence.StartingWithUnknown(kernel, length);
        CoefficientSequence? source = Source(kernel);
        ExactNumber inverse = ExactNumber.One / decay, damping = 2 * kernel.Quadratic * inverse, tilt = kernel.Linear * inverse;
        source?.Scale(inverse);
        for (int k = 0; k + 1 < length; k++)
        {
            sequence.AddMultiple(k + 1, tilt, sequence, k);
            if (k > 0)
                sequence.AddMultiple(k + 1, damping * k, sequence, k - 1);
            if (source is not null)
                sequence.AddMultiple(k + 1, ExactNumber.One, source, k);
        }
        return sequence;
    }

    // cos and sin are each other's derivatives: two coupled recurrences.
    private CoefficientSequence Waves(EptKernel kernel, ExactNumber decay)
    {
        EptKernel[] kernels = [kernel with { IsSine = false }, kernel with { IsSine = true }];
        CoefficientSequence[] waves = Array.ConvertAll(kernels, k => EptMoments.Mean(k, decay) is { } mean
            ? CoefficientSequence.StartingWith(mean, length)
            : CoefficientSequence.StartingWithUnknown(k, length));
        CoefficientSequence?[] sources = Array.ConvertAll(kernels, Source);
        ExactNumber inverse = ExactNumber.One / decay, damping = 2 * kernel.Quadratic * inverse, tilt = kernel.Linear * inverse;
        ExactNumber turn = kernel.Frequency! * inverse;
        foreach (CoefficientSequence? source in sources)
            source?.Scale(inverse);
        for (int k = 0; k + 1 < length; k++)
            for (int i = 0; i < 2; i++)
            {
                waves[i].AddMultiple(k + 1, tilt, waves[i], k);
                waves[i].AddMultiple(k + 1, i == 0 ? -turn : turn, waves[1 - i], k);
                if (k > 0)
                    waves[i].AddMultiple(k + 1, damping * k, waves[i], k - 1);
                if (sources[i] is { } source)
                    waves[i].AddMultiple(k + 1, ExactNumber.One, source, k);
            }
        _known[kernels[kernel.IsSine ? 0 : 1]] = waves[kernel.IsSine ? 0 : 1];
        return waves[kernel.IsSine ? 1 : 0];
    }

    // F = |z|^p (log|z|)^n e^{gz²}: z F' = p F + n F_{n−1} + 2 g z² F, hence
    // (1 − 2g) c_{k+2} = (p − k + 2g(2k+1)) c_k + 2g k(k−1) c_{k−2} + n c_k(F_{n−1}), for k of either parity.
    private CoefficientSequence Singular(EptKernel kernel, ExactNumber decay)
    {
        bool half = kernel.Start is { IsZero: true };
        if (!kernel.Linear.IsZero || kernel.Frequency is not null || kernel.Errors.Count > 0 || (kernel.Start is not null && !half))
            return CoefficientSequence.Undetermined(length);
        var sequence = CoefficientSequence.StartingWith(ExactNumber.Zero, length);
        for (int k = 0; k < Math.Min(length, half ? 2 : 1); k++)
        {
            // On the half-line the mean of F and of z F are half of those of |z|^p and |z|^{p+1}.
            ExactNumber? moment = EptMoments.Absolute(kernel.AbsolutePower + k, kernel.LogPower, decay);
            if (moment is null)
                sequence.SetUnknown(k, kernel with { IsSine = k == 1 });
            else
                sequence.Set(k, half ? moment / 2 : moment);
        }
        CoefficientSequence? lower = kernel.LogPower == 0 ? null : Of(kernel with { LogPower = kernel.LogPower - 1 });
        ExactNumber inverse = ExactNumber.One / decay, twice = 2 * kernel.Quadratic;
        for (int k = 0; k + 2 < length; k++)
        {
            if (!half && k % 2 != 0)
                continue;
            sequence.AddMultiple(k + 2, inverse * (kernel.AbsolutePower - k + (twice * ((2 * k) + 1))), sequence, k);
            if (k > 1)
                sequence.AddMultiple(k + 2, inverse * twice * (k * (k - 1)), sequence, k - 2);
            if (lower is not null)
                sequence.AddMultiple(k + 2, inverse * kernel.LogPower, lower, k);
        }
        return sequence;
    }

    // What the derivative contributes besides (a + 2 g z) F and the partner wave: the slopes of error functions, and the jump at b.
    private CoefficientSequence? Source(EptKernel kernel)
    {
        if (kernel.Errors.Count == 0 && kernel.Start is null)
            return null;
        var source = CoefficientSequence.StartingWith(ExactNumber.Zero, length);
        for (int i = 0; i < kernel.Errors.Count; i++)
        {
            (ExactNumber slope, CoefficientSequence simpler) = (kernel.ErrorSlope(i), Of(kernel.WithoutError(i)));
            for (int k = 0; k < length; k++)
                source.AddMultiple(k, slope, simpler, k);
        }
        if (kernel.Start is { } start)
            AddBoundary(source, kernel, start);
        return source;
    }

    // B He_k(b) with B = φ(b) F(b).
    private void AddBoundary(CoefficientSequence source, EptKernel kernel, ExactNumber start)
    {
        ExactNumber previous = ExactNumber.Zero, current = ExactNumber.NormalPdf(start) * kernel.ValueAt(start);
        for (int k = 0; k < length; k++)
        {
            source.Add(k, current);
            (previous, current) = (current, (start * current) - (k * previous));
        }
    }
}
