using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>Takes single gradient steps with explicit vectors and measures the moments of the changes of the overlaps.</summary>
public static class PhaseRetrievalDiffusionExperiment
{
    private const int Steps = 20_000;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured drifts, variances and covariance of single steps, divided by the length of the step; and the variance of m/√q at q = 1.</returns>
    /// <exception cref="InvalidInputException">m² exceeds qρ.</exception>
    public static IReadOnlyDictionary<string, Value> Run(PhaseRetrievalDiffusionModel model, int size, ulong seed)
    {
        model.Check();
        var random = new RandomStream(seed);
        var (q, m, d) = (model.Q, model.M, size);
        var epsilon = model.LearningRate / d;
        var rest = Math.Sqrt(Math.Max(model.TeacherNorm - m * m / q, 0));
        var z = new double[d];
        var (sm, sq, smm, sqq, sqm) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var step = 0; step < Steps; step++)
        {
            // w lies on the first axis and w* in the plane of the first two.
            random.FillGaussian(z);
            var l = Math.Sqrt(q) * z[0];
            var s = m / Math.Sqrt(q) * z[0] + rest * z[1];
            var gradient = 2 * l * (s * s - l * l + Math.Sqrt(model.Noise) * random.NextGaussian());
            var changeM = gradient * s;
            var changeQ = 2 * gradient * l + epsilon * gradient * gradient * System.Numerics.Tensors.TensorPrimitives.SumOfSquares<double>(z);
            sm += changeM;
            sq += changeQ;
            smm += changeM * changeM;
            sqq += changeQ * changeQ;
            sqm += changeQ * changeM;
        }

        var (meanM, meanQ) = (sm / Steps, sq / Steps);
        var scale = Steps / (Steps - 1.0);
        var (varM, varQ, cov) = (scale * (smm / Steps - meanM * meanM), scale * (sqq / Steps - meanQ * meanQ), scale * (sqm / Steps - meanM * meanQ));
        return new Dictionary<string, Value>
        {
            ["drift_m"] = meanM,
            ["drift_q"] = meanQ,
            ["var_m"] = varM,
            ["var_q"] = varQ,
            ["cov_qm"] = cov,
            ["var_spherical"] = q == 1 ? varM - m * cov + 0.25 * m * m * varQ : Value.None,
        };
    }
}
