using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Channels;

/// <summary>What remains unknown of a function of a field of which a part is known.</summary>
internal static class ConditionalSpread
{
    private const double Range = 8;

    /// <summary>E_ω Var(g(ω + √V ζ) | ω) for ω ~ N(0, q).</summary>
    public static double Of(ScalarFunction g, double q, double variance)
    {
        var (root, width) = (Math.Sqrt(q), Math.Sqrt(variance));
        var inner = new FocusedPanels(12, 1.7);
        var outer = new FieldPanels(g, q + variance, Range).Lay(q, variance, isEven: false);
        double sum = 0;
        for (var i = 0; i < outer.Nodes.Length; i++)
            sum += outer.Weights[i] * GaussianTail.Density(outer.Nodes[i]) * Variance(g, root * outer.Nodes[i], width, inner);
        return sum;
    }

    private static double Variance(ScalarFunction g, double omega, double width, FocusedPanels panels)
    {
        panels.Reset(-Range, Range);
        foreach (var split in g.SplitPoints) panels.AddBreak((split - omega) / width);
        panels.Build();
        var nodes = panels.Nodes;
        Span<double> values = nodes.Length <= 1024 ? stackalloc double[nodes.Length] : new double[nodes.Length];
        for (var i = 0; i < nodes.Length; i++) values[i] = omega + width * nodes[i];
        g.Evaluate(values, values);
        double mass = 0, mean = 0, square = 0;
        for (var i = 0; i < nodes.Length; i++)
        {
            var weight = panels.Weights[i] * GaussianTail.Density(nodes[i]);
            (mass, mean) = (mass + weight, mean + weight * values[i]);
        }
        mean /= mass;
        for (var i = 0; i < nodes.Length; i++)
            square += panels.Weights[i] * GaussianTail.Density(nodes[i]) * (values[i] - mean) * (values[i] - mean);
        return square / mass;
    }
}
