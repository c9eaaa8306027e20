using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Channels;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Features;

/// <summary>Classification on real random features: draws weights, inputs and labels, minimises the empirical risk, and measures it on the training set and on fresh samples.</summary>
public static class RandomFeaturesClassificationExperiment
{
    /// <summary>Fresh samples per dimension on which a trial is tested.</summary>
    public const int TestSamplesPerDimension = 8;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd and p = βd rounded, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>test_error</c>, <c>train_loss</c> and <c>test_loss</c>.</returns>
    /// <exception cref="NotConvergedException">The fit did not close its duality gap.</exception>
    public static IReadOnlyDictionary<string, Value> Run(RandomFeaturesClassificationModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var (d, n, p) = (size, ReadoutTrial.Count(model.Alpha, size), ReadoutTrial.Count(model.Beta, size));
        var theta = new double[d];
        random.FillUnitSphere(theta);
        var weights = ReadoutTrial.SphereWeights(d, p, random);
        var loss = MarginLosses.Create(model.Loss, model.HuberDelta);

        var (features, labels) = Sample(model, n, weights, theta, random);
        var fit = MarginFit.Solve(features, labels, loss, model.Lambda, intercept: false, RandomFeaturesClassificationModel.System.Id);
        var (_, train) = Measure(loss, labels, fit.Fields.AsArray());

        var (freshFeatures, freshLabels) = Sample(model, TestSamplesPerDimension * d, weights, theta, random);
        var (error, test) = Measure(loss, freshLabels, DenseAlgebra.Multiply(freshFeatures, fit.Weights).AsArray());
        return new Dictionary<string, Value> { ["test_error"] = error, ["train_loss"] = train, ["test_loss"] = test };
    }

    private static (DenseMatrix Features, double[] Labels) Sample(
        RandomFeaturesClassificationModel model, int samples, DenseMatrix weights, double[] theta, RandomStream random)
    {
        var inputs = new DenseMatrix(samples, weights.RowCount);
        random.FillGaussian(inputs.Values);
        var fields = ((DenseVector)DenseAlgebra.Multiply(inputs, new DenseVector(theta))).Values;
        for (var mu = 0; mu < samples; mu++) fields[mu] += Math.Sqrt(model.Noise) * random.NextGaussian();
        var labels = new double[samples];
        model.Teacher.Evaluate(fields, labels);

        var preactivations = (DenseMatrix)DenseAlgebra.Multiply(inputs, weights);
        var features = new double[preactivations.Values.Length];
        model.Activation.Evaluate(preactivations.Values, features);
        var scale = 1 / Math.Sqrt(weights.ColumnCount);
        for (var i = 0; i < features.Length; i++) features[i] *= scale;
        return (new DenseMatrix(samples, weights.ColumnCount, features), labels);
    }

    private static (double Error, double Loss) Measure(IMarginLoss loss, double[] labels, double[] fields)
    {
        var (errors, total) = (0, 0.0);
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] * fields[i] <= 0) errors++;
            total += loss.Value(labels[i] * fields[i]);
        }
        return ((double)errors / labels.Length, total / labels.Length);
    }
}
