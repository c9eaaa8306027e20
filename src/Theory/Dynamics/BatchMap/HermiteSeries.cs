namespace Theory.Dynamics;

/// <summary>Polynomials as orthonormal Hermite coefficients, f = Σ_k f_k h_k with h_k = He_k/√k!.</summary>
internal static class HermiteSeries
{
    public static double[] Single(int order)
    {
        var series = new double[order + 1];
        series[order] = 1;
        return series;
    }

    /// <summary>fg, by h_i h_j = Σ_r √(C(i,r) C(j,r) C(i+j−2r, i−r)) h_{i+j−2r}.</summary>
    public static double[] Product(double[] f, double[] g)
    {
        var product = new double[f.Length + g.Length - 1];
        for (var i = 0; i < f.Length; i++)
        {
            for (var j = 0; j < g.Length && f[i] != 0; j++)
            {
                for (var r = 0; r <= Math.Min(i, j) && g[j] != 0; r++)
                    product[i + j - 2 * r] += f[i] * g[j] * Math.Sqrt(Choose(i, r) * Choose(j, r) * Choose(i + j - 2 * r, i - r));
            }
        }
        return product;
    }

    /// <summary>f′, by h_k′ = √k h_{k−1}.</summary>
    public static double[] Derivative(double[] f)
    {
        var slope = new double[Math.Max(1, f.Length - 1)];
        for (var k = 1; k < f.Length; k++) slope[k - 1] = Math.Sqrt(k) * f[k];
        return slope;
    }

    /// <summary>E[f(s) g(l)] = Σ_k f_k g_k m^k for unit Gaussians of correlation m: the coefficients of this polynomial, added to others with a factor.</summary>
    public static void AddOverlap(double[] f, double[] g, double factor, double[] polynomial, int shift = 0)
    {
        for (var k = 0; k < Math.Min(f.Length, g.Length); k++)
            if (f[k] * g[k] != 0) polynomial[k + shift] += factor * f[k] * g[k];
    }

    public static double Choose(int n, int k)
    {
        var result = 1.0;
        for (var i = 1; i <= k; i++) result = result * (n - k + i) / i;
        return Math.Round(result);
    }
}
