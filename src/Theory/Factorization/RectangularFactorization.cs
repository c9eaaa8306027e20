using Theory.Channels;
using Theory.Contract;

namespace Theory.Factorization;

/// <summary>
/// State evolution of the rectangular model X_iμ = √(γ/d) v_i·u_μ + w_iμ, i ≤ d, μ ≤ n = αd, w with N(0,1) entries, u and v i.i.d. from two priors of equal rank r
/// [Lesieur, Krzakala &amp; Zdeborová 2017, arXiv:1701.00858]. Per direction m_u ← F_u(γ m_v)/r, m_v ← F_v(αγ m_u)/r. With a = γ m_v, the fixed points are a curve γ(a):
/// m_u = F_u(a)/r and γ F_v(αγ m_u)/r = a, which increases in γ. Standing: theorem for rank one [Miolane 2017, arXiv:1702.00473], else derived.
/// </summary>
public sealed class RectangularFactorization
{
    private readonly Family family;
    private readonly ScalarStateEvolution evolution;

    /// <summary>Creates the state evolution of two priors.</summary>
    /// <param name="u">The prior of the n rows u_μ.</param>
    /// <param name="v">The prior of the d rows v_i, of the same rank.</param>
    /// <param name="alpha">α = n/d, in (0, ∞).</param>
    /// <exception cref="ArgumentNullException">A prior is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The ranks differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">α is not in (0, ∞).</exception>
    public RectangularFactorization(IPriorChannel u, IPriorChannel v, double alpha)
    {
        (U, V) = (Guard.NotNull(u, nameof(u)), Guard.NotNull(v, nameof(v)));
        Alpha = Guard.In(alpha, ParameterRange.Positive, nameof(alpha));
        if (u.Rank != v.Rank) throw new ArgumentException($"both priors must have the same rank; got {u.Rank} and {v.Rank}.", nameof(v));
        family = new(u, v, alpha);
        evolution = new(family);
    }

    /// <summary>The prior of the rows u_μ.</summary>
    public IPriorChannel U { get; }

    /// <summary>The prior of the rows v_i.</summary>
    public IPriorChannel V { get; }

    /// <summary>α = n/d.</summary>
    public double Alpha { get; }

    /// <summary>All thresholds in γ; computed at the first call.</summary>
    public FactorizationThresholds Thresholds => evolution.Thresholds;

    /// <summary>All fixed points at γ, by increasing overlap.</summary>
    /// <param name="gamma">γ, in [0, ∞).</param>
    /// <returns>The fixed points, the trivial one first where it is one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public IReadOnlyList<FactorizationFixedPoint> AllFixedPoints(double gamma) => evolution.All(Guard.In(gamma, ParameterRange.NonNegative, nameof(gamma)));

    /// <summary>Where state evolution ends.</summary>
    /// <param name="gamma">γ, in [0, ∞).</param>
    /// <param name="start">Where it starts.</param>
    /// <returns>The fixed point.</returns>
    /// <exception cref="ArgumentOutOfRangeException">γ is not in [0, ∞).</exception>
    public FactorizationFixedPoint Reached(double gamma, FactorizationStart start) => evolution.Reached(Guard.In(gamma, ParameterRange.NonNegative, nameof(gamma)), start);

    /// <summary>The Bayes-optimal fixed point: the stable one of largest free entropy.</summary>
    /// <param name="gamma">γ, in [0, ∞).</param>
    /// <returns>The fixed point.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public FactorizationFixedPoint BayesOptimal(double gamma) => evolution.BayesOptimal(Guard.In(gamma, ParameterRange.NonNegative, nameof(gamma)));

    /// <summary>What can be found, and what message passing from nothing finds.</summary>
    /// <param name="gamma">γ, in [0, ∞).</param>
    /// <returns>The phase.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public RecoveryPhase Phase(double gamma) => evolution.PhaseAndBest(Guard.In(gamma, ParameterRange.NonNegative, nameof(gamma))).Phase;

    internal (RecoveryPhase Phase, double BayesSnr) PhaseAndBest(double gamma) => evolution.PhaseAndBest(gamma);

    /// <summary>The overlaps of one direction at a fixed point: m_u = F_u(a)/r, m_v = F_v(αγ m_u)/r.</summary>
    /// <param name="snr">a at the fixed point.</param>
    /// <param name="gamma">γ.</param>
    /// <returns>m_u and m_v.</returns>
    public (double U, double V) Overlaps(double snr, double gamma)
    {
        var mu = U.Overlap(snr) / U.Rank;
        return (mu, V.Overlap(Alpha * gamma * mu) / V.Rank);
    }

    /// <summary>The curve γ(a): a is a fixed point at γ(a), and only there.</summary>
    /// <param name="snr">a, in (0, ∞).</param>
    /// <returns>γ.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double GammaAt(double snr) => Math.Exp(family.LogLambda(Math.Log(Guard.In(snr, ParameterRange.Positive, nameof(snr))), double.NaN));

    /// <summary>One step a ↦ γ m_v of state evolution.</summary>
    /// <param name="snr">a, in [0, ∞).</param>
    /// <param name="gamma">γ, in [0, ∞).</param>
    /// <returns>The next a.</returns>
    public double Step(double snr, double gamma) => family.Step(snr, gamma);

    private sealed class Family(IPriorChannel u, IPriorChannel v, double alpha) : IFixedPointFamily
    {
        private readonly double rank = u.Rank;
        private readonly double su = u.SecondMoment / u.Rank;
        private readonly double sv = v.SecondMoment / v.Rank;

        /// <summary>γ_KS = 1/(√α s_u s_v), s the variances of one direction.</summary>
        public double? SpectralThreshold => u.SquaredMean == 0 && v.SquaredMean == 0 ? 1 / (Math.Sqrt(alpha) * su * sv) : null;

        public double SmallestSnr => 1e-9 / su * Math.Min(1, sv / (Math.Sqrt(alpha) * su));

        // x = αγ m_u and a = γ m_v: at saturation a = x s_v/(α s_u).
        public double LargestSnr => Math.Max(u.LargestSnr, v.LargestSnr * sv / (alpha * su));

        public double LogLambda(double logSnr, double guess)
        {
            var mu = u.Overlap(Math.Exp(logSnr)) / rank;
            // m_v ≤ s_v bounds γ from below; without a neighbour's value, that is where the search begins.
            var start = double.IsFinite(guess) ? guess : logSnr - Math.Log(sv);
            return RealRoot.Near(t => t + Math.Log(v.Overlap(alpha * Math.Exp(t) * mu) / rank) - logSnr, start, 1.7);
        }

        public double Step(double snr, double gamma) => gamma * v.Overlap(alpha * gamma * u.Overlap(snr) / rank) / rank;

        /// <summary>Ψ_v(x) + αΨ_u(a) − (αγ/2) r m_u m_v at x = αγ m_u and a = γ m_v.</summary>
        public double FreeEntropy(double snr, double gamma)
        {
            var mu = u.Overlap(snr) / rank;
            var x = alpha * gamma * mu;
            return v.FreeEntropy(x) + alpha * u.FreeEntropy(snr) - rank * x * snr / (2 * gamma);
        }
    }
}
