namespace Theory.Factorization;

/// <summary>Reads the thresholds off the curve λ(a).</summary>
internal sealed class ThresholdSearch(IFixedPointFamily family, BranchCurve curve)
{
    // Relative differences of 1e-13 keep both branches in existence.
    private const double Margin = 1e-13;

    public FactorizationThresholds Run()
    {
        var extrema = curve.Extrema.ToList();
        var weak = family.SpectralThreshold ?? 0;
        var last = extrema.FindLastIndex(e => e.IsMinimum);
        if (last < 1) return new(family.SpectralThreshold, null, null, null, null, null, weak);
        // The upper branch begins at the last minimum. A start from nothing is kept from it by every maximum on the way.
        var (dynamical, algorithmic) = (extrema[last].Lambda, extrema[..last].Max(e => e.Lambda));
        // Where the curve is too shallow for the sign of the difference to be resolved, all three thresholds agree to rounding.
        var transition = Crossing(l => Top(l).FreeEntropy - Low(l, extrema[last].Snr).FreeEntropy, dynamical, algorithmic) ?? Math.Sqrt(dynamical * algorithmic);
        var (top, low) = (Top(transition), Low(transition, extrema[last].Snr));
        if (weak > 0) weak = Math.Min(weak, low.Snr == 0 ? transition : Informative(extrema, Math.Min(weak, transition)));
        return new(family.SpectralThreshold, dynamical, transition, algorithmic, top.Snr, low.Snr, weak);
    }

    /// <summary>a at the stable fixed point of largest free entropy.</summary>
    public double BayesOptimal(FactorizationThresholds thresholds, double lambda) =>
        thresholds.InformationTheoretic is not { } it || lambda > it ? curve.Largest(lambda) ?? 0 : Low(lambda, curve.Extrema.Last(e => e.IsMinimum).Snr).Snr;

    /// <summary>The least λ at which a fixed point has more free entropy than no information, given one at which one has.</summary>
    private double Informative(List<(double Snr, double Lambda, bool IsMinimum)> extrema, double upper)
    {
        var lower = extrema.Where(e => e.IsMinimum).Min(e => e.Lambda);
        if (lower >= upper) return upper;
        return Crossing(l => curve.Roots(l).Where(r => r.IsStable).Select(r => family.FreeEntropy(r.Snr, l)).DefaultIfEmpty(-1).Max(), lower, upper) ?? upper;
    }

    private static double? Crossing(Func<double, double> gain, double lower, double upper)
    {
        var (from, to) = (Math.Log(lower) + Margin, Math.Log(upper) - Margin);
        var (atFrom, atTo) = (gain(Math.Exp(from)), gain(Math.Exp(to)));
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
