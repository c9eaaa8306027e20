using FsCheck.Fluent;
using FsCheck.Xunit;
using Theory.Channels;
using Theory.Factorization;
using Theory.Systems;

namespace Theory.Tests.Factorization;

[Properties(Arbitrary = [typeof(PriorCases)], MaxTest = 25)]
public class SubspaceClusteringTests
{
    [Property]
    public void Every_fixed_point_solves_state_evolution(ClusteringCase c)
    {
        var evolution = Evolution(c);
        foreach (var point in evolution.AllFixedPoints(Lambda(c)))
        {
            var (u, v) = evolution.Overlaps(point.Snr, Lambda(c));
            Assert.Equal(v, evolution.Step(v, Lambda(c)), 1e-11 * Math.Max(v, 1e-6));
            // The same point from the priors themselves, without the solver's scalar loop.
            Assert.Equal(u, new OneHotPrior(c.Clusters).Fraction(Lambda(c) * v), 1e-11);
            Assert.Equal(v, new GaussBernoulliPrior(c.Sparsity, c.Clusters - 1).Fraction(c.Alpha * Lambda(c) * u / (c.Clusters * c.Sparsity)), 1e-11);
            Assert.True(point.Residual < 1e-11);
        }
    }

    [Property]
    public void A_dense_scan_of_the_map_finds_no_fixed_point_that_was_missed(ClusteringCase c)
    {
        var (evolution, lambda) = (Evolution(c), Lambda(c));
        var known = evolution.AllFixedPoints(lambda).Where(p => p.Snr > 0).Select(p => evolution.Overlaps(p.Snr, lambda).V).ToList();
        // Four times finer than the grid of the library, and in the overlap instead of the signal-to-noise ratio.
        var grid = Enumerable.Range(0, 400).Select(i => Math.Pow(10, -7 * (1 - i / 399.0)) * 0.99999).ToList();
        var signs = grid.Select(q => Math.Sign(evolution.Step(q, lambda) - q)).ToList();
        for (var i = 1; i < grid.Count; i++)
            Assert.True(
                (signs[i] != signs[i - 1]) == (known.Count(q => grid[i - 1] < q && q <= grid[i]) % 2 == 1),
                $"{c}: between q = {grid[i - 1]} and {grid[i]}; known {string.Join(", ", known)}");
    }

    [Property]
    public void Plain_iteration_from_either_start_ends_at_the_point_that_is_reached(ClusteringCase c)
    {
        var (evolution, lambda) = (Evolution(c), Lambda(c));
        foreach (var (start, first) in new[] { (FactorizationStart.Informative, 1.0), (FactorizationStart.Uninformative, 1e-7) })
        {
            var point = evolution.Reached(lambda, start);
            if (Math.Abs(point.Slope - 1) < 0.1) continue;   // critical slowing down
            var q = first;
            for (var i = 0; i < 400; i++) q = evolution.Step(q, lambda);
            Assert.True(Math.Abs(evolution.Overlaps(point.Snr, lambda).V - q) < 1e-6, $"{c} from {start}: reached {evolution.Overlaps(point.Snr, lambda).V}, iterated to {q}");
        }
    }

    [Property]
    public void Stable_and_unstable_fixed_points_alternate_with_the_slope_of_the_map(ClusteringCase c)
    {
        var points = Evolution(c).AllFixedPoints(Lambda(c));
        for (var i = 0; i < points.Count; i++)
        {
            if (Math.Abs(points[i].Slope - 1) > 1e-6) Assert.Equal(points[i].Slope < 1, points[i].IsStable);
            if (i > 0) Assert.NotEqual(points[i].IsStable, points[i - 1].IsStable);
        }
    }

    [Property]
    public void The_truth_helps_and_the_Bayes_optimal_point_is_one_of_the_two_ends(ClusteringCase c)
    {
        var (evolution, lambda) = (Evolution(c), Lambda(c));
        var (informed, uninformed) = (evolution.Reached(lambda, FactorizationStart.Informative), evolution.Reached(lambda, FactorizationStart.Uninformative));
        var (knowing, ignorant) = (evolution.Overlaps(informed.Snr, lambda), evolution.Overlaps(uninformed.Snr, lambda));
        Assert.True(knowing.U >= ignorant.U && knowing.V >= ignorant.V);
        Assert.InRange(knowing.U, 0, 1);
        Assert.InRange(knowing.V, 0, 1);
        var best = evolution.AllFixedPoints(lambda).Max(p => p.FreeEntropy);
        Assert.Equal(best, Math.Max(informed.FreeEntropy, uninformed.FreeEntropy), 1e-13);
        // Mutual information cannot be negative.
        Assert.InRange(best, 0, c.Alpha * lambda * (c.Clusters - 1) / (2 * c.Clusters));
    }

    [Property]
    public void Overlaps_of_an_informed_start_grow_with_signal_and_with_samples(ClusteringCase c)
    {
        var (q, lambda) = (Informed(c.Clusters, c.Alpha, c.Sparsity, Lambda(c)), Lambda(c));
        var stronger = Informed(c.Clusters, c.Alpha, c.Sparsity, 1.05 * lambda);
        var more = Informed(c.Clusters, 1.05 * c.Alpha, c.Sparsity, lambda);
        Assert.True(stronger.U >= q.U - 1e-12 && stronger.V >= q.V - 1e-12);
        Assert.True(more.U >= q.U - 1e-12 && more.V >= q.V - 1e-12);
    }

    [Property]
    public void Below_both_thresholds_there_is_nothing_but_ignorance(ClusteringCase c)
    {
        var evolution = Evolution(c);
        var t = evolution.ReducedThresholds;
        var least = 0.999 * Math.Min(1, t.Dynamical ?? 1) * evolution.SpectralThreshold;
        Assert.Equal(FixedPointBranch.Trivial, Assert.Single(evolution.AllFixedPoints(least)).Branch);
        Assert.Equal(0, evolution.Reached(least, FactorizationStart.Informative).Snr);
    }

    [Property]
    public void Free_entropy_of_a_branch_grows_with_the_product_of_its_overlaps(ClusteringCase c)
    {
        // dΦ/dλ = α(k − 1)/(2k) q_u q_v along any branch.
        var (evolution, lambda, h) = (Evolution(c), Lambda(c), 1e-3);
        if (evolution.ReducedThresholds is { Dynamical: { } dyn } && Math.Abs(c.ReducedLambda / dyn - 1) < 0.02) return;
        if (Math.Abs(c.ReducedLambda - 1) < 0.02) return;
        double Phi(int i) => evolution.Reached(lambda * (1 + i * h), FactorizationStart.Informative).FreeEntropy;
        var slope = (8 * (Phi(1) - Phi(-1)) - (Phi(2) - Phi(-2))) / (12 * h * lambda);
        var (u, v) = evolution.Overlaps(evolution.Reached(lambda, FactorizationStart.Informative).Snr, lambda);
        var expected = c.Alpha * (c.Clusters - 1) / (2 * c.Clusters) * u * v;
        Assert.Equal(expected, slope, 1e-5 * expected + 1e-10);
    }

    [Property]
    public void Fixed_points_are_stationary_points_of_the_free_entropy(ClusteringCase c)
    {
        // Φ(q_u, q_v) = Ψ_v(αλq_u/(kρ)) + αΨ_u(λq_v) − (αλ(k − 1)/(2k)) q_u q_v.
        var (lambda, k) = (Lambda(c), c.Clusters);
        var (u, v) = (new OneHotPrior(k), new GaussBernoulliPrior(c.Sparsity, k - 1));
        double Phi(double qu, double qv) => v.FreeEntropy(c.Alpha * lambda * qu / (k * c.Sparsity)) + c.Alpha * u.FreeEntropy(lambda * qv) - c.Alpha * lambda * (k - 1) / (2 * k) * qu * qv;
        var evolution = Evolution(c);
        foreach (var point in evolution.AllFixedPoints(lambda).Where(p => p.Snr > 1e-4))
        {
            var (qu, qv) = evolution.Overlaps(point.Snr, lambda);
            Assert.Equal(Phi(qu, qv), point.FreeEntropy, 1e-12 * (1 + c.Alpha * lambda));
            const double h = 1e-4;
            var scale = c.Alpha * lambda * qu * qv;
            Assert.Equal(0, (Phi(qu * (1 + h), qv) - Phi(qu * (1 - h), qv)) / (2 * h), 1e-6 * scale + 1e-9);
            Assert.Equal(0, (Phi(qu, qv * (1 + h)) - Phi(qu, qv * (1 - h))) / (2 * h), 1e-6 * scale + 1e-9);
        }
    }

    [Property]
    public void Labels_are_at_least_as_easy_as_Gaussian_memberships(ClusteringCase c)
    {
        // ρ = 1: principal components, q_u = (αλ'² − 1)/(αλ'(1 + λ')) and q_v = (αλ'² − 1)/(λ'(1 + αλ')) with λ' = λ/k.
        var strength = Lambda(c) / c.Clusters;
        var excess = c.Alpha * strength * strength - 1;
        var pca = excess > 0 ? (U: excess / (c.Alpha * strength * (1 + strength)), V: excess / (strength * (1 + c.Alpha * strength))) : (U: 0, V: 0);
        var gaussian = new RectangularFactorization(new GaussianPrior(), new GaussianPrior(), c.Alpha);
        var (u, v) = gaussian.Overlaps(gaussian.Reached(strength, FactorizationStart.Uninformative).Snr, strength);
        Assert.Equal(pca.U, u, 1e-10);
        Assert.Equal(pca.V, v, 1e-10);
        Assert.True(Informed(c.Clusters, c.Alpha, 1, Lambda(c)).U >= pca.U - 1e-12);
    }

    [Property]
    public void Two_clusters_are_signs_in_the_rectangular_model_at_half_the_ratio(ClusteringCase c)
    {
        // u = σ(1, −1)/2: X = √(γ₂/d) v σ + w with γ₂ = λ/(2ρ).
        var lambda = c.ReducedLambda * 2 / Math.Sqrt(c.Alpha);
        var rank = new RectangularFactorization(new RademacherPrior(), new GaussBernoulliPrior(c.Sparsity), c.Alpha);
        var clustering = new SubspaceClustering(2, c.Alpha, c.Sparsity);
        foreach (var start in Enum.GetValues<FactorizationStart>())
        {
            var (one, two) = (rank.Reached(lambda / (2 * c.Sparsity), start), clustering.Reached(lambda, start));
            var ((mu, mv), (qu, qv)) = (rank.Overlaps(one.Snr, lambda / (2 * c.Sparsity)), clustering.Overlaps(two.Snr, lambda));
            Assert.Equal(mu, qu, 1e-10);
            Assert.Equal(mv, c.Sparsity * qv, 1e-10);
            Assert.Equal(one.FreeEntropy, two.FreeEntropy, 1e-12);
        }
    }

    [Property]
    public void The_phase_follows_from_the_free_entropies_of_all_fixed_points(ClusteringCase c)
    {
        var (evolution, lambda) = (Evolution(c), Lambda(c));
        var points = evolution.AllFixedPoints(lambda);
        var best = points.Where(p => p.IsStable).MaxBy(p => p.FreeEntropy)!;
        var t = evolution.ReducedThresholds;
        // Not within rounding of a threshold.
        if (new[] { t.Spectral, t.Dynamical, t.InformationTheoretic, t.Algorithmic, t.WeakRecovery }.Any(l => l is { } x && Math.Abs(c.ReducedLambda / x - 1) < 1e-9)) return;
        var expected = best.Snr == 0 ? RecoveryPhase.Impossible : evolution.Reached(lambda, FactorizationStart.Uninformative).Snr == best.Snr ? RecoveryPhase.Easy : RecoveryPhase.Hard;
        Assert.Equal(expected, evolution.Phase(lambda));
        Assert.Equal(best.Snr, evolution.BayesOptimal(lambda).Snr);
    }

    [Fact]
    public void Nothing_is_found_without_signal_and_everything_with_a_strong_one()
    {
        var model = new SubspaceClusteringModel { Clusters = 3, Alpha = 2, Sparsity = 0.2, Lambda = 0, Start = FactorizationStart.Informative };
        var none = model.Predict();
        Assert.Equal((0, 0, 0), (none.QU, none.QV, none.FreeEntropy));
        Assert.Equal(1 / 3.0, none.LabelAccuracy, 1e-12);
        var all = (model with { Lambda = 1e7 }).Predict();
        Assert.Equal(1, all.QU, 1e-12);
        Assert.Equal(1, all.QV, 1e-5);
        Assert.Equal(1, all.LabelAccuracy, 1e-12);
    }

    [Fact]
    public void Illegal_models_name_the_parameter()
    {
        var model = new SubspaceClusteringModel { Clusters = 2, Alpha = 1, Sparsity = 1, Lambda = 1 };
        Assert.Equal("Clusters", Assert.Throws<ArgumentOutOfRangeException>(() => model with { Clusters = 1 }).ParamName);
        Assert.Equal("Alpha", Assert.Throws<ArgumentOutOfRangeException>(() => model with { Alpha = 0 }).ParamName);
        Assert.Equal("Sparsity", Assert.Throws<ArgumentOutOfRangeException>(() => model with { Sparsity = 1.1 }).ParamName);
        Assert.Equal("Lambda", Assert.Throws<ArgumentOutOfRangeException>(() => model with { Lambda = double.NaN }).ParamName);
        Assert.Equal("lambda", Assert.Throws<ArgumentOutOfRangeException>(() => new SubspaceClustering(2, 1, 1).AllFixedPoints(-1)).ParamName);
    }

    private static (double U, double V) Informed(int clusters, double alpha, double sparsity, double lambda)
    {
        var evolution = new SubspaceClustering(clusters, alpha, sparsity);
        return evolution.Overlaps(evolution.Reached(lambda, FactorizationStart.Informative).Snr, lambda);
    }

    private static SubspaceClustering Evolution(ClusteringCase c) => new(c.Clusters, c.Alpha, c.Sparsity);

    private static double Lambda(ClusteringCase c) => c.ReducedLambda * c.Clusters / Math.Sqrt(c.Alpha);
}
