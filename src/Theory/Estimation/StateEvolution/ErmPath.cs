namespace Theory.Estimation;

/// <summary>Paths of continuation, in logarithms.</summary>
internal static class ErmPath
{
    /// <summary>λ comes down, by factors of 10, from where the weights hardly move; −∞ is λ = 0.</summary>
    public static double[] Descending(double lambda, double alpha, IRidgePrior prior)
    {
        double strong = 0;
        for (var c = 0; c < prior.Clusters; c++) strong = Math.Max(strong, prior.MeanEigenvalue(c));
        strong *= Math.Max(1, alpha);
        var path = new List<double> { Math.Log(lambda) };
        for (var larger = lambda > 0 ? 10 * lambda : 1e-10 * strong; larger < 10 * strong; larger *= 10) path.Add(Math.Log(larger));
        path.Reverse();
        return [.. path];
    }

    /// <summary>α comes up from a small one, at λ = 1: for losses that λ → 0⁺ leaves without a scale, where V stands for λV.</summary>
    public static double[] Ascending(double alpha)
    {
        var path = new List<double> { Math.Log(alpha) };
        for (var smaller = alpha / 1.5; smaller > 0.02 * Math.Min(1, alpha); smaller /= 1.5) path.Add(Math.Log(smaller));
        path.Reverse();
        return [.. path];
    }
}
