namespace Theory.Channels;

/// <summary>Reads the thresholds off the curve λ(a).</summary>
internal sealed class ThresholdSearch(IFixedPointFamily family, BranchCurve curve)
{
    // Relative differences of 1e-13 keep both branches in existence.
    private const double Margin = 1e-13;

    public BranchThresholds Run()
    {
        var extrema = curve.Extrema.ToList();
        var weak = family.SpectralThreshold ?? 0;
        var last = extrema.FindLastIndex(e => e.IsMinimum);
        if (last < 1) return new(family.SpectralThreshold, null, null, null, null, null, weak);
        // The upper branch begins at the last minimum. A start from nothing is kept from it by every maximum on the way.
        var (dynamical, algorithmic) = (extrema[last].Lambda, extrema[..last].Max(e => e.Lambda));
        // A branch a = ∞ has the largest free entropy wherever it exists.
        var endless = double.IsPositiveInfinity(extrema[last].Snr);
        var transition = endless ? dynamical : Overtaking(extrema[last].Snr, dynamical, algorithmic);
        var (top, low) = (endless ? double.PositiveInfinity : Top(transition).Snr, Low(transition, extrema[last].Snr).Snr);
        if (weak > 0) weak = Math.Min(weak, low == 0 ? transition : Informative(extrema, Math.Min(weak, transition)));
        return new(family.SpectralThreshold, dynamical, transition, algorithmic, top, low, weak);
    }

    /// <summary>a at the stable fixed point of largest free entropy.</summary>
    public double BayesOptimal(double? transition, double lambda) =>
        transition is not { } it || lambda > it ? curve.Largest(lambda) ?? 0 : Low(lambda, curve.Extrema.Last(e => e.IsMinimum).Snr).Snr;

    /// <summary>λ at which the upper branch gets the largest free entropy.</summary>
    private double Overtaking(double minimum, double dynamical, double algorithmic)
    {
        double Gain(double lambda) => Top(lambda).FreeEntropy - Low(lambda, minimum).FreeEntropy;
        // Where the curve is too shallow for the sign of the difference to be resolved, all three thresholds agree to rounding.
        return Crossing(Gain, dynamical, algorithmic) ?? (double.IsFinite(algorithmic) ? Math.Sqrt(dynamical * algorithmic) : dynamical);
    }

    /// <summary>The least λ at which a fixed point has more free entropy than no information, given one at which one has.</summary>
    private double Informative(List<(double Snr, double Lambda, bool IsMinimum)> extrema, double upper)
    {
        var lower = extrema.Where(e => e.IsMinimum && double.IsFinite(e.Snr)).Select(e => e.Lambda).DefaultIfEmpty(upper).Min();
        if (lower >= upper) return upper;
        return Crossing(l => curve.Roots(l).Where(r => r.IsStable).Select(r => family.FreeEntropy(r.Snr, l)).DefaultIfEmpty(-1).Max(), lower, upper) ?? upper;
    }

    private static double? Crossing(Func<double, double> gain, double lower, double upper)
    {
        var from = Math.Log(lower) + Margin;
        var to = double.IsFinite(upper) ? Math.Log(upper) - Margin : from + 1;
        var (atFrom, atTo) = (gain(Math.Exp(from)), gain(Math.Exp(to)));
        // Where the trivial point stays stable for ever, the upper branch overtakes it somewhere.
        for (var i = 0; i < 9 && atTo < 0 && !double.IsFinite(upper); i++) atTo = gain(Math.Exp(to += 1 << i));
        return atFrom < 0 && atTo > 0 ? Math.Exp(RealRoot.Between(t => gain(Math.Exp(t)), from, atFrom, to, atTo)) : null;
    }

    private (double Snr, double FreeEntropy) Top(double lambda) => curve.Largest(lambda) is { } snr ? (snr, family.FreeEntropy(snr, lambda)) : (0, 0);

    /// <summary>The best of the stable fixed points below the upper branch.</summary>
    private (double Snr, double FreeEntropy) Low(double lambda, double below)
    {
        var best = (Snr: 0.0, FreeEntropy: family.SpectralThreshold is null ? double.NegativeInfinity : 0);
        foreach (var (snr, isStable) in curve.Roots(lambda))
        {
            if (snr >= below) break;
            if (isStable && family.FreeEntropy(snr, lambda) is var entropy && entropy > best.FreeEntropy) best = (snr, entropy);
        }

        return best;
    }
}
