using System.Numerics.Tensors;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>Takes real displaced gradients of a neuron in d dimensions and averages them.</summary>
public static class SgdDisplacedExperiment
{
    private const int Samples = 20_000;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>f</c>, <c>g</c> and <c>h</c>: averages of the displaced gradient along w* and w, and of its square.</returns>
    /// <exception cref="InvalidInputException">m² exceeds q.</exception>
    public static IReadOnlyDictionary<string, Value> Run(SgdDisplacedModel model, int size, ulong seed)
    {
        model.Check();
        var random = new RandomStream(seed);
        var (d, a, target, task) = (size, model.A, model.Target, model.Task);
        // w* is the first axis.
        var (weight, moved, z) = (new double[d], new double[d], new double[d]);
        random.FillUnitSphere(weight.AsSpan(1));
        TensorPrimitives.Multiply(weight, Math.Sqrt(Math.Max(model.Q - model.M * model.M, 0)), weight);
        weight[0] = model.M;
        var (f, g, h) = (0.0, 0.0, 0.0);
        for (var mu = 0; mu < Samples; mu++)
        {
            random.FillGaussian(z);
            var label = target.Evaluate(z[0]) + (model.Noise > 0 ? Math.Sqrt(model.Noise) * random.NextGaussian() : 0);
            var field = TensorPrimitives.Dot<double>(weight, z);
            TensorPrimitives.MultiplyAdd(z, model.Displacement / d * Update(field), weight, moved);
            var update = Update(TensorPrimitives.Dot<double>(moved, z));
            f += update * z[0];
            g += update * field;
            h += update * update;

            double Update(double l) => a * task.Slope.Evaluate(l) * (label - a * task.Activation.Evaluate(l));
        }

        return new Dictionary<string, Value> { ["f"] = f / Samples, ["g"] = g / Samples, ["h"] = h / Samples };
    }
}
