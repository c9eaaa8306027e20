using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>Runs SGD until the overlap passes the threshold, exactly in distribution at the model's dimension, by its Markov chain of overlaps.</summary>
public static class EscapeStepsExperiment
{
    private const double MostSamples = 2e10;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model, with whole d and n.</param>
    /// <param name="size">Not used: the model carries its own dimension.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>steps</c> and <c>samples</c>.</returns>
    /// <exception cref="InvalidInputException">Dimension or batch size are not whole.</exception>
    /// <exception cref="UnsupportedException">The weight has not escaped after the largest number of steps.</exception>
    public static IReadOnlyDictionary<string, Value> Run(EscapeStepsModel model, int size, ulong seed)
    {
        var batch = Whole(model.BatchSize, "batch_size");
        var chain = Chain(model, batch, new RandomStream(seed));
        var most = (long)Math.Min(model.MaximumSteps, Math.Ceiling(MostSamples / batch));
        while (!(chain.Overlap(0, 0) >= model.Threshold))
        {
            if (chain.Steps >= most) throw new UnsupportedException($"the simulated weight has not escaped after {chain.Steps} steps");
            chain.Step();
        }
        return new Dictionary<string, Value> { ["steps"] = (double)chain.Steps, ["samples"] = (double)chain.Steps * batch };
    }

    internal static OverlapChain Chain(EscapeStepsModel model, int batch, RandomStream random)
    {
        Whole(model.Dimension, "dimension", 1e15);
        return new(
            DenseMatrix.Create(1, 1, 1), DenseMatrix.Create(1, 1, model.M0), DenseMatrix.Create(1, 1, 1), model.Dimension, batch, model.LearningRate,
            CoefficientRules.Hermite(model.HermiteOrder, model.Noise, model.Loss), spherical: true, random);
    }

    private static int Whole(double value, string name, double most = int.MaxValue) => value == Math.Floor(value) && value <= most
        ? (int)Math.Min(value, int.MaxValue)
        : throw new InvalidInputException(name, FormattableString.Invariant($"{name} must be whole and at most {most:g} for a simulation; got {value}"));
}
