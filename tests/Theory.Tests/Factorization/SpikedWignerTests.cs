using FsCheck.Xunit;
using Theory.Channels;
using Theory.Contract;
using Theory.Factorization;
using Theory.Systems;

namespace Theory.Tests.Factorization;

[Properties(Arbitrary = [typeof(PriorCases)])]
public class SpikedWignerTests
{
    [Property]
    public void Every_fixed_point_solves_state_evolution(PriorCase prior, Snr strength)
    {
        var evolution = new SymmetricFactorization(prior.Prior);
        var lambda = Strength(prior.Prior, strength);
        foreach (var point in evolution.AllFixedPoints(lambda).Where(p => p.Snr > 0))
            Assert.Equal(1, lambda * evolution.Overlap(point.Snr) / point.Snr, 1e-11);
    }

    [Property]
    public void Stable_and_unstable_fixed_points_alternate_with_the_slope_of_the_map(PriorCase prior, Snr strength)
    {
        var points = new SymmetricFactorization(prior.Prior).AllFixedPoints(Strength(prior.Prior, strength));
        for (var i = 0; i < points.Count; i++)
        {
            if (Math.Abs(points[i].Slope - 1) > 1e-6) Assert.Equal(points[i].Slope < 1, points[i].IsStable);
            if (i > 0) Assert.NotEqual(points[i].IsStable, points[i - 1].IsStable);
        }
    }

    [Property]
    public void A_start_from_nothing_ends_at_the_least_stable_fixed_point(PriorCase prior, Snr strength)
    {
        var evolution = new SymmetricFactorization(prior.Prior);
        var lambda = Strength(prior.Prior, strength);
        var stable = evolution.AllFixedPoints(lambda).Where(p => p.IsStable).ToList();
        var reached = evolution.Reached(lambda, FactorizationStart.Uninformative);
        Assert.Equal(stable[0].Snr, reached.Snr);
        Assert.Equal(stable[^1].Snr, evolution.Reached(lambda, FactorizationStart.Informative).Snr);
        if (reached.Snr > 0) Assert.Equal(stable[0].Branch, reached.Branch);
        // Easy is where the best of them is reached from nothing.
        var best = evolution.BayesOptimal(lambda).Snr;
        var isKnown = best > 0 || prior.Prior.SquaredMean != 0;
        Assert.Equal(!isKnown ? RecoveryPhase.Impossible : best == reached.Snr ? RecoveryPhase.Easy : RecoveryPhase.Hard, evolution.Phase(lambda));
    }

    [Property(MaxTest = 60)]
    public void A_dense_scan_finds_no_fixed_point_that_was_missed(PriorCase prior, Snr strength)
    {
        var evolution = new SymmetricFactorization(prior.Prior);
        var lambda = Strength(prior.Prior, strength);
        var known = evolution.AllFixedPoints(lambda).Where(p => p.Snr > 0).Select(p => p.Snr).ToList();
        // Sign changes of the step on a grid ten times finer than the library's, with one on either side of every known root.
        var grid = Enumerable.Range(0, 1200).Select(i => lambda * prior.Prior.SecondMoment / prior.Prior.Rank * Math.Pow(10, -7 + 7.0 * i / 1199) * 1.0001).ToList();
        var signs = grid.Select(a => Math.Sign(lambda * evolution.Overlap(a) - a)).ToList();
        for (var i = 1; i < grid.Count; i++)
        {
            if (signs[i] == signs[i - 1] || signs[i] == 0 || signs[i - 1] == 0) continue;
            Assert.True(known.Count(a => grid[i - 1] * 0.9999999 <= a && a <= grid[i] * 1.0000001) % 2 == 1, $"{prior} at {lambda}: a root between {grid[i - 1]} and {grid[i]}, known {string.Join(", ", known)}");
        }
    }

    [Property(MaxTest = 40)]
    public void Both_branches_have_the_same_free_entropy_at_the_information_theoretic_threshold(PriorCase prior)
    {
        var evolution = new SymmetricFactorization(prior.Prior);
        if (evolution.Thresholds is not { InformationTheoretic: { } it } t) return;
        Assert.InRange(it, t.Dynamical!.Value, t.Algorithmic!.Value);
        double Entropy(double a) => prior.Prior.FreeEntropy(a) - prior.Prior.Rank * a * a / (4 * it);
        Assert.Equal(Entropy(t.UpperSnr!.Value), t.LowerSnr == 0 ? 0 : Entropy(t.LowerSnr!.Value), 1e-11);
    }

    [Property(MaxTest = 40)]
    public void Free_entropy_of_a_branch_grows_at_a_quarter_of_the_squared_overlap(PriorCase prior, Snr strength)
    {
        var evolution = new SymmetricFactorization(prior.Prior);
        var (lambda, h) = (Strength(prior.Prior, strength), 1e-3);
        if (evolution.Thresholds is { Dynamical: { } dyn } t && lambda > 0.98 * dyn && lambda < 1.02 * t.Algorithmic) return;
        if (evolution.Thresholds.Spectral is { } ks && Math.Abs(lambda / ks - 1) < 0.05) return;
        double Phi(int i) => evolution.Reached(lambda * (1 + i * h), FactorizationStart.Informative).FreeEntropy;
        var derivative = (8 * (Phi(1) - Phi(-1)) - (Phi(2) - Phi(-2))) / (12 * h * lambda);
        var m = evolution.Overlap(evolution.Reached(lambda, FactorizationStart.Informative).Snr);
        Assert.Equal(prior.Prior.Rank * m * m / 4, derivative, 1e-6 * Math.Pow(prior.Prior.SecondMoment, 2) + 1e-11 / lambda);
    }

    [Property]
    public void Gaussian_spikes_have_overlap_one_minus_the_inverse_ratio(Snr strength)
    {
        var lambda = strength.Value;
        var p = new SpikedWignerModel { Prior = new(SpikePriorKind.Gaussian), Lambda = lambda }.Predict();
        Assert.Equal(Math.Max(0, 1 - 1 / lambda), p.M, 1e-10);
        if (lambda > 1) Assert.Equal((lambda - 1 - Math.Log(lambda)) / 2 - Math.Pow(lambda - 1, 2) / (4 * lambda), p.FreeEntropy, 1e-10 * lambda);
    }

    [Theory]
    [InlineData(0.05, 0.580680, 0.600053)]
    [InlineData(0.1, 0.836342, 0.847495)]
    [InlineData(0.15, 0.958283, 0.961914)]
    [InlineData(0.2, 0.998800, 0.998928)]
    public void Two_groups_have_the_published_thresholds(double p, double dynamical, double transition)
    {
        var t = Thresholds(new(SpikePriorKind.TwoGroup, P: p));
        Assert.Equal(dynamical, t.Dynamical!.Value, 1e-6);
        Assert.Equal(transition, t.InformationTheoretic!.Value, 1e-6);
        Assert.Equal(1, t.Algorithmic!.Value, 1e-12);
    }

    [Theory]
    [InlineData(SpikePriorKind.SparseRademacher, 0.03, 0.500240, 0.528978, 1.001650)]
    [InlineData(SpikePriorKind.SparseRademacher, 0.05, 0.721417, 0.747309, 1.005408)]
    [InlineData(SpikePriorKind.SparseRademacher, 0.08, 0.960744, 0.971421, 1.019584)]
    [InlineData(SpikePriorKind.GaussBernoulli, 0.1, 0.624331, 0.652505, 1.002087)]
    [InlineData(SpikePriorKind.GaussBernoulli, 0.2, 0.924289, 0.938488, 1.011365)]
    [InlineData(SpikePriorKind.GaussBernoulli, 0.25, 1.008658, 1.012531, 1.022458)]
    public void Sparse_spikes_have_the_published_thresholds(SpikePriorKind kind, double rho, double dynamical, double transition, double algorithmic)
    {
        var t = Thresholds(new(kind, rho));
        Assert.Equal(dynamical, t.Dynamical!.Value * rho * rho, 1e-6);
        Assert.Equal(transition, t.InformationTheoretic!.Value * rho * rho, 1e-6);
        Assert.Equal(algorithmic, t.Algorithmic!.Value * rho * rho, 1e-6);
    }

    [Theory]
    [InlineData(0.01, 1835.660, 1964.831, 3923.119)]
    [InlineData(0.02, 776.387, 808.952, 1048.679)]
    [InlineData(0.04, 304.900, 305.293, 305.922)]
    public void Bernoulli_spikes_have_the_tabulated_thresholds_and_no_spectral_one(double rho, double dynamical, double transition, double algorithmic)
    {
        var t = Thresholds(new(SpikePriorKind.Bernoulli, rho));
        Assert.Null(t.Spectral);
        Assert.Equal(dynamical, t.Dynamical!.Value, 1e-3);
        Assert.Equal(transition, t.InformationTheoretic!.Value, 1e-3);
        Assert.Equal(algorithmic, t.Algorithmic!.Value, 1e-3);
    }

    [Theory]
    [InlineData(1.5, 0.394186)]
    [InlineData(2, 0.618448)]
    [InlineData(4, 0.916511)]
    public void Signs_have_the_tabulated_overlaps(double lambda, double overlap) =>
        Assert.Equal(overlap, new SymmetricFactorization(new RademacherPrior()).Reached(lambda, FactorizationStart.Uninformative).Snr / lambda, 6e-7);

    [Fact]
    public void Two_groups_jump_below_a_half_minus_one_over_root_twelve_and_Bernoulli_spikes_below_0_0413()
    {
        Assert.NotNull(Thresholds(new(SpikePriorKind.TwoGroup, P: 0.2113)).Dynamical);
        Assert.Null(Thresholds(new(SpikePriorKind.TwoGroup, P: 0.2114)).Dynamical);
        Assert.NotNull(Thresholds(new(SpikePriorKind.Bernoulli, 0.0412)).Dynamical);
        Assert.Null(Thresholds(new(SpikePriorKind.Bernoulli, 0.0414)).Dynamical);
        Assert.Null(Thresholds(new(SpikePriorKind.SparseRademacher, 0.1)).Dynamical);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(12, true)]
    public void Clusters_are_found_by_a_jump_exactly_above_four(int k, bool jump)
    {
        var t = Thresholds(new(SpikePriorKind.Potts, Clusters: k));
        Assert.Equal(jump, t.Dynamical is not null);
        Assert.Equal(k * k, t.Spectral!.Value, 1e-9);
    }

    [Theory]
    [InlineData(SpikePriorKind.Rademacher, null, null, null, 2.5)]
    [InlineData(SpikePriorKind.GaussBernoulli, 0.3, null, null, 25)]
    [InlineData(SpikePriorKind.Bernoulli, 0.1, null, null, 150)]
    [InlineData(SpikePriorKind.Potts, null, null, 3, 16)]
    [InlineData(SpikePriorKind.TwoGroup, null, 0.3, null, 2)]
    public void Message_passing_behaves_as_predicted(SpikePriorKind kind, double? rho, double? p, int? k, double lambda) =>
        Passes(new SpikedWignerModel { Prior = new(kind, rho, p, k), Lambda = lambda }.Verify(size: 300, trials: 10, seed: 21));

    [Theory(Explicit = true)]
    [InlineData(FactorizationStart.Informative)]
    [InlineData(FactorizationStart.Uninformative)]
    public void In_the_hard_phase_message_passing_needs_to_know_the_truth(FactorizationStart start) =>
        Passes(new SpikedWignerModel { Prior = new(SpikePriorKind.SparseRademacher, 0.03), Lambda = 0.65 / 0.0009, Start = start }.Verify(size: 2000, trials: 10, seed: 22));

    [Fact]
    public void A_prior_takes_its_own_parameter_and_no_other()
    {
        Assert.Equal("sparsity", Assert.Throws<InvalidInputException>(() => new SpikePrior(SpikePriorKind.Bernoulli).ToChannel()).Parameter);
        Assert.Equal("clusters", Assert.Throws<InvalidInputException>(() => new SpikePrior(SpikePriorKind.Gaussian, Clusters: 3).ToChannel()).Parameter);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpikedWignerModel { Prior = new(SpikePriorKind.Gaussian), Lambda = -1 });
    }

    internal static void Passes(VerificationReport report) => Assert.All(report.Rows, r =>
        Assert.True(r.Agrees, $"{r.Observable}: predicted {r.Predicted:g6}, measured {r.Mean:g6} ± {r.StandardError:g2}, allowance {r.Allowance:g2}"));

    private static FactorizationThresholds Thresholds(SpikePrior prior) => new SymmetricFactorization(prior.ToChannel()).Thresholds;

    /// <summary>λ around the spectral threshold of a prior, from a tenth to ten times.</summary>
    private static double Strength(IPriorChannel prior, Snr strength) =>
        Math.Pow(prior.Rank / prior.SecondMoment, 2) * Math.Pow(10, Math.IEEERemainder(Math.Log10(strength.Value), 2));
}
