using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Theory.Channels;
using Theory.Factorization;

namespace Theory.Tests.Factorization;

/// <summary>Two priors of one direction, samples per dimension, and a signal-to-noise ratio in units of the spectral threshold.</summary>
public sealed record RectangularCase(PriorCase U, PriorCase V, double Alpha, double Strength)
{
    public double Gamma => Strength / (Math.Sqrt(Alpha) * U.Prior.SecondMoment * V.Prior.SecondMoment);
}

public static class RectangularCases
{
    public static Arbitrary<RectangularCase> Cases() => (
        from u in Prior()
        from v in Prior()
        from alpha in Gen.Choose(-50, 50)
        from strength in Gen.Choose(20, 400)
        select new RectangularCase(u, v, Math.Pow(10, alpha / 50.0), strength / 100.0)).ToArbitrary();

    private static Gen<PriorCase> Prior() =>
        from kind in Gen.Choose(0, 5)
        from a in Gen.Choose(5, 95)
        let p = a / 100.0
        select kind switch
        {
            0 => new PriorCase($"N(0,{3 * p})", new GaussianPrior(3 * p)),
            1 => new PriorCase("±1", new RademacherPrior()),
            2 => new PriorCase($"GB({p})", new GaussBernoulliPrior(p)),
            3 => new PriorCase($"sparse ±1({p})", DiscretePrior.SparseRademacher(p)),
            4 => new PriorCase($"01({p})", DiscretePrior.Bernoulli(p)),
            _ => new PriorCase($"two-group({p})", DiscretePrior.TwoGroup(p)),
        };
}

[Properties(Arbitrary = [typeof(RectangularCases)], MaxTest = 40)]
public class RectangularFactorizationTests
{
    [Property]
    public void Exchanging_the_factors_exchanges_their_overlaps_and_divides_the_free_entropy_by_alpha(RectangularCase c)
    {
        var one = new RectangularFactorization(c.U.Prior, c.V.Prior, c.Alpha);
        var two = new RectangularFactorization(c.V.Prior, c.U.Prior, 1 / c.Alpha);
        foreach (var start in Enum.GetValues<FactorizationStart>())
        {
            var (p, s) = (one.Reached(c.Gamma, start), two.Reached(c.Alpha * c.Gamma, start));
            if (Math.Abs(p.Slope - 1) < 0.02 || Math.Abs(s.Slope - 1) < 0.02) continue;
            var (m, w) = (one.Overlaps(p.Snr, c.Gamma), two.Overlaps(s.Snr, c.Alpha * c.Gamma));
            Assert.True(Math.Abs(m.U - w.V) < 1e-9 * c.U.Prior.SecondMoment, $"{c} from {start}: m_u {m.U} and {w.V}");
            Assert.True(Math.Abs(m.V - w.U) < 1e-9 * c.V.Prior.SecondMoment, $"{c} from {start}: m_v {m.V} and {w.U}");
            Assert.Equal(p.FreeEntropy / c.Alpha, s.FreeEntropy, 1e-10 * (1 + c.Gamma));
        }
    }

    [Property]
    public void Every_fixed_point_solves_state_evolution(RectangularCase c)
    {
        var factorization = new RectangularFactorization(c.U.Prior, c.V.Prior, c.Alpha);
        foreach (var point in factorization.AllFixedPoints(c.Gamma))
        {
            var (u, v) = factorization.Overlaps(point.Snr, c.Gamma);
            if (point.Snr == 0) continue;
            Assert.Equal(1, factorization.Step(point.Snr, c.Gamma) / point.Snr, 1e-11);
            Assert.Equal(u, c.U.Prior.Overlap(c.Gamma * v), 1e-10 * c.U.Prior.SecondMoment);
            Assert.Equal(1, factorization.GammaAt(point.Snr) / c.Gamma, 1e-9);
        }
    }

    [Property]
    public void A_dense_scan_finds_no_fixed_point_that_was_missed(RectangularCase c)
    {
        var factorization = new RectangularFactorization(c.U.Prior, c.V.Prior, c.Alpha);
        var known = factorization.AllFixedPoints(c.Gamma).Where(p => p.Snr > 0).Select(p => p.Snr).ToList();
        var grid = Enumerable.Range(0, 600).Select(i => c.Gamma * c.V.Prior.SecondMoment * Math.Pow(10, -7 + 7.0 * i / 599) * 1.0001).ToList();
        var signs = grid.Select(a => Math.Sign(factorization.Step(a, c.Gamma) - a)).ToList();
        for (var i = 1; i < grid.Count; i++)
            Assert.True(
                signs[i] * signs[i - 1] >= 0 || known.Count(a => grid[i - 1] * 0.9999999 <= a && a <= grid[i] * 1.0000001) % 2 == 1,
                $"{c}: a root between {grid[i - 1]} and {grid[i]}, known {string.Join(", ", known)}");
    }

    [Property]
    public void The_trivial_point_is_a_fixed_point_exactly_if_both_priors_are_centred(RectangularCase c)
    {
        var factorization = new RectangularFactorization(c.U.Prior, c.V.Prior, c.Alpha);
        var isCentred = c.U.Prior.SquaredMean == 0 && c.V.Prior.SquaredMean == 0;
        Assert.Equal(isCentred, factorization.Thresholds.Spectral is not null);
        Assert.Equal(isCentred, factorization.AllFixedPoints(c.Gamma)[0].Snr == 0);
        if (isCentred) Assert.Equal(1, factorization.Thresholds.Spectral!.Value * c.Strength / c.Gamma, 1e-12);
        else Assert.Equal(0, factorization.Thresholds.WeakRecovery);
    }

    [Fact]
    public void Signs_and_sparse_means_have_the_tabulated_point_in_either_role()
    {
        var one = new RectangularFactorization(new RademacherPrior(), new GaussBernoulliPrior(0.2), 2);
        var two = new RectangularFactorization(new GaussBernoulliPrior(0.2), new RademacherPrior(), 0.5);
        var (p, s) = (one.Reached(6, FactorizationStart.Informative), two.Reached(12, FactorizationStart.Informative));
        Assert.Equal(0.5059349, one.Overlaps(p.Snr, 6).U, 1e-7);
        Assert.Equal(0.1445711, one.Overlaps(p.Snr, 6).V, 1e-7);
        Assert.Equal(0.1031417, p.FreeEntropy, 1e-7);
        Assert.Equal(0.5059349, two.Overlaps(s.Snr, 12).V, 1e-7);
        Assert.Equal(0.1031417 / 2, s.FreeEntropy, 1e-7);
    }

    [Fact]
    public void Illegal_factorisations_name_the_parameter()
    {
        Assert.Equal("v", Assert.Throws<ArgumentException>(() => new RectangularFactorization(new GaussianPrior(), new GaussBernoulliPrior(0.1, 2), 1)).ParamName);
        Assert.Equal("alpha", Assert.Throws<ArgumentOutOfRangeException>(() => new RectangularFactorization(new GaussianPrior(), new GaussianPrior(), 0)).ParamName);
        Assert.Equal("gamma", Assert.Throws<ArgumentOutOfRangeException>(() => new RectangularFactorization(new GaussianPrior(), new GaussianPrior(), 1).AllFixedPoints(-1)).ParamName);
    }
}
