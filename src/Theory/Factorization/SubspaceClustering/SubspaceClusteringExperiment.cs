using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Factorization;

/// <summary>Approximate message passing on real instances of subspace clustering.</summary>
public static class SubspaceClusteringExperiment
{
    internal const string AllowanceRemark = "c is a multiple of the distance from the ceiling.";

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd rounded, at least k.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>q_u</c>, <c>q_v</c> and <c>label_accuracy</c>, none of which depends on the order of the clusters.</returns>
    public static IReadOnlyDictionary<string, Value> Run(SubspaceClusteringModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var (k, rank) = (model.Clusters, model.Clusters - 1);
        var samples = Math.Max(k, (int)Math.Round(model.Alpha * size));
        // In an orthonormal basis of the k − 1 directions that matter, memberships are the corners of a simplex.
        var (corners, rows) = (PointPrior.Simplex(k), new SparseRowPrior(model.Sparsity, rank));
        var passing = new RectangularMessagePassing(corners, rows, model.Lambda / model.Sparsity, samples, size, random);
        var (u, v) = passing.Run(model.Start == FactorizationStart.Informative, random);
        return new Dictionary<string, Value>
        {
            ["q_u"] = Overlap(passing.TrueU, u, rank) * k,
            ["q_v"] = Overlap(passing.TrueV, v, rank) / model.Sparsity,
            ["label_accuracy"] = Accuracy(passing.TrueU, u, k),
        };
    }

    /// <summary>‖xᵀx̂‖/(rows √r): the overlap of one direction, whatever rotation or relabelling the estimate chose.</summary>
    private static double Overlap(ReadOnlySpan<double> truth, ReadOnlySpan<double> estimate, int rank)
    {
        var gram = new double[rank * rank];
        SymmetricMessagePassing.Gram(truth, estimate, rank, (double)rank / truth.Length, gram);
        return Math.Sqrt(gram.Sum(g => g * g) / rank);
    }

    private static double Accuracy(ReadOnlySpan<double> truth, ReadOnlySpan<double> estimate, int clusters)
    {
        var corners = PointPrior.Simplex(clusters);
        var counts = new int[clusters, clusters];
        for (var i = 0; i < truth.Length; i += clusters - 1)
            counts[corners.Nearest(truth.Slice(i, clusters - 1)), corners.Nearest(estimate.Slice(i, clusters - 1))]++;
        return (double)LabelMatching.Best(counts) * (clusters - 1) / truth.Length;
    }
}
