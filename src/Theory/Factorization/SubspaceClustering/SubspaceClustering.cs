using Theory.Channels;
using Theory.Contract;

namespace Theory.Factorization;

/// <summary>
/// State evolution of subspace clustering: the rectangular model with centred memberships of k clusters and sparse Gaussian rows of rank k − 1, γ = λ/ρ
/// [Pesce, Loureiro, Krzakala &amp; Zdeborová 2022, arXiv:2205.13527]. By symmetry of the labels it is one scalar loop: q_u = F_u(λq_v), q_v = F_v(αλq_u/(kρ)). Standing: derived.
/// </summary>
public sealed class SubspaceClustering
{
    private readonly OneHotPrior memberships;
    private readonly GaussBernoulliPrior rows;
    private readonly RectangularFactorization factorization;

    /// <summary>Creates the state evolution; the curve of its fixed points is computed once, when it is first needed.</summary>
    /// <param name="clusters">Number of clusters k, at least 2.</param>
    /// <param name="alpha">Samples per dimension α = n/d, in (0, ∞).</param>
    /// <param name="sparsity">Fraction ρ of relevant features, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public SubspaceClustering(int clusters, double alpha, double sparsity)
    {
        memberships = new(clusters);
        rows = new(sparsity, clusters - 1);
        factorization = new(memberships, rows, alpha);
    }

    /// <summary>Number of clusters k.</summary>
    public int Clusters => memberships.Clusters;

    /// <summary>Samples per dimension α.</summary>
    public double Alpha => factorization.Alpha;

    /// <summary>Fraction ρ of relevant features.</summary>
    public double Sparsity => rows.Sparsity;

    /// <summary>λ_KS = k/√α, the unit of the reduced signal-to-noise ratio λ√α/k.</summary>
    public double SpectralThreshold => Clusters / Math.Sqrt(Alpha);

    /// <summary>All thresholds, in units of <see cref="SpectralThreshold"/>; computed at the first call.</summary>
    public FactorizationThresholds ReducedThresholds
    {
        get
        {
            var t = factorization.Thresholds;
            double? Reduced(double? gamma) => gamma * Sparsity / SpectralThreshold;
            // At the spectral threshold itself, λ√α/k is 1 without rounding.
            return t with
            {
                Spectral = 1,
                Dynamical = Reduced(t.Dynamical),
                InformationTheoretic = Reduced(t.InformationTheoretic),
                Algorithmic = t.Algorithmic == t.Spectral ? 1 : Reduced(t.Algorithmic),
                WeakRecovery = t.WeakRecovery == t.Spectral ? 1 : Reduced(t.WeakRecovery)!.Value,
            };
        }
    }

    /// <summary>All fixed points at λ, by increasing overlap; free entropies are per feature.</summary>
    /// <param name="lambda">λ, in [0, ∞).</param>
    /// <returns>The fixed points, the trivial one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public IReadOnlyList<FactorizationFixedPoint> AllFixedPoints(double lambda) => factorization.AllFixedPoints(Gamma(lambda));

    /// <summary>Where state evolution ends.</summary>
    /// <param name="lambda">λ, in [0, ∞).</param>
    /// <param name="start">Where it starts.</param>
    /// <returns>The fixed point.</returns>
    /// <exception cref="ArgumentOutOfRangeException">λ is not in [0, ∞).</exception>
    public FactorizationFixedPoint Reached(double lambda, FactorizationStart start) => factorization.Reached(Gamma(lambda), start);

    /// <summary>The Bayes-optimal fixed point: the stable one of largest free entropy.</summary>
    /// <param name="lambda">λ, in [0, ∞).</param>
    /// <returns>The fixed point.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public FactorizationFixedPoint BayesOptimal(double lambda) => factorization.BayesOptimal(Gamma(lambda));

    /// <summary>What can be found, and what message passing from nothing finds.</summary>
    /// <param name="lambda">λ, in [0, ∞).</param>
    /// <returns>The phase.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public RecoveryPhase Phase(double lambda) => factorization.Phase(Gamma(lambda));

    /// <summary>The phase, and a at the Bayes-optimal fixed point.</summary>
    internal (RecoveryPhase Phase, double BayesSnr) PhaseAndBest(double lambda) => factorization.PhaseAndBest(Gamma(lambda));

    /// <summary>The overlaps at a fixed point, q_u = F_u(a) and q_v = F_v(αλq_u/(kρ)), both in [0, 1].</summary>
    /// <param name="snr">a = λq_v at the fixed point.</param>
    /// <param name="lambda">λ.</param>
    /// <returns>q_u and q_v.</returns>
    public (double U, double V) Overlaps(double snr, double lambda)
    {
        var u = memberships.Fraction(snr);
        return (u, rows.Fraction(Alpha * lambda * u / (Clusters * Sparsity)));
    }

    /// <summary>One step of state evolution, q_v ↦ F_v(αλF_u(λq_v)/(kρ)).</summary>
    /// <param name="overlap">q_v, in [0, 1].</param>
    /// <param name="lambda">λ, in [0, ∞).</param>
    /// <returns>The next q_v.</returns>
    public double Step(double overlap, double lambda) => Overlaps(lambda * overlap, lambda).V;

    /// <summary>The curve λ(a), with λ(0⁺) = λ_KS: a is a fixed point at λ(a), and only there.</summary>
    /// <param name="snr">a, in (0, ∞).</param>
    /// <returns>λ.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double LambdaAt(double snr) => Sparsity * factorization.GammaAt(snr);

    /// <summary>Fraction of labels found, up to a global permutation, by the most probable cluster of each sample.</summary>
    /// <param name="snr">a at the fixed point.</param>
    /// <returns>The fraction, from 1/k to 1.</returns>
    public double LabelAccuracy(double snr) => memberships.LabelAccuracy(snr);

    private double Gamma(double lambda) => Guard.In(lambda, ParameterRange.NonNegative, nameof(lambda)) / Sparsity;
}
