using System.Numerics.Tensors;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Factorization;

/// <summary>Approximate message passing on real instances of subspace clustering.</summary>
public static class SubspaceClusteringExperiment
{
    internal const string AllowanceRemark = "c = 12: 40 trials of six cases (k from 2 to 5, well off the thresholds) at d = 250, 500 and 1000 fitted at most 6.2 ± 2.6. Next to a threshold the law is slower than 1/d and no c is enough.";

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd rounded, at least k.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>q_u</c>, <c>q_v</c>, <c>mse_u</c> and <c>label_accuracy</c>, none of which depends on the order of the clusters.</returns>
    /// <exception cref="NotConvergedException">Message passing did not settle.</exception>
    public static IReadOnlyDictionary<string, Value> Run(SubspaceClusteringModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var (k, rank) = (model.Clusters, model.Clusters - 1);
        var samples = Math.Max(k, (int)Math.Round(model.Alpha * size));
        // In an orthonormal basis of the k − 1 directions that matter, memberships are the corners of a simplex.
        var (corners, rows) = (PointPrior.Simplex(k), new SparseRowPrior(model.Sparsity, rank));
        var passing = new RectangularMessagePassing(corners, rows, model.SignalToNoise / model.Sparsity, samples, size, random);
        var (u, v) = passing.Run(model.Start == FactorizationStart.Informative, SubspaceClusteringModel.System.Id, random);
        var (accuracy, error) = Labels(passing.TrueU, u, k);
        return new Dictionary<string, Value>
        {
            ["q_u"] = Overlap(passing.TrueU, u, rank) * k,
            ["q_v"] = Overlap(passing.TrueV, v, rank) / model.Sparsity,
            ["mse_u"] = error,
            ["label_accuracy"] = accuracy,
        };
    }

    /// <summary>‖xᵀx̂‖/(rows √r): the overlap of one direction, whatever rotation or relabelling the estimate chose.</summary>
    private static double Overlap(ReadOnlySpan<double> truth, ReadOnlySpan<double> estimate, int rank)
    {
        var gram = new double[rank * rank];
        SymmetricMessagePassing.Gram(truth, estimate, rank, (double)rank / truth.Length, gram);
        return Math.Sqrt(gram.Sum(g => g * g) / rank);
    }

    /// <summary>
    /// The fraction of labels found and the mean square error of memberships, both under the best permutation of the clusters. Each half of the samples is judged by the permutation of the other, since
    /// labels that say nothing would fit their own by chance.
    /// </summary>
    private static (double Accuracy, double Error) Labels(ReadOnlySpan<double> truth, ReadOnlySpan<double> estimate, int clusters)
    {
        var corners = PointPrior.Simplex(clusters);
        var (rank, samples) = (clusters - 1, truth.Length / (clusters - 1));
        var (labels, called) = (new int[samples], new int[samples]);
        int[][,] counts = [new int[clusters, clusters], new int[clusters, clusters]];
        for (var i = 0; i < samples; i++)
        {
            (labels[i], called[i]) = (corners.Nearest(truth.Slice(i * rank, rank)), corners.Nearest(estimate.Slice(i * rank, rank)));
            counts[2 * i / samples][labels[i], called[i]]++;
        }

        int[][] names = [LabelMatching.Permutation(counts[1]), LabelMatching.Permutation(counts[0])];
        double found = 0, error = 0;
        for (var i = 0; i < samples; i++)
        {
            var name = names[2 * i / samples][labels[i]];
            if (name == called[i]) found++;
            error += Math.Pow(TensorPrimitives.Distance(corners.Point(name), estimate.Slice(i * rank, rank)), 2);
        }

        return (found / samples, error / samples * clusters / rank);
    }
}
