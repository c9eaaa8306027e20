namespace Theory.Dynamics;

/// <summary>Polynomials of single Gaussian fields with the expectations of their derivatives, E P^{(m)}(√v x) for m = 0 … deg P, at the variances set last.</summary>
internal sealed class FieldPolynomials
{
    private readonly List<(int Field, double[] Coefficients, double[] Smoothed)> known = [];
    private readonly Dictionary<(int, string), int> index = [];

    public static double[] Power(int exponent)
    {
        var result = new double[exponent + 1];
        result[exponent] = 1;
        return result;
    }

    public static double[] Differentiate(double[] coefficients) => coefficients.Length <= 1 ? [0] : [.. coefficients.Skip(1).Select((c, m) => (m + 1) * c)];

    public static Dictionary<int, double[]> Multiply(Dictionary<int, double[]> a, Dictionary<int, double[]> b)
    {
        Dictionary<int, double[]> result = new(a);
        foreach (var (field, other) in b)
        {
            if (!result.TryGetValue(field, out var own))
            {
                result[field] = other;
                continue;
            }

            var product = new double[own.Length + other.Length - 1];
            for (var i = 0; i < own.Length; i++)
                for (var j = 0; j < other.Length; j++) product[i + j] += own[i] * other[j];
            result[field] = product;
        }

        return result;
    }

    /// <summary>Adds up terms that depend on one and the same field only.</summary>
    public static List<(double Weight, Dictionary<int, double[]> Factors)>? GroupOneField(List<(double Weight, Dictionary<int, double[]> Factors)> terms, int fields)
    {
        List<(double Weight, Dictionary<int, double[]> Factors)> result = [.. terms.Where(t => t.Factors.Count != 1)];
        for (var field = 0; field < fields; field++)
        {
            var own = terms.Where(t => t.Factors.Count == 1 && t.Factors.ContainsKey(field)).ToArray();
            if (own.Length == 0) continue;
            var sum = new double[own.Max(t => t.Factors[field].Length)];
            foreach (var (weight, factors) in own)
                for (var m = 0; m < factors[field].Length; m++) sum[m] += weight * factors[field][m];
            result.Add((1, new() { [field] = sum }));
        }

        return result.Count < terms.Count ? result : null;
    }

    public int Intern(int field, double[] coefficients)
    {
        var key = (field, string.Join(' ', coefficients.Select(c => c.ToString("R", System.Globalization.CultureInfo.InvariantCulture))));
        if (index.TryGetValue(key, out var id)) return id;
        known.Add((field, coefficients, new double[coefficients.Length]));
        return index[key] = known.Count - 1;
    }

    public double[] Smoothed(int id) => known[id].Smoothed;

    public void SetVariances(ReadOnlySpan<double> omega, int n)
    {
        foreach (var (field, coefficients, smoothed) in known)
        {
            var variance = omega[field * n + field];
            for (var m = 0; m < coefficients.Length; m++)
            {
                // Σ_j c_{m+2j} (m + 2j)!/(2j)! (2j − 1)!! v^j, the factorials as a running product.
                var (sum, factor) = (0.0, 1.0);
                for (var i = 2; i <= m; i++) factor *= i;
                for (var j = 0; m + 2 * j < coefficients.Length; j++)
                {
                    sum += coefficients[m + 2 * j] * factor;
                    factor *= (m + 2.0 * j + 1) * (m + 2.0 * j + 2) / (2.0 * j + 2) * variance;
                }

                smoothed[m] = sum;
            }
        }
    }
}

/// <summary>A product of polynomials of different fields.</summary>
internal sealed class WickProduct
{
    private readonly int[] fields, ids, used;
    private double[][]? smoothed;

    private WickProduct(int[] fields, int[] ids) => (this.fields, this.ids, used) = (fields, ids, new int[fields.Length]);

    public static WickProduct Of(Dictionary<int, double[]> factors, FieldPolynomials polynomials)
    {
        int[] fields = [.. factors.Keys.Order()];
        return new(fields, [.. fields.Select(field => polynomials.Intern(field, factors[field]))]);
    }

    public double Evaluate(ReadOnlySpan<double> omega, int n, FieldPolynomials polynomials)
    {
        smoothed ??= [.. ids.Select(polynomials.Smoothed)];
        return fields.Length == 0 ? 1 : Contract(omega, n, 0, 1);
    }

    /// <summary>Sums over the contractions of field i with j, j + 1, …; then over those of the fields after i.</summary>
    private double Contract(ReadOnlySpan<double> omega, int n, int i, int j)
    {
        if (j == fields.Length)
        {
            var own = smoothed![i][used[i]];
            return own == 0 || i == fields.Length - 1 ? own : own * Contract(omega, n, i + 1, i + 2);
        }

        var covariance = omega[fields[i] * n + fields[j]];
        var most = covariance == 0 ? 0 : Math.Min(smoothed![i].Length - 1 - used[i], smoothed[j].Length - 1 - used[j]);
        var (sum, weight) = (0.0, 1.0);
        for (var m = 0; m <= most; m++)
        {
            sum += weight * Contract(omega, n, i, j + 1);
            weight *= covariance / (m + 1);
            used[i]++;
            used[j]++;
        }

        used[i] -= most + 1;
        used[j] -= most + 1;
        return sum;
    }
}
