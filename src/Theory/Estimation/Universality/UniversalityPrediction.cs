using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Estimation;

/// <summary>Whether a mixture has the errors of the Gaussian with its mean and covariance.</summary>
public enum UniversalityVerdict
{
    /// <summary>Test error and training loss are those of the matched Gaussian.</summary>
    Universal,

    /// <summary>Only the training loss is.</summary>
    TrainingLossOnly,

    /// <summary>Only the test error is.</summary>
    TestErrorOnly,

    /// <summary>Neither is.</summary>
    Broken,
}

/// <summary>
/// A mixture beside the Gaussians that could stand in for it, the conditions under which one of them must, and a verdict with its reasons [Pesce et al. 2023, arXiv:2302.08923; the conditions
/// re-derived]. Standing: derived.
/// </summary>
public sealed record UniversalityPrediction : IPrediction
{
    /// <summary>The mixture.</summary>
    public required SurrogateErrors Mixture { get; init; }

    /// <summary>The single Gaussian with the mixture's mean and covariance, finite-rank part included.</summary>
    public required SurrogateErrors MatchedGaussian { get; init; }

    /// <summary>The centred Gaussian with the average covariance within clusters.</summary>
    public required SurrogateErrors BulkGaussian { get; init; }

    /// <summary>|mixture − matched|/matched of the test errors.</summary>
    public required double TestDeviation { get; init; }

    /// <summary>|mixture − matched|/matched of the training losses.</summary>
    public required double TrainDeviation { get; init; }

    /// <summary>The verdict: which of them are within the tolerance.</summary>
    public required UniversalityVerdict Verdict { get; init; }

    /// <summary>The conditions U1 to U4, each with whether it holds.</summary>
    public required UniversalityConditions Conditions { get; init; }

    /// <summary>Why, one sentence each.</summary>
    public required ImmutableArray<string> Reasons { get; init; }

    /// <summary>θ·(μ_c − μ̄)/(d√ρ) of each cluster.</summary>
    public required ImmutableArray<double> Alignments { get; init; }

    /// <summary>Largest less smallest teacher variance ρ_c.</summary>
    public required double TeacherVarianceSpread { get; init; }

    /// <summary>Largest less smallest tr Σ_c/d.</summary>
    public required double CovarianceTraceSpread { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <inheritdoc/>
    public bool Equals(UniversalityPrediction? other) => other is not null
        && (Mixture, MatchedGaussian, BulkGaussian, Verdict, Conditions) == (other.Mixture, other.MatchedGaussian, other.BulkGaussian, other.Verdict, other.Conditions)
        && Reasons.SequenceEqual(other.Reasons) && Tables.Same(Alignments, other.Alignments) && Diagnostics.Equals(other.Diagnostics);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Mixture, MatchedGaussian, BulkGaussian, Verdict);

    /// <summary>Solves the mixture and both Gaussians.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">As for <see cref="MixtureErmPrediction.Solve"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">Inputs do not go together.</exception>
    /// <exception cref="NotConvergedException">A state evolution was not solved to the tolerance and <paramref name="options"/> ask for an exception.</exception>
    public static UniversalityPrediction Solve(UniversalityModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        model = model.Turned();
        var geometry = new MixtureGeometry(model.Mixture);
        var problem = new MixtureErmProblem(model.Mixture, geometry);
        var (mixture, matched, bulk) = (problem.Mixture(options), problem.Matched(options), problem.Bulk(options));
        var worst = new[] { mixture, matched, bulk }.Select(s => s.Diagnostics).FirstOrDefault(d => !d.IsConverged) ?? mixture.Diagnostics;
        if (!worst.IsConverged && options.OnFailure == OnFailure.Throw) throw new NotConvergedException(UniversalityModel.System.Id, worst);

        var (test, train) = (Deviation(mixture.TestError, matched.TestError), Deviation(mixture.TrainLoss, matched.TrainLoss));
        var verdict = (test <= model.Tolerance, train <= model.Tolerance) switch
        {
            (true, true) => UniversalityVerdict.Universal,
            (false, true) => UniversalityVerdict.TrainingLossOnly,
            (true, false) => UniversalityVerdict.TestErrorOnly,
            _ => UniversalityVerdict.Broken,
        };
        var conditions = UniversalityConditions.Of(model.Mixture, geometry, mixture);
        var report = new UniversalityReport(model, geometry, conditions, verdict);
        var warning = report.Contradiction();
        return new()
        {
            Mixture = Errors(mixture),
            MatchedGaussian = Errors(matched),
            BulkGaussian = Errors(bulk),
            TestDeviation = test,
            TrainDeviation = train,
            Verdict = verdict,
            Conditions = conditions,
            Reasons = report.Reasons(Deviation(bulk.TestError, matched.TestError) > model.Tolerance || Deviation(bulk.TrainLoss, matched.TrainLoss) > model.Tolerance),
            Alignments = report.Alignments,
            TeacherVarianceSpread = report.TeacherVarianceSpread,
            CovarianceTraceSpread = report.CovarianceTraceSpread,
            Diagnostics = warning is null ? worst : worst with { Warnings = worst.Warnings.Add(warning) },
        };
    }

    private static SurrogateErrors Errors(ErmSolution solution) => new(solution.TestError, solution.TrainLoss);

    private static double Deviation(double value, double reference) => value == reference ? 0 : Math.Abs(value - reference) / Math.Abs(reference);
}
