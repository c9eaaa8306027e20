using System.Numerics.Tensors;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Hermite;

/// <summary>
/// Averages f He_k over random z, as the definition says. The samples are drawn from N(0, s²) and weighted by the ratio of densities: plain samples of f He_k have tails so
/// heavy that for k above 10 their mean is unreliable at any number of samples.
/// </summary>
public static class HermiteCoefficientsExperiment
{
    private const int SamplesPerSize = 1000;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">Number of samples in thousands, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>orthonormal</c> coefficients and <c>second_moment</c>.</returns>
    public static IReadOnlyDictionary<string, Value> Run(HermiteCoefficientsModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        // The functions He_k φ live on |z| < 2√k; so wide a proposal keeps all weighted samples bounded.
        var variance = model.Order + 9.0;
        var sums = new double[model.Order + 1];
        var second = 0.0;
        double[] z = new double[SamplesPerSize], f = new double[SamplesPerSize];
        for (var block = 0; block < size; block++)
        {
            random.FillGaussian(z);
            TensorPrimitives.Multiply(z, Math.Sqrt(variance), z);
            model.Expression.Evaluate(z, f);
            for (var i = 0; i < z.Length; i++)
            {
                var weighted = f[i] * Math.Sqrt(variance) * Math.Exp(-z[i] * z[i] / 2 * (1 - 1 / variance));
                second += weighted * f[i];
                Accumulate(sums, z[i], weighted);
            }
        }
        double samples = (double)size * SamplesPerSize;
        TensorPrimitives.Divide(sums, samples, sums);
        return new Dictionary<string, Value> { ["orthonormal"] = Value.Vector(sums), ["second_moment"] = second / samples };
    }

    private static void Accumulate(double[] sums, double z, double weighted)
    {
        var (previous, current) = (0.0, weighted);
        for (var k = 0; k < sums.Length; k++)
        {
            sums[k] += current;
            (previous, current) = (current, (z * current - Math.Sqrt(k) * previous) / Math.Sqrt(k + 1));
        }
    }
}
