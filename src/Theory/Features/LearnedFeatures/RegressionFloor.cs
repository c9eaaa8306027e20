namespace Theory.Features;

/// <summary>What no readout can fit: the distance of the target to the span of the functions c₀(ζ_qκ) and κc₁(ζ_qκ).</summary>
internal static class RegressionFloor
{
    /// <summary>Directions of the span shorter than this are rounding noise.</summary>
    private const double Rounding = 1e-11;

    /// <summary>min_θ E (g − θ·ψ)².</summary>
    public static double Of(VocabularyProjection projection)
    {
        var (k, nodes) = (projection.Count, projection.Weight.Length);
        var fit = new LeastSquaresFit(nodes, 2 * k, 0);
        var root = new double[nodes];
        for (var n = 0; n < nodes; n++) root[n] = Math.Sqrt(projection.Weight[n]);
        for (var q = 0; q < k; q++)
        {
            NodeVectors.Multiply(root, projection.Mean[q], fit.Column(q));
            NodeVectors.Multiply(root, projection.Slope[q], fit.Column(k + q));
        }
        NodeVectors.Multiply(root, projection.Target, fit.Column(2 * k));
        Array.Fill(root, 1);
        fit.Factor();
        fit.Solve(Rounding * Math.Sqrt(projection.SquaredSize(root)), new double[2 * k]);
        return fit.Residual;
    }
}
