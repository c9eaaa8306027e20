using MathNet.Numerics.LinearAlgebra;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Estimation;

/// <summary>Fits at many λ on one sample; the best on a validation sample is tested on another.</summary>
public static class OptimalErmExperiment
{
    private const int Coarse = 13;
    private const int Fine = 5;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd rounded, at least 1; 10d samples to choose λ by, and as many to test on.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>test_error</c>.</returns>
    /// <exception cref="InvalidInputException">Inputs do not go together.</exception>
    /// <exception cref="NotConvergedException">A fit did not close its duality gap.</exception>
    public static IReadOnlyDictionary<string, Value> Run(OptimalErmModel model, int size, ulong seed)
    {
        var mixture = model.Mixture;
        var random = new RandomStream(seed);
        var vectors = MixtureVectors.Draw(mixture, size, random);
        var binary = MixtureErmProblem.BinaryTeacherOf(mixture) is not null;
        var loss = MixtureErmProblem.LossOf(mixture, binary);
        var (x, y) = vectors.Sample(mixture, Math.Max(1, (int)Math.Round(mixture.Alpha * size)), random);
        var (checkX, checkY) = vectors.Sample(mixture, MixtureErmExperiment.TestSamplesPerDimension * size, random);
        var best = (Error: double.PositiveInfinity, S: 0.0, Weights: (Vector<double>?)null, Intercept: 0.0);

        void Try(double s)
        {
            var (weights, intercept, measure) = ErmFit.Solve(loss, x, y, binary, Math.Pow(10, s), mixture.Intercept, OptimalErmModel.System.Id);
            var fresh = ErmFit.Measure(measure, checkX, checkY, weights, intercept);
            var error = binary ? fresh.Misclassified : fresh.SquaredError;
            if (error < best.Error) best = (error, s, weights, intercept);
        }

        for (var i = 0; i < Coarse; i++) Try(-4 + 0.5 * i + Math.Log10(Math.Max(1, mixture.Alpha)));
        var centre = best.S;
        for (var i = 1; i < Fine; i++) Try(centre - 0.5 + (double)i / Fine);
        var (testX, testY) = vectors.Sample(mixture, MixtureErmExperiment.TestSamplesPerDimension * size, random);
        var test = ErmFit.Measure(loss, testX, testY, best.Weights!, best.Intercept);
        return new Dictionary<string, Value> { ["test_error"] = binary ? test.Misclassified : test.SquaredError };
    }
}
