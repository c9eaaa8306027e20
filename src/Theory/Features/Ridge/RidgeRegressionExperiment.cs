using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Features;

/// <summary>Ridge regression on sampled data: draws θ, inputs and labels, fits by Cholesky, and measures the errors of the fit.</summary>
public static class RidgeRegressionExperiment
{
    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd rounded, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>test_error</c> and <c>train_error</c>.</returns>
    public static IReadOnlyDictionary<string, Value> Run(RidgeRegressionModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var (d, n) = (size, Math.Max(1, (int)Math.Round(model.Alpha * size)));
        var theta = new double[d];
        random.FillUnitSphere(theta);
        for (var i = 0; i < d; i++) theta[i] *= Math.Sqrt(model.Signal);

        var inputs = new DenseMatrix(n, d);
        random.FillGaussian(inputs.Values);
        var labels = DenseAlgebra.Multiply(inputs, new DenseVector(theta));
        for (var mu = 0; mu < n; mu++) labels[mu] += Math.Sqrt(model.Noise) * random.NextGaussian();

        var features = inputs / Math.Sqrt(d);
        var w = DenseAlgebra.RidgeSolve(features, labels, model.Lambda);
        var residual = labels - DenseAlgebra.Multiply(features, w);

        // Given w, a fresh Gaussian sample errs by ‖θ − w/√d‖² + σ² on average: no test set is needed.
        var distance = 0.0;
        for (var i = 0; i < d; i++)
        {
            var difference = theta[i] - w[i] / Math.Sqrt(d);
            distance += difference * difference;
        }
        return new Dictionary<string, Value>
        {
            ["test_error"] = distance + model.Noise,
            ["train_error"] = residual.DotProduct(residual) / n,
        };
    }
}
