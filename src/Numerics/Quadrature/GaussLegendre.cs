using System.Collections.Immutable;

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

    // In decimal arithmetic (28 digits), so that nodes and weights are correctly rounded.
    private static QuadratureRule Create(int n)
    {
        var (nodes, weights) = (new double[n], new double[n]);
        for (var k = 1; k <= (n + 1) / 2; k++)
        {
            // Tricomi's approximation of the k-th zero from the right.
            var guess = (1 - (n - 1.0) / (8.0 * n * n * n)) * Math.Cos(Math.PI * (k - 0.25) / (n + 0.5));
            var x = 2 * k == n + 1 ? 0 : Refine(n, (decimal)guess);
            (nodes[n - k], nodes[k - 1]) = ((double)x, -(double)x);
            weights[n - k] = weights[k - 1] = (double)(1 / Evaluate(n, x).SquareSum);
        }

        if (n % 2 == 1) nodes[n / 2] = 0;
        return new([.. nodes], [.. weights], [.. weights.Select(Math.Sqrt)]);
    }

    /// <summary>Newton: the guess has two digits at least, so four steps reach 28.</summary>
    private static decimal Refine(int n, decimal x)
    {
        for (var i = 0; i < 4; i++)
        {
            var (last, previous, _) = Evaluate(n, x);
            x -= last * (1 - x) * (1 + x) / (n * (previous - x * last));
        }

        return x;
    }

    /// <summary>P_n, P_{n−1} and the Christoffel sum Σ_{k&lt;n} (k + ½) P_k², the reciprocal of the weight at a node.</summary>
    private static (decimal Last, decimal Previous, decimal SquareSum) Evaluate(int n, decimal x)
    {
        var (previous, last, sum) = (0m, 1m, 0m);
        for (var k = 0; k < n; k++)
        {
            sum += (k + 0.5m) * last * last;
            (previous, last) = (last, ((2 * k + 1) * x * last - k * previous) / (k + 1));
        }

        return (last, previous, sum);
    }
}
