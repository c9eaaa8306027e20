using Theory.Contract;
using static Theory.Factorization.FactorizationInputs;

namespace Theory.Factorization;

public sealed partial record SpikedWignerModel
{
    /// <summary>The system <c>spiked-wigner</c>.</summary>
    public static SystemDefinition<SpikedWignerModel, SpikedWignerPrediction> System { get; } = new()
    {
        Id = "spiked-wigner",
        Title = "Bayes-optimal message passing in the spiked Wigner model",
        Summary = "Y_ij = √(λ/N) x_i·x_j + w_ij for i < j, w symmetric with N(0,1) entries, x_i i.i.d. from a known prior, N → ∞: the overlap of approximate message passing with x, "
            + "from the truth or from nothing.",
        Family = "factorization",
        Standing = Standing.Derived,
        Sources =
        [
            FactorizationSources.ConstrainedEstimation("state evolution, free entropy and message passing of the symmetric model"),
            FactorizationSources.RankOneInformation("proof of the free entropy for rank one; the two-group prior"),
        ],
        Template = new() { Prior = new(SpikePriorKind.Rademacher), Lambda = 1 },
        ParameterBindings =
        [
            new(FactorizationInputs.Prior, m => m.Prior.Name, (m, v) => m with { Prior = m.Prior with { Kind = (SpikePriorKind)SpikePrior.Names.ToList().IndexOf(v.ToText()) } }),
            new(Sparsity, m => m.Prior.Sparsity, (m, v) => m with { Prior = m.Prior with { Sparsity = Optional(v, Sparsity.Range!.Value, "sparsity") } }),
            new(P, m => m.Prior.P, (m, v) => m with { Prior = m.Prior with { P = Optional(v, P.Range!.Value, "p") } }),
            new(Clusters, m => m.Prior.Clusters, (m, v) => m with { Prior = m.Prior with { Clusters = OptionalCount(v, 2, "clusters") } }),
            new(new() { Name = "lambda", Symbol = "λ", Meaning = "signal-to-noise ratio", Range = ParameterRange.NonNegative, Example = 2 }, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(FactorizationInputs.Start, m => Name(m.Start), (m, v) => m with { Start = ToStart(v) }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "m", Symbol = "m", Meaning = "overlap E[x x̂]; for potts-centred-onehot the fraction q of E|x|²", IsMeasured = true }, p => p.M),
            new(new() { Name = "free_entropy", Symbol = "Φ", Meaning = "free entropy per variable relative to no information" }, p => p.FreeEntropy),
            new(new() { Name = "mmse", Symbol = "MMSE", Meaning = "matrix error per entry, E(x_i·x_j − x̂_i·x̂_j)²", IsMeasured = true }, p => p.Mmse),
            new(new() { Name = "m_bayes", Symbol = "m(Bayes)", Meaning = "overlap at the fixed point of largest free entropy, in the units of m, whatever the start" }, p => p.BayesM),
            new(FactorizationInputs.Phase, p => Name(p.Phase)),
        ],
        Solve = SpikedWignerPrediction.Solve,
        Experiment = new()
        {
            Run = SpikedWignerExperiment.Run,
            Description = "Draws x (with the exact counts and second moments of its prior) and Y at N = size, runs approximate message passing with its Onsager term from the start of the model, "
                + "and measures overlap and matrix error.",
            DefaultSize = 1000,
            MinimumSize = 50,
            FiniteSizeConstant = SpikedWignerExperiment.Allowance,
            FiniteSizeRemark = SpikedWignerExperiment.AllowanceRemark,
        },
    };
}

public sealed partial record SpikedWignerThresholdsModel
{
    /// <summary>The system <c>spiked-wigner-thresholds</c>.</summary>
    public static SystemDefinition<SpikedWignerThresholdsModel, SpikedWignerThresholdsPrediction> System { get; } = new()
    {
        Id = "spiked-wigner-thresholds",
        Title = "Thresholds of the spiked Wigner model",
        Summary = "Y_ij = √(λ/N) x_i·x_j + w_ij with x_i i.i.d. from a known prior, N → ∞: the λ at which fixed points of state evolution appear, exchange their free entropies, and vanish.",
        Family = "factorization",
        Standing = Standing.Derived,
        Sources =
        [
            FactorizationSources.ConstrainedEstimation("state evolution and free entropy of the symmetric model"),
            FactorizationSources.RankOneInformation("proof of the free entropy for rank one; the two-group prior"),
        ],
        Template = new() { Prior = new(SpikePriorKind.Rademacher) },
        ParameterBindings =
        [
            new(FactorizationInputs.Prior, m => m.Prior.Name, (m, v) => m with { Prior = m.Prior with { Kind = (SpikePriorKind)SpikePrior.Names.ToList().IndexOf(v.ToText()) } }),
            new(Sparsity, m => m.Prior.Sparsity, (m, v) => m with { Prior = m.Prior with { Sparsity = Optional(v, Sparsity.Range!.Value, "sparsity") } }),
            new(P, m => m.Prior.P, (m, v) => m with { Prior = m.Prior with { P = Optional(v, P.Range!.Value, "p") } }),
            new(Clusters, m => m.Prior.Clusters, (m, v) => m with { Prior = m.Prior with { Clusters = OptionalCount(v, 2, "clusters") } }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "lambda_ks", Symbol = "λ_KS", Meaning = "where the trivial fixed point loses its stability; none for priors with a mean" }, p => p.Thresholds.Spectral),
            new(new() { Name = "lambda_dyn", Symbol = "λ_dyn", Meaning = "where the branch of large overlap appears" }, p => p.Thresholds.Dynamical),
            new(new() { Name = "lambda_alg", Symbol = "λ_alg", Meaning = "where the lower branch ends and message passing reaches the upper one" }, p => p.Thresholds.Algorithmic),
            new(new() { Name = "lambda_it", Symbol = "λ_IT", Meaning = "where the free entropies of both branches are equal" }, p => p.Thresholds.InformationTheoretic),
            new(new() { Name = "m_at_it", Symbol = "m₊(λ_IT)", Meaning = "overlap of the upper branch at λ_IT" }, p => p.MAtIt),
            new(new() { Name = "m_low_at_it", Symbol = "m₋(λ_IT)", Meaning = "overlap of the lower branch at λ_IT, 0 for the trivial one" }, p => p.MLowAtIt),
        ],
        Solve = SpikedWignerThresholdsPrediction.Solve,
        NoExperimentReason = "Thresholds are properties of the free entropy in the limit; the experiment of spiked-wigner shows the two starts on either side of them.",
    };
}
