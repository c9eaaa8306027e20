using Theory.Channels;

namespace Theory.Estimation;

/// <summary>All fixed points of q̂ = α I(q), q = Σ w_jσ_j²q̂/(1 + σ_jq̂), for all α at once: the curve α(q̂) = q̂/I(q(q̂)).</summary>
internal sealed class BayesOptimalCurve
{
    private readonly Family family;
    private readonly BranchCurve curve;
    private readonly double? limit;

    public BayesOptimalCurve(IOutputChannel channel, GaussianSignal signal)
    {
        family = new(channel, signal);
        curve = new(family);
        limit = ((IFixedPointFamily)family).LimitLambda;
    }

    public BranchThresholds Thresholds() => new ThresholdSearch(family, curve).Run();

    /// <summary>α above which the field is recovered without error, if there is one.</summary>
    public double? PerfectRecovery => limit;

    /// <summary>All fixed points q̂ at α with whether they are stable, by increasing q̂; 0 and ∞ included where they are fixed points.</summary>
    public List<(double Snr, bool IsStable)> All(double alpha)
    {
        var points = curve.Roots(alpha).Where(r => double.IsFinite(r.Snr)).ToList();
        if (family.SpectralThreshold is { } weak && !(points.Count > 0 && points[0].Snr == 0)) points.Insert(0, (0, alpha < weak || (alpha == weak && !curve.StartsDownwards)));
        if (alpha >= limit) points.Add((double.PositiveInfinity, true));
        return points;
    }

    /// <summary>αΨ(q) + Ψ₀(q̂) − qq̂/2 at a fixed point; +∞ at perfect recovery.</summary>
    public double FreeEntropy(double snr, double alpha) => double.IsPositiveInfinity(snr) ? snr : family.Potential(snr, alpha);

    /// <summary>|αI(q)/q̂ − 1|.</summary>
    public double Residual(double snr, double alpha) => snr == 0 || double.IsPositiveInfinity(snr) ? 0 : Math.Abs(family.Step(snr, alpha) / snr - 1);

    private sealed class Family : IFixedPointFamily
    {
        private readonly IOutputChannel channel;
        private readonly GaussianSignal signal;

        public Family(IOutputChannel channel, GaussianSignal signal)
        {
            (this.channel, this.signal) = (channel, signal);
            if (!channel.IsTrivialAtOrigin) return;
            var slope = OriginSlope();
            SpectralThreshold = slope > 1e-9 / (signal.Rho * signal.Rho) ? 1 / (slope * signal.SquaredTrace) : double.PositiveInfinity;
        }

        public double? SpectralThreshold { get; }

        public double SmallestSnr => 1e-6 / signal.Largest;

        public double LargestSnr => Math.Max(channel.DeterminedFraction > 0 ? 1e9 : 1e5, Math.Min(1e12, 1e3 * signal.Rho / channel.SmallestScale)) / signal.Least;

        public double? LimitLambda => channel.DeterminedFraction > 0 ? signal.Rank / channel.DeterminedFraction : null;

        /// <summary>Sparse where the curve is known to be straight: at small q̂ in q̂, beyond all scales in the logarithm.</summary>
        public double[] LogSnrs
        {
            get
            {
                var (first, last) = (Math.Log(SmallestSnr), Math.Log(LargestSnr));
                var low = Math.Log(0.02 / signal.Largest);
                var high = Math.Min(last - 1, Math.Log(Math.Max(1e3, Math.Min(1e12, 30 * signal.Rho / channel.SmallestScale)) / signal.Least));
                return [.. IFixedPointFamily.Uniform(first, low, 1.2).SkipLast(1), .. IFixedPointFamily.Uniform(low, high, 0.3), .. IFixedPointFamily.Uniform(high, last, 1).Skip(1)];
            }
        }

        public double Resolution => 1e-9;

        public double LogLambda(double logSnr, double guess)
        {
            var snr = Math.Exp(logSnr);
            return logSnr - Math.Log(channel.Information(signal.Overlap(snr), signal.Error(snr)));
        }

        public double Step(double snr, double alpha) => alpha * channel.Information(signal.Overlap(snr), signal.Error(snr));

        public double FreeEntropy(double snr, double alpha) => Potential(snr, alpha) - alpha * channel.Evidence(0, signal.Rho);

        public double Potential(double snr, double alpha)
        {
            var q = signal.Overlap(snr);
            return alpha * channel.Evidence(q, signal.Error(snr)) + signal.FreeEntropy(snr) - 0.5 * q * snr;
        }

        /// <summary>I(q)/q at q → 0, extrapolated.</summary>
        private double OriginSlope()
        {
            double Ratio(int i) => channel.Information(i * 1e-4 * signal.Rho, (1 - i * 1e-4) * signal.Rho) / (i * 1e-4 * signal.Rho);
            return 5 * Ratio(1) - 10 * Ratio(2) + 10 * Ratio(3) - 5 * Ratio(4) + Ratio(5);
        }
    }
}
