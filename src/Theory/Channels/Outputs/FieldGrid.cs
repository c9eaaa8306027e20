using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Channels;

/// <summary>
/// Fields τ and noisy labels y on grids that suit every ω as long as V is not small: the kernel of the noise between them is computed once, and each ω costs products only.
/// </summary>
internal sealed class FieldGrid
{
    /// <summary>Smallest V that the grids resolve, in units of ρ.</summary>
    public const double LeastVariance = 0.02;

    private const double Range = 7.5;
    private const int PanelNodes = 8;
    private const double WidestPanel = 1.7;
    private const double LargestChange = 3;

    private readonly double[] fields;
    private readonly double[] labelWeights;
    private readonly int[][] panels;
    private readonly double[][] kernels;
    private readonly double[] masses;
    private readonly double[] moments;

    public FieldGrid(ScalarFunction g, LabelPieces pieces, double[] critical, double noise, double rho)
    {
        var (deviation, root) = (Math.Sqrt(noise), Math.Sqrt(rho));
        var resolution = Math.Sqrt(LeastVariance * rho);
        var (nodes, weights, ranges) = Fields(g, root, resolution, deviation);
        fields = nodes;
        var labels = new double[nodes.Length];
        g.Evaluate(nodes, labels);
        (masses, moments) = (new double[nodes.Length], new double[nodes.Length]);

        var reach = Range * deviation;
        var (ys, yWeights) = Labels(pieces, critical, labels.Min() - reach, labels.Max() + reach, deviation, resolution);
        (labelWeights, panels, kernels) = (yWeights, new int[ys.Length][], new double[ys.Length][]);
        var norm = 1 / Math.Sqrt(2 * Math.PI * noise);
        for (var l = 0; l < ys.Length; l++)
        {
            panels[l] = [.. Enumerable.Range(0, ranges.Count).Where(p => ys[l] >= ranges[p].Low - reach && ys[l] <= ranges[p].High + reach)];
            kernels[l] = new double[panels[l].Length * PanelNodes];
            for (var i = 0; i < kernels[l].Length; i++)
            {
                var k = panels[l][i / PanelNodes] * PanelNodes + i % PanelNodes;
                kernels[l][i] = norm * weights[k] * Math.Exp(-0.5 * (ys[l] - labels[k]) * (ys[l] - labels[k]) / noise);
            }
        }
    }

    /// <summary>∫ dy (E (τ − ω) K)²/E K, or ∫ dy E K log E K, over τ ~ N(ω, V).</summary>
    public double OverLabels(double omega, double variance, bool evidence)
    {
        var norm = 1 / Math.Sqrt(2 * Math.PI * variance);
        var width = Range * Math.Sqrt(variance);
        var first = LowerBound(omega - width) / PanelNodes;
        var last = (LowerBound(omega + width) - 1) / PanelNodes;
        if (last < first) return 0;
        var (from, count) = (first * PanelNodes, (last - first + 1) * PanelNodes);
        var mass = masses.AsSpan(from, count);
        var moment = moments.AsSpan(from, count);
        for (var k = 0; k < count; k++)
        {
            moment[k] = fields[from + k] - omega;
            mass[k] = -0.5 / variance * moment[k] * moment[k];
        }
        TensorPrimitives.Exp(mass, mass);
        TensorPrimitives.Multiply(mass, norm, mass);
        TensorPrimitives.Multiply(mass, moment, moment);

        double sum = 0;
        for (var l = 0; l < kernels.Length; l++)
        {
            var (total, shift) = Row(l, first, last);
            if (total > 0) sum += labelWeights[l] * (evidence ? total * Math.Log(total) : shift * shift / total);
        }
        return sum;
    }

    private (double Mass, double Moment) Row(int l, int first, int last)
    {
        var kernel = MemoryMarshal.Cast<double, Vector256<double>>(kernels[l].AsSpan());
        var mass = MemoryMarshal.Cast<double, Vector256<double>>(masses.AsSpan());
        var moment = MemoryMarshal.Cast<double, Vector256<double>>(moments.AsSpan());
        var (total, shift) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var row = panels[l];
        for (var i = 0; i < row.Length; i++)
        {
            var p = row[i];
            if (p < first) continue;
            if (p > last) break;
            total = Vector256.MultiplyAddEstimate(kernel[2 * i], mass[2 * p], total);
            shift = Vector256.MultiplyAddEstimate(kernel[2 * i], moment[2 * p], shift);
            total = Vector256.MultiplyAddEstimate(kernel[2 * i + 1], mass[2 * p + 1], total);
            shift = Vector256.MultiplyAddEstimate(kernel[2 * i + 1], moment[2 * p + 1], shift);
        }
        return (Vector256.Sum(total), Vector256.Sum(shift));
    }

    private int LowerBound(double field)
    {
        var index = Array.BinarySearch(fields, field);
        return index < 0 ? ~index : index;
    }

    private static (double[] Nodes, double[] Weights, List<(double Low, double High)> Ranges) Fields(ScalarFunction g, double root, double resolution, double deviation)
    {
        var (rule, nodes, weights, ranges) = (GaussLegendre.Rule(PanelNodes), new List<double>(), new List<double>(), new List<(double, double)>());
        Span<double> labels = stackalloc double[PanelNodes];
        var stack = new Stack<(double From, double To, int Depth)>();
        var cuts = g.SplitPoints.Where(s => Math.Abs(s) < Range * root).Prepend(-Range * root).Append(Range * root).ToArray();
        for (var c = cuts.Length - 2; c >= 0; c--) stack.Push((cuts[c], cuts[c + 1], 0));
        while (stack.TryPop(out var panel))
        {
            var (from, to, depth) = panel;
            var edge = 1e-9 * (to - from);
            var (a, b, m) = (g.Evaluate(from + edge), g.Evaluate(to - edge), g.Evaluate(0.5 * (from + to)));
            if (depth < 30 && (to - from > WidestPanel * resolution || Math.Max(a, Math.Max(b, m)) - Math.Min(a, Math.Min(b, m)) > LargestChange * deviation))
            {
                stack.Push((0.5 * (from + to), to, depth + 1));
                stack.Push((from, 0.5 * (from + to), depth + 1));
                continue;
            }
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var i = 0; i < PanelNodes; i++)
            {
                nodes.Add(0.5 * (from + to) + 0.5 * (to - from) * rule.Nodes[i]);
                weights.Add(0.5 * (to - from) * rule.Weights[i]);
                labels[i] = g.Evaluate(nodes[^1]);
                (low, high) = (Math.Min(low, labels[i]), Math.Max(high, labels[i]));
            }
            ranges.Add((low, high));
        }
        return ([.. nodes], [.. weights], ranges);
    }

    /// <summary>Panels as wide as the noise, or as the labels of the least uncertain field where g is steep at all fields of a label.</summary>
    private static (double[] Nodes, double[] Weights) Labels(LabelPieces pieces, double[] critical, double low, double high, double deviation, double resolution)
    {
        var (rule, nodes, weights, stack) = (GaussLegendre.Rule(10), new List<double>(), new List<double>(), new Stack<(double From, double To)>());
        double Slope(double label) => pieces.Pieces.Where(p => p.Least <= label && label <= p.Most).Select(p => pieces.Slope(pieces.FieldOf(p, label))).DefaultIfEmpty(0).Min();
        stack.Push((low, high));
        while (stack.TryPop(out var panel))
        {
            var (from, to) = panel;
            var allowed = 1.9 * deviation;
            if (to - from > allowed && !critical.Any(c => c > from - 2 * deviation && c < to + 2 * deviation))
                allowed = Math.Max(allowed, 1.9 * resolution * Math.Min(Slope(from), Math.Min(Slope(to), Slope(0.5 * (from + to)))));
            if (to - from > allowed)
            {
                stack.Push((0.5 * (from + to), to));
                stack.Push((from, 0.5 * (from + to)));
                continue;
            }
            for (var i = 0; i < rule.Count; i++)
            {
                nodes.Add(0.5 * (from + to) + 0.5 * (to - from) * rule.Nodes[i]);
                weights.Add(0.5 * (to - from) * rule.Weights[i]);
            }
        }
        return ([.. nodes], [.. weights]);
    }
}
