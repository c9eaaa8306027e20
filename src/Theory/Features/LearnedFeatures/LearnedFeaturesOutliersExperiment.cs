using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Features;

/// <summary>The largest eigenvalues of the features of real samples.</summary>
public static class LearnedFeaturesOutliersExperiment
{
    /// <summary>Runs one trial with the n samples of the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; p = βd rounded, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>outliers</c>: as many of the largest eigenvalues as are predicted.</returns>
    public static IReadOnlyDictionary<string, Value> Run(LearnedFeaturesOutliersModel model, int size, ulong seed)
    {
        var count = LearnedFeaturesOutliersPrediction.Solve(model).Outliers.Length;
        var eigenvalues = LearnedFeaturesSpectrumExperiment.Eigenvalues(
            model.Activation, model.Fractions, model.Spikes, size, model.Samples, LearnedWeights.AtLeastOne(model.Beta * size), new RandomStream(seed));
        return new Dictionary<string, Value> { ["outliers"] = Value.Vector([.. eigenvalues.Reverse().Take(count)]) };
    }
}
