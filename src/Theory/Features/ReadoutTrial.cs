using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>Activation, target and label noise of a trial with real samples.</summary>
internal readonly record struct ReadoutTask(ScalarFunction Activation, ScalarFunction Target, double Noise);

/// <summary>The last part of every experiment of this family: given real weights, draws samples, fits the readout exactly, and measures it.</summary>
internal static class ReadoutTrial
{
    /// <summary>Fresh samples per dimension on which the test error is measured.</summary>
    public const int TestSamplesPerDimension = 8;

    /// <summary>A ratio times the size, rounded, at least 1.</summary>
    public static int Count(double ratio, int size) => Math.Max(1, (int)Math.Round(ratio * size));

    /// <summary>Weights: column j of this d × p matrix is w_j, uniform on the unit sphere.</summary>
    public static DenseMatrix SphereWeights(int d, int p, RandomStream random)
    {
        var weights = new DenseMatrix(d, p);
        for (var j = 0; j < p; j++) random.FillUnitSphere(weights.Values.AsSpan(j * d, d));
        return weights;
    }

    /// <summary>Fits on n samples and measures <c>test_error</c> and <c>train_error</c>. Column j of the d × p weights is w_j.</summary>
    public static Dictionary<string, Value> Run(ReadoutTask task, double lambda, int n, DenseMatrix weights, double[] theta, RandomStream random)
    {
        var (features, labels) = Features(task, n, weights, theta, random);
        var readout = DenseAlgebra.RidgeSolve(features, labels, lambda);
        var train = MeanSquare(labels - DenseAlgebra.Multiply(features, readout));

        var (freshFeatures, freshLabels) = Features(task, TestSamplesPerDimension * weights.RowCount, weights, theta, random);
        var test = MeanSquare(freshLabels - DenseAlgebra.Multiply(freshFeatures, readout));
        return new() { ["test_error"] = test, ["train_error"] = train };
    }

    /// <summary>Draws inputs, one per row, and their noisy labels.</summary>
    public static (DenseMatrix Inputs, DenseVector Labels) Sample(ReadoutTask task, int samples, double[] theta, RandomStream random)
    {
        var inputs = new DenseMatrix(samples, theta.Length);
        random.FillGaussian(inputs.Values);
        var labels = Apply(task.Target, ((DenseVector)DenseAlgebra.Multiply(inputs, new DenseVector(theta))).Values);
        for (var mu = 0; mu < samples; mu++) labels[mu] += Math.Sqrt(task.Noise) * random.NextGaussian();
        return (inputs, new DenseVector(labels));
    }

    /// <summary>The values of a function.</summary>
    public static double[] Apply(ScalarFunction function, double[] arguments)
    {
        var values = new double[arguments.Length];
        function.Evaluate(arguments, values);
        return values;
    }

    private static (Matrix<double> Features, Vector<double> Labels) Features(ReadoutTask task, int samples, DenseMatrix weights, double[] theta, RandomStream random)
    {
        var (inputs, labels) = Sample(task, samples, theta, random);
        var preactivations = (DenseMatrix)DenseAlgebra.Multiply(inputs, weights);
        var features = Apply(task.Activation, preactivations.Values);
        var scale = 1 / Math.Sqrt(weights.ColumnCount);
        for (var i = 0; i < features.Length; i++) features[i] *= scale;
        return (new DenseMatrix(samples, weights.ColumnCount, features), labels);
    }

    private static double MeanSquare(Vector<double> residual) => residual.DotProduct(residual) / residual.Count;
}
