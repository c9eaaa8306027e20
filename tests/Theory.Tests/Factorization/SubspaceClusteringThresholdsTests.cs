using FsCheck.Xunit;
using Theory.Channels;
using Theory.Factorization;

namespace Theory.Tests.Factorization;

[Properties(Arbitrary = [typeof(PriorCases)], MaxTest = 30)]
public class SubspaceClusteringThresholdsTests
{
    [Theory]
    [InlineData(0.01, 0.3435635, 0.3593213, 1.0000248)]
    [InlineData(0.05, 0.6624549, 0.6831736, 1.0006760)]
    [InlineData(0.09, 0.8184837, 0.8358826, 1.0024210)]
    [InlineData(0.11, 0.8734777, 0.8882780, 1.0038277)]
    [InlineData(0.13, 0.9182757, 0.9301733, 1.0056931)]
    [InlineData(0.15, 0.9547841, 0.9636077, 1.0081389)]
    [InlineData(0.18, 0.9963816, 1.0004478, 1.0133698)]
    [InlineData(0.20, 1.0158935, 1.0168368, 1.0186390)]
    public void Two_clusters_with_two_samples_a_dimension_have_the_tabulated_thresholds(double sparsity, double dynamical, double transition, double algorithmic)
    {
        var t = new SubspaceClustering(2, 2, sparsity).ReducedThresholds;
        Assert.Equal(dynamical, t.Dynamical!.Value, 2e-7);
        Assert.Equal(transition, t.InformationTheoretic!.Value, 2e-7);
        Assert.Equal(algorithmic, t.Algorithmic!.Value, 2e-7);
        Assert.Equal(Math.Min(1, transition), t.WeakRecovery, 2e-7);
    }

    [Theory]
    [InlineData(3, 2, 0.05, 0.6034237, 0.6245767, 1.0003184)]
    [InlineData(3, 2, 0.2, 0.9702123, 0.9771698, 1.0079782)]
    [InlineData(3, 1, 0.1, 0.7980015, 0.8164690, 1.0017743)]
    [InlineData(7, 1, 1, 0.9956972, 0.9961429, 1)]
    public void More_clusters_have_the_tabulated_thresholds(int k, double alpha, double sparsity, double dynamical, double transition, double algorithmic)
    {
        var t = new SubspaceClustering(k, alpha, sparsity).ReducedThresholds;
        Assert.Equal(dynamical, t.Dynamical!.Value, 1e-7);
        Assert.Equal(transition, t.InformationTheoretic!.Value, 1e-7);
        Assert.Equal(algorithmic, t.Algorithmic!.Value, 1e-7);
    }

    [Theory]
    [InlineData(2, 2, 0.21)]
    [InlineData(5, 1, 1)]
    [InlineData(10, 9, 1)]   // k = 4 + 2√α: flat to second order at the origin
    public void Where_the_transition_is_continuous_there_is_one_threshold(int k, double alpha, double sparsity)
    {
        var t = new SubspaceClustering(k, alpha, sparsity).ReducedThresholds;
        Assert.Equal((1, null, null, null), (t.Spectral!.Value, t.Dynamical, t.InformationTheoretic, t.Algorithmic));
        Assert.Equal(1, t.WeakRecovery);
    }

    [Theory]
    [InlineData(0.5, 0.1743, 0.1476)]
    [InlineData(1, 0.1925, 0.1644)]
    [InlineData(2, 0.2088, 0.1795)]
    [InlineData(5, 0.2269, 0.1965)]
    public void The_fold_ends_in_a_cusp_and_leaves_the_spectral_threshold_before(double alpha, double cusp, double end)
    {
        Assert.NotNull(new SubspaceClustering(2, alpha, cusp - 1.5e-4).ReducedThresholds.Dynamical);
        Assert.Null(new SubspaceClustering(2, alpha, cusp + 1.5e-4).ReducedThresholds.Dynamical);
        Assert.True(new SubspaceClustering(2, alpha, end - 1.5e-4).ReducedThresholds.InformationTheoretic < 1);
        Assert.True(new SubspaceClustering(2, alpha, end + 1.5e-4).ReducedThresholds.InformationTheoretic > 1);
    }

    [Theory]
    [InlineData(2, 1e-3, 0.131823)]
    [InlineData(2, 1e-4, 0.0466590)]
    [InlineData(2, 1e-6, 5.54155e-3)]
    [InlineData(2, 1e-8, 6.30020e-4)]
    [InlineData(2, 1e-12, 7.585834e-6)]
    [InlineData(10, 1e-3, 0.0809652)]
    [InlineData(10, 1e-6, 0.00328457)]
    public void Very_sparse_clusters_have_the_tabulated_thresholds(int k, double sparsity, double transition) =>
        Assert.Equal(1, new SubspaceClustering(k, 2, sparsity).ReducedThresholds.InformationTheoretic!.Value / transition, 4e-6);

    [Theory]
    [InlineData(1e-3, 0.13182332923489849)]
    [InlineData(1e-12, 7.585834333166138e-6)]
    public void Thresholds_agree_with_arithmetic_of_25_digits(double sparsity, double transition) =>
        Assert.Equal(1, new SubspaceClustering(2, 2, sparsity).ReducedThresholds.InformationTheoretic!.Value / transition, 1e-12);

    [Fact]
    public void Very_sparse_thresholds_approach_their_logarithmic_law_from_above()
    {
        // λ_IT ≈ (k/√α) √(c_r ρ log 1/ρ), with c₁ = 1.894255: convergence is logarithmic.
        var ratios = new[] { 1e-3, 1e-4, 1e-6, 1e-8, 1e-12 }
            .Select(rho => Math.Pow(new SubspaceClustering(2, 2, rho).ReducedThresholds.InformationTheoretic!.Value, 2) / (rho * Math.Log(1 / rho))).ToArray();
        Assert.All(ratios.Zip([2.516, 2.364, 2.223, 2.155, 2.083]), r => Assert.Equal(r.Second, r.First, 6e-4));
        Assert.True(ratios.Zip(ratios.Skip(1)).All(p => p.First > p.Second) && ratios[^1] > 1.894255);
    }

    [Property]
    public void Both_branches_have_the_same_free_entropy_at_the_information_theoretic_threshold(ClusteringCase c)
    {
        var evolution = Evolution(c);
        if (evolution.ReducedThresholds is not { InformationTheoretic: { } it } t) return;
        Assert.InRange(it, t.Dynamical!.Value, t.Algorithmic!.Value);
        if (t.Algorithmic - t.Dynamical < 1e-6) return;   // too shallow to resolve
        var points = evolution.AllFixedPoints(it * evolution.SpectralThreshold).Where(p => p.IsStable || p.Snr == 0).ToArray();
        var (top, below) = (points[^1].FreeEntropy, points[..^1].Max(p => p.FreeEntropy));
        Assert.True(Math.Abs(top - below) < 1e-12 * (1 + c.Alpha * it * evolution.SpectralThreshold), $"{c}: {top} and {below}");
    }

    [Property]
    public void On_either_side_of_the_information_theoretic_threshold_the_other_branch_wins(ClusteringCase c)
    {
        var evolution = Evolution(c);
        if (evolution.ReducedThresholds is not { InformationTheoretic: { } it, Dynamical: { } dyn, Algorithmic: { } alg }) return;
        if (alg - dyn < 1e-4) return;
        double Gain(double reduced)
        {
            var points = evolution.AllFixedPoints(reduced * evolution.SpectralThreshold);
            return points[^1].FreeEntropy - points.Where(p => p.Snr < points[^1].Snr).Max(p => p.FreeEntropy);
        }

        Assert.True(Gain((it + dyn) / 2) < 0 && Gain((it + alg) / 2) > 0);
    }

    [Property]
    public void The_upper_branch_begins_at_the_dynamical_threshold_and_the_lower_one_ends_at_the_algorithmic(ClusteringCase c)
    {
        var evolution = Evolution(c);
        if (evolution.ReducedThresholds is not { Dynamical: { } dyn, Algorithmic: { } alg } || alg - dyn < 1e-4) return;
        var unit = evolution.SpectralThreshold;
        FactorizationFixedPoint At(double reduced, FactorizationStart start) => evolution.Reached(reduced * unit, start);
        Assert.True(At(dyn * (1 + 1e-6), FactorizationStart.Informative).Snr > 1.5 * At(dyn * (1 - 1e-6), FactorizationStart.Informative).Snr);
        Assert.Equal(At(alg * (1 + 1e-6), FactorizationStart.Uninformative).Snr, At(alg * (1 + 1e-6), FactorizationStart.Informative).Snr);
        Assert.True(At(alg * (1 - 1e-6), FactorizationStart.Uninformative).Snr < At(alg * (1 - 1e-6), FactorizationStart.Informative).Snr);
        // Both ends are folds: the slope of the map is 1 there.
        Assert.Equal(1, At(dyn * (1 + 1e-9), FactorizationStart.Informative).Slope, 0.01);
    }

    [Property]
    public void The_transition_at_the_spectral_threshold_is_a_jump_exactly_above_four_and_twice_the_root_of_alpha(ClusteringCase c)
    {
        foreach (var k in new[] { c.Clusters, (int)Math.Floor(4 + 2 * Math.Sqrt(c.Alpha)), (int)Math.Floor(4 + 2 * Math.Sqrt(c.Alpha)) + 1 })
        {
            var margin = k - 4 - 2 * Math.Sqrt(c.Alpha);
            if (Math.Abs(margin) < 0.1) continue;   // next to it the fold is too shallow to see at this distance
            var evolution = new SubspaceClustering(k, c.Alpha, c.Sparsity);
            // λ̃(a) = 1 + ½(√α/k − (k − 4)/(2k)) a + …, for every sparsity.
            const double a = 1e-7;
            Assert.Equal(0.5 * (Math.Sqrt(c.Alpha) / k - (k - 4) / (2.0 * k)), (evolution.LambdaAt(a) / evolution.SpectralThreshold - 1) / a, 1e-3 + a / c.Sparsity * 100);
            Assert.Equal(margin > 0, evolution.Reached(evolution.SpectralThreshold * (1 + 1e-9), FactorizationStart.Uninformative).Snr > 1e-3);
            if (margin > 0) Assert.True(evolution.ReducedThresholds is { Dynamical: < 1, Algorithmic: >= 1 });
        }
    }

    [Fact]
    public void With_very_many_clusters_two_folds_follow_each_other_and_message_passing_waits_for_the_spectral_threshold()
    {
        // Relevant features are found first and clusters afterwards: the curve falls from λ_KS, and its inner maximum lies below.
        var evolution = new SubspaceClustering(1000, 2, 0.05);
        var t = evolution.ReducedThresholds;
        Assert.Equal(1, t.Algorithmic);
        Assert.Equal(0, evolution.Reached(0.9999 * evolution.SpectralThreshold, FactorizationStart.Uninformative).Snr);
        Assert.Equal(FixedPointBranch.High, evolution.Reached(1.0001 * evolution.SpectralThreshold, FactorizationStart.Uninformative).Branch);
        Assert.True(evolution.AllFixedPoints(0.5 * evolution.SpectralThreshold).Count(p => p.IsStable) >= 2);
    }

    [Property]
    public void Thresholds_do_not_change_when_the_two_factors_are_exchanged(ClusteringCase c)
    {
        var (u, v) = (new RademacherPrior(), new GaussBernoulliPrior(c.Sparsity));
        var (one, two) = (new RectangularFactorization(u, v, c.Alpha).Thresholds, new RectangularFactorization(v, u, 1 / c.Alpha).Thresholds);
        Assert.Equal(one.Spectral!.Value * c.Alpha, two.Spectral!.Value, 1e-12 * two.Spectral.Value);
        Assert.Equal(one.Dynamical is null, two.Dynamical is null);
        if (one.Dynamical is null) return;
        Assert.Equal(one.Dynamical.Value * c.Alpha, two.Dynamical!.Value, 1e-10 * two.Dynamical.Value);
        Assert.Equal(one.Algorithmic!.Value * c.Alpha, two.Algorithmic!.Value, 1e-10 * two.Algorithmic.Value);
        Assert.Equal(one.InformationTheoretic!.Value * c.Alpha, two.InformationTheoretic!.Value, 1e-7 * two.InformationTheoretic.Value);
    }

    private static SubspaceClustering Evolution(ClusteringCase c) => new(c.Clusters, c.Alpha, c.Sparsity);
}
