using System.Numerics.Tensors;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>Trains one real neuron: fresh Gaussian batches in d dimensions, gradient steps, normalisation, and the overlaps of the weight with the target's directions.</summary>
public static class GiantStepsExperiment
{
    // Samples per block: the inputs of a block stay in the cache between the forward and the backward pass.
    private const int Block = 128;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">Not used: the model carries its own dimension.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>squared_overlaps</c> and <c>squared_norm</c>, for t = 0 … T.</returns>
    /// <exception cref="InvalidInputException">The initial overlaps do not fit the target, or the dimension is too small for it.</exception>
    public static IReadOnlyDictionary<string, Value> Run(GiantStepsModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var overlaps = model.StartingPoint();
        var r = overlaps.Length;
        var weight = InitialWeight(overlaps, model.Dimension, random);

        // Inputs are isotropic, so that the target's directions may be the first r axes.
        List<double[]> squares = [Squares(weight, r)];
        var gradient = new double[model.Dimension];
        for (var t = 0; t < model.Steps; t++)
        {
            Gradient(model, weight, gradient, r, random);
            TensorPrimitives.MultiplyAdd(gradient, model.LearningRate, weight, weight);
            TensorPrimitives.Divide(weight, TensorPrimitives.Norm<double>(weight), weight);
            squares.Add(Squares(weight, r));
        }
        return new Dictionary<string, Value>
        {
            ["squared_overlaps"] = Value.ListOf(squares.Select(row => Value.Vector(row))),
            ["squared_norm"] = Value.Vector([.. squares.Select(row => row.Sum())]),
        };
    }

    private static double[] InitialWeight(double[] overlaps, int dimension, RandomStream random)
    {
        var weight = new double[dimension];
        var rest = weight.AsSpan(overlaps.Length);
        random.FillUnitSphere(rest);
        TensorPrimitives.Multiply(rest, Math.Sqrt(Math.Max(1 - overlaps.Sum(u => u * u), 0)), rest);
        overlaps.CopyTo(weight, 0);
        return weight;
    }

    /// <summary>g = (1/n) Σ_ν f(z_ν) σ′(w·x_ν) x_ν over a fresh batch.</summary>
    private static void Gradient(GiantStepsModel model, double[] weight, double[] gradient, int r, RandomStream random)
    {
        var d = weight.Length;
        var inputs = new double[Block * d];
        double[] columns = new double[Block * r], labels = new double[Block], slopes = new double[Block];
        Array.Clear(gradient);
        for (var done = 0; done < model.BatchSize; done += Block)
        {
            var count = Math.Min(Block, model.BatchSize - done);
            random.FillGaussian(inputs.AsSpan(0, count * d));
            for (var nu = 0; nu < count; nu++)
            {
                var x = inputs.AsSpan(nu * d, d);
                slopes[nu] = TensorPrimitives.Dot<double>(x, weight);
                for (var i = 0; i < r; i++) columns[i * count + nu] = x[i];
            }
            model.Target.Evaluate(columns.AsSpan(0, r * count), labels.AsSpan(0, count));
            model.Slope.Evaluate(slopes.AsSpan(0, count), slopes.AsSpan(0, count));
            for (var nu = 0; nu < count; nu++)
                TensorPrimitives.MultiplyAdd<double>(inputs.AsSpan(nu * d, d), labels[nu] * slopes[nu] / model.BatchSize, gradient, gradient);
        }
    }

    private static double[] Squares(double[] weight, int r) => [.. weight.Take(r).Select(u => u * u)];
}
