using Theory.Numerics.Quadrature;

namespace Theory.Dynamics;

/// <summary>
/// Nodes of ∫ f(x) φ(x) dx within a radius: the trapezoidal rule, whose error falls exponentially for smooth f at any scale where Gauss–Hermite nodes are too sparse in the middle, or Gauss–Legendre
/// panels between the points where f is not smooth.
/// </summary>
internal sealed class NodeRule
{
    private const double PanelWidth = 4.5;
    private static readonly double Norm = 1 / Math.Sqrt(2 * Math.PI);
    private readonly double spacing;
    private readonly QuadratureRule panel;

    /// <summary>Sets the spacing of the trapezoidal rule; panels have an order that grows with its inverse, however narrow they are, so that every refinement tells.</summary>
    public NodeRule(double spacing) => (this.spacing, panel) = (spacing, GaussLegendre.Rule(Math.Min(400, 6 + (int)Math.Ceiling(0.8 * PanelWidth / spacing))));

    /// <summary>Appends nodes and weights on [−radius, radius], split at the given ascending points.</summary>
    public void Fill(double radius, ReadOnlySpan<double> splits, List<(double X, double Weight)> nodes)
    {
        nodes.Clear();
        var (lower, isSplit) = (-radius, false);
        foreach (var point in splits)
        {
            if (point <= -radius || point >= radius) continue;
            isSplit = true;
            AddPanels(lower, point, nodes);
            lower = point;
        }
        if (isSplit) AddPanels(lower, radius, nodes);
        else AddTrapezoid(radius, nodes);
    }

    private void AddTrapezoid(double radius, List<(double X, double Weight)> nodes)
    {
        var n = (int)(radius / spacing);
        for (var i = -n; i <= n; i++) nodes.Add((i * spacing, spacing * Density(i * spacing)));
    }

    private void AddPanels(double lower, double upper, List<(double X, double Weight)> nodes)
    {
        if (!(upper > lower)) return;
        var count = Math.Max(1, (int)Math.Ceiling((upper - lower) / PanelWidth));
        var half = (upper - lower) / (2 * count);
        for (var i = 0; i < count; i++)
        {
            var centre = lower + (2 * i + 1) * half;
            for (var q = 0; q < panel.Count; q++)
            {
                var x = centre + half * panel.Nodes[q];
                nodes.Add((x, half * panel.Weights[q] * Density(x)));
            }
        }
    }

    private static double Density(double x) => Norm * Math.Exp(-x * x / 2);
}
