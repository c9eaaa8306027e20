namespace Theory.Exponents;

/// <summary>Sign flips by linear algebra over GF(2).</summary>
internal static class SignFlips
{
    /// <summary>A basis of the flips ε (as bit sets) with an even number of flipped variables in every given parity vector.</summary>
    internal static IReadOnlyList<int> Preserving(IEnumerable<int> parities, int variables)
    {
        List<int> kernel = [.. Enumerable.Range(0, variables).Select(i => 1 << i)];
        foreach (var parity in parities)
        {
            var odd = kernel.FindIndex(flip => IsOdd(flip & parity));
            if (odd < 0)
                continue;
            var pivot = kernel[odd];
            kernel.RemoveAt(odd);
            for (var i = 0; i < kernel.Count; i++)
                kernel[i] = IsOdd(kernel[i] & parity) ? kernel[i] ^ pivot : kernel[i];
        }
        return kernel;
    }

    /// <summary>
    /// A flip with an odd number of flipped variables in every vector of <paramref name="odd"/> and an even number in every vector of
    /// <paramref name="even"/>, or <see langword="null"/> when there is none.
    /// </summary>
    internal static int? Solve(IEnumerable<int> odd, IEnumerable<int> even, int variables)
    {
        // ε·p = 1 is ε'·(p, 1) = 0 with one more variable that must be flipped.
        var kernel = Preserving([.. odd.Select(parity => parity | 1 << variables), .. even], variables + 1);
        return kernel.Where(flip => (flip >> variables & 1) == 1).Select(flip => (int?)(flip & ((1 << variables) - 1))).FirstOrDefault();
    }

    internal static bool IsOdd(int bits) => (int.PopCount(bits) & 1) == 1;
}
