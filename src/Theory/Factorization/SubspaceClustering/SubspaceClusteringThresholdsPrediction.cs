using Theory.Contract;

namespace Theory.Factorization;

/// <summary>Thresholds of subspace clustering, off the curve λ(a) of all fixed points [Pesce, Loureiro, Krzakala &amp; Zdeborová 2022, arXiv:2205.13527]. Standing: derived.</summary>
public sealed record SubspaceClusteringThresholdsPrediction : IPrediction
{
    /// <summary>The thresholds in units of λ_KS = k/√α.</summary>
    public required FactorizationThresholds Reduced { get; init; }

    /// <summary>q_u on the upper branch at λ_IT; <see langword="null"/> without a first-order transition.</summary>
    public required double? QUAtIt { get; init; }

    /// <summary>q_v on the upper branch at λ_IT; <see langword="null"/> without a first-order transition.</summary>
    public required double? QVAtIt { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Not needed: extrema and roots are bracketed and found to rounding.</param>
    /// <returns>The prediction.</returns>
    public static SubspaceClusteringThresholdsPrediction Solve(SubspaceClusteringThresholdsModel model, SolveOptions? options = null)
    {
        var evolution = new SubspaceClustering(model.Clusters, model.Alpha, model.Sparsity);
        var reduced = evolution.ReducedThresholds;
        var upper = reduced.UpperSnr is { } snr ? evolution.Overlaps(snr, reduced.InformationTheoretic!.Value * evolution.SpectralThreshold) : ((double U, double V)?)null;
        return new() { Reduced = reduced, QUAtIt = upper?.U, QVAtIt = upper?.V, Diagnostics = Diagnostics.ClosedForm };
    }
}
