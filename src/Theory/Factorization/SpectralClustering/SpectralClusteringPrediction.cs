using Theory.Contract;

namespace Theory.Factorization;

/// <summary>
/// Leading singular vectors of two clusters in noise [Benaych-Georges &amp; Nadakuditi 2012, arXiv:1103.2221, section 3.1]. With λ′ = λ/2 their squared cosines are
/// (αλ′² − 1)/(αλ′(1 + λ′)) and (αλ′² − 1)/(λ′(1 + αλ′)) above αλ′² = 1, and 0 below. Standing: theorem.
/// </summary>
public sealed record SpectralClusteringPrediction : IPrediction
{
    /// <summary>Squared cosine of the right singular vector and the memberships.</summary>
    public required double QU { get; init; }

    /// <summary>Squared cosine of the left singular vector and the means.</summary>
    public required double QV { get; init; }

    /// <summary>Fraction of labels found, up to the names of the clusters: Φ(√(q_u/(1 − q_u))).</summary>
    public double LabelAccuracy => NormalTail.Cdf(Math.Sqrt(QU / (1 - QU)));

    /// <summary>The same if the means were known: Φ(√(λ/2)), the ceiling of every method.</summary>
    public required double LabelAccuracyKnownMeans { get; init; }

    /// <inheritdoc/>
    public Diagnostics Diagnostics => Diagnostics.ClosedForm;

    /// <summary>Evaluates the closed form.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Not needed.</param>
    /// <returns>The prediction.</returns>
    public static SpectralClusteringPrediction Solve(SpectralClusteringModel model, SolveOptions? options = null)
    {
        var (alpha, strength) = (model.Alpha, model.SignalToNoise / 2);
        var excess = Math.Max(0, alpha * strength * strength - 1);
        return new()
        {
            QU = excess == 0 ? 0 : excess / (alpha * strength * (1 + strength)),
            QV = excess == 0 ? 0 : excess / (strength * (1 + alpha * strength)),
            LabelAccuracyKnownMeans = NormalTail.Cdf(Math.Sqrt(strength)),
        };
    }
}
