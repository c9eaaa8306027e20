using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace Theory.Numerics.Quadrature;

/// <summary>
/// Gauss–Legendre rules: Σᵢ wᵢ f(xᵢ) = ∫₋₁¹ f(x) dx, weight 1, exactly (up to rounding) for polynomials of degree at most 2n − 1.
/// The nodes are the zeros of P_n and the weights sum to 2.
/// </summary>
public static class GaussLegendre
{
    /// <summary>Largest number of nodes.</summary>
    public const int MaxCount = 400;

    private static readonly ImmutableArray<Lazy<QuadratureRule>> Rules =
        [.. Enumerable.Range(0, MaxCount + 1).Select(n => new Lazy<QuadratureRule>(() => Create(n)))];

    /// <summary>The rule of n nodes on [−1, 1]. Computed once; symmetric to the last bit.</summary>
    /// <param name="n">Number of nodes, in [1, 400].</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is outside [1, 400].</exception>
    public static QuadratureRule Rule(int n) => n is >= 1 and <= MaxCount
        ? Rules[n].Value
        : throw new ArgumentOutOfRangeException(nameof(n), n, $"n must be in [1, {MaxCount}]; got {n}.");

    /// <summary>The rule of n nodes on an interval, for ∫ f(x) dx from lower to upper.</summary>
    /// <param name="n">Number of nodes, in [1, 400].</param>
    /// <param name="lower">Lower end, finite.</param>
    /// <param name="upper">Upper end, finite, above <paramref name="lower"/>.</param>
    /// <returns>The rule; its weights sum to upper − lower.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is outside [1, 400], or the interval is empty or infinite.</exception>
    public static QuadratureRule Rule(int n, double lower, double upper) => double.IsFinite(upper - lower) && upper > lower
        ? Rule(n).Affine(lower + (upper - lower) / 2, (upper - lower) / 2)
        : throw new ArgumentOutOfRangeException(nameof(upper), upper, $"upper must be finite and above lower = {lower}; got {upper}.");

    // The last Newton step and the weights in decimal arithmetic (28 digits), so that they are correctly rounded.
    private static QuadratureRule Create(int n)
    {
        var (nodes, weights) = (new double[n], new double[n]);
        for (var k = 1; k <= (n + 1) / 2; k++)
        {
            // Tricomi's approximation of the k-th zero from the right.
            var x = (1 - (n - 1.0) / (8.0 * n * n * n)) * Math.Cos(Math.PI * (k - 0.25) / (n + 0.5));
            for (var i = 0; i < 4; i++) x -= NewtonStep(n, x);
            var node = 2 * k == n + 1 ? 0 : (decimal)x - NewtonStep(n, (decimal)x);
            nodes[n - k] = Round(node);
            nodes[k - 1] = -nodes[n - k];
            weights[n - k] = weights[k - 1] = Round(1 / Evaluate(n, node).SquareSum);
        }

        if (n % 2 == 1) nodes[n / 2] = 0;
        return new([.. nodes], [.. weights], [.. weights.Select(Math.Sqrt)]);
    }

    /// <summary>The nearest double; the cast from decimal can be two units off.</summary>
    private static double Round(decimal value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>P_n/P_n′.</summary>
    private static T NewtonStep<T>(int n, T x)
        where T : INumber<T>
    {
        var (last, previous, _) = Evaluate(n, x);
        return last * (T.One - x) * (T.One + x) / (T.CreateChecked(n) * (previous - x * last));
    }

    /// <summary>P_n, P_{n−1} and the Christoffel sum Σ_{k&lt;n} (k + ½) P_k², the reciprocal of the weight at a node.</summary>
    private static (T Last, T Previous, T SquareSum) Evaluate<T>(int n, T x)
        where T : INumber<T>
    {
        var (previous, last, sum) = (T.Zero, T.One, T.Zero);
        for (var k = 0; k < n; k++)
        {
            var odd = T.CreateChecked(2 * k + 1);
            sum += odd * last * last;
            (previous, last) = (last, (odd * x * last - T.CreateChecked(k) * previous) / T.CreateChecked(k + 1));
        }

        return (last, previous, sum / T.CreateChecked(2));
    }
}
