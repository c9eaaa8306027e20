using Theory.Contract;
using static Theory.Factorization.FactorizationInputs;

namespace Theory.Factorization;

public sealed partial record SubspaceClusteringModel
{
    /// <summary>The system <c>subspace-clustering</c>.</summary>
    public static SystemDefinition<SubspaceClusteringModel, SubspaceClusteringPrediction> System { get; } = new()
    {
        Id = "subspace-clustering",
        Title = "Subspace clustering in high dimensions",
        Summary = "X_iμ = √(λ/(ρd)) v_i·u_μ + w_iμ, i ≤ d, μ ≤ n = αd: k balanced clusters, u_μ = e_c − (1/k)(1 … 1), rows v_i ~ ρN(0, I_k) + (1 − ρ)δ₀, w ~ N(0,1), d → ∞: "
            + "the overlaps of approximate message passing with memberships and means, from the truth or from nothing.",
        Family = "factorization",
        Standing = Standing.Derived,
        Sources =
        [
            FactorizationSources.SubspaceClustering("the model; its state evolution for any number of clusters brought to one scalar"),
            FactorizationSources.ConstrainedEstimation("state evolution, free entropy and message passing of the rectangular model"),
            FactorizationSources.MixtureClustering("dense mixtures, and the order of the transition"),
        ],
        Template = new() { Clusters = 2, Alpha = 1, Sparsity = 1, Lambda = 1 },
        ParameterBindings =
        [
            new(new() { Name = "clusters", Symbol = "k", Meaning = "number of clusters", Shape = Shape.Integer, Range = new(2, true, double.PositiveInfinity, false), Example = 2 }, m => (double)m.Clusters, (m, v) => m with { Clusters = Count(v, 2, "clusters") }),
            new(new() { Name = "alpha", Symbol = "α = n/d", Meaning = "samples per dimension", Range = ParameterRange.Positive, Example = 2 }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(new() { Name = "sparsity", Symbol = "ρ", Meaning = "fraction of features in which the clusters differ", Range = new(0, false, 1, true), Example = 0.5 }, m => m.Sparsity, (m, v) => m with { Sparsity = v.ToDouble() }),
            new(new() { Name = "lambda", Symbol = "λ", Meaning = "signal-to-noise ratio; k/√α is the spectral threshold", Range = ParameterRange.NonNegative, Example = 2.5 }, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(FactorizationInputs.Unit, m => Name(m.Unit), (m, v) => m with { Unit = ToUnit(v) }),
            new(FactorizationInputs.Start, m => Name(m.Start), (m, v) => m with { Start = ToStart(v) }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "q_u", Symbol = "q_u", Meaning = "overlap of the memberships, in [0, 1]", IsMeasured = true }, p => p.QU),
            new(new() { Name = "q_v", Symbol = "q_v", Meaning = "overlap of the means, in [0, 1]", IsMeasured = true }, p => p.QV),
            new(new() { Name = "mse_u", Symbol = "MSE_u", Meaning = "mean square error of the memberships under the best permutation of the clusters, as a fraction of their variance: 1 − q_u", IsMeasured = true }, p => p.MseU),
            new(new() { Name = "free_entropy", Symbol = "Φ", Meaning = "free entropy per feature relative to no information" }, p => p.FreeEntropy),
            new(new() { Name = "label_accuracy", Symbol = "acc", Meaning = "fraction of labels found, up to a permutation of the clusters", IsMeasured = true }, p => p.LabelAccuracy),
            new(new() { Name = "q_u_bayes", Symbol = "q_u(Bayes)", Meaning = "overlap of the memberships at the fixed point of largest free entropy, whatever the start" }, p => p.BayesQU),
            new(FactorizationInputs.Phase, p => Name(p.Phase)),
        ],
        Solve = SubspaceClusteringPrediction.Solve,
        Experiment = new()
        {
            Run = SubspaceClusteringExperiment.Run,
            Description = "Draws balanced labels, exactly ρd active rows with a whitened second moment, and noise at d = size, runs approximate message passing with its Onsager terms from the start of the model, "
                + "and measures overlaps (whatever the order of the clusters) and the labels found under the best permutation, that of the other half of the samples.",
            DefaultSize = 600,
            MinimumSize = 50,
            FiniteSizeConstant = (_, _, _) => 12,
            FiniteSizeRemark = SubspaceClusteringExperiment.AllowanceRemark,
        },
    };
}

public sealed partial record SubspaceClusteringThresholdsModel
{
    /// <summary>The system <c>subspace-clustering-thresholds</c>.</summary>
    public static SystemDefinition<SubspaceClusteringThresholdsModel, SubspaceClusteringThresholdsPrediction> System { get; } = new()
    {
        Id = "subspace-clustering-thresholds",
        Title = "Thresholds of subspace clustering",
        Summary = "The model of subspace-clustering: the reduced signal-to-noise ratios λ√α/k at which fixed points of state evolution appear, exchange their free entropies, and vanish.",
        Family = "factorization",
        Standing = Standing.Derived,
        Sources =
        [
            FactorizationSources.SubspaceClustering("the model and its phases; free entropies and thresholds recomputed"),
            FactorizationSources.MixtureClustering("dense mixtures, and the order of the transition"),
        ],
        Template = new() { Clusters = 2, Alpha = 1, Sparsity = 1 },
        ParameterBindings =
        [
            new(new() { Name = "clusters", Symbol = "k", Meaning = "number of clusters", Shape = Shape.Integer, Range = new(2, true, double.PositiveInfinity, false), Example = 2 }, m => (double)m.Clusters, (m, v) => m with { Clusters = Count(v, 2, "clusters") }),
            new(new() { Name = "alpha", Symbol = "α = n/d", Meaning = "samples per dimension", Range = ParameterRange.Positive, Example = 2 }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(new() { Name = "sparsity", Symbol = "ρ", Meaning = "fraction of features in which the clusters differ", Range = new(0, false, 1, true), Example = 0.1 }, m => m.Sparsity, (m, v) => m with { Sparsity = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "reduced_lambda_ks", Symbol = "λ̃_KS", Meaning = "where the trivial fixed point loses its stability: always 1" }, p => p.Reduced.Spectral),
            new(new() { Name = "reduced_lambda_dyn", Symbol = "λ̃_dyn", Meaning = "where the branch of large overlap appears" }, p => p.Reduced.Dynamical),
            new(new() { Name = "reduced_lambda_it", Symbol = "λ̃_IT", Meaning = "where the free entropies of both branches are equal" }, p => p.Reduced.InformationTheoretic),
            new(new() { Name = "reduced_lambda_alg", Symbol = "λ̃_alg", Meaning = "where the lower branch ends and message passing reaches the upper one; 1 if the transition at λ̃_KS is of first order" }, p => p.Reduced.Algorithmic),
            new(new() { Name = "q_u_at_it", Symbol = "q_u(λ_IT)", Meaning = "overlap of the memberships on the upper branch at λ_IT" }, p => p.QUAtIt),
            new(new() { Name = "q_v_at_it", Symbol = "q_v(λ_IT)", Meaning = "overlap of the means on the upper branch at λ_IT" }, p => p.QVAtIt),
        ],
        Solve = SubspaceClusteringThresholdsPrediction.Solve,
        NoExperimentReason = "Thresholds are properties of the free entropy in the limit; the experiment of subspace-clustering shows the two starts on either side of them.",
    };
}
