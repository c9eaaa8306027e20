using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Channels;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Estimation;

/// <summary>Empirical risk minimisation on sampled mixtures: draws means, teacher and samples, fits, and measures the fit.</summary>
public static class MixtureErmExperiment
{
    /// <summary>Fresh samples per dimension on which a trial is tested.</summary>
    public const int TestSamplesPerDimension = 10;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd rounded, at least 1; atoms get w_j d coordinates, rounded.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>test_error</c>, <c>train_loss</c>, <c>q</c>, <c>m</c> and <c>h</c>.</returns>
    /// <exception cref="InvalidInputException">Inputs do not go together.</exception>
    /// <exception cref="UnsupportedException">The sample of a hard-margin trial is not separable.</exception>
    /// <exception cref="NotConvergedException">The fit did not close its duality gap.</exception>
    public static IReadOnlyDictionary<string, Value> Run(MixtureErmModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var vectors = MixtureVectors.Draw(model, size, random);
        var binary = MixtureErmProblem.BinaryTeacherOf(model) is not null;
        var loss = MarginLosses.Create(model.Loss, model.HuberDelta);
        var (x, y) = vectors.Sample(model, Math.Max(1, (int)Math.Round(model.Alpha * size)), random);
        var (weights, intercept) = Fit(model, loss, x, y, binary);
        var train = Losses(loss, model, y, Fields(x, weights, intercept)).Loss;
        var (freshX, freshY) = vectors.Sample(model, TestSamplesPerDimension * size, random);
        var test = Losses(loss, model, freshY, Fields(freshX, weights, intercept));

        var k = model.Probabilities.Length;
        var (q, m, h) = (new double[k], new double[k], new double[k]);
        for (var c = 0; c < k; c++) (q[c], m[c], h[c]) = vectors.Overlaps(c, weights);
        return new Dictionary<string, Value>
        {
            ["test_error"] = binary ? test.Misclassified : test.SquaredError,
            ["train_loss"] = train,
            ["q"] = Value.Vector(q),
            ["m"] = Value.Vector(m),
            ["h"] = Value.Vector(h),
        };
    }

    internal static double FiniteSizeConstant(MixtureErmModel model, MixtureErmPrediction p, string name)
    {
        var factor = model.Loss == LossKind.HardMargin || model.Lambda == 0 ? 4 : 1;
        var scale = p.Q.Max();
        return factor * name switch
        {
            "test_error" => 5 * p.TestError,
            "train_loss" => 8 * p.TrainLoss + 1e-6,
            "q" => 5 * scale,
            _ => 5 * Math.Sqrt(scale),
        };
    }

    private static (Vector<double> Weights, double Intercept) Fit(MixtureErmModel model, IMarginLoss loss, DenseMatrix x, double[] y, bool binary)
    {
        if (model.Loss == LossKind.Square) return Ridge(model, x, y);
        if (model.Loss == LossKind.HardMargin) return MarginFit.HardMargin(x, y, model.Intercept, MixtureErmModel.System.Id);
        var lambda = model.Lambda > 0 ? model.Lambda : 1e-9;
        var fit = binary
            ? MarginFit.Solve(x, y, loss, lambda, model.Intercept, MixtureErmModel.System.Id)
            : MarginFit.Regression(x, y, (HuberLoss)loss, lambda, model.Intercept, MixtureErmModel.System.Id);
        return (fit.Weights, fit.Intercept);
    }

    private static (Vector<double> Weights, double Intercept) Ridge(MixtureErmModel model, DenseMatrix x, double[] y)
    {
        if (!model.Intercept) return (DenseAlgebra.RidgeSolve(x, new DenseVector(y), model.Lambda), 0);
        // An intercept that costs nothing makes the residuals sum to 0: the same as centring.
        var centre = x.ColumnSums() / x.RowCount;
        var centred = DenseMatrix.Create(x.RowCount, x.ColumnCount, (i, j) => x[i, j] - centre[j]);
        var mean = y.Average();
        var weights = DenseAlgebra.RidgeSolve(centred, new DenseVector(y) - mean, model.Lambda);
        return (weights, mean - centre * weights);
    }

    private static double[] Fields(DenseMatrix x, Vector<double> weights, double intercept) => (DenseAlgebra.Multiply(x, weights) + intercept).ToArray();

    private static (double Loss, double Misclassified, double SquaredError) Losses(IMarginLoss loss, MixtureErmModel model, double[] y, double[] fields)
    {
        double total = 0, errors = 0, squares = 0;
        for (var i = 0; i < y.Length; i++)
        {
            var residual = y[i] - fields[i];
            squares += residual * residual;
            if (y[i] * fields[i] <= 0) errors++;
            // A hard margin is met up to the accuracy of the fit.
            total += model.Loss switch
            {
                LossKind.HardMargin => 0,
                LossKind.Square or LossKind.Huber => loss.Value(1 - residual),
                _ => loss.Value(y[i] * fields[i]),
            };
        }
        return (total / y.Length, errors / y.Length, squares / y.Length);
    }
}
