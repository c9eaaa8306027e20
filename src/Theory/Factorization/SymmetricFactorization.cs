using Theory.Channels;
using Theory.Contract;

namespace Theory.Factorization;

/// <summary>
/// State evolution of the spiked Wigner model Y_ij = √(λ/N) x_i·x_j + w_ij, i &lt; j, w symmetric with N(0,1) entries, x_i i.i.d. from a prior, N → ∞
/// [Lesieur, Krzakala &amp; Zdeborová 2017, arXiv:1701.00858]. Per direction, m ← F(λm)/r; with a = λm the fixed points are the curve λ(a) = ra/F(a). Standing: theorem
/// for rank one [Lelarge &amp; Miolane 2019, arXiv:1611.03888], else derived.
/// </summary>
public sealed class SymmetricFactorization
{
    private readonly Family family;
    private readonly ScalarStateEvolution evolution;

    /// <summary>Creates the state evolution of a prior.</summary>
    /// <param name="prior">The prior of x.</param>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public SymmetricFactorization(IPriorChannel prior)
    {
        Prior = Guard.NotNull(prior, nameof(prior));
        family = new(prior);
        evolution = new(family);
    }

    /// <summary>The prior of x.</summary>
    public IPriorChannel Prior { get; }

    /// <summary>All thresholds in λ; computed at the first call.</summary>
    public FactorizationThresholds Thresholds => evolution.Thresholds;

    /// <summary>All fixed points at λ, by increasing overlap.</summary>
    /// <param name="lambda">λ, in [0, ∞).</param>
    /// <returns>The fixed points, the trivial one first where it is one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public IReadOnlyList<FactorizationFixedPoint> AllFixedPoints(double lambda) => evolution.All(Guard.In(lambda, ParameterRange.NonNegative, nameof(lambda)));

    /// <summary>Where state evolution ends.</summary>
    /// <param name="lambda">λ, in [0, ∞).</param>
    /// <param name="start">Where it starts.</param>
    /// <returns>The fixed point.</returns>
    /// <exception cref="ArgumentOutOfRangeException">λ is not in [0, ∞).</exception>
    public FactorizationFixedPoint Reached(double lambda, FactorizationStart start) => evolution.Reached(Guard.In(lambda, ParameterRange.NonNegative, nameof(lambda)), start);

    /// <summary>The Bayes-optimal fixed point: the stable one of largest free entropy.</summary>
    /// <param name="lambda">λ, in [0, ∞).</param>
    /// <returns>The fixed point.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public FactorizationFixedPoint BayesOptimal(double lambda) => evolution.BayesOptimal(Guard.In(lambda, ParameterRange.NonNegative, nameof(lambda)));

    /// <summary>What can be found, and what message passing from nothing finds.</summary>
    /// <param name="lambda">λ, in [0, ∞).</param>
    /// <returns>The phase.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public RecoveryPhase Phase(double lambda) => evolution.PhaseAndBest(Guard.In(lambda, ParameterRange.NonNegative, nameof(lambda))).Phase;

    internal (RecoveryPhase Phase, double BayesSnr) PhaseAndBest(double lambda) => evolution.PhaseAndBest(lambda);

    /// <summary>The overlap of one direction at a fixed point, m = F(a)/r.</summary>
    /// <param name="snr">a at the fixed point.</param>
    /// <returns>The overlap.</returns>
    public double Overlap(double snr) => Prior.Overlap(snr) / Prior.Rank;

    /// <summary>The curve λ(a) = ra/F(a): a is a fixed point at λ(a), and only there.</summary>
    /// <param name="snr">a, in (0, ∞).</param>
    /// <returns>λ.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double LambdaAt(double snr) => Math.Exp(family.LogLambda(Math.Log(Guard.In(snr, ParameterRange.Positive, nameof(snr))), double.NaN));

    private sealed class Family(IPriorChannel prior) : IFixedPointFamily
    {
        private readonly double scale = prior.Rank / prior.SecondMoment;

        public double? SpectralThreshold => prior.SquaredMean == 0 ? scale * scale : null;

        public double SmallestSnr => 1e-9 * Math.Min(scale, prior.LargestSnr);

        public double LargestSnr => prior.LargestSnr;

        public double LogLambda(double logSnr, double guess) => logSnr - Math.Log(prior.Overlap(Math.Exp(logSnr)) / prior.Rank);

        public double Step(double snr, double lambda) => lambda * prior.Overlap(snr) / prior.Rank;

        /// <summary>Ψ(a) − λ r m²/4 at m = a/λ.</summary>
        public double FreeEntropy(double snr, double lambda) => prior.FreeEntropy(snr) - prior.Rank * snr * snr / (4 * lambda);
    }
}
