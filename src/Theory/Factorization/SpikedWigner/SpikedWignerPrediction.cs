using Theory.Channels;
using Theory.Contract;

namespace Theory.Factorization;

/// <summary>
/// Overlap of Bayes-optimal message passing in the spiked Wigner model [Lesieur, Krzakala &amp; Zdeborová 2017, arXiv:1701.00858, state evolution of the symmetric model].
/// Standing: derived.
/// </summary>
public sealed record SpikedWignerPrediction : IPrediction
{
    /// <summary>Overlap m = E[x x̂], from (E x)² to E x²; for centred memberships the fraction q = E[x·x̂]/E|x|² in [0, 1].</summary>
    public required double M { get; init; }

    /// <summary>Free entropy per variable relative to no information, Ψ(λm) − λm²/4; the Bayes-optimal fixed point has the largest.</summary>
    public required double FreeEntropy { get; init; }

    /// <summary>Matrix error per entry, (E x²)² − m²; Tr Σ² − Tr M² for rank above one.</summary>
    public required double Mmse { get; init; }

    /// <summary>Overlap m at the Bayes-optimal fixed point, that of largest free entropy; whatever the start.</summary>
    public required double BayesM { get; init; }

    /// <summary>Whether x can be found, and whether message passing from nothing does as well as is possible; whatever the start. A prior with a mean always tells something.</summary>
    public required RecoveryPhase Phase { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on the relative residual of one step of state evolution (not below 1e-12), and what to do on failure.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">The prior lacks its parameter.</exception>
    /// <exception cref="NotConvergedException">The residual is too large and <paramref name="options"/> ask for an exception.</exception>
    public static SpikedWignerPrediction Solve(SpikedWignerModel model, SolveOptions? options = null)
    {
        var evolution = model.Evolution;
        var prior = evolution.Prior;
        var point = evolution.Reached(model.Lambda, model.Start);
        var m = evolution.Overlap(point.Snr);
        var (phase, best) = evolution.PhaseAndBest(model.Lambda);
        var variance = prior.SecondMoment / prior.Rank;
        var unit = prior is OneHotPrior ? variance : 1;
        return new()
        {
            M = m / unit,
            BayesM = evolution.Overlap(best) / unit,
            Phase = phase,
            FreeEntropy = point.FreeEntropy,
            Mmse = prior.Rank * (variance - m) * (variance + m),
            Diagnostics = ScalarStateEvolution.Report(point, model.Start, options ?? SolveOptions.Default, SpikedWignerModel.System.Id),
        };
    }
}
