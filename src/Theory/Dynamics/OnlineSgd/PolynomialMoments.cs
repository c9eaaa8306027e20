namespace Theory.Dynamics;

/// <summary>
/// Exact moments when all functions are polynomials. Products of polynomials of single fields obey
/// E Π_i P_i(x_i) = Σ_m Π_{i&lt;j} C_ij^{m_ij}/m_ij! Π_i E P_i^{(n_i)}(x_i) with n_i = Σ_j m_ij: Wick's theorem, summed over contractions between different fields.
/// </summary>
internal sealed class PolynomialMoments : IMomentRule
{
    private readonly int p, k, n;
    private readonly double noise;
    private readonly double[] readout;
    private readonly FieldPolynomials factors = new();

    // For F and G: products with their weights and places; for H and the risk the same.
    private readonly List<(WickProduct Product, double Weight, int Index)> f = [], g = [], h = [], risk = [];

    private PolynomialMoments(SgdTask task, List<(double Weight, Dictionary<int, double[]> Factors)> students, List<(double Weight, Dictionary<int, double[]> Factors)> labels, double[] sigma)
    {
        (p, k, n, noise, readout) = (task.Width, task.Teachers, task.Fields, task.Noise, [.. task.Readout]);
        var slope = FieldPolynomials.Differentiate(sigma);
        List<(double Weight, Dictionary<int, double[]> Factors)> all = [.. students, .. labels];
        var drift = task.Loss == SgdLoss.Square ? all : labels;
        AddSquares(risk, [], all, 0.5, 0);
        for (var j = 0; j < p; j++)
        {
            Dictionary<int, double[]> own = new() { [j] = slope };
            foreach (var (weight, term) in drift)
            {
                var product = FieldPolynomials.Multiply(own, term);
                for (var r = 0; r < k; r++) f.Add((Compile(product, p + r), readout[j] * weight, j * k + r));
                for (var b = 0; b < p; b++) g.Add((Compile(product, b), readout[j] * weight, j * p + b));
            }

            for (var b = 0; b <= j; b++)
            {
                var pair = FieldPolynomials.Multiply(own, new() { [b] = slope });
                AddSquares(h, pair, drift, readout[j] * readout[b], j * p + b);
                if (noise > 0) h.Add((Compile(pair), readout[j] * readout[b] * noise, j * p + b));
            }
        }
    }

    public string Name => "exact sum (polynomials)";

    public bool IsExact => true;

    /// <summary>The rule, unless it would need too many products.</summary>
    public static PolynomialMoments? TryCreate(SgdTask task, NumericPolynomial activation, NumericPolynomial target)
    {
        var sigma = activation.Coefficients;
        List<(double, Dictionary<int, double[]>)> students = [], labels = [];
        for (var j = 0; j < task.Width; j++) students.Add((-task.Readout[j] / task.Width, new() { [j] = sigma }));
        foreach (var (coefficient, exponents) in target.Terms)
        {
            Dictionary<int, double[]> factors = [];
            for (var r = 0; r < exponents.Length; r++)
            {
                if (exponents[r] > 0) factors[task.Width + r] = FieldPolynomials.Power(exponents[r]);
            }

            labels.Add((coefficient, factors));
        }

        if (FieldPolynomials.GroupOneField(labels, task.Fields) is { } grouped) labels = grouped;
        double terms = students.Count + labels.Count;
        return terms * terms * task.Width * task.Width > 4e6 ? null : new(task, students, labels, sigma);
    }

    public double Refine(ReadOnlySpan<double> omega, double tolerance, MomentValues values)
    {
        Evaluate(omega, values);
        return 0;
    }

    public void Evaluate(ReadOnlySpan<double> omega, MomentValues values)
    {
        values.Clear();
        factors.SetVariances(omega, n);
        foreach (var (product, weight, index) in f) values.F[index] += weight * product.Evaluate(omega, n, factors);
        foreach (var (product, weight, index) in g) values.G[index] += weight * product.Evaluate(omega, n, factors);
        foreach (var (product, weight, index) in h) values.H[index] += weight * product.Evaluate(omega, n, factors);
        values.Risk = SumOfRisk(omega);
        for (var j = 0; j < p; j++)
            for (var b = 0; b < j; b++) values.H[b * p + j] = values.H[j * p + b];
    }

    public double Risk(ReadOnlySpan<double> omega)
    {
        factors.SetVariances(omega, n);
        return SumOfRisk(omega);
    }

    private double SumOfRisk(ReadOnlySpan<double> omega)
    {
        var sum = 0.0;
        foreach (var (product, weight, _) in risk) sum += weight * product.Evaluate(omega, n, factors);
        return Math.Max(sum, 0);
    }

    private void AddSquares(
        List<(WickProduct Product, double Weight, int Index)> into, Dictionary<int, double[]> common, List<(double Weight, Dictionary<int, double[]> Factors)> terms, double weight, int index)
    {
        for (var t = 0; t < terms.Count; t++)
        {
            var once = FieldPolynomials.Multiply(common, terms[t].Factors);
            for (var u = 0; u <= t; u++)
                into.Add((Compile(FieldPolynomials.Multiply(once, terms[u].Factors)), weight * terms[t].Weight * terms[u].Weight * (t == u ? 1 : 2), index));
        }
    }

    private WickProduct Compile(Dictionary<int, double[]> product, int linear) => Compile(FieldPolynomials.Multiply(product, new() { [linear] = [0, 1] }));

    private WickProduct Compile(Dictionary<int, double[]> product) => WickProduct.Of(product, factors);
}
