using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Channels;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Estimation;

/// <summary>Classification of two sampled Gaussians: draws μ and samples, fits, and measures the fit.</summary>
public static class MixtureClassificationExperiment
{
    /// <summary>Fresh samples per dimension on which a trial is tested.</summary>
    public const int TestSamplesPerDimension = 10;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd rounded, at least 2; atoms get w_j d coordinates, rounded.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>test_error</c>, <c>train_loss</c>, <c>q</c> and <c>m</c>.</returns>
    /// <exception cref="UnsupportedException">The sample of a hard-margin trial is not separable.</exception>
    /// <exception cref="NotConvergedException">The fit did not close its duality gap.</exception>
    public static IReadOnlyDictionary<string, Value> Run(MixtureClassificationModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var (mean, deviations) = (new double[size], new double[size]);
        random.FillUnitSphere(mean);
        for (var i = 0; i < size; i++)
        {
            mean[i] *= Math.Sqrt(model.MeanPower * size);
            deviations[i] = Math.Sqrt(model.CovarianceEigenvalues[Atom(model, (i + 0.5) / size)]);
        }
        var loss = MarginLosses.Create(model.Loss, model.HuberDelta, model.CustomLoss);
        var (x, y) = Sample(model, mean, deviations, Math.Max(2, (int)Math.Round(model.Alpha * size)), random);
        var (weights, intercept, measure) = ErmFit.Solve(loss, x, y, binary: true, model.Lambda, model.Intercept, MixtureClassificationModel.System.Id);
        var (freshX, freshY) = Sample(model, mean, deviations, TestSamplesPerDimension * size, random);
        double q = 0, m = 0;
        for (var i = 0; i < size; i++)
        {
            q += deviations[i] * deviations[i] * weights[i] * weights[i] / size;
            m += mean[i] * weights[i] / size;
        }
        return new Dictionary<string, Value>
        {
            ["test_error"] = ErmFit.Measure(measure, freshX, freshY, weights, intercept).Misclassified,
            ["train_loss"] = ErmFit.Measure(measure, x, y, weights, intercept).Loss,
            ["q"] = q,
            ["m"] = m,
        };
    }

    private static int Atom(MixtureClassificationModel model, double position)
    {
        var j = 0;
        while (j < model.AtomWeights.Length - 1 && position >= model.AtomWeights[j]) position -= model.AtomWeights[j++];
        return j;
    }

    private static (DenseMatrix X, double[] Y) Sample(MixtureClassificationModel model, double[] mean, double[] deviations, int samples, RandomStream random)
    {
        var d = mean.Length;
        var (x, y, scale) = (new DenseMatrix(samples, d), new double[samples], Math.Sqrt(d));
        for (var i = 0; i < samples; i++)
        {
            y[i] = random.NextUniform() < model.Probability ? 1 : -1;
            for (var j = 0; j < d; j++) x.Values[j * samples + i] = (y[i] * mean[j] / scale + deviations[j] * random.NextGaussian()) / scale;
        }
        return (x, y);
    }
}
