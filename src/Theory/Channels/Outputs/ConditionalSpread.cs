using Theory.Hermite;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Channels;

/// <summary>What remains unknown of a function of a field of which a part is known.</summary>
internal static class ConditionalSpread
{
    /// <summary>E_ω Var(g(ω + √V ζ) | ω) for ω ~ N(0, q).</summary>
    public static double Of(ScalarFunction g, double q, double variance)
    {
        var (root, width) = (Math.Sqrt(q), Math.Sqrt(variance));
        var panels = new FocusedPanels(12, 1.5);
        panels.Reset(-8.5, 8.5);
        if (root > 0)
            foreach (var split in g.SplitPoints) panels.AddFocus(split / root, 2 * width / root);
        panels.Build();
        double sum = 0;
        for (var i = 0; i < panels.Nodes.Length; i++)
        {
            var moments = SmoothedMoments.Of(g, root * panels.Nodes[i], width);
            sum += panels.Weights[i] * GaussianTail.Density(panels.Nodes[i]) * Math.Max(0, moments.SecondMoment - moments.Mean * moments.Mean);
        }
        return sum;
    }
}
