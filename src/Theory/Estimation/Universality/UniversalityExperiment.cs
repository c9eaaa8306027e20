using Theory.Channels;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Estimation;

/// <summary>The same empirical risk minimised on samples of a mixture and of both Gaussians, which share teacher and means.</summary>
public static class UniversalityExperiment
{
    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd rounded, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured test error and training loss of the mixture, the matched Gaussian and the bulk Gaussian.</returns>
    /// <exception cref="InvalidInputException">Inputs do not go together.</exception>
    /// <exception cref="NotConvergedException">A fit did not close its duality gap.</exception>
    public static IReadOnlyDictionary<string, Value> Run(UniversalityModel model, int size, ulong seed)
    {
        model = model.Turned();
        var random = new RandomStream(seed);
        var vectors = MixtureVectors.Draw(model.Mixture, size, random);
        var outcome = new Dictionary<string, Value>();
        foreach (var (name, law) in new[] { ("mixture", SampleLaw.Mixture), ("matched_gaussian", SampleLaw.MatchedGaussian), ("bulk_gaussian", SampleLaw.BulkGaussian) })
        {
            var (test, train) = Fit(model.Mixture, vectors, law, size, random);
            (outcome[$"{name}_test_error"], outcome[$"{name}_train_loss"]) = (test, train);
        }
        return outcome;
    }

    internal static double FiniteSizeConstant(UniversalityModel model, UniversalityPrediction p, string name)
    {
        var factor = model.Mixture.Loss == LossKind.HardMargin || model.Mixture.Lambda == 0 ? 4 : 1;
        var errors = name.StartsWith("mixture", StringComparison.Ordinal) ? p.Mixture : name.StartsWith("matched", StringComparison.Ordinal) ? p.MatchedGaussian : p.BulkGaussian;
        return factor * (name.EndsWith("test_error", StringComparison.Ordinal) ? 5 * errors.TestError : 8 * errors.TrainLoss + 1e-6);
    }

    private static (double Test, double Train) Fit(MixtureErmModel model, MixtureVectors vectors, SampleLaw law, int size, RandomStream random)
    {
        var binary = MixtureErmProblem.BinaryTeacherOf(model) is not null;
        var (x, y) = vectors.Sample(model, Math.Max(1, (int)Math.Round(model.Alpha * size)), random, law);
        var fit = ErmFit.Solve(MixtureErmProblem.LossOf(model, binary), x, y, binary, model.Lambda, model.Intercept, UniversalityModel.System.Id);
        var train = ErmFit.Measure(fit.Loss, x, y, fit.Weights, fit.Intercept).Loss;
        var (freshX, freshY) = vectors.Sample(model, MixtureErmExperiment.TestSamplesPerDimension * size, random, law);
        var test = ErmFit.Measure(fit.Loss, freshX, freshY, fit.Weights, fit.Intercept);
        return (binary ? test.Misclassified : test.SquaredError, train);
    }
}
