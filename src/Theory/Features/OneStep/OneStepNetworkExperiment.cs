using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Features;

/// <summary>The real protocol: weights, a first batch, one gradient step, then a ridge fit of the readout on fresh samples. Every trial draws all of them anew.</summary>
public static class OneStepNetworkExperiment
{
    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model; its batch is finite.</param>
    /// <param name="size">The dimension d; n, n₀ and p are rounded, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>test_error</c> and <c>train_error</c>.</returns>
    /// <exception cref="UnsupportedException">The batch is infinite.</exception>
    public static IReadOnlyDictionary<string, Value> Run(OneStepNetworkModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var (d, n, p) = (size, ReadoutTrial.Count(model.Alpha, size), ReadoutTrial.Count(model.Beta, size));
        var theta = new double[d];
        random.FillUnitSphere(theta);
        var task = new ReadoutTask(model.Activation, model.Target, model.Noise);
        var weights = ReadoutTrial.SphereWeights(d, p, random);
        StepTrial.Step(weights, task, model.LearningRate, model.BatchRatio, theta, random);
        return ReadoutTrial.Run(task, model.Lambda, n, weights, theta, random);
    }
}
