using System.Numerics;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>A quadrature over Z ~ N(0, 1) and the residual y = g(Z) + √Δ ξ − h₀ of one sample of the first batch: nodes y, and weights for averages of f(y), Z f(y), Z² f(y).</summary>
internal sealed class BatchNodes
{
    private const int Order = 10;
    private const int Levels = 7;
    private const int Enough = 200_000;

    /// <summary>Range of Z and of ξ.</summary>
    private const double Range = 10, NoiseRange = 9;

    private readonly ScalarFunction target;
    private readonly double output, noise;
    private readonly int level;
    private volatile BatchNodes? finer;

    public BatchNodes(ScalarFunction target, double output, double noise)
        : this(target, output, noise, 0)
    {
    }

    private BatchNodes(ScalarFunction target, double output, double noise, int level)
    {
        (this.target, this.output, this.noise, this.level) = (target, output, noise, level);
        var (z, w) = Gaussian(target.SplitPoints, Math.Pow(2, -level));
        var y = new double[z.Length];
        target.Evaluate(z, y);
        for (var i = 0; i < y.Length; i++) y[i] -= output;
        (Residual, Weight, WeightZ, WeightZz) = noise == 0 ? Plain(y, z, w) : Noisy(y, z, w, Math.Sqrt(noise), Math.Pow(2, -level - 1));
    }

    /// <summary>The nodes and their weights, filled up with zeros to a multiple of the length of a <see cref="Vector{T}"/>.</summary>
    public double[] Residual { get; }

    public double[] Weight { get; }

    public double[] WeightZ { get; }

    public double[] WeightZz { get; }

    /// <summary>The same with half the spacing, or <see langword="null"/> where it is narrow enough for anything.</summary>
    public BatchNodes? Finer => level == Levels || Residual.Length > Enough ? null : finer ??= new(target, output, noise, level + 1);

    private static (double[] Y, double[] W, double[] Wz, double[] Wzz) Plain(double[] y, double[] z, double[] w) =>
        (Padded(y), Padded(w), Padded([.. w.Zip(z, (a, b) => a * b)]), Padded([.. w.Zip(z, (a, b) => a * b * b)]));

    // Trapezoid rules in ξ: their errors vanish like e^{−2π²/interval²}, and like e^{−2πD/(interval √Δ)} for poles at a distance D from the real axis of y.
    // All of them on one grid in y, unless that has more places than they have nodes.
    private static (double[] Y, double[] W, double[] Wz, double[] Wzz) Noisy(double[] y, double[] z, double[] w, double deviation, double interval)
    {
        var spacing = deviation * interval;
        var half = (int)Math.Ceiling(NoiseRange / interval);
        var (first, last) = (Math.Floor(y.Min() / spacing) - half, Math.Floor(y.Max() / spacing) + half + 1);
        var shared = last - first < (double)z.Length * 2 * half;
        var count = shared ? (int)(last - first) + 1 : z.Length * (2 * half + 1);
        var (nodes, weight, weightZ, weightZz) = (new double[count], new double[count], new double[count], new double[count]);
        for (var i = 0; i < z.Length; i++)
        {
            var centre = shared ? Math.Floor(y[i] / spacing) : 0;
            var offset = shared ? (int)(centre - first) - half : i * (2 * half + 1);
            for (var k = 0; k <= 2 * half; k++)
            {
                var node = shared ? (centre + k - half) * spacing : y[i] + (k - half) * spacing;
                var xi = (node - y[i]) / deviation;
                var share = w[i] * interval / Math.Sqrt(2 * Math.PI) * Math.Exp(-xi * xi / 2);
                nodes[offset + k] = node;
                weight[offset + k] += share;
                weightZ[offset + k] += share * z[i];
                weightZz[offset + k] += share * z[i] * z[i];
            }
        }
        return (Padded(nodes), Padded(weight), Padded(weightZ), Padded(weightZz));
    }

    // Gauss–Legendre on panels that end at the marks.
    private static (double[] Nodes, double[] Weights) Gaussian(IEnumerable<double> splits, double width)
    {
        double[] marks = [-Range, .. splits.Where(x => Math.Abs(x) < Range), Range];
        var (nodes, weights) = (new List<double>(), new List<double>());
        var rule = GaussLegendre.Rule(Order);
        for (var m = 1; m < marks.Length; m++)
        {
            var panels = (int)Math.Ceiling((marks[m] - marks[m - 1]) / width * (1 - 1e-12));
            var half = (marks[m] - marks[m - 1]) / panels / 2;
            for (var k = 0; k < panels; k++)
            {
                for (var i = 0; i < Order; i++)
                {
                    var z = marks[m - 1] + half * (2 * k + 1 + rule.Nodes[i]);
                    nodes.Add(z);
                    weights.Add(half * rule.Weights[i] * Math.Exp(-z * z / 2));
                }
            }
        }
        var total = weights.Sum();
        return ([.. nodes], [.. weights.Select(x => x / total)]);
    }

    private static double[] Padded(double[] values)
    {
        Array.Resize(ref values, (values.Length + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count);
        return values;
    }
}
