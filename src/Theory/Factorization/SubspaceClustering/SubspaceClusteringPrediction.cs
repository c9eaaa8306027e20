using Theory.Contract;

namespace Theory.Factorization;

/// <summary>Overlaps of Bayes-optimal message passing in subspace clustering [Pesce, Loureiro, Krzakala &amp; Zdeborová 2022, arXiv:2205.13527]. Standing: derived.</summary>
public sealed record SubspaceClusteringPrediction : IPrediction
{
    /// <summary>Overlap q_u of the memberships, in [0, 1].</summary>
    public required double QU { get; init; }

    /// <summary>Mean square error of the memberships as a fraction of their variance, 1 − q_u.</summary>
    public double MseU => 1 - QU;

    /// <summary>Overlap q_v of the cluster means, in [0, 1]; 1 − q_v is their normalised mean square error.</summary>
    public required double QV { get; init; }

    /// <summary>Free entropy per feature relative to no information.</summary>
    public required double FreeEntropy { get; init; }

    /// <summary>Fraction of labels found, up to a global permutation; 1/k without information.</summary>
    public required double LabelAccuracy { get; init; }

    /// <summary>Overlap q_u at the Bayes-optimal fixed point, that of largest free entropy; whatever the start.</summary>
    public required double BayesQU { get; init; }

    /// <summary>Whether memberships can be found, and whether message passing from nothing does as well as is possible; whatever the start.</summary>
    public required RecoveryPhase Phase { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on the relative residual of one step of state evolution (not below 1e-12), and what to do on failure.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="NotConvergedException">The residual is too large and <paramref name="options"/> ask for an exception.</exception>
    public static SubspaceClusteringPrediction Solve(SubspaceClusteringModel model, SolveOptions? options = null)
    {
        var (evolution, lambda) = (model.Evolution, model.SignalToNoise);
        var point = evolution.Reached(lambda, model.Start);
        var (u, v) = evolution.Overlaps(point.Snr, lambda);
        var (phase, best) = evolution.PhaseAndBest(lambda);
        return new()
        {
            QU = u,
            QV = v,
            FreeEntropy = point.FreeEntropy,
            LabelAccuracy = evolution.LabelAccuracy(point.Snr),
            BayesQU = best == point.Snr ? u : evolution.Overlaps(best, lambda).U,
            Phase = phase,
            Diagnostics = ScalarStateEvolution.Report(point, model.Start, options ?? SolveOptions.Default, SubspaceClusteringModel.System.Id),
        };
    }
}
