using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Channels;

/// <summary>Panels for integrals over a known part ω of a field, of what a function makes of the whole.</summary>
internal sealed class FieldPanels
{
    private const int Levels = 12;
    private readonly FocusedPanels[] levels;
    private readonly double[] splits;
    private readonly double scale;
    private readonly double range;

    /// <param name="g">The function.</param>
    /// <param name="rho">Variance of the field.</param>
    /// <param name="range">Reach in standard deviations of ω.</param>
    public FieldPanels(ScalarFunction g, double rho, double range)
    {
        (this.range, splits) = (range, [.. g.SplitPoints]);
        levels = [.. Enumerable.Range(0, Levels).Select(k => new FocusedPanels(10, 2.0 / (1 << k)))];
        scale = Scale(g, Math.Sqrt(rho));
    }

    /// <summary>Panels in ω/√q: no wider than what changes over √V, or over the scale of the function itself, and finer at its splits.</summary>
    public FocusedPanels Lay(double q, double variance, bool isEven)
    {
        var (root, width) = (Math.Sqrt(q), Math.Sqrt(variance));
        var level = 0;
        while (level < Levels - 1 && 2.0 / (1 << level) * root > 2 * Math.Max(width, scale)) level++;
        var panels = levels[level];
        panels.Reset(isEven ? 0 : -range, range);
        if (root > 0)
            foreach (var split in splits) panels.AddFocus(split / root, 1.5 * width / root);
        panels.Build();
        return panels;
    }

    /// <summary>Over which the slope of the function changes: the largest slope by the largest curvature, jumps and kinks left out.</summary>
    private static double Scale(ScalarFunction g, double root)
    {
        const int Samples = 400;
        const double Step = 1e-3;
        var (slope, curvature) = (0.0, 0.0);
        for (var i = 0; i < Samples; i++)
        {
            var z = 5 * root * (2 * (i + 0.4876) / Samples - 1);
            var step = Step * root;
            if (g.Breakpoints.Any(b => Math.Abs(b - z) < 2 * step)) continue;
            var (left, centre, right) = (g.Evaluate(z - step), g.Evaluate(z), g.Evaluate(z + step));
            slope = Math.Max(slope, Math.Abs(right - left) / (2 * step));
            curvature = Math.Max(curvature, Math.Abs(right - 2 * centre + left) / (step * step));
        }
        return curvature * root > 1e-6 * slope ? 1.2 * slope / curvature : 1e6 * root;
    }
}
