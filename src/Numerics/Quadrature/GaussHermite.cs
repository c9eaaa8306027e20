using System.Collections.Immutable;

namespace Theory.Numerics.Quadrature;

/// <summary>
/// Gauss–Hermite rules in the probabilists' convention: Σᵢ wᵢ f(xᵢ) = E f(Z) for Z ~ N(0, 1), that is ∫ f(x) e^{−x²/2}/√(2π) dx,
/// exactly (up to rounding) for polynomials of degree at most 2n − 1. The nodes are the zeros of He_n and the weights sum to 1.
/// </summary>
/// <remarks>
/// Converges fast for entire functions of moderate growth only. Across a kink or a jump the error decays like 1/n or 1/√n, and poles near the
/// real axis slow it too: use <see cref="GaussianExpectation"/> there. The physicists' convention, ∫ f(x) e^{−x²} dx, is <see cref="ToPhysicists"/>.
/// </remarks>
public static class GaussHermite
{
    /// <summary>Largest number of nodes.</summary>
    public const int MaxCount = 400;

    private static readonly ImmutableArray<Lazy<QuadratureRule>> Rules =
        [.. Enumerable.Range(0, MaxCount + 1).Select(n => new Lazy<QuadratureRule>(() => Create(n)))];

    /// <summary>The rule of n nodes. Computed once; symmetric to the last bit, xᵢ = −x₍ₙ₊₁₋ᵢ₎.</summary>
    /// <param name="n">Number of nodes, in [1, 400].</param>
    /// <returns>The rule for the standard Gaussian measure.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is outside [1, 400].</exception>
    public static QuadratureRule Rule(int n) => n is >= 1 and <= MaxCount
        ? Rules[n].Value
        : throw new ArgumentOutOfRangeException(nameof(n), n, $"n must be in [1, {MaxCount}]; got {n}.");

    /// <summary>Converts a rule for E f(Z) to the physicists' convention: nodes xᵢ/√2 and weights √π wᵢ, so that Σᵢ wᵢ f(xᵢ) ≈ ∫ f(x) e^{−x²} dx.</summary>
    /// <param name="rule">A rule for the standard Gaussian measure.</param>
    /// <returns>The rule for the weight e^{−x²}; its weights sum to √π.</returns>
    public static QuadratureRule ToPhysicists(QuadratureRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var (sqrtPi, fourthRootPi) = (Math.Sqrt(Math.PI), Math.Sqrt(Math.Sqrt(Math.PI)));
        return new(
            [.. rule.Nodes.Select(x => x / double.Sqrt(2))],
            [.. rule.Weights.Select(w => w * sqrtPi)],
            [.. rule.RootWeights.Select(r => r * fourthRootPi)]);
    }

    private static QuadratureRule Create(int n)
    {
        var (nodes, weights, rootWeights) = (new double[n], new double[n], new double[n]);
        for (var k = 1; k <= (n + 1) / 2; k++)
        {
            var x = 2 * k == n + 1 ? 0 : Refine(n, Guess(n, k));
            (nodes[n - k], nodes[k - 1]) = (x, -x);
            // The Christoffel number 1/Σ ĥ_k²: free of e^{−x²/2} and its rounding.
            var sum = Scaled(n, x).SquareSum;
            weights[n - k] = weights[k - 1] = HermitePolynomial.TinyStart / sum * HermitePolynomial.TinyStart;
            rootWeights[n - k] = rootWeights[k - 1] = HermitePolynomial.TinyStart / Math.Sqrt(sum);
        }

        if (n % 2 == 1) nodes[n / 2] = 0;
        return new([.. nodes], [.. weights], [.. rootWeights]);
    }

    /// <summary>
    /// WKB: the k-th zero from the right is where the phase ∫ √(N − t²/4) dt from it to the turning point 2√N, N = n + ½, is (k − ¼)π.
    /// With x = 2√N cos θ the phase is N(θ − sin θ cos θ).
    /// </summary>
    private static double Guess(int n, int k)
    {
        var phase = (k - 0.25) * Math.PI / (n + 0.5);
        var theta = Math.Cbrt(1.5 * phase);
        for (var i = 0; i < 6; i++)
        {
            var (sin, cos) = Math.SinCos(theta);
            theta -= (theta - sin * cos - phase) / (2 * sin * sin);
        }

        return 2 * Math.Sqrt(n + 0.5) * Math.Cos(theta);
    }

    /// <summary>Newton on ĥ_n with ĥ_n′ = √n ĥ_{n−1}; the guess is good to a few per cent of the spacing, so four steps reach rounding.</summary>
    private static double Refine(int n, double x)
    {
        for (var i = 0; i < 6; i++)
        {
            var (last, previous, _) = Scaled(n, x);
            var step = last / (Math.Sqrt(n) * previous);
            x -= step;
            if (Math.Abs(step) <= 1e-15 * x) break;
        }

        return x;
    }

    /// <summary>ĥ_n, ĥ_{n−1} and Σ_{k&lt;n} ĥ_k², with ĥ_0 = 2^{−500} so that neither the tails (|ĥ| up to 1e166) nor the squares overflow.</summary>
    private static (double Last, double Previous, double SquareSum) Scaled(int n, double x)
    {
        var (previous, last, sum) = (0.0, HermitePolynomial.TinyStart, 0.0);
        for (var k = 0; k < n; k++)
        {
            sum += last * last;
            (previous, last) = (last, (x * last - Math.Sqrt(k) * previous) / Math.Sqrt(k + 1));
        }

        return (last, previous, sum);
    }
}
