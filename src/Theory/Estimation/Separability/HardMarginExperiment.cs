using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Channels;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Estimation;

/// <summary>The hyperplane of largest margin of real samples.</summary>
public static class HardMarginExperiment
{
    /// <summary>Fresh samples per dimension on which a trial is tested.</summary>
    public const int TestSamplesPerDimension = 10;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d, at least 2; n = αd rounded, at least 2.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>margin</c>, <c>q</c>, <c>cosine</c> and <c>test_error</c>.</returns>
    /// <exception cref="UnsupportedException">The sample is not separable.</exception>
    public static IReadOnlyDictionary<string, Value> Run(HardMarginModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var overlap = model.Alignment * Math.Sqrt(model.Signal * model.MeanPower);
        var vectors = GramVectors.Draw(DenseMatrix.OfArray(new[,] { { model.Signal, overlap }, { overlap, model.MeanPower } }), size, random);
        var (theta, mean) = (new DenseVector(vectors[0]), vectors[1]);
        var (x, y) = Sample(model, vectors[0], mean, Math.Max(2, (int)Math.Round(model.Alpha * size)), random);
        var (weights, intercept) = MarginFit.HardMargin(x, y, model.Intercept, HardMarginModel.System.Id);

        var (freshX, freshY) = Sample(model, vectors[0], mean, TestSamplesPerDimension * size, random);
        var q = weights.DotProduct(weights) / size;
        return new Dictionary<string, Value>
        {
            ["margin"] = 1 / Math.Sqrt(q),
            ["q"] = q,
            ["cosine"] = weights.DotProduct(theta) / size / Math.Sqrt(q * model.Signal),
            ["test_error"] = ErmFit.Measure(default(HardMarginLoss), freshX, freshY, weights, intercept).Misclassified,
        };
    }

    /// <summary>Samples x/√d in rows, and labels.</summary>
    internal static (DenseMatrix X, double[] Y) Sample(HardMarginModel model, double[] theta, double[] mean, int samples, RandomStream random)
    {
        var d = theta.Length;
        var (x, y, root) = (new DenseMatrix(samples, d), new double[samples], Math.Sqrt(d));
        var threshold = model.Teacher is null ? null : ThresholdTeacher.TryCreate(model.Teacher, model.Noise);
        for (var i = 0; i < samples; i++)
        {
            var side = model.Probabilities.Length == 1 ? 0 : random.NextUniform() < model.Probabilities[0] ? 1 : -1;
            double field = 0;
            for (var j = 0; j < d; j++)
            {
                var coordinate = (side * mean[j] / root + random.NextGaussian()) / root;
                x.Values[j * samples + i] = coordinate;
                field += theta[j] * coordinate;
            }
            y[i] = threshold is null
                ? random.NextUniform() * (1 + Math.Exp(-model.InverseTemperature * field)) < 1 ? 1 : -1
                : threshold.Label(field + (model.Noise > 0 ? Math.Sqrt(model.Noise) * random.NextGaussian() : 0));
        }
        return (x, y);
    }
}
