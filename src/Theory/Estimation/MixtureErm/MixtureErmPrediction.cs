using System.Collections.Immutable;
using Theory.Channels;
using Theory.Contract;

namespace Theory.Estimation;

/// <summary>Errors of a surrogate of a mixture.</summary>
/// <param name="TestError">Its test error.</param>
/// <param name="TrainLoss">Its training loss.</param>
public readonly record struct SurrogateErrors(double TestError, double TrainLoss);

/// <summary>
/// Asymptotics of empirical risk minimisation on a Gaussian mixture [Loureiro et al. 2021, arXiv:2106.03791; Pesce et al. 2023, arXiv:2302.08923],
/// beside those of the two Gaussians that could stand in for it. Standing: theorem for convex losses and λ > 0.
/// </summary>
public sealed record MixtureErmPrediction : IPrediction
{
    /// <summary>E (y − ν)² for real labels (noise included), P(y ≠ sign ν) for labels ±1, on a fresh sample of field ν.</summary>
    public required double TestError { get; init; }

    /// <summary>Mean loss (1/n) Σ ℓ on the training samples, without the penalty.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>V_c: variance of the proximal map in each cluster; λV_c where λ → 0⁺ makes V_c diverge (interpolation, hard margin, separable data).</summary>
    public required ImmutableArray<double> V { get; init; }

    /// <summary>q_c = wᵀΣ_c w/d.</summary>
    public required ImmutableArray<double> Q { get; init; }

    /// <summary>m_c = wᵀΣ_c θ/d.</summary>
    public required ImmutableArray<double> M { get; init; }

    /// <summary>h_c = μ_c·w/d.</summary>
    public required ImmutableArray<double> H { get; init; }

    /// <summary>The intercept b, if one was fitted.</summary>
    public required double? Intercept { get; init; }

    /// <summary>‖w‖²/d.</summary>
    public required double WeightPower { get; init; }

    /// <summary>Whether there is a minimiser, or at λ = 0 only the limit of its direction.</summary>
    public required ErmMinimiser Minimiser { get; init; }

    /// <summary>The single Gaussian with the mixture's mean and covariance, for K ≥ 2 and λ > 0.</summary>
    public required SurrogateErrors? MatchedGaussian { get; init; }

    /// <summary>The centred Gaussian with the average covariance within clusters, for K ≥ 2 and λ > 0.</summary>
    public required SurrogateErrors? BulkGaussian { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on the undamped residual of the state evolution in (log V, log q, asinh(m/√(ρq − m²)), h/√q, b/√q), and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">Inputs do not go together.</exception>
    /// <exception cref="NotConvergedException">A state evolution was not solved to the tolerance and <paramref name="options"/> ask for an exception.</exception>
    public static MixtureErmPrediction Solve(MixtureErmModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        var geometry = new MixtureGeometry(model);
        var problem = new MixtureErmProblem(model, geometry);
        var mixture = problem.Mixture(options);
        var (matched, bulk) = geometry.Clusters > 1 && model.Lambda > 0 && model.Loss != LossKind.HardMargin
            ? (problem.Matched(options), problem.Bulk(options))
            : (null, null);
        var worst = new[] { mixture, matched, bulk }.Select(s => s?.Diagnostics).FirstOrDefault(d => d is { IsConverged: false }) ?? mixture.Diagnostics;
        if (!worst.IsConverged && options.OnFailure == OnFailure.Throw) throw new NotConvergedException(MixtureErmModel.System.Id, worst);
        return new()
        {
            TestError = mixture.TestError,
            TrainLoss = mixture.TrainLoss,
            V = [.. mixture.Points.Select(p => p.V)],
            Q = [.. mixture.Points.Select(p => p.Q)],
            M = [.. mixture.Points.Select(p => p.M)],
            H = [.. mixture.Means],
            Intercept = model.Intercept ? mixture.Intercept : null,
            WeightPower = mixture.WeightPower,
            Minimiser = mixture.Minimiser,
            MatchedGaussian = matched is null ? null : new(matched.TestError, matched.TrainLoss),
            BulkGaussian = bulk is null ? null : new(bulk.TestError, bulk.TrainLoss),
            Diagnostics = worst,
        };
    }
}
