using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Channels;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Estimation;

/// <summary>Fits on samples of the mixture, in as many copies of its dimensions as the size asks for.</summary>
public static class LabelledMixtureExperiment
{
    /// <summary>Fresh samples on which a trial is tested.</summary>
    public const int TestSamples = 4000;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension: a multiple of d, to which it is rounded; every coordinate is there as often, with independent fluctuations and means of the same length in all.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>test_error</c> and <c>train_loss</c>.</returns>
    /// <exception cref="InvalidInputException">Inputs do not fit together.</exception>
    /// <exception cref="NotConvergedException">The fit did not close its duality gap.</exception>
    public static IReadOnlyDictionary<string, Value> Run(LabelledMixtureModel model, int size, ulong seed)
    {
        var (covariances, means, teacher) = model.Checked();
        var copies = Math.Max(1, (int)Math.Round((double)size / model.Dimension));
        var roots = Array.ConvertAll(covariances, Root);
        var random = new RandomStream(seed);
        var samples = Math.Max(2, (int)Math.Round(model.Alpha * copies * model.Dimension));
        var (x, y) = Sample(model, roots, means, teacher, copies, samples, random);
        var loss = LossOf(model);
        var (weights, intercept, measure) = ErmFit.Solve(loss, x, y, binary: !model.IsRegression, model.Lambda, model.Intercept, LabelledMixtureModel.System.Id);
        var (freshX, freshY) = Sample(model, roots, means, teacher, copies, TestSamples, random);
        var fresh = ErmFit.Measure(measure, freshX, freshY, weights, intercept);
        return new Dictionary<string, Value>
        {
            ["test_error"] = model.IsRegression ? fresh.SquaredError : fresh.Misclassified,
            ["train_loss"] = ErmFit.Measure(measure, x, y, weights, intercept).Loss,
        };
    }

    /// <summary>Fits given samples with the loss, the ridge and the intercept of a model: ŵ, b̂ minimise Σ_i ℓ(y_i, w·x_i/√d + b) + ½λ‖w‖².</summary>
    /// <param name="model">The model.</param>
    /// <param name="samples">The samples x_i, one a row.</param>
    /// <param name="labels">Their labels y_i.</param>
    /// <returns>The weights of the fields x_i·w/√d, and the intercept; 0 if none was fitted.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <exception cref="NotConvergedException">The fit did not close its duality gap.</exception>
    public static (Vector<double> Weights, double Intercept) Fit(LabelledMixtureModel model, Matrix<double> samples, IReadOnlyList<double> labels)
    {
        if (labels.Count != samples.RowCount) throw new ArgumentException($"labels must be as many as rows of samples, {samples.RowCount}; got {labels.Count}", nameof(labels));
        var scaled = DenseMatrix.OfMatrix(samples / Math.Sqrt(samples.ColumnCount));
        var loss = LossOf(model);
        var (weights, intercept, _) = ErmFit.Solve(loss, scaled, [.. labels], binary: !model.IsRegression, model.Lambda, model.Intercept, LabelledMixtureModel.System.Id);
        return (weights, intercept);
    }

    /// <summary>Rows x/√D with D the number of all coordinates.</summary>
    private static (DenseMatrix X, double[] Y) Sample(
        LabelledMixtureModel model, Matrix<double>[] roots, DenseVector[] means, DenseVector teacher, int copies, int samples, RandomStream random)
    {
        var d = model.Dimension;
        var (x, y, clusters) = (new DenseMatrix(samples, d * copies), new double[samples], new int[samples]);
        for (var i = 0; i < samples; i++)
        {
            clusters[i] = Cluster(model, random.NextUniform());
            y[i] = model.Link is null ? model.Labels[clusters[i]] : 0;
        }
        var (meanScale, scale, gaussian) = (1 / Math.Sqrt(copies), 1 / Math.Sqrt(d * copies), new DenseVector(d));
        for (var i = 0; i < samples; i++)
        {
            for (var copy = 0; copy < copies; copy++)
            {
                random.FillGaussian(gaussian.Values);
                var deviation = roots[clusters[i]] * gaussian;
                y[i] += teacher * (model.Link is null ? deviation : deviation + meanScale * means[clusters[i]]) * scale;
                for (var j = 0; j < d; j++) x.Values[(copy * d + j) * samples + i] = (means[clusters[i]][j] * meanScale + deviation[j]) * scale;
            }
            var noise = model.Noise > 0 ? Math.Sqrt(model.Noise) * random.NextGaussian() : 0;
            y[i] = model.BinaryLink is { } binary ? ((ThresholdTeacher)binary).Label(y[i] + noise) : (model.Link?.Evaluate(y[i]) ?? y[i]) + noise;
        }
        return (x, y);
    }

    private static IMarginLoss LossOf(LabelledMixtureModel model) =>
        MarginLosses.Create(model.Loss, model.HuberDelta, model.CustomLoss) is var loss && model.Loss == LossKind.Custom && model.IsRegression ? new ResidualLoss(loss) : loss;

    private static int Cluster(LabelledMixtureModel model, double uniform)
    {
        var c = 0;
        while (c < model.Probabilities.Length - 1 && uniform >= model.Probabilities[c]) uniform -= model.Probabilities[c++];
        return c;
    }

    private static Matrix<double> Root(DenseMatrix covariance)
    {
        var (values, vectors) = DenseAlgebra.SymmetricEigen(covariance);
        return vectors * Matrix<double>.Build.DenseOfDiagonalVector(values.Map(x => Math.Sqrt(Math.Max(0, x))));
    }
}
