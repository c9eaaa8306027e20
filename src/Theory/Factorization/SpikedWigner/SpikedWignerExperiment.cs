using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Factorization;

/// <summary>Approximate message passing on real instances of the spiked Wigner model.</summary>
public static class SpikedWignerExperiment
{
    internal const string AllowanceRemark = "c = 40 in units of E x² (m) and (E x²)² (mmse): with 12 trials of six priors at N = 250 and 1000 well above threshold no gap passed 2.2 standard errors, and none passed c/N. "
        + "Next to a threshold the law is slower than 1/N and no c is enough.";

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The number N of variables.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>m</c> and <c>mmse</c>. The sign of x, or the order of its clusters, is not observable: the overlap does not depend on it.</returns>
    /// <exception cref="InvalidInputException">The prior lacks its parameter.</exception>
    /// <exception cref="NotConvergedException">Message passing did not settle.</exception>
    public static IReadOnlyDictionary<string, Value> Run(SpikedWignerModel model, int size, ulong seed)
    {
        var prior = Rows(model.Prior);
        var informed = model.Start == FactorizationStart.Informative;
        var (overlap, estimate, signal) = SymmetricMessagePassing.Run(prior, model.Lambda, size, informed, SpikedWignerModel.System.Id, new RandomStream(seed));
        var m = Math.Sqrt(Squares(overlap) / prior.Rank);
        return new Dictionary<string, Value>
        {
            ["m"] = model.Prior.Kind == SpikePriorKind.Potts ? m / prior.Variance : m,
            ["mmse"] = Squares(signal) - 2 * Squares(overlap) + Squares(estimate),
        };
    }

    internal static double Allowance(SpikedWignerModel model, SpikedWignerPrediction prediction, string observable)
    {
        var prior = Rows(model.Prior);
        return 40 * (observable == "mmse" ? prior.Rank * prior.Variance * prior.Variance : model.Prior.Kind == SpikePriorKind.Potts ? 1 : prior.Variance);
    }

    private static IRowPrior Rows(SpikePrior prior)
    {
        _ = prior.ToChannel();   // checks the parameters
        var (rho, p) = (prior.Sparsity ?? 1, prior.P ?? 0.5);
        return prior.Kind switch
        {
            SpikePriorKind.Rademacher => new PointPrior([[1], [-1]], [0.5, 0.5]),
            SpikePriorKind.Gaussian or SpikePriorKind.GaussBernoulli => new SparseRowPrior(rho, 1),
            SpikePriorKind.SparseRademacher => new PointPrior([[0], [1], [-1]], [1 - rho, rho / 2, rho / 2]),
            SpikePriorKind.Bernoulli => new PointPrior([[0], [1]], [1 - rho, rho]),
            SpikePriorKind.TwoGroup => new PointPrior([[Math.Sqrt((1 - p) / p)], [-Math.Sqrt(p / (1 - p))]], [p, 1 - p]),
            _ => PointPrior.Simplex(prior.Clusters!.Value),
        };
    }

    private static double Squares(double[] matrix) => matrix.Sum(x => x * x);
}
