using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Features;

/// <summary>Regression on real random features: draws weights, inputs and labels, fits the readout exactly, and measures its errors on the training set and on fresh samples.</summary>
public static class RandomFeaturesExperiment
{
    /// <summary>Fresh samples per dimension on which the test error of a trial is measured.</summary>
    public const int TestSamplesPerDimension = ReadoutTrial.TestSamplesPerDimension;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd and p = βd rounded, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>test_error</c> and <c>train_error</c>.</returns>
    public static IReadOnlyDictionary<string, Value> Run(RandomFeaturesModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var (d, n, p) = (size, ReadoutTrial.Count(model.Alpha, size), ReadoutTrial.Count(model.Beta, size));
        var theta = new double[d];
        random.FillUnitSphere(theta);

        var weights = ReadoutTrial.SphereWeights(d, p, random);
        return ReadoutTrial.Run(new(model.Activation, model.Target, model.Noise), model.Lambda, n, weights, theta, random);
    }
}
