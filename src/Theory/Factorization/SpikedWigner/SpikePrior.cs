using Theory.Channels;
using Theory.Contract;

namespace Theory.Factorization;

/// <summary>The priors of the spiked Wigner model that have names.</summary>
public enum SpikePriorKind
{
    /// <summary>±1.</summary>
    Rademacher,

    /// <summary>N(0, 1).</summary>
    Gaussian,

    /// <summary>N(0, 1) with probability ρ, else 0.</summary>
    GaussBernoulli,

    /// <summary>±1 with probability ρ/2 each, else 0.</summary>
    SparseRademacher,

    /// <summary>1 with probability ρ, else 0.</summary>
    Bernoulli,

    /// <summary>√((1 − p)/p) with probability p, else −√(p/(1 − p)).</summary>
    TwoGroup,

    /// <summary>Centred membership in one of k clusters, of rank k − 1.</summary>
    Potts,
}

/// <summary>A named prior with the parameter that it needs, and no other.</summary>
/// <param name="Kind">Which prior.</param>
/// <param name="Sparsity">ρ in (0, 1] (Gauss–Bernoulli) or (0, 1) (sparse Rademacher, Bernoulli).</param>
/// <param name="P">p in (0, 1), of the two groups.</param>
/// <param name="Clusters">k ≥ 2, of the Potts prior.</param>
public sealed record SpikePrior(SpikePriorKind Kind, double? Sparsity = null, double? P = null, int? Clusters = null)
{
    /// <summary>The names of the priors outside the library, in the order of <see cref="SpikePriorKind"/>.</summary>
    internal static IReadOnlyList<string> Names { get; } =
        ["rademacher", "gaussian", "gauss-bernoulli", "sparse-rademacher", "bernoulli01", "two-group", "potts-centred-onehot"];

    internal string Name => Names[(int)Kind];

    /// <summary>The channel of the prior.</summary>
    /// <returns>The channel.</returns>
    /// <exception cref="InvalidInputException">The parameter that the prior needs is missing, or one that it does not have is given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public IPriorChannel ToChannel()
    {
        var sparse = Kind is SpikePriorKind.GaussBernoulli or SpikePriorKind.SparseRademacher or SpikePriorKind.Bernoulli;
        Require("sparsity", Sparsity is not null, sparse);
        Require("p", P is not null, Kind == SpikePriorKind.TwoGroup);
        Require("clusters", Clusters is not null, Kind == SpikePriorKind.Potts);
        return Kind switch
        {
            SpikePriorKind.Rademacher => new RademacherPrior(),
            SpikePriorKind.Gaussian => new GaussianPrior(),
            SpikePriorKind.GaussBernoulli => new GaussBernoulliPrior(Sparsity!.Value),
            SpikePriorKind.SparseRademacher => DiscretePrior.SparseRademacher(Sparsity!.Value),
            SpikePriorKind.Bernoulli => DiscretePrior.Bernoulli(Sparsity!.Value),
            SpikePriorKind.TwoGroup => DiscretePrior.TwoGroup(P!.Value),
            _ => new OneHotPrior(Clusters!.Value),
        };
    }

    private void Require(string name, bool given, bool needed)
    {
        if (given == needed) return;
        throw new InvalidInputException(name, needed ? $"{name} is required by the prior {Name}" : $"{name} has no meaning for the prior {Name}");
    }
}
