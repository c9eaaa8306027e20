using System.Numerics;

namespace Theory.Hermite.Tensors;

/// <summary>Whole numbers that count: factorials, odd double factorials, the numbers of R3.</summary>
internal static class Combinatorics
{
    internal static BigInteger Factorial(int n)
    {
        var product = BigInteger.One;
        for (var i = 2; i <= n; i++)
            product *= i;
        return product;
    }

    /// <summary>(2m − 1)!! = E z^{2m}, with (−1)!! = 1.</summary>
    internal static BigInteger OddDoubleFactorial(int m)
    {
        var product = BigInteger.One;
        for (var i = 3; i < 2 * m; i += 2)
            product *= i;
        return product;
    }

    /// <summary>n (n − 1) … (n − k + 1).</summary>
    internal static BigInteger FallingFactorial(int n, int k)
    {
        var product = BigInteger.One;
        for (var i = 0; i < k; i++)
            product *= n - i;
        return product;
    }

    /// <summary>n!/(k! (n − k)!).</summary>
    internal static BigInteger Binomial(int n, int k) => FallingFactorial(n, k) / Factorial(k);

    /// <summary>n! / (2^j j! (n − 2j)!): the number of ways to choose j disjoint pairs out of n.</summary>
    internal static BigInteger Pairings(int n, int j) => FallingFactorial(n, 2 * j) / (Factorial(j) << j);
}
