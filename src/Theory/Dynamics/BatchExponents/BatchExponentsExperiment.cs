using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>Runs SGD by the chain of its overlaps at two dimensions until escape, with the learning rates that the mean map recommends, and takes the slope of the times.</summary>
public static class BatchExponentsExperiment
{
    private const double MostSamples = 5e9;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model, with a dimension.</param>
    /// <param name="size">Not used: the model carries its own dimension.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>map_exponent</c>.</returns>
    /// <exception cref="InvalidInputException">There is no dimension.</exception>
    /// <exception cref="UnsupportedException">No rate escapes, or it takes more than 5·10⁹ samples.</exception>
    public static IReadOnlyDictionary<string, Value> Run(BatchExponentsModel model, int size, ulong seed)
    {
        if (model.Dimensions is not var (from, to)) throw new InvalidInputException("dimension", "dimension is needed for a simulation");
        var (first, last) = (Steps(model, Math.Round(from), new RandomStream(seed, 0)), Steps(model, Math.Round(to), new RandomStream(seed, 1)));
        return new Dictionary<string, Value> { ["map_exponent"] = Math.Log((double)last / first) / Math.Log(to / from) };
    }

    private static long Steps(BatchExponentsModel model, double dimension, RandomStream random)
    {
        var batch = Math.Round(Math.Pow(dimension, model.BatchExponent));
        var best = new BatchPhases(model.HermiteOrder).Optimal(model.Loss, dimension, batch);
        if (!(best.Steps * batch <= MostSamples && batch <= int.MaxValue))
            throw new UnsupportedException(FormattableString.Invariant($"a simulation at d = {dimension:g4}, n = {batch:g4} takes {best.Steps * batch:g3} samples, more than {MostSamples:g1}"));
        var escape = new EscapeStepsModel { HermiteOrder = model.HermiteOrder, Dimension = dimension, BatchSize = batch, LearningRate = best.LearningRate, M0 = 1 / Math.Sqrt(dimension), Loss = model.Loss };
        var chain = EscapeStepsExperiment.Chain(escape, (int)batch, random);
        while (!(Math.Abs(chain.Overlap(0, 0)) >= escape.Threshold))
        {
            if (chain.Steps * batch > 20 * MostSamples) throw new UnsupportedException($"the simulated weight has not escaped after {chain.Steps} steps");
            chain.Step();
        }
        return Math.Max(chain.Steps, 1);
    }
}
