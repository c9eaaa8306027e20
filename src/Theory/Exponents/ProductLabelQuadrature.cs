namespace Theory.Exponents;

/// <summary>
/// E[g_a g_b] for labels that are an injective function of ∏ |z_i|^{a_i} ∏_{i∈O} sign z_i. In ℓ = Σ a_i ln|z_i| the densities of the
/// factors, 2φ(e^{ℓ/a}) e^{ℓ/a}/a, are entire and the weighted ones convolve: the trapezoidal rule is exact to rounding.
/// </summary>
internal static class ProductLabelQuadrature
{
    private const double Step = 1.0 / 64;
    private const double Reach = 45;

    /// <summary>The products of the moments E[z_i² − 1 | y] (first, one per variable) and, when exactly two signs enter, E[z_i z_j | y].</summary>
    /// <param name="exponents">The exponents a_i, positive.</param>
    /// <param name="signed">The variables whose sign enters.</param>
    internal static (double[] Lower, MomentLayout Layout) Integrate(IReadOnlyList<double> exponents, IReadOnlyList<int> signed)
    {
        var variables = exponents.Count;
        var layout = new MomentLayout(variables);
        List<double[]> densities = [Convolve(exponents, _ => z => 1)];
        for (var i = 0; i < variables; i++)
        {
            var which = i;
            densities.Add(Convolve(exponents, j => j == which ? z => (z * z) - 1 : z => 1));
            layout.Set(i, i, i);
        }
        if (signed.Count == 2)
        {
            densities.Add(Convolve(exponents, j => signed.Contains(j) ? z => z : z => 1));
            layout.Set(signed[0], signed[1], variables);
        }
        // The sign of the label multiplies the last moment; both signs give the same products, its cross terms cancel.
        var moments = densities.Count - 1;
        var products = new double[moments * (moments + 1) / 2];
        for (var point = 0; point < densities[0].Length; point++)
        {
            var p = densities[0][point];
            if (p < 1e-290)
                continue;
            for (int a = 1, index = 0; a <= moments; a++)
            {
                for (var b = 1; b <= a; b++, index++)
                {
                    if (a <= variables || b > variables)
                        products[index] += Step * densities[a][point] * densities[b][point] / p;
                }
            }
        }
        return (products, layout);
    }

    private static double[] Convolve(IReadOnlyList<double> exponents, Func<int, Func<double, double>> moment)
    {
        var result = Density(exponents[0], moment(0));
        for (var i = 1; i < exponents.Count; i++)
            result = Convolve(result, Density(exponents[i], moment(i)));
        return result;
    }

    /// <summary>The density of ℓ = a ln|z| times a moment of |z|, on the grid from −45 a.</summary>
    private static double[] Density(double exponent, Func<double, double> moment)
    {
        var low = (int)Math.Round(-Reach * exponent / Step);
        var high = (int)Math.Ceiling(3.5 * exponent / Step);
        var values = new double[high - low + 1];
        for (var i = 0; i < values.Length; i++)
        {
            var z = Math.Exp((low + i) * Step / exponent);
            values[i] = Math.Sqrt(2 / Math.PI) * Math.Exp(-z * z / 2) * z * moment(z) / exponent;
        }
        return values;
    }

    private static double[] Convolve(double[] left, double[] right)
    {
        var result = new double[left.Length + right.Length - 1];
        for (var i = 0; i < left.Length; i++)
        {
            if (Math.Abs(left[i]) < 1e-320)
                continue;
            for (var j = 0; j < right.Length; j++)
                result[i + j] += Step * left[i] * right[j];
        }
        return result;
    }
}
