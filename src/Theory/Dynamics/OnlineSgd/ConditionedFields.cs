using System.Numerics.Tensors;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>
/// The fields of an additive error given none, one or two of them. Given those, x_i = μ_i + √v_i ξ_i with correlations ρ_ii′ of the ξ, and with the Hermite coefficients
/// S_iq = E[φ_i(μ_i + √v_i ξ) ĥ_q(ξ)] Mehler's formula gives Cov(φ_i, φ_i′) = Σ_{q≥1} ρ_ii′^q S_iq S_i′q; the variances are computed directly.
/// </summary>
internal sealed class ConditionedFields
{
    public const int MaxOrder = 48;
    private const double Range = 12;
    private const double LeastShare = 1e-13;

    private readonly int n;
    private readonly ScalarFunction[] functions;
    private readonly double[] slopes, spread, correlation, series, variance;
    private double[] nodes = [], table = [], points = [], values = [];
    private int order;

    public ConditionedFields(ScalarFunction[] functions)
    {
        (this.functions, n) = (functions, functions.Length);
        (slopes, spread, correlation) = (new double[2 * n], new double[n], new double[n * n]);
        (series, variance) = (new double[n * (MaxOrder + 1)], new double[n]);
    }

    /// <summary>Largest bound so far of what the truncated series leaves out, on the scale of the functions' variances.</summary>
    public double Truncation { get; set; }

    /// <summary>Number of independent coordinates of the given fields: 0, 1 or 2.</summary>
    public int Dimensions { get; private set; }

    /// <summary>E φ_i.</summary>
    public double Mean(int i) => series[i * (MaxOrder + 1)];

    /// <summary>E φ_i′(x_i), where v_i is positive.</summary>
    public double MeanSlope(int i) => spread[i] > 0 ? series[i * (MaxOrder + 1) + 1] / spread[i] : 0;

    /// <summary>Regression coefficient of field i on a coordinate.</summary>
    public double Slope(int i, int coordinate) => slopes[2 * i + coordinate];

    /// <summary>Sets the spacing of the inner nodes.</summary>
    public void SetSpacing(double spacing)
    {
        var half = (int)Math.Ceiling(Range / spacing);
        var count = 2 * half + 1;
        nodes = [.. Enumerable.Range(-half, count).Select(i => i * spacing)];
        (points, values) = (new double[count], new double[count]);
        table = new double[(MaxOrder + 1) * count];
        for (var i = 0; i < count; i++)
        {
            var weight = spacing * 0.3989422804014327 * Math.Exp(-0.5 * nodes[i] * nodes[i]);
            var (lower, upper) = (0.0, 1.0);
            for (var q = 0; q <= MaxOrder; q++)
            {
                table[q * count + i] = weight * upper;
                (lower, upper) = (upper, (nodes[i] * upper - Math.Sqrt(q) * lower) / Math.Sqrt(q + 1));
            }
        }
    }

    /// <summary>Conditions on fields j and b (the same, or −1 for none).</summary>
    public void Condition(ReadOnlySpan<double> omega, int j, int b)
    {
        Array.Clear(slopes);
        Dimensions = 0;
        if (j >= 0) AddCoordinate(omega, j);
        if (b >= 0 && b != j) AddCoordinate(omega, b);
        for (var i = 0; i < n; i++)
        {
            var left = omega[i * n + i] - slopes[2 * i] * slopes[2 * i] - slopes[2 * i + 1] * slopes[2 * i + 1];
            spread[i] = left > LeastShare * omega[i * n + i] ? Math.Sqrt(left) : 0;
        }

        var largest = 0.0;
        for (var i = 0; i < n; i++)
        {
            for (var o = 0; o < i; o++)
            {
                var covariance = omega[i * n + o] - slopes[2 * i] * slopes[2 * o] - slopes[2 * i + 1] * slopes[2 * o + 1];
                correlation[i * n + o] = spread[i] > 0 && spread[o] > 0 ? Math.Clamp(covariance / (spread[i] * spread[o]), -1, 1) : 0;
                largest = Math.Max(largest, Math.Abs(correlation[i * n + o]));
            }
        }

        order = largest < 0.45 ? Math.Clamp((int)Math.Ceiling(Math.Log(1e-15) / Math.Log(Math.Max(largest, 1e-15))), 1, MaxOrder) : MaxOrder;
    }

    /// <summary>Computes the conditional averages of the functions with non-zero weight at given coordinates.</summary>
    public void At(double first, double second, double[] weights)
    {
        for (var i = 0; i < n; i++)
        {
            if (weights[i] == 0) continue;
            var mean = slopes[2 * i] * first + slopes[2 * i + 1] * second;
            var own = series.AsSpan(i * (MaxOrder + 1), order + 1);
            if (spread[i] == 0)
            {
                own.Clear();
                (own[0], variance[i]) = (functions[i].Evaluate(mean), 0);
                continue;
            }

            variance[i] = OverLattice(functions[i], mean, spread[i], own);
        }
    }

    /// <summary>The coefficients of an analytic function; returns its variance.</summary>
    private double OverLattice(ScalarFunction function, double mean, double deviation, Span<double> coefficients)
    {
        var count = nodes.Length;
        var x = points.AsSpan(0, count);
        var f = values.AsSpan(0, count);
        for (var i = 0; i < count; i++) x[i] = mean + deviation * nodes[i];
        function.Evaluate(x, f);
        for (var q = 0; q <= order; q++) coefficients[q] = TensorPrimitives.Dot<double>(table.AsSpan(q * count, count), f);
        TensorPrimitives.Subtract(f, coefficients[0], f);
        TensorPrimitives.Multiply<double>(f, f, f);
        return TensorPrimitives.Dot<double>(table.AsSpan(0, count), f);
    }

    /// <summary>E (c + Σ c_i φ_i)² at the coordinates set last.</summary>
    public double Square(double constant, double[] weights)
    {
        var (mean, sum) = (constant, 0.0);
        for (var i = 0; i < n; i++)
        {
            if (weights[i] == 0) continue;
            mean += weights[i] * Mean(i);
            sum += weights[i] * weights[i] * variance[i];
            for (var o = 0; o < i; o++)
            {
                if (weights[o] != 0 && correlation[i * n + o] != 0) sum += 2 * weights[i] * weights[o] * Covariance(i, o);
            }
        }

        return mean * mean + sum;
    }

    private double Covariance(int i, int o)
    {
        var one = series.AsSpan(i * (MaxOrder + 1), order + 1);
        var other = series.AsSpan(o * (MaxOrder + 1), order + 1);
        var rho = correlation[i * n + o];
        var (sum, power, restOne, restOther) = (0.0, 1.0, variance[i], variance[o]);
        for (var q = 1; q <= order; q++)
        {
            power *= rho;
            sum += power * one[q] * other[q];
            restOne -= one[q] * one[q];
            restOther -= other[q] * other[q];
        }

        if (order == MaxOrder)
        {
            var bound = Math.Abs(power) * Math.Sqrt(Math.Max(restOne, 0) * Math.Max(restOther, 0));
            Truncation = Math.Max(Truncation, bound - 1e-14 * (variance[i] + variance[o]));
        }

        return sum;
    }

    private void AddCoordinate(ReadOnlySpan<double> omega, int field)
    {
        var c = Dimensions;
        var left = omega[field * n + field] - slopes[2 * field] * slopes[2 * field];
        if (!(left > LeastShare * omega[field * n + field])) return;
        var length = Math.Sqrt(left);
        var before = slopes[2 * field];
        for (var i = 0; i < n; i++)
        {
            var covariance = omega[i * n + field] - (c == 1 ? slopes[2 * i] * before : 0);
            slopes[2 * i + c] = covariance / length;
        }

        Dimensions++;
    }
}
