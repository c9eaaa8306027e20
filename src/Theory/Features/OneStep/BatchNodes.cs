using System.Numerics;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>A quadrature over Z ~ N(0, 1) and the residual y = g(Z) + √Δ ξ − h₀ of one sample of the first batch: nodes y, and weights for averages of f(y), Z f(y), Z² f(y).</summary>
internal sealed class BatchNodes
{
    private const int Levels = 7;
    private const int Enough = 200_000;

    /// <summary>Range of ξ.</summary>
    private const double NoiseRange = 9;

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
        var (z, w) = GaussianPanels.Rule(Panels(target.SplitPoints, Math.Pow(2, -level)));
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
        (GaussianPanels.Padded(y), GaussianPanels.Padded(w), GaussianPanels.Padded([.. w.Zip(z, (a, b) => a * b)]), GaussianPanels.Padded([.. w.Zip(z, (a, b) => a * b * b)]));

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
        return (GaussianPanels.Padded(nodes), GaussianPanels.Padded(weight), GaussianPanels.Padded(weightZ), GaussianPanels.Padded(weightZz));
    }

    // Panels of about one width that end at the jumps and kinks of g.
    private static List<double> Panels(IEnumerable<double> splits, double width)
    {
        double[] marks = [-GaussianPanels.Range, .. splits.Where(x => Math.Abs(x) < GaussianPanels.Range), GaussianPanels.Range];
        var ends = new List<double> { marks[0] };
        for (var m = 1; m < marks.Length; m++)
        {
            var panels = (int)Math.Ceiling((marks[m] - marks[m - 1]) / width * (1 - 1e-12));
            for (var k = 1; k <= panels; k++) ends.Add(marks[m - 1] + (marks[m] - marks[m - 1]) * k / panels);
        }
        return ends;
    }
}
