using Theory.Contract;
using static Theory.Factorization.FactorizationInputs;

namespace Theory.Factorization;

/// <summary>
/// Principal component analysis of two clusters: X_iμ = √(λ/(ρd)) v_i u_μ + w_iμ with u_μ = ±1/√2 for the two balanced clusters, v_i ~ ρN(0, 1) + (1 − ρ)δ₀, w_iμ ~ N(0, 1), i ≤ d, μ ≤ n = αd: the model of
/// <see cref="SubspaceClusteringModel"/> for k = 2. Samples are divided by the sign of the right singular vector of the largest singular value. Limit d → ∞, which does not depend on ρ.
/// </summary>
public sealed record SpectralClusteringModel : IModel<SpectralClusteringModel, SpectralClusteringPrediction>
{
    /// <summary>The system <c>spectral-clustering</c>.</summary>
    public static SystemDefinition<SpectralClusteringModel, SpectralClusteringPrediction> System { get; } = new()
    {
        Id = "spectral-clustering",
        Title = "Principal components of two clusters",
        Summary = "The model of subspace-clustering for k = 2: the squared overlaps of the leading singular vectors with memberships and means, and the labels that their signs tell, d → ∞.",
        Family = "factorization",
        Standing = Standing.Theorem,
        Sources =
        [
            FactorizationSources.SingularVectors("squared overlaps of the leading singular vectors with those of a finite-rank signal"),
            FactorizationSources.SubspaceClustering("the model; principal components as a rival of message passing"),
        ],
        Template = new() { Alpha = 1, Lambda = 1 },
        ParameterBindings =
        [
            new(new() { Name = "alpha", Symbol = "α = n/d", Meaning = "samples per dimension", Range = ParameterRange.Positive, Example = 2 }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(new() { Name = "lambda", Symbol = "λ", Meaning = "signal-to-noise ratio; 2/√α is the spectral threshold", Range = ParameterRange.NonNegative, Example = 2.5 }, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(new() { Name = "sparsity", Symbol = "ρ", Meaning = "fraction of features in which the clusters differ; of the experiment only", Range = new(0, false, 1, true), Default = 1.0, Example = 0.5 }, m => m.Sparsity, (m, v) => m with { Sparsity = v.ToDouble() }),
            new(FactorizationInputs.Unit, m => Name(m.Unit), (m, v) => m with { Unit = ToUnit(v) }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "q_u", Symbol = "cos²_u", Meaning = "squared cosine of the right singular vector and the memberships", IsMeasured = true }, p => p.QU),
            new(new() { Name = "q_v", Symbol = "cos²_v", Meaning = "squared cosine of the left singular vector and the means", IsMeasured = true }, p => p.QV),
            new(new() { Name = "label_accuracy", Symbol = "acc", Meaning = "fraction of labels found, up to the names of the clusters", IsMeasured = true }, p => p.LabelAccuracy),
            new(new() { Name = "label_accuracy_known_means", Symbol = "acc*", Meaning = "the same if the means were known: the ceiling of every method", IsMeasured = true }, p => p.LabelAccuracyKnownMeans),
        ],
        Solve = SpectralClusteringPrediction.Solve,
        Experiment = new()
        {
            Run = SpectralClusteringExperiment.Run,
            Description = "Draws balanced labels, exactly ρd active features of exact power, and noise at d = size, computes the leading pair of singular vectors by Lanczos' method, and measures their squared cosines and the labels "
                + "of their signs; which sign is which cluster is decided by the other half of the samples.",
            DefaultSize = 600,
            MinimumSize = 50,
            FiniteSizeConstant = (_, _, _) => 12,
            FiniteSizeRemark = SpectralClusteringExperiment.AllowanceRemark,
        },
    };

    /// <summary>Samples per dimension α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Signal-to-noise ratio, in [0, ∞), counted in <see cref="Unit"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public required double Lambda { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Fraction ρ of relevant features, in (0, 1]: of the experiment only, the limit does not depend on it. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1].</exception>
    public double Sparsity { get; init => field = Guard.In(value, new(0, false, 1, true)); } = 1;

    /// <summary>What <see cref="Lambda"/> is counted in. Default: λ itself.</summary>
    public SignalUnit Unit { get; init; } = SignalUnit.Absolute;

    /// <summary>λ itself.</summary>
    public double SignalToNoise => Unit == SignalUnit.Spectral ? Lambda * 2 / Math.Sqrt(Alpha) : Lambda;
}
