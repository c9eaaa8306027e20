using Theory.Channels;
using Theory.Contract;

namespace Theory.Factorization;

/// <summary>
/// Thresholds of the spiked Wigner model, off the curve λ(a) = a/F(a) of all fixed points [Lesieur, Krzakala &amp; Zdeborová 2017, arXiv:1701.00858;
/// Barbier et al. 2016, arXiv:1606.04142]. Standing: derived.
/// </summary>
public sealed record SpikedWignerThresholdsPrediction : IPrediction
{
    /// <summary>λ_KS, λ_dyn, λ_IT, λ_alg and the two branches at λ_IT.</summary>
    public required FactorizationThresholds Thresholds { get; init; }

    /// <summary>m on the upper branch at λ_IT (a fraction for centred memberships); <see langword="null"/> without a first-order transition.</summary>
    public required double? MAtIt { get; init; }

    /// <summary>m on the lower branch at λ_IT, 0 for the trivial point; <see langword="null"/> without a first-order transition.</summary>
    public required double? MLowAtIt { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Not needed: extrema and roots are bracketed and found to rounding.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">The prior lacks its parameter.</exception>
    public static SpikedWignerThresholdsPrediction Solve(SpikedWignerThresholdsModel model, SolveOptions? options = null)
    {
        var prior = model.Prior.ToChannel();
        var evolution = new SymmetricFactorization(prior);
        var thresholds = evolution.Thresholds;
        var unit = prior is OneHotPrior ? prior.SecondMoment / prior.Rank : 1;
        return new()
        {
            Thresholds = thresholds,
            MAtIt = thresholds.UpperSnr is { } upper ? evolution.Overlap(upper) / unit : null,
            MLowAtIt = thresholds.LowerSnr is { } lower ? lower == 0 ? 0 : evolution.Overlap(lower) / unit : null,
            Diagnostics = Diagnostics.ClosedForm,
        };
    }
}
