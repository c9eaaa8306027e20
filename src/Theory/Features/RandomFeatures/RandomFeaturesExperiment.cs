using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>Regression on real random features: draws weights, inputs and labels, fits the readout exactly, and measures its errors on the training set and on fresh samples.</summary>
public static class RandomFeaturesExperiment
{
    /// <summary>Fresh samples per dimension on which the test error of a trial is measured.</summary>
    public const int TestSamplesPerDimension = 8;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd and p = βd rounded, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>test_error</c> and <c>train_error</c>.</returns>
    public static IReadOnlyDictionary<string, Value> Run(RandomFeaturesModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var (d, n, p) = (size, AtLeastOne(model.Alpha * size), AtLeastOne(model.Beta * size));
        var theta = new double[d];
        random.FillUnitSphere(theta);

        // Column j of this d × p matrix is the weight vector w_j.
        var weights = new DenseMatrix(d, p);
        for (var j = 0; j < p; j++) random.FillUnitSphere(weights.Values.AsSpan(j * d, d));

        var (features, labels) = Sample(model, n, weights, theta, random);
        var readout = DenseAlgebra.RidgeSolve(features, labels, model.Lambda);
        var train = MeanSquare(labels - DenseAlgebra.Multiply(features, readout));

        var (freshFeatures, freshLabels) = Sample(model, TestSamplesPerDimension * d, weights, theta, random);
        var test = MeanSquare(freshLabels - DenseAlgebra.Multiply(freshFeatures, readout));
        return new Dictionary<string, Value> { ["test_error"] = test, ["train_error"] = train };
    }

    private static (Matrix<double> Features, Vector<double> Labels) Sample(
        RandomFeaturesModel model, int samples, DenseMatrix weights, double[] theta, RandomStream random)
    {
        var inputs = new DenseMatrix(samples, weights.RowCount);
        random.FillGaussian(inputs.Values);

        var labels = Apply(model.Target, ((DenseVector)DenseAlgebra.Multiply(inputs, new DenseVector(theta))).Values);
        for (var mu = 0; mu < samples; mu++) labels[mu] += Math.Sqrt(model.Noise) * random.NextGaussian();

        var preactivations = (DenseMatrix)DenseAlgebra.Multiply(inputs, weights);
        var features = Apply(model.Activation, preactivations.Values);
        var scale = 1 / Math.Sqrt(weights.ColumnCount);
        for (var i = 0; i < features.Length; i++) features[i] *= scale;
        return (new DenseMatrix(samples, weights.ColumnCount, features), new DenseVector(labels));
    }

    private static double[] Apply(ScalarFunction function, double[] arguments)
    {
        var values = new double[arguments.Length];
        function.Evaluate(arguments, values);
        return values;
    }

    private static double MeanSquare(Vector<double> residual) => residual.DotProduct(residual) / residual.Count;

    private static int AtLeastOne(double count) => Math.Max(1, (int)Math.Round(count));
}
