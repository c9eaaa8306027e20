using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>One real gradient step on a real batch.</summary>
internal static class StepTrial
{
    /// <summary>Moves the weights down the gradient of (1/2n₀) Σ (y − f(x))² with rate η̃ p, f(x) = (1/p) Σ_j σ(w_j·x), on n₀ = α₀ d fresh samples.</summary>
    /// <returns>(1/n₀) Σ (y − f(x)) x, the direction of the spike.</returns>
    public static Vector<double> Step(DenseMatrix weights, ReadoutTask task, double learningRate, double batchRatio, double[] theta, RandomStream random)
    {
        if (double.IsPositiveInfinity(batchRatio)) throw new UnsupportedException("an infinite batch cannot be drawn: give a finite batch_ratio to measure");
        var (d, p) = (weights.RowCount, weights.ColumnCount);
        var n = ReadoutTrial.Count(batchRatio, d);
        var (inputs, labels) = ReadoutTrial.Sample(task, n, theta, random);
        var preactivations = ((DenseMatrix)DenseAlgebra.Multiply(inputs, weights)).Values;

        var residual = labels.Values;
        var outputs = ReadoutTrial.Apply(task.Activation, preactivations);
        for (var j = 0; j < p; j++)
            for (var i = 0; i < n; i++) residual[i] -= outputs[j * n + i] / p;

        var gradient = ReadoutTrial.Apply(ScalarFunction.Of(task.Activation.Expression!.Differentiate()), preactivations);
        for (var j = 0; j < p; j++)
            for (var i = 0; i < n; i++) gradient[j * n + i] *= learningRate * residual[i] / n;
        weights.Add(DenseAlgebra.Multiply(inputs, new DenseMatrix(n, p, gradient), transposeA: true), weights);
        return DenseAlgebra.Multiply(inputs, labels, transpose: true) / n;
    }
}
