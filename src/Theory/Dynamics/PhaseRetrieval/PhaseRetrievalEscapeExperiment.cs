using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>Trains real students with normalised SGD from exactly the given overlaps and waits for the risk to drop.</summary>
public static class PhaseRetrievalEscapeExperiment
{
    private const double LargestDimension = 5000;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">Not used: the model carries its own dimension.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>exit_time</c>: steps until the risk of the overlaps has dropped by the threshold, times γ_c/(pd); absent after fifty times the linear estimate.</returns>
    /// <exception cref="InvalidInputException">m0 does not have p numbers, or the dimension is less than p + 1.</exception>
    /// <exception cref="UnsupportedException">The dimension is above 5000.</exception>
    public static IReadOnlyDictionary<string, Value> Run(PhaseRetrievalEscapeModel model, int size, ulong seed)
    {
        model.Check();
        if (model.Dimension > LargestDimension) throw new UnsupportedException($"explicit runs are limited to a dimension of {LargestDimension}; got {model.Dimension}");
        var random = new RandomStream(seed);
        var (p, d) = (model.Width, (int)model.Dimension);
        var network = new ExplicitNetwork(model.Task, model.Omega, d, random);
        var (time, step) = (0.0, model.LearningRate / (p * (double)d));
        var initial = Risk(network);
        var limit = 50 * (1 + Math.Log(d));
        while (time < limit)
        {
            network.Draw(1, random);
            network.Step(step);
            for (var j = 0; j < p; j++) network.Rescale(j, 1);
            time += step;
            if (Risk(network) <= (1 - model.Threshold) * initial) return new Dictionary<string, Value> { ["exit_time"] = time };
        }

        return new Dictionary<string, Value> { ["exit_time"] = Value.None };
    }

    /// <summary>½ E(s² − (1/p) Σ l_j²)² = (tr S)²/2 + tr S² with S = w*w*ᵀ − (1/p) Σ w_j w_jᵀ.</summary>
    private static double Risk(ExplicitNetwork network)
    {
        var p = network.Width;
        var (trace, square) = (0.0, 0.0);
        for (var i = 0; i <= p; i++)
        {
            var weight = i == p ? 1 : -1.0 / p;
            for (var j = 0; j <= p; j++)
            {
                var overlap = network.Overlap(i, j);
                if (i == j) trace += weight * overlap;
                square += weight * (j == p ? 1 : -1.0 / p) * overlap * overlap;
            }
        }

        return 0.5 * trace * trace + square;
    }
}
