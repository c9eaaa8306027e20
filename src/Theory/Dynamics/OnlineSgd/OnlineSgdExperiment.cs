using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>Trains a real two-layer network by one-pass SGD in d dimensions and measures its overlaps.</summary>
public static class OnlineSgdExperiment
{
    // Gradient flow is run with steps this long on batches of so many samples per dimension.
    private const double FlowStep = 0.02;
    private const int FlowBatch = 10;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d, at least p + k.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>q</c> and <c>m</c> at the times of the model, and <c>final_q</c> and <c>final_m</c> at the last, each rounded to a whole number of steps of Δτ = ηn/d.</returns>
    /// <exception cref="InvalidInputException">The parts do not fit together, or the dimension is less than p + k.</exception>
    public static IReadOnlyDictionary<string, Value> Run(OnlineSgdModel model, int size, ulong seed)
    {
        model = model.Resolve();
        var random = new RandomStream(seed);
        var network = new ExplicitNetwork(model.Task, model.Omega, size, random);
        var batch = model.Eta > 0 ? model.BatchSize : Math.Max(model.BatchSize, FlowBatch * size);
        var step = model.Eta > 0 ? model.Eta * batch / size : FlowStep;
        var norms = Enumerable.Range(0, network.Width).Select(j => Math.Sqrt(model.Q0[j][j])).ToArray();
        List<Value> q = [], m = [];
        var done = 0L;
        foreach (var time in model.Times)
        {
            for (var target = (long)Math.Round(time / step); done < target; done++)
            {
                network.Draw(batch, random);
                if (model.Displacement != 0) network.Displace(model.Displacement / size);
                network.Step(step / batch);
                if (!model.Spherical) continue;
                for (var j = 0; j < network.Width; j++) network.Rescale(j, norms[j]);
            }

            q.Add(Table(network, network.Width, 0));
            m.Add(Table(network, network.Teachers, network.Width));
        }

        return new Dictionary<string, Value> { ["q"] = Value.ListOf(q), ["m"] = Value.ListOf(m), ["final_q"] = q[^1], ["final_m"] = m[^1] };
    }

    private static Value Table(ExplicitNetwork network, int columns, int first) => Value.ListOf(
        Enumerable.Range(0, network.Width).Select(j => Value.Vector([.. Enumerable.Range(0, columns).Select(b => network.Overlap(j, first + b))])));
}
