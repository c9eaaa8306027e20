using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Features;

/// <summary>Regression on real features whose weights have been moved along the target's direction: draws weights, inputs and labels, fits the readout exactly, and measures its errors.</summary>
public static class LearnedFeaturesRidgeExperiment
{
    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd and p = βd rounded, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>test_error</c> and <c>train_error</c>.</returns>
    public static IReadOnlyDictionary<string, Value> Run(LearnedFeaturesRidgeModel model, int size, ulong seed)
    {
        VocabularyInputs.Require(model.Fractions, model.Spikes);
        var random = new RandomStream(seed);
        var theta = new double[size];
        random.FillUnitSphere(theta);
        var weights = LearnedWeights.Draw(model.Fractions, model.Spikes, LearnedWeights.AtLeastOne(model.Beta * size), theta, random);
        return ReadoutTrial.Run(new(model.Activation, model.Target, model.Noise), model.Lambda, LearnedWeights.AtLeastOne(model.Alpha * size), weights, theta, random);
    }
}
