using FsCheck;
using FsCheck.Fluent;
using Theory.Channels;

namespace Theory.Tests.Factorization;

/// <summary>A prior with a text that names it in failures.</summary>
public sealed record PriorCase(string Name, IPriorChannel Prior)
{
    public override string ToString() => Name;
}

/// <summary>A signal-to-noise ratio, spread over many orders of magnitude.</summary>
public sealed record Snr(double Value);

/// <summary>Parameters of subspace clustering away from any edge.</summary>
public sealed record ClusteringCase(int Clusters, double Alpha, double Sparsity, double ReducedLambda);

public static class PriorCases
{
    public static Arbitrary<PriorCase> Priors() => (
        from kind in Gen.Choose(0, 8)
        from a in Gen.Choose(5, 95)
        from k in Gen.Choose(2, 12)
        from b in Gen.Choose(-20, 20)
        let p = a / 100.0
        select kind switch
        {
            0 => new PriorCase($"N(0,{3 * p})", new GaussianPrior(3 * p)),
            1 => new PriorCase("±1", new RademacherPrior()),
            2 => new PriorCase($"GB({p})", new GaussBernoulliPrior(p)),
            3 => new PriorCase($"sparse ±1({p})", DiscretePrior.SparseRademacher(p)),
            4 => new PriorCase($"01({p})", DiscretePrior.Bernoulli(p)),
            5 => new PriorCase($"two-group({p})", DiscretePrior.TwoGroup(p)),
            6 => new PriorCase($"discrete({p},{b})", new DiscretePrior([-1.5, 0.1 + b / 20.0, 2], [p / 2, 1 - p, p / 2])),
            7 => new PriorCase($"one-hot({k})", new OneHotPrior(k)),
            _ => new PriorCase($"rows({p},{k})", new GaussBernoulliPrior(p, k)),
        }).ToArbitrary();

    public static Arbitrary<Snr> Snrs() => Gen.Choose(-600, 150).Select(e => new Snr(Math.Pow(10, e / 100.0))).ToArbitrary();

    public static Arbitrary<ClusteringCase> Clusterings() => (
        from k in Gen.Frequency((2, Gen.Constant(2)), (1, Gen.Choose(3, 8)))
        from alpha in Gen.Choose(-60, 60)
        from rho in Gen.Choose(2, 100)
        from lambda in Gen.Choose(30, 250)
        select new ClusteringCase(k, Math.Pow(10, alpha / 60.0), rho / 100.0, lambda / 100.0)).ToArbitrary();
}
