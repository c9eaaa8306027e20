using System.Numerics;

namespace Theory.Symbolics.Exact;

/// <summary>Factorisation of the integers that occur under radicals.</summary>
internal static class IntegerFactors
{
    private const int TrialLimit = 2_000;
    private const int RhoSteps = 1 << 13;
    private const int LargestSplitBits = 128;

    /// <summary>
    /// The prime factors of n ≥ 1 in ascending order with their multiplicities. A composite factor without divisors below 2000 that
    /// has more than 128 bits, or that 2¹⁷ steps of Pollard's method do not split, is returned whole: its radicals are then still correct,
    /// only perhaps not in lowest form.
    /// </summary>
    public static IReadOnlyList<(BigInteger Prime, int Exponent)> Of(BigInteger n)
    {
        var found = new SortedDictionary<BigInteger, int>();
        for (int p = 2; p < TrialLimit && (BigInteger)p * p <= n; p += p == 2 ? 1 : 2)
            while (n % p == 0)
            {
                n /= p;
                Count(found, p, 1);
            }
        Split(n, 1, found);
        return [.. found.Select(pair => (pair.Key, pair.Value))];
    }

    private static void Split(BigInteger n, int multiplicity, SortedDictionary<BigInteger, int> found)
    {
        if (n.IsOne)
            return;
        BigInteger root = BinarySeries.SquareRoot(n);
        if (root * root == n)
        {
            Split(root, 2 * multiplicity, found);
            return;
        }
        BigInteger divisor = n < (BigInteger)TrialLimit * TrialLimit || n.GetBitLength() > LargestSplitBits || IsProbablyPrime(n)
            ? BigInteger.One
            : Divisor(n);
        if (divisor.IsOne)
        {
            Count(found, n, multiplicity);
            return;
        }
        Split(divisor, multiplicity, found);
        Split(n / divisor, multiplicity, found);
    }

    private static void Count(SortedDictionary<BigInteger, int> found, BigInteger factor, int by)
    {
        found.TryGetValue(factor, out int already);
        found[factor] = already + by;
    }

    private static bool IsProbablyPrime(BigInteger n)
    {
        BigInteger odd = n - 1;
        int twos = 0;
        for (; odd.IsEven; odd >>= 1)
            twos++;
        // These bases prove primality below 3.3·10²⁴ (Sorenson and Webster 2015).
        foreach (int witness in (ReadOnlySpan<int>)[2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41])
        {
            BigInteger power = BigInteger.ModPow(witness, odd, n);
            bool passes = power.IsOne || power == n - 1;
            for (int i = 1; i < twos && !passes; i++)
            {
                power = power * power % n;
                passes = power == n - 1;
            }
            if (!passes)
                return false;
        }
        return true;
    }

    // Pollard's rho with x → x² + c, differences multiplied in batches; 1 when the budget ends.
    private static BigInteger Divisor(BigInteger n)
    {
        const int batch = 64;
        BigInteger slow = 2, fast = 2;
        int c = 1;
        for (int step = 0; step < RhoSteps; step += batch)
        {
            (BigInteger slowStart, BigInteger fastStart, BigInteger product) = (slow, fast, BigInteger.One);
            for (int i = 0; i < batch; i++)
            {
                Advance(ref slow, ref fast, c, n);
                product = product * BigInteger.Abs(slow - fast) % n;
            }
            if (BigInteger.GreatestCommonDivisor(product, n).IsOne)
                continue;
            (slow, fast) = (slowStart, fastStart);
            BigInteger common;
            do
            {
                Advance(ref slow, ref fast, c, n);
                common = BigInteger.GreatestCommonDivisor(slow - fast, n);
            }
            while (common.IsOne);
            if (common != n)
                return common;
            (slow, fast, c) = (2, 2, c + 1);
        }
        return BigInteger.One;
    }

    private static void Advance(ref BigInteger slow, ref BigInteger fast, int c, BigInteger n)
    {
        slow = ((slow * slow) + c) % n;
        fast = ((fast * fast) + c) % n;
        fast = ((fast * fast) + c) % n;
    }
}
