using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>Trains a real linear model on one Gaussian batch and measures its overlaps and losses.</summary>
public static class LinearDmftExperiment
{
    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd rounded, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>m</c>, <c>q</c>, <c>generalization_error</c> and <c>train_loss</c>.</returns>
    public static IReadOnlyDictionary<string, Value> Run(LinearDmftModel model, int size, ulong seed)
    {
        var (scale, noise) = (Math.Sqrt(model.Rho), Math.Sqrt(model.Noise));
        var run = new TrainingRun
        {
            Dimension = size,
            Samples = Math.Max(1, (int)Math.Round(model.Alpha * size)),
            Steps = model.Steps,
            Rule = new(model.LearningRate, model.Lambda, model.Momentum, model.Nesterov),
            BatchFraction = model.BatchFraction,
            Labels = (z, labels, random) =>
            {
                for (var mu = 0; mu < labels.Length; mu++) labels[mu] = scale * z[0][mu] + (noise > 0 ? noise * random.NextGaussian() : 0);
            },
            Loss = static (h, labels, gradient) =>
            {
                var sum = 0.0;
                for (var mu = 0; mu < labels.Length; mu++)
                {
                    var error = gradient[0][mu] = h[0][mu] - labels[mu];
                    sum += error * error / 2;
                }
                return sum / labels.Length;
            },
        };
        var (m, q, train, _) = run.Run(new[,] { { model.M0 } }, new[,] { { Math.Max(model.Q0 - model.M0 * model.M0, 0) } }, seed);
        int[] times = [.. new SortedSet<int> { 0, 1, 2, 5, model.Steps / 2, model.Steps }.Where(t => t <= model.Steps)];
        return new Dictionary<string, Value>
        {
            ["m"] = Value.Vector([.. times.Select(t => m[t][0, 0])]),
            ["q"] = Value.Vector([.. times.Select(t => q[t][0, 0])]),
            ["generalization_error"] = Value.Vector([.. times.Select(t => (model.Rho - 2 * scale * m[t][0, 0] + q[t][0, 0]) / 2)]),
            ["train_loss"] = Value.Vector([.. times.Select(t => train[t])]),
        };
    }
}
