using System.Collections.Immutable;
using System.Numerics.Tensors;
using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>
/// The first two steps of a single neuron on one batch, written out (Dandi et al. 2024, arXiv:2402.03220): with K₀ = 1 − ηλ − ηB(0,0) and w₀ ~ N(0, C(0,0)) independent of (z, u₀, y),
/// h⁰ = M⁰z + u₀, M¹ = (1 − ηλ)M⁰ − ηα E[g⁰ zᵀ], h¹ = M¹z + K₀u₀ − ηw₀ − ηg⁰, M² = (1 − ηλ)M¹ − ηα E[g(h¹,y) zᵀ].
/// The term −ηg⁰ is the sample's own contribution to the weights, through which the second pass sees its label non-linearly. Standing: theorem.
/// </summary>
/// <remarks>Plain product rules of fixed size, for activations with a continuous derivative and targets that such a grid resolves: a check of <see cref="BatchReusePrediction"/> that shares none of its integrals.</remarks>
public sealed class TwoSteps
{
    private const double Radius = 8.5;

    private TwoSteps(double[] first, double[] second, double response, double noise, double norm) =>
        (First, Second, Response, Noise, FirstNorm) = ([.. first], [.. second], response, noise, norm);

    /// <summary>M¹, k numbers.</summary>
    public ImmutableArray<double> First { get; }

    /// <summary>M², k numbers.</summary>
    public ImmutableArray<double> Second { get; }

    /// <summary>B(0,0) = α E[∂g⁰/∂h].</summary>
    public double Response { get; }

    /// <summary>C(0,0) = α E[(g⁰)²].</summary>
    public double Noise { get; }

    /// <summary>Q(1,1) = (M¹)² + K₀² Q⊥⁰ + η² C(0,0).</summary>
    public double FirstNorm { get; }

    /// <summary>Evaluates the closed form; the model's number of steps plays no part.</summary>
    /// <param name="model">A model of width 1 on at most two directions, on the full batch, without momentum and label noise.</param>
    /// <returns>The overlaps.</returns>
    /// <exception cref="InvalidInputException">The model is another one, or its gradient jumps.</exception>
    public static TwoSteps Of(BatchReuseModel model)
    {
        Guard.NotNull(model, nameof(model));
        var problem = model.Problem();
        Require(problem.Loss.Width == 1, "width", "width must be 1");
        Require(problem.Target.Directions <= 2, "target", "target must have at most two directions");
        Require(problem.Loss.IsPathwise, "activation", "activation must have a continuous derivative");
        Require(problem.Masks.IsFull, "batch_fraction", "batch_fraction must be 1");
        Require(problem.Rule.Beta == 0, "momentum", "momentum must be 0");
        Require(!problem.Target.IsNoisy, "noise", "noise must be 0");
        return new Evaluation(problem).Run();

        static void Require(bool holds, string name, string text)
        {
            if (!holds) throw new InvalidInputException(name, $"{text} for the closed form of two steps");
        }
    }

    private sealed class Evaluation(ReuseProblem problem)
    {
        private readonly int k = problem.Target.Directions;
        private readonly (double[] Nodes, double[] Weights) inner = Trapezoid(problem.Target.Directions == 1 ? 80 : 32);
        private readonly double[] m0 = [.. Enumerable.Range(0, problem.Target.Directions).Select(j => problem.M0[0, j])];

        public TwoSteps Run()
        {
            var (eta, alpha, shrink, q) = (problem.Rule.Eta, problem.Alpha, 1 - problem.Rule.Eta * problem.Rule.Lambda, problem.QPerp0[0, 0]);
            var (z, weights, labels) = Targets();
            var (count, fields) = (inner.Nodes.Length, Math.Sqrt(Math.Max(q, 0)));

            // h⁰ and g⁰ at all (z, u₀).
            var total = weights.Length * count;
            double[] y = new double[total], h = new double[total], g = new double[total], curvature = new double[total], loss = new double[total];
            for (var a = 0; a < weights.Length; a++)
            {
                for (var b = 0; b < count; b++)
                {
                    y[a * count + b] = labels[a];
                    h[a * count + b] = Dot(m0, z, a) + fields * inner.Nodes[b];
                }
            }
            problem.Loss.Evaluate(h, y, g, curvature, loss);
            var (drift, response, noise) = (new double[k], 0.0, 0.0);
            for (var a = 0; a < weights.Length; a++)
            {
                for (var b = 0; b < count; b++)
                {
                    var (w, i) = (weights[a] * inner.Weights[b], a * count + b);
                    for (var j = 0; j < k; j++) drift[j] += w * g[i] * z[j][a];
                    response += alpha * w * curvature[i];
                    noise += alpha * w * g[i] * g[i];
                }
            }
            double[] m1 = [.. Enumerable.Range(0, k).Select(j => shrink * m0[j] - eta * alpha * drift[j])];
            var keep = shrink - eta * response;

            // E over w₀ of g(h¹, y).
            var second = new double[k];
            double[] h1 = new double[count], y1 = new double[count], g1 = new double[count], rest = new double[count];
            for (var a = 0; a < weights.Length; a++)
            {
                Array.Fill(y1, labels[a]);
                for (var b = 0; b < count; b++)
                {
                    var centre = Dot(m1, z, a) + keep * fields * inner.Nodes[b] - eta * g[a * count + b];
                    for (var c = 0; c < count; c++) h1[c] = centre - eta * Math.Sqrt(noise) * inner.Nodes[c];
                    problem.Loss.Evaluate(h1, y1, g1, default, rest);
                    var mean = weights[a] * inner.Weights[b] * TensorPrimitives.Dot<double>(g1, inner.Weights);
                    for (var j = 0; j < k; j++) second[j] += mean * z[j][a];
                }
            }
            return new(m1, [.. Enumerable.Range(0, k).Select(j => shrink * m1[j] - eta * alpha * second[j])], response, noise, m1.Sum(m => m * m) + keep * keep * q + eta * eta * noise);
        }

        private (double[][] Z, double[] Weights, double[] Labels) Targets()
        {
            var (nodes, weights) = Trapezoid(k == 1 ? 600 : 60);
            var n = nodes.Length;
            var count = k == 1 ? n : n * n;
            double[][] z = [.. Enumerable.Range(0, k).Select(j => Enumerable.Range(0, count).Select(a => nodes[j == 0 ? a % n : a / n]).ToArray())];
            double[] w = [.. Enumerable.Range(0, count).Select(a => weights[a % n] * (k == 1 ? 1 : weights[a / n]))];
            var labels = new double[count];
            problem.Target.Evaluate([.. z.SelectMany(row => row)], labels);
            return (z, w, labels);
        }

        private static (double[] Nodes, double[] Weights) Trapezoid(int count)
        {
            double[] nodes = [.. Enumerable.Range(0, count).Select(i => Radius * (2.0 * i / (count - 1) - 1))];
            double[] weights = [.. nodes.Select(x => Math.Exp(-x * x / 2))];
            var sum = weights.Sum();
            return (nodes, [.. weights.Select(w => w / sum)]);
        }

        private static double Dot(double[] m, double[][] z, int a)
        {
            var sum = 0.0;
            for (var j = 0; j < m.Length; j++) sum += m[j] * z[j][a];
            return sum;
        }
    }
}
