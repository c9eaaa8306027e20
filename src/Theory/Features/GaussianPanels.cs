using System.Numerics;
using Theory.Numerics.Quadrature;

namespace Theory.Features;

/// <summary>Composite Gauss–Legendre rules for averages over a standard Gaussian number, on panels of one's own.</summary>
internal static class GaussianPanels
{
    /// <summary>Nodes of each panel.</summary>
    public const int Order = 10;

    /// <summary>Panels reach from −Range to Range.</summary>
    public const double Range = 10;

    /// <summary>The rule on panels with the given ends; its weights sum to 1.</summary>
    public static (double[] Nodes, double[] Weights) Rule(List<double> ends)
    {
        var rule = GaussLegendre.Rule(Order);
        var (nodes, weights) = (new double[(ends.Count - 1) * Order], new double[(ends.Count - 1) * Order]);
        for (var (panel, k) = (1, 0); panel < ends.Count; panel++)
        {
            var half = (ends[panel] - ends[panel - 1]) / 2;
            for (var i = 0; i < Order; i++, k++)
            {
                nodes[k] = ends[panel - 1] + half * (1 + rule.Nodes[i]);
                weights[k] = half * rule.Weights[i] * Math.Exp(-nodes[k] * nodes[k] / 2);
            }
        }
        var total = weights.Sum();
        for (var k = 0; k < weights.Length; k++) weights[k] /= total;
        return (nodes, weights);
    }

    /// <summary>The values, filled up with zeros to a multiple of the length of a <see cref="Vector{T}"/>.</summary>
    public static double[] Padded(double[] values)
    {
        Array.Resize(ref values, (values.Length + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count);
        return values;
    }
}
