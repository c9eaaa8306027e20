using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Estimation;

/// <summary>Ridge regression on real samples of K Gaussians with one-hot labels.</summary>
public static class MulticlassRidgeExperiment
{
    /// <summary>Fresh samples per dimension on which a trial is tested.</summary>
    public const int TestSamplesPerDimension = 10;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d, at least the number of clusters; n = αd rounded, at least 2.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>test_error</c>, <c>train_loss</c>, <c>q</c> and <c>h</c>.</returns>
    /// <exception cref="InvalidInputException">Inputs do not go together, or there are more clusters than dimensions.</exception>
    public static IReadOnlyDictionary<string, Value> Run(MulticlassRidgeModel model, int size, ulong seed)
    {
        model.Check();
        var k = model.Probabilities.Length;
        if (size < k) throw new InvalidInputException("probabilities", $"{k} means of any overlaps need at least {k} dimensions; the size is {size}");
        var random = new RandomStream(seed);
        var means = GramVectors.Draw(DenseMatrix.Create(k, k, (c, e) => model.MeanGram[c][e]), size, random);
        var (x, clusters) = Sample(model, means, Math.Max(2, (int)Math.Round(model.Alpha * size)), random);
        var (weights, intercept) = Fit(model, x, clusters);

        var (freshX, freshClusters) = Sample(model, means, TestSamplesPerDimension * size, random);
        return new Dictionary<string, Value>
        {
            ["test_error"] = Errors(Fields(freshX, weights, intercept), freshClusters),
            ["train_loss"] = Loss(Fields(x, weights, intercept), clusters),
            ["q"] = Value.ListOf(weights.Select(row => Value.Vector([.. weights.Select(other => model.Noise * row.DotProduct(other) / size)]))),
            ["h"] = Value.ListOf(weights.Select(row => Value.Vector([.. means.Select(mean => row.DotProduct(new DenseVector(mean)) / size)]))),
        };
    }

    internal static double Allowance(MulticlassRidgeModel model, MulticlassRidgePrediction p, string observable)
    {
        var scale = p.Q.Select((row, i) => row[i]).Max();
        return (model.Lambda == 0 ? 4 : 1) * observable switch
        {
            "test_error" => 5 * p.TestError,
            "train_loss" => 8 * p.TrainLoss + 1e-9,
            "q" => 5 * scale,
            _ => 5 * Math.Sqrt(scale),
        };
    }

    private static (Vector<double>[] Weights, double[] Intercept) Fit(MulticlassRidgeModel model, DenseMatrix x, int[] clusters)
    {
        var centre = model.Intercept ? x.ColumnSums() / x.RowCount : new DenseVector(x.ColumnCount);
        // An intercept that costs nothing makes the residuals sum to 0: the same as centring.
        var design = model.Intercept ? DenseMatrix.Create(x.RowCount, x.ColumnCount, (i, j) => x[i, j] - centre[j]) : x;
        var (weights, intercept) = (new Vector<double>[model.Probabilities.Length], new double[model.Probabilities.Length]);
        for (var k = 0; k < weights.Length; k++)
        {
            var share = model.Intercept ? clusters.Count(c => c == k) / (double)clusters.Length : 0;
            weights[k] = DenseAlgebra.RidgeSolve(design, DenseVector.Create(clusters.Length, i => (clusters[i] == k ? 1 : 0) - share), model.Lambda);
            intercept[k] = share - centre * weights[k];
        }
        return (weights, intercept);
    }

    private static Vector<double>[] Fields(DenseMatrix x, Vector<double>[] weights, double[] intercept) =>
        [.. weights.Select((row, k) => DenseAlgebra.Multiply(x, row) + intercept[k])];

    private static double Errors(Vector<double>[] fields, int[] clusters)
    {
        double errors = 0;
        for (var i = 0; i < clusters.Length; i++)
        {
            var best = 0;
            for (var k = 1; k < fields.Length; k++)
                if (fields[k][i] > fields[best][i]) best = k;
            if (best != clusters[i]) errors++;
        }
        return errors / clusters.Length;
    }

    private static double Loss(Vector<double>[] fields, int[] clusters)
    {
        double total = 0;
        for (var k = 0; k < fields.Length; k++)
            for (var i = 0; i < clusters.Length; i++) total += 0.5 * Math.Pow((clusters[i] == k ? 1 : 0) - fields[k][i], 2);
        return total / clusters.Length;
    }

    private static (DenseMatrix X, int[] Clusters) Sample(MulticlassRidgeModel model, double[][] means, int samples, RandomStream random)
    {
        var d = means[0].Length;
        var (x, clusters, deviation, root) = (new DenseMatrix(samples, d), new int[samples], Math.Sqrt(model.Noise), Math.Sqrt(d));
        for (var i = 0; i < samples; i++)
        {
            var (uniform, c) = (random.NextUniform(), 0);
            while (c < means.Length - 1 && uniform >= model.Probabilities[c]) uniform -= model.Probabilities[c++];
            clusters[i] = c;
            for (var j = 0; j < d; j++) x.Values[j * samples + i] = (means[c][j] / root + deviation * random.NextGaussian()) / root;
        }
        return (x, clusters);
    }
}
