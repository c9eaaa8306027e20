using Theory.Numerics.Quadrature;

namespace Theory.Dynamics;

/// <summary>
/// The first step t at which m_{t+1} = m_t + v(m_t) reaches a threshold. Up to a budget of steps it is found by iteration; beyond, where v is small, by
/// t = ∫dm/v + ½ ln(v_end/v_start), the solution of Abel's equation α(m + v) = α(m) + 1 to second order in v′.
/// </summary>
/// <param name="Steps">Number of steps; infinite if the threshold is never reached.</param>
/// <param name="Iterations">Steps that were taken one by one.</param>
/// <param name="IsIterated">Whether the number is exact, not an integral.</param>
internal readonly record struct EscapeTime(double Steps, int Iterations, bool IsIterated)
{
    /// <summary>Steps taken one by one before the rest is integrated.</summary>
    public const int Budget = 4_000_000;

    // Steps backwards after which the threshold counts as out of reach: only a map with large steps can still pass.
    private const int Patience = 100_000;

    private static readonly QuadratureRule Rule = GaussLegendre.Rule(12);

    public static EscapeTime Of(Func<double, double> drift, double start, double threshold, int budget = Budget, int patience = Patience)
    {
        var (m, retreats) = (start, 0);
        for (var t = 0; t <= budget; t++)
        {
            if (m >= threshold) return new(t, t, true);
            var v = drift(m);
            if (double.IsNaN(v)) throw new ArithmeticException($"the weight cannot be normalised at the overlap {m}");
            if (!(v > 0) && (++retreats > patience || m + v == m)) return new(double.PositiveInfinity, t, true);
            m += v;
        }
        var (first, last) = (drift(m), drift(threshold));
        if (!(first > 0 && last > 0)) return new(double.PositiveInfinity, budget, true);
        var rest = Integral(drift, m, threshold) + Math.Log(last / first) / 2;
        return new(budget + 1 + Math.Ceiling(rest), budget, double.IsInfinity(rest));
    }

    /// <summary>∫dm/v by panels that are halved until both halves agree with the whole; infinite if v ≤ 0 on the way.</summary>
    private static double Integral(Func<double, double> drift, double from, double to)
    {
        var total = 0.0;
        // Geometric panels: for m ≪ 1 the drift is a power of m.
        for (var a = from; a < to;)
        {
            var b = a > 0 ? Math.Min(1.25 * a, to) : Math.Min(Math.Max(a / 1.25, a + 1e-3 * (to - from)), to);
            total += Refined(drift, a, b, Panel(drift, a, b), 0);
            if (double.IsInfinity(total)) break;
            a = b;
        }
        return total;
    }

    private static double Refined(Func<double, double> drift, double a, double b, double whole, int depth)
    {
        if (double.IsInfinity(whole)) return whole;
        var middle = a + (b - a) / 2;
        var (left, right) = (Panel(drift, a, middle), Panel(drift, middle, b));
        if (double.IsInfinity(left + right) || depth > 48 || Math.Abs(left + right - whole) <= 1e-11 * (left + right)) return left + right;
        return Refined(drift, a, middle, left, depth + 1) + Refined(drift, middle, b, right, depth + 1);
    }

    private static double Panel(Func<double, double> drift, double a, double b)
    {
        var sum = 0.0;
        for (var i = 0; i < Rule.Count; i++)
        {
            var v = drift(a + (b - a) * (1 + Rule.Nodes[i]) / 2);
            if (!(v > 0)) return double.PositiveInfinity;
            sum += Rule.Weights[i] / v;
        }
        return sum * (b - a) / 2;
    }
}
