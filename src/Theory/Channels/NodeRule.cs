using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Theory.Numerics.Quadrature;

namespace Theory.Channels;

/// <summary>Nodes and weights in vectors of four, padded with weight 0.</summary>
internal sealed class NodeRule
{
    private readonly double[] nodes;
    private readonly double[] weights;

    /// <summary>Takes nodes and weights over; the last node is repeated with weight 0 to fill the last vector.</summary>
    public NodeRule(IReadOnlyList<double> nodes, IReadOnlyList<double> weights)
    {
        var padded = (nodes.Count + 3) / 4 * 4;
        this.nodes = new double[padded];
        this.weights = new double[padded];
        for (var i = 0; i < padded; i++)
        {
            this.nodes[i] = nodes[Math.Min(i, nodes.Count - 1)];
            if (i < nodes.Count) this.weights[i] = weights[i];
        }
    }

    public ReadOnlySpan<Vector256<double>> Nodes => MemoryMarshal.Cast<double, Vector256<double>>(nodes);

    public ReadOnlySpan<Vector256<double>> Weights => MemoryMarshal.Cast<double, Vector256<double>>(weights);
}

/// <summary>
/// Trapezoidal rules of the standard Gaussian measure on |z| ≤ 9.5. For integrands analytic in a strip |Im z| &lt; d around the axis the error is
/// e^{d²/2 − 2πd/h} (and e^{−2π²/h²} for entire ones), so the step h decides everything and no order has to be chosen.
/// </summary>
internal static class GaussianNodes
{
    private const double Reach = 9.5;
    private const double LargestStep = 0.5;
    private const int Levels = 44;

    private static readonly Lazy<NodeRule>[] Rules =
        [.. Enumerable.Range(0, Levels).Select(level => new Lazy<NodeRule>(() => Create(LargestStep * Math.Pow(2, -0.5 * level))))];

    /// <summary>The rule whose error is e^{−41} ≈ 1e-18, times the residues, for singularities at distance <paramref name="strip"/> from the axis.</summary>
    public static NodeRule ForStrip(double strip)
    {
        // Beyond 9 the Gaussian itself decides.
        var d = Math.Min(strip, 9);
        return WithStep(2 * Math.PI * d / (41 + d * d / 2));
    }

    /// <summary>The coarsest rule of at most this step.</summary>
    public static NodeRule WithStep(double step) =>
        Rules[step >= LargestStep ? 0 : Math.Min(Levels - 1, (int)Math.Ceiling(2 * Math.Log2(LargestStep / step) - 1e-9))].Value;

    private static NodeRule Create(double step)
    {
        var half = (int)Math.Ceiling(Reach / step);
        var nodes = Enumerable.Range(-half, 2 * half + 1).Select(i => i * step).ToArray();
        return new(nodes, [.. nodes.Select(z => step * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI))]);
    }
}

/// <summary>StableMath functions of four numbers at a time that keep their relative accuracy near 0.</summary>
internal static class Lanes
{
    private const double Small = 0.35;
    private const double RootTwoPi = 2.5066282746310002;

    private static readonly double[] Above =
        [3.52624965998911e-02, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931, 220.206867912376];

    private static readonly double[] Below =
        [8.83883476483184e-02, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831, 793.826512519948, 440.413735824752];

    /// <summary>eˣ − 1.</summary>
    public static Vector256<double> ExpM1(Vector256<double> x)
    {
        // Taylor to order 13: the remainder at 0.35 is 4e-18 relative.
        var series = Vector256<double>.One;
        for (var n = 13; n >= 2; n--) series = Vector256.MultiplyAddEstimate(series, x * (1.0 / n), Vector256<double>.One);
        var small = Vector256.LessThan(Vector256.Abs(x), Vector256.Create(Small));
        return Vector256.ConditionalSelect(small, x * series, Vector256.Exp(x) - Vector256<double>.One);
    }

    /// <summary>tanh x.</summary>
    public static Vector256<double> Tanh(Vector256<double> x)
    {
        var e = ExpM1(-2 * Vector256.Abs(x));
        return Vector256.CopySign(-e / (e + Vector256.Create(2.0)), x);
    }

    /// <summary>Φ(x) and φ(x), absolutely accurate: φ times a quotient of polynomials up to |x| = 7, where Φ is 1e-12 from its limits, and a continued fraction beyond.</summary>
    /// <remarks>J. F. Hart et al., Computer Approximations, Wiley 1968, table ERFC 5666.</remarks>
    public static (Vector256<double> Cumulative, Vector256<double> Density) Normal(Vector256<double> x)
    {
        var a = Vector256.Abs(x);
        var bell = Vector256.Exp(-0.5 * a * a);
        var p = Vector256.Create(Above[0]);
        for (var i = 1; i < Above.Length; i++) p = Vector256.MultiplyAddEstimate(p, a, Vector256.Create(Above[i]));
        var q = Vector256.Create(Below[0]);
        for (var i = 1; i < Below.Length; i++) q = Vector256.MultiplyAddEstimate(q, a, Vector256.Create(Below[i]));
        var far = Vector256.GreaterThan(a, Vector256.Create(7.0));
        var tail = bell * p / q;
        if (Vector256.EqualsAny(far.AsInt64(), Vector256<long>.AllBitsSet))
        {
            var fraction = a + Vector256.Create(0.65);
            for (var n = 4; n >= 1; n--) fraction = a + Vector256.Create((double)n) / fraction;
            tail = Vector256.ConditionalSelect(far, bell / (fraction * RootTwoPi), tail);
        }
        return (Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<double>.Zero), Vector256<double>.One - tail, tail), bell / RootTwoPi);
    }

    /// <summary>log(1 + eˣ).</summary>
    public static Vector256<double> SoftPlus(Vector256<double> x) => Vector256.Max(x, Vector256<double>.Zero) + LogP1(Vector256.Exp(-Vector256.Abs(x)));

    /// <summary>log(1 + x) for x from 0 to 1: what rounding takes from 1 + x is given back by the last factor.</summary>
    public static Vector256<double> LogP1(Vector256<double> x)
    {
        var sum = x + Vector256<double>.One;
        var kept = sum - Vector256<double>.One;
        return Vector256.ConditionalSelect(Vector256.Equals(kept, Vector256<double>.Zero), x, Vector256.Log(sum) * x / kept);
    }
}

/// <summary>StableMath functions of one number for priors.</summary>
internal static class StableMath
{
    /// <summary>1/(1 + e^{−x}).</summary>
    public static double Logistic(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    /// <summary>log(1 + eˣ).</summary>
    public static double SoftPlus(double x) => Math.Max(x, 0) + LogP1(Math.Exp(-Math.Abs(x)));

    /// <summary>x − log(1 + x) without cancellation.</summary>
    public static double MinusLogP1(double x)
    {
        if (x > 0.1) return x - Math.Log(1 + x);
        double sum = 0, power = x;
        for (var n = 2; n <= 18; n++)
        {
            power *= -x;
            sum -= power / n;
        }

        return sum;
    }

    /// <summary>Ψ = ∫F/2 near A = 0, where the logarithms of its definition cancel.</summary>
    public static double FreeEntropyNearZero(Func<double, double> overlap, double snr)
    {
        var rule = GaussLegendre.Rule(6);
        double sum = 0;
        for (var i = 0; i < rule.Count; i++) sum += rule.Weights[i] * overlap(snr * (1 + rule.Nodes[i]) / 2);
        return snr * sum / 4;
    }

    /// <summary>log(1 + x) without cancellation.</summary>
    public static double LogP1(double x) => Math.Abs(x) > 0.5 ? Math.Log(1 + x) : 2 * Math.Atanh(x / (2 + x));

    /// <summary>eˣ − 1 without cancellation.</summary>
    public static double ExpM1(double x) => Math.Abs(x) > 0.5 ? Math.Exp(x) - 1 : 2 * Math.Exp(x / 2) * Math.Sinh(x / 2);
}
