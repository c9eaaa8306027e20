using Theory.Contract;
using static Theory.Factorization.FactorizationInputs;

namespace Theory.Factorization;

/// <summary>Where the first-order transition of subspace clustering begins and ends as the fraction ρ of relevant features varies.</summary>
public sealed record SubspaceClusteringFoldModel : IModel<SubspaceClusteringFoldModel, SubspaceClusteringFoldPrediction>
{
    /// <summary>The system <c>subspace-clustering-fold</c>.</summary>
    public static SystemDefinition<SubspaceClusteringFoldModel, SubspaceClusteringFoldPrediction> System { get; } = new()
    {
        Id = "subspace-clustering-fold",
        Title = "Ends of the first-order transition of subspace clustering",
        Summary = "The model of subspace-clustering: the sparsities at which its fold ends in a cusp and at which its transition meets the spectral threshold, and the laws of both thresholds for few relevant features.",
        Family = "factorization",
        Standing = Standing.Derived,
        Sources =
        [
            FactorizationSources.SubspaceClustering("the model and its phase diagram; constants of the sparse limit recomputed"),
            FactorizationSources.MixtureClustering("the order of the transition of dense mixtures"),
        ],
        Template = new() { Clusters = 2, Alpha = 1 },
        ParameterBindings =
        [
            new(new() { Name = "clusters", Symbol = "k", Meaning = "number of clusters", Shape = Shape.Integer, Range = new(2, true, 1000, true), Example = 2 }, m => (double)m.Clusters, (m, v) => m with { Clusters = Count(v, 2, "clusters") }),
            new(new() { Name = "alpha", Symbol = "α = n/d", Meaning = "samples per dimension", Range = ParameterRange.Positive, Example = 2 }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "jump_at_ks", Symbol = "k > 4 + 2√α", Meaning = "whether no information loses its stability by a jump; then the fold exists for every sparsity", Shape = Shape.Flag }, p => p.JumpsAtSpectralThreshold),
            new(new() { Name = "cusp_sparsity", Symbol = "ρ_cusp", Meaning = "the largest ρ with two stable branches; absent if there is a fold for every ρ" }, p => p.CuspSparsity),
            new(new() { Name = "cusp_reduced_lambda", Symbol = "λ̃_cusp", Meaning = "λ√α/k where the two spinodals meet" }, p => p.CuspReducedLambda),
            new(new() { Name = "end_sparsity", Symbol = "ρ_end", Meaning = "the ρ at which λ_IT passes the spectral threshold: below it clusters can be found before an algorithm finds anything; absent if always" }, p => p.EndSparsity),
            new(new() { Name = "sparse_it", Symbol = "c_IT", Meaning = "λ̃_IT² ≈ c_IT ρ log(1/ρ) for ρ → 0" }, p => p.SparseInformationTheoretic),
            new(new() { Name = "sparse_dyn", Symbol = "c_dyn", Meaning = "λ̃_dyn² ≈ c_dyn ρ log(1/ρ) for ρ → 0" }, p => p.SparseDynamical),
        ],
        Solve = SubspaceClusteringFoldPrediction.Solve,
        NoExperimentReason = "Thresholds are properties of the free entropy in the limit; the experiment of subspace-clustering shows the two starts on either side of them.",
    };

    /// <summary>Number of clusters k, from 2 to 1000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public required int Clusters { get; init => field = (int)Guard.In(value, ParameterRange.Closed(2, 1000)); }

    /// <summary>Samples per dimension α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); }
}
