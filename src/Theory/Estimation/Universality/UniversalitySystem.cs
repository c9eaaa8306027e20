using Theory.Contract;

namespace Theory.Estimation;

public sealed partial record UniversalityModel
{
    private static readonly string[] Verdicts = ["universal", "training-loss-only", "test-error-only", "broken"];

    /// <summary>The system <c>universality</c>.</summary>
    public static SystemDefinition<UniversalityModel, UniversalityPrediction> System { get; } = new()
    {
        Id = "universality",
        Title = "Whether a Gaussian can stand in for a mixture",
        Summary = "Empirical risk minimisation on a mixture, on the Gaussian with its mean and covariance, and on the centred Gaussian with its average covariance within clusters, side by side: "
            + "do they have the same errors, and why.",
        Family = "estimation",
        Standing = Standing.Derived,
        Sources =
        [
            EstimationSources.Universality("the comparison, and the universality of the training loss of least squares"),
            EstimationSources.Mixtures("state evolution of the mixture"),
        ],
        Template = new() { Mixture = MixtureErmModel.System.Template },
        ParameterBindings =
        [
            .. MixtureErmModel.System.ParameterBindings.Select(p => new Parameter<UniversalityModel>(p.Info, m => p.Get(m.Mixture), (m, v) => m with { Mixture = p.Set(m.Mixture, v) })),
            new(new() { Name = "tolerance", Symbol = "ε", Meaning = "relative deviation up to which errors count as equal", Range = ParameterRange.Between(0, 1), Default = 1e-6, Example = 1e-4 }, m => m.Tolerance, (m, v) => m with { Tolerance = v.ToDouble() }),
            new(new() { Name = "alignment", Symbol = "a", Meaning = "alignment of teacher and means: mean_teacher_overlaps are multiplied by it, and 0 turns the teacher away", Range = ParameterRange.Closed(-1, 1), Default = 1, Example = 0.5 }, m => m.Alignment, (m, v) => m with { Alignment = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "verdict", Symbol = "", Meaning = "universal, training-loss-only, test-error-only or broken: which errors are those of the matched Gaussian", Shape = Shape.Text }, p => Verdicts[(int)p.Verdict]),
            new(new() { Name = "reasons", Symbol = "", Meaning = "why, in sentences", Shape = Shape.Text }, p => string.Join(' ', p.Reasons)),
            new(new() { Name = "mixture_test_error", Symbol = "ε_test", Meaning = "test error on the mixture", IsMeasured = true }, p => p.Mixture.TestError),
            new(new() { Name = "mixture_train_loss", Symbol = "ℓ_train", Meaning = "training loss on the mixture", IsMeasured = true }, p => p.Mixture.TrainLoss),
            new(new() { Name = "matched_gaussian_test_error", Symbol = "ε_test", Meaning = "test error on one Gaussian with the mixture's mean and covariance", IsMeasured = true }, p => p.MatchedGaussian.TestError),
            new(new() { Name = "matched_gaussian_train_loss", Symbol = "ℓ_train", Meaning = "training loss on that Gaussian", IsMeasured = true }, p => p.MatchedGaussian.TrainLoss),
            new(new() { Name = "bulk_gaussian_test_error", Symbol = "ε_test", Meaning = "test error on the centred Gaussian with the average covariance within clusters", IsMeasured = true }, p => p.BulkGaussian.TestError),
            new(new() { Name = "bulk_gaussian_train_loss", Symbol = "ℓ_train", Meaning = "training loss on that Gaussian", IsMeasured = true }, p => p.BulkGaussian.TrainLoss),
            new(new() { Name = "test_deviation", Symbol = "D_test", Meaning = "relative deviation of the mixture's test error from the matched Gaussian's" }, p => p.TestDeviation),
            new(new() { Name = "train_deviation", Symbol = "D_train", Meaning = "the same of the training losses" }, p => p.TrainDeviation),
            new(new() { Name = "uncorrelated_teacher", Symbol = "U1", Meaning = "condition U1: clusters of one covariance, whose means the teacher does not see", Shape = Shape.Flag }, p => p.Conditions.UncorrelatedTeacher),
            new(new() { Name = "second_moments", Symbol = "U2", Meaning = "condition U2: square loss, clusters of one covariance, labels with the Gaussian's second moments", Shape = Shape.Flag }, p => p.Conditions.SecondMoments),
            new(new() { Name = "interpolation", Symbol = "U3", Meaning = "condition U3, for the training loss: square loss without ridge, affine teacher", Shape = Shape.Flag }, p => p.Conditions.Interpolation),
            new(new() { Name = "symmetric_clusters", Symbol = "U4", Meaning = "condition U4: all order parameters are the same in every cluster", Shape = Shape.Flag }, p => p.Conditions.SymmetricClusters),
            new(new() { Name = "alignments", Symbol = "a_c", Meaning = "θ·(μ_c − μ̄)/(d√ρ)", Shape = Shape.Vector }, p => Tables.ToValue(p.Alignments)),
            new(new() { Name = "teacher_variance_spread", Symbol = "max ρ_c − min ρ_c", Meaning = "spread of the teacher's variance over the clusters" }, p => p.TeacherVarianceSpread),
            new(new() { Name = "covariance_trace_spread", Symbol = "max tr Σ_c/d − min tr Σ_c/d", Meaning = "spread of the clusters' average eigenvalues" }, p => p.CovarianceTraceSpread),
        ],
        Solve = UniversalityPrediction.Solve,
        Experiment = new()
        {
            Run = UniversalityExperiment.Run,
            Description = "Draws means and teacher with exactly the given overlaps; fits samples of the mixture, of the Gaussian with its mean and covariance, and of the centred Gaussian; tests each on 10d fresh samples of its own law.",
            DefaultSize = 200,
            MinimumSize = 24,
            FiniteSizeConstant = UniversalityExperiment.FiniteSizeConstant,
            FiniteSizeRemark = "c = 5 times the test error, 8 times the training loss (and 1e-6 for the gap of the fit), four times that without ridge.",
        },
    };
}
