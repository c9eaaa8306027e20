using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Features;

/// <summary>One real gradient step, measured on its weights.</summary>
public static class OneStepMapExperiment
{
    /// <summary>Features per dimension: the mean row of W₀ has the squared length d/p, which the spike is to outweigh.</summary>
    public const int FeaturesPerDimension = 4;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model; its batch is finite.</param>
    /// <param name="size">The dimension d.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>spike</c>, <c>bulk</c> and <c>alignment</c>.</returns>
    /// <exception cref="UnsupportedException">The batch is infinite.</exception>
    public static IReadOnlyDictionary<string, Value> Run(OneStepMapModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var (d, p) = (size, FeaturesPerDimension * size);
        var theta = new double[d];
        random.FillUnitSphere(theta);
        var before = ReadoutTrial.SphereWeights(d, p, random);
        var after = (DenseMatrix)before.Clone();
        var gradient = StepTrial.Step(after, new(model.Activation, model.Target, model.Noise), model.LearningRate, model.BatchRatio, theta, random);

        var (mean, step) = (MeanRow(after), MeanRow(after) - MeanRow(before));
        var (square, noise) = (0.0, 0.0);
        for (var j = 0; j < p; j++)
        {
            square += Math.Pow((after.Column(j) - mean).L2Norm(), 2) / p;
            noise += Math.Pow((after.Column(j) - before.Column(j) - step).L2Norm(), 2) / p;
        }
        // The squared length of a mean of p rows is too large by that of their noise.
        var spike = Math.Sqrt(Math.Max(0, step.DotProduct(step) - noise / p));
        var length = gradient.L2Norm();
        return new Dictionary<string, Value>
        {
            ["spike"] = step.DotProduct(gradient) < 0 ? -spike : spike,
            ["bulk"] = square,
            ["alignment"] = length > 0 ? gradient.DotProduct(new DenseVector(theta)) / length : 0,
        };
    }

    private static Vector<double> MeanRow(DenseMatrix weights) => weights.RowSums() / weights.ColumnCount;
}
