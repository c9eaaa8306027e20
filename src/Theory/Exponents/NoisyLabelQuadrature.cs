using System.Numerics.Tensors;
using MathNet.Numerics.Integration;
using Theory.Contract;

namespace Theory.Exponents;

/// <summary>
/// E[g_j(Y) g_k(Y)] with g_j(y) = E[moment_j | Y = y] for Y = h(u) + N(0, Δ): the densities over u are integrated against the noise kernel
/// by Gauss–Legendre panels so short that the label moves by less than two noise widths on each, then the ratio over y adaptively.
/// </summary>
internal sealed class NoisyLabelQuadrature
{
    private const int NodesPerPanel = 10;
    private const int MaxNodes = 4_000_000;
    private const int MostPlaneNodes = 2_000_000;
    private const double KernelReach = 9;

    private readonly double width;
    private readonly double[] labels;
    private readonly double[][] weights;
    private readonly double[] kernel;
    private readonly double[] sums;
    private double mixing;

    private NoisyLabelQuadrature(int moments, double variance, Action<NoisyLabelQuadrature, List<(double Label, double[] Weights)>> fill)
    {
        width = Math.Sqrt(variance);
        List<(double Label, double[] Weights)> nodes = [];
        fill(this, nodes);
        nodes.Sort((a, b) => a.Label.CompareTo(b.Label));
        labels = [.. nodes.Select(node => node.Label)];
        weights = [.. Enumerable.Range(0, moments + 1).Select(j => nodes.Select(node => node.Weights[j]).ToArray())];
        (kernel, sums) = (new double[labels.Length], new double[moments + 1]);
    }

    internal static (double[] Lower, double Error) Integrate(IReadOnlyList<LabelSheet> sheets, int moments, double variance) => Of(sheets, moments, variance)(0);

    /// <summary>The integrals as a function of the mixing q, by which the products are divided as 1 − q + q (1 + g_1(Y)), see <see cref="SpectralMethod"/>.</summary>
    internal static Func<double, (double[] Lower, double Error)> Of(IReadOnlyList<LabelSheet> sheets, int moments, double variance)
    {
        var quadrature = new NoisyLabelQuadrature(moments, variance, (self, nodes) =>
        {
            foreach (var sheet in sheets)
                self.AddNodes(nodes, sheet, moments);
        });
        double[] critical = [.. sheets.Select(MonotonePieces.Of).SelectMany(found => found.Monotone.Concat(found.Flat)).SelectMany(piece => (double[])[piece.AtFrom, piece.AtTo])];
        return mixing =>
        {
            quadrature.mixing = mixing;
            return quadrature.OverLabel(moments, critical);
        };
    }

    /// <summary>The same for a label of two coordinates; <see langword="null"/> when the noise is too small for the range of the label.</summary>
    internal static (double[] Lower, double Error)? TryIntegrate(PlaneLabel label, int moments, double variance)
    {
        var mesh = new PlaneMesh(label);
        // A rule of fewer nodes tells of kinks that the cells do not follow.
        if (With(8) is not var (fine, error) || With(5) is not var (coarse, _))
            return null;
        return (fine, Math.Max(error, fine.Zip(coarse, (a, b) => Math.Abs(a - b)).Max()));

        (double[] Lower, double Error)? With(int order)
        {
            var rule = new GaussLegendreRule(-1, 1, order);
            var quadrature = new NoisyLabelQuadrature(moments, variance, (self, nodes) =>
            {
                foreach (var cell in mesh.Cells)
                    self.AddNodes(nodes, label, cell, moments, rule, 20);
            });
            return quadrature.labels.Length <= MostPlaneNodes ? quadrature.OverLabel(moments, mesh.CriticalLabels) : null;
        }
    }

    private (double[] Lower, double Error) OverLabel(int moments, IEnumerable<double> critical)
    {
        var panels = new AdaptivePanels(moments * (moments + 1) / 2, Products, 1e-12);
        var cuts = Cuts(critical, labels[0] - (KernelReach * width), labels[^1] + (KernelReach * width));
        for (var i = 0; i + 1 < cuts.Count; i++)
            panels.Add(cuts[i], cuts[i + 1], double.PositiveInfinity);
        return (panels.Total, panels.Error);
    }

    /// <summary>Panels of a few noise widths around each critical label, doubling away from it.</summary>
    private List<double> Cuts(IEnumerable<double> critical, double low, double high)
    {
        SortedSet<double> cuts = [low, high];
        foreach (var label in critical)
        {
            for (var step = 0.0; step < high - low; step = Math.Max(4 * width, 2 * step))
            {
                cuts.Add(Math.Clamp(label - step, low, high));
                cuts.Add(Math.Clamp(label + step, low, high));
            }
        }
        List<double> spaced = [low];
        foreach (var cut in cuts)
        {
            if (cut - spaced[^1] > width)
                spaced.Add(cut);
        }
        spaced[^1] = high;
        return spaced;
    }

    private void AddNodes(List<(double Label, double[] Weights)> nodes, LabelSheet sheet, int moments)
    {
        var rule = new GaussLegendreRule(-1, 1, NodesPerPanel);
        double[] cuts = [sheet.Lower, .. sheet.Breakpoints.Where(b => b > sheet.Lower && b < sheet.Upper).Distinct().Order(), sheet.Upper];
        for (var i = 0; i + 1 < cuts.Length; i++)
        {
            var pieces = Math.Max(1, (int)Math.Ceiling((cuts[i + 1] - cuts[i]) / 0.5));
            for (var piece = 0; piece < pieces; piece++)
            {
                var length = (cuts[i + 1] - cuts[i]) / pieces;
                Split(cuts[i] + (piece * length), cuts[i] + ((piece + 1) * length), 40);
            }
        }

        void Split(double from, double to, int depth)
        {
            var middle = 0.5 * (from + to);
            var (quarter, other) = (0.25 * (to - from), sheet.Value(middle));
            var travel = Math.Abs(sheet.Value(middle - quarter) - other) + Math.Abs(sheet.Value(middle + quarter) - other);
            if (travel > width && depth > 0 && !double.IsNaN(travel))
            {
                Split(from, middle, depth - 1);
                Split(middle, to, depth - 1);
                return;
            }
            CheckCount(nodes.Count);
            for (var node = 0; node < NodesPerPanel; node++)
            {
                var u = middle + (0.5 * (to - from) * rule.GetAbscissa(node));
                var density = new double[moments + 1];
                sheet.Densities(u, density);
                for (var j = 0; j <= moments; j++)
                    density[j] *= 0.5 * (to - from) * rule.GetWeight(node);
                if (double.IsFinite(sheet.Value(u)))
                    nodes.Add((sheet.Value(u), density));
            }
        }
    }

    private void AddNodes(List<(double Label, double[] Weights)> nodes, PlaneLabel label, PlaneCell cell, int moments, GaussLegendreRule rule, int depth)
    {
        // Beyond this weight a cell adds less than the tolerance, however coarse.
        var isHeavy = cell.LeastSquare < 60;
        if (Math.Max(cell.TravelX, cell.TravelY) > 2 * width && depth > 0 && isHeavy)
        {
            foreach (var half in cell.Halves(label, cell.TravelX > cell.TravelY))
                AddNodes(nodes, label, half, moments, rule, depth - 1);
            return;
        }
        if (nodes.Count > MostPlaneNodes)
            return;
        var (halfX, halfY) = (0.5 * (cell.X1 - cell.X0), 0.5 * (cell.Y1 - cell.Y0));
        for (var i = 0; i < rule.Order; i++)
        {
            for (var j = 0; j < rule.Order; j++)
            {
                var (x, y) = (cell.X0 + (halfX * (1 + rule.GetAbscissa(i))), cell.Y0 + (halfY * (1 + rule.GetAbscissa(j))));
                var density = new double[moments + 1];
                label.Densities(x, y, density);
                // Far cells carry no weight worth a node.
                if (density[0] * halfX * halfY < 1e-22)
                    continue;
                for (var moment = 0; moment <= moments; moment++)
                    density[moment] *= halfX * halfY * rule.GetWeight(i) * rule.GetWeight(j);
                nodes.Add((label.Value(x, y), density));
            }
        }
    }

    private void CheckCount(int count)
    {
        if (count > MaxNodes)
            throw new UnsupportedException($"noise of variance {width * width:g3} is too small for the range of the label; use noise = 0 or at least 1e-8 of its variance.");
    }

    private void Products(double label, double[] output)
    {
        var (from, to) = (LowerBound(label - (KernelReach * width)), LowerBound(label + (KernelReach * width)));
        var window = kernel.AsSpan(0, to - from);
        TensorPrimitives.Subtract(labels.AsSpan(from, to - from), label, window);
        TensorPrimitives.Multiply(window, window, window);
        TensorPrimitives.Multiply(window, -0.5 / (width * width), window);
        TensorPrimitives.Exp(window, window);
        for (var j = 0; j < sums.Length; j++)
            sums[j] = TensorPrimitives.Dot(window, weights[j].AsSpan(from, to - from)) / (width * Math.Sqrt(2 * Math.PI));
        var inverse = sums[0] > 1e-300 ? 1 / (sums[0] + (mixing * sums[1])) : 0;
        for (int j = 1, index = 0; j < sums.Length; j++)
        {
            for (var k = 1; k <= j; k++)
                output[index++] = sums[j] * sums[k] * inverse;
        }
    }

    private int LowerBound(double label)
    {
        var position = Array.BinarySearch(labels, label);
        return position < 0 ? ~position : position;
    }
}
