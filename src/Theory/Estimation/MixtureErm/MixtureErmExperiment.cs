using Theory.Channels;
using Theory.Contract;
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
        var loss = MixtureErmProblem.LossOf(model, binary);
        var (x, y) = vectors.Sample(model, Math.Max(1, (int)Math.Round(model.Alpha * size)), random);
        var (weights, intercept, measure) = ErmFit.Solve(loss, x, y, binary, model.Lambda, model.Intercept, MixtureErmModel.System.Id);
        var train = ErmFit.Measure(measure, x, y, weights, intercept).Loss;
        var (freshX, freshY) = vectors.Sample(model, TestSamplesPerDimension * size, random);
        var test = ErmFit.Measure(measure, freshX, freshY, weights, intercept);

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
}
