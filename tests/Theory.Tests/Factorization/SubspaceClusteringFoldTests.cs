using FsCheck.Xunit;
using Theory.Factorization;
using Theory.Numerics.Sampling;
using Theory.Systems;

namespace Theory.Tests.Factorization;

[Properties(Arbitrary = [typeof(PriorCases)], MaxTest = 15)]
public class SubspaceClusteringFoldTests
{
    [Theory]
    [InlineData(0.5, 0.1743, 0.1476)]
    [InlineData(1, 0.1925, 0.1644)]
    [InlineData(2, 0.2088, 0.1795)]
    [InlineData(5, 0.2269, 0.1965)]
    public void Cusp_and_critical_end_have_the_tabulated_sparsities(double alpha, double cusp, double end)
    {
        var p = new SubspaceClusteringFoldModel { Clusters = 2, Alpha = alpha }.Predict();
        Assert.Equal(cusp, p.CuspSparsity!.Value, 1e-4);
        Assert.Equal(end, p.EndSparsity!.Value, 1e-4);
        Assert.False(p.JumpsAtSpectralThreshold);
    }

    [Property]
    public void On_either_side_of_the_cusp_there_is_a_fold_or_none_and_at_it_the_spinodals_meet(ClusteringCase c)
    {
        var p = new SubspaceClusteringFoldModel { Clusters = c.Clusters, Alpha = c.Alpha }.Predict();
        Assert.Equal(c.Clusters > 4 + 2 * Math.Sqrt(c.Alpha), p.JumpsAtSpectralThreshold);
        if (p.CuspSparsity is not { } cusp) return;
        // The depth of the fold is of the order of the 3/2th power of the distance.
        var below = new SubspaceClustering(c.Clusters, c.Alpha, cusp * (1 - 1e-3)).ReducedThresholds;
        Assert.NotNull(below.Dynamical);
        Assert.Equal(p.CuspReducedLambda!.Value, below.Dynamical.Value, 5e-3);
        Assert.Equal(p.CuspReducedLambda.Value, below.Algorithmic!.Value, 5e-3);
        if (cusp < 0.999) Assert.Null(new SubspaceClustering(c.Clusters, c.Alpha, Math.Min(1, cusp * (1 + 1e-3))).ReducedThresholds.Dynamical);
    }

    [Property]
    public void At_the_critical_end_the_transition_is_at_the_spectral_threshold(ClusteringCase c)
    {
        var p = new SubspaceClusteringFoldModel { Clusters = c.Clusters, Alpha = c.Alpha }.Predict();
        // At k = 4 + 2√α itself the end of the fold is only known to the root of rounding.
        if (p.EndSparsity is not { } end || Math.Abs(c.Clusters - 4 - 2 * Math.Sqrt(c.Alpha)) < 1e-6) return;
        Assert.Equal(1, new SubspaceClustering(c.Clusters, c.Alpha, end).ReducedThresholds.InformationTheoretic!.Value, 1e-8);
        Assert.True(end <= (p.CuspSparsity ?? 1));
    }

    [Theory]
    [InlineData(2, 1.894255, 1.681408)]
    [InlineData(3, 1.359141, 1.190530)]
    [InlineData(5, 0.851882, 0.729341)]
    [InlineData(10, 0.427648, 0.350481)]
    [InlineData(50, 0.0816253, 0.0575842)]
    public void Constants_of_the_sparse_limit_have_the_tabulated_values(int clusters, double transition, double dynamical)
    {
        var p = new SubspaceClusteringFoldModel { Clusters = clusters, Alpha = 2 }.Predict();
        Assert.Equal(1, p.SparseInformationTheoretic / transition, 3e-6);
        Assert.Equal(1, p.SparseDynamical / dynamical, 3e-6);
    }

    [Fact]
    public void Exact_thresholds_of_very_sparse_clusters_approach_the_sparse_limit()
    {
        // λ̃²/(ρ log 1/ρ) = c + O(log log/log): the distance falls, and extrapolation in 1/log(1/ρ) comes close.
        foreach (var k in new[] { 2, 3, 5 })
        {
            var p = new SubspaceClusteringFoldModel { Clusters = k, Alpha = 2 }.Predict();
            foreach (var isTransition in new[] { true, false })
            {
                var limit = isTransition ? p.SparseInformationTheoretic : p.SparseDynamical;
                var logs = new[] { 1e-20, 1e-40, 1e-80 };
                var gaps = logs.Select(rho =>
                {
                    var t = new SubspaceClustering(k, 2, rho).ReducedThresholds;
                    var reduced = (isTransition ? t.InformationTheoretic : t.Dynamical)!.Value;
                    return reduced * reduced / (rho * Math.Log(1 / rho)) / limit - 1;
                }).ToArray();
                Assert.All(gaps.Zip(gaps.Skip(1)), g => Assert.InRange(Math.Abs(g.Second), 0, 0.75 * Math.Abs(g.First)));
                // log log(1/ρ)/log(1/ρ) is 0.03 at the last.
                Assert.InRange(Math.Abs(gaps[^1]), 0, 0.07);
            }
        }
    }

    [Fact]
    public void Constants_of_many_clusters_approach_four_over_the_rank()
    {
        // For r → ∞: E(yR/2 − 1)₊ → (yr/2 − 1)₊, which is y²r/(4c) with c = 4/r at best.
        var ratios = new[] { 50, 200, 1000 }.Select(k => SparsityLaw.InformationTheoretic(k - 1) * (k - 1) / 4).ToArray();
        Assert.All(ratios.Zip(ratios.Skip(1)), r => Assert.InRange(Math.Abs(1 - r.Second), 0, Math.Abs(1 - r.First)));
        Assert.Equal(1, ratios[^1], 1e-2);
    }

    [Fact]
    public void Sparse_constants_are_those_of_a_simulated_chi_square()
    {
        var p = new SubspaceClusteringFoldModel { Clusters = 4, Alpha = 2 }.Predict();
        var random = new RandomStream(4);
        var squares = Enumerable.Range(0, 200_000).Select(_ => Enumerable.Range(0, 3).Sum(_ => Math.Pow(random.NextGaussian(), 2))).ToArray();
        // sup over y of E(yR/2 − 1)₊ − y²r/(4c) is 0 at c_IT.
        var best = Enumerable.Range(1, 60).Max(i =>
        {
            var y = 0.05 * i;
            return squares.Average(r => Math.Max(0, y * r / 2 - 1)) / (y * y) * 4 / 3;
        });
        Assert.Equal(p.SparseInformationTheoretic, 1 / best, 0.01);
    }

    [Fact]
    public void Illegal_models_name_the_parameter()
    {
        Assert.Equal("Clusters", Assert.Throws<ArgumentOutOfRangeException>(() => new SubspaceClusteringFoldModel { Clusters = 1, Alpha = 1 }).ParamName);
        Assert.Equal("Alpha", Assert.Throws<ArgumentOutOfRangeException>(() => new SubspaceClusteringFoldModel { Clusters = 2, Alpha = double.NaN }).ParamName);
    }
}
