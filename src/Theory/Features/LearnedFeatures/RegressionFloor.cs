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
        var size = 0.0;
        for (var n = 0; n < nodes; n++)
        {
            var root = Math.Sqrt(projection.Weight[n]);
            for (var q = 0; q < k; q++)
            {
                var (mean, slope) = (root * projection.Mean[q][n], root * projection.Kappa[n] * projection.Linear[q][n]);
                (fit.Column(q)[n], fit.Column(k + q)[n]) = (mean, slope);
                size += mean * mean + slope * slope;
            }
            fit.Column(2 * k)[n] = root * projection.Target[n];
        }
        fit.Factor();
        fit.Solve(Rounding * Math.Sqrt(size), new double[2 * k]);
        return fit.Residual;
    }
}
