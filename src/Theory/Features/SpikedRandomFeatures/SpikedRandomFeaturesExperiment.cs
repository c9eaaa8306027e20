using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Features;

/// <summary>Regression on real random features with a spike: draws weights, inputs and labels, fits the readout exactly, and measures its errors.</summary>
public static class SpikedRandomFeaturesExperiment
{
    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd and p = βd rounded, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>test_error</c> and <c>train_error</c>.</returns>
    public static IReadOnlyDictionary<string, Value> Run(SpikedRandomFeaturesModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var (d, n, p) = (size, ReadoutTrial.Count(model.Alpha, size), ReadoutTrial.Count(model.Beta, size));
        var (direction, theta) = (new double[d], new double[d]);
        random.FillUnitSphere(direction);
        random.FillUnitSphere(theta);
        Tilt(theta, direction, model.Alignment);

        var weights = ReadoutTrial.SphereWeights(d, p, random);
        for (var j = 0; j < p; j++)
        {
            var row = weights.Values.AsSpan(j * d, d);
            for (var i = 0; i < d; i++) row[i] = Math.Sqrt(model.Bulk) * row[i] + model.Spike * direction[i];
        }
        return ReadoutTrial.Run(new(model.Activation, model.Target, model.Noise), model.Lambda, n, weights, theta, random);
    }

    // Turns a random direction into one of unit length with the given overlap.
    private static void Tilt(double[] theta, double[] direction, double alignment)
    {
        var (overlap, length) = (0.0, 0.0);
        for (var i = 0; i < theta.Length; i++) overlap += theta[i] * direction[i];
        for (var i = 0; i < theta.Length; i++)
        {
            theta[i] -= overlap * direction[i];
            length += theta[i] * theta[i];
        }
        var rest = Math.Sqrt((1 - alignment) * (1 + alignment) / length);
        for (var i = 0; i < theta.Length; i++) theta[i] = rest * theta[i] + alignment * direction[i];
    }
}
