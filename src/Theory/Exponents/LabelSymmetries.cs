using System.Numerics;
using Theory.Hermite.Tensors;

namespace Theory.Exponents;

/// <summary>What remains possible at order 1 once symmetries of the label are taken into account.</summary>
/// <param name="Invariant">The directions fixed by every symmetry found: E[z_⊥ | y, z_S] lies among them.</param>
/// <param name="Reason">The symmetries used.</param>
internal sealed record SymmetryBound(Subspace Invariant, string Reason);

/// <summary>
/// Zero certificates: an orthogonal g with f∘g = f that fixes the learned subspace forces E[T(f) v·z | z_S] = E[T(f) (gv)·z | z_S] for
/// every T, so that order 1 finds only directions fixed by g.
/// </summary>
internal sealed class LabelSymmetries
{
    private readonly int variables;
    private readonly IReadOnlyCollection<int> parities;
    private readonly int rigid;
    private readonly Lazy<IReadOnlyList<(SignedPermutation Map, int Sign)>> exchanges;
    private readonly IReadOnlyList<int> flips;

    /// <param name="variables">The number of variables.</param>
    /// <param name="parities">For every term of the label, the set of variables in which it is odd, as bits.</param>
    /// <param name="rigid">The variables in which some term is neither odd nor even, as bits.</param>
    /// <param name="sign">What a signed permutation of the variables does to the label: preserves it (1), negates it (−1), or neither (0).</param>
    internal LabelSymmetries(int variables, IReadOnlyCollection<int> parities, int rigid, Func<SignedPermutation, int> sign)
    {
        (this.variables, this.parities, this.rigid) = (variables, parities, rigid);
        flips = SignFlips.Preserving([.. parities, .. Bits(rigid)], variables);
        exchanges = new(() => [.. SignedPermutation.Exchanges(variables).Select(map => (map, sign(map))).Where(pair => pair.Item2 != 0)]);
    }

    internal static LabelSymmetries Of(IntegerPolynomial polynomial, int variables) => new(
        variables,
        polynomial.Keys.Select(key => new MultiIndex(key).Parity).ToHashSet(),
        0,
        map => Apply(polynomial, map) is var image && image.SameAs(polynomial) ? 1 : image.SameAs(polynomial.Scale(-1)) ? -1 : 0);

    /// <summary>The directions that order 1 may find, given the learned subspace.</summary>
    /// <param name="learned">The learned subspace S.</param>
    /// <param name="rest">V* ⊖ S.</param>
    /// <param name="extra">Further directions known to be reversed by a symmetry that fixes S.</param>
    internal SymmetryBound Bound(Subspace learned, Subspace rest, IEnumerable<(BigInteger[] Reversed, string Text)> extra)
    {
        var invariant = new Annihilator(rest.Orthogonal);
        List<string> used = [];
        foreach (var (reversed, text) in extra)
        {
            if (invariant.Impose(reversed))
                used.Add(text);
        }
        foreach (var flip in Compatible(learned))
        {
            var before = invariant.Dimension;
            foreach (var row in flip.Moved())
                invariant.Impose(row);
            if (invariant.Dimension < before)
                used.Add(flip.ToString());
            if (invariant.Dimension == 0)
                break;
        }
        return new(Subspace.Span(variables, invariant.Basis), used.Count == 0 ? "no symmetry found" : "symmetry " + string.Join("; ", used.Distinct()));
    }

    /// <summary>
    /// With f∘g = −f and g = −1 on S, a test function odd in (y, z_S) sees only what −g fixes: the axes that g leaves alone stay hidden.
    /// </summary>
    internal IEnumerable<(BigInteger[] Reversed, string Text)> HiddenFromOdd(Subspace learned)
    {
        var used = Enumerable.Range(0, variables).Where(i => learned.Orthogonal.Any(row => !row[i].IsZero)).Select(i => 1 << i);
        if (SignFlips.Solve([.. parities, .. used], Bits(rigid), variables) is { } flip)
        {
            var map = SignedPermutation.Flip(variables, flip);
            foreach (var row in map.Moved(-1))
                yield return (row, $"{map} turns the label into its negative");
        }
        foreach (var (map, sign) in exchanges.Value)
        {
            if (sign == 1 || !map.Moved(-1).All(learned.IsOrthogonalTo))
                continue;
            foreach (var row in map.Moved(-1))
                yield return (row, $"{map} turns the label into its negative");
        }
    }

    private static IEnumerable<int> Bits(int set) => Enumerable.Range(0, MultiIndex.MaxVariables).Select(i => 1 << i).Where(bit => (set & bit) != 0);

    private IEnumerable<SignedPermutation> Compatible(Subspace learned)
    {
        // Flips compose: restrict the whole group of flips to those that leave the coordinates used by S alone.
        var used = Enumerable.Range(0, variables).Where(i => learned.Orthogonal.Any(row => !row[i].IsZero)).Select(i => 1 << i);
        foreach (var flip in Combinations(flips, [.. used]))
            yield return SignedPermutation.Flip(variables, flip);
        foreach (var (map, sign) in exchanges.Value)
        {
            if (sign == 1 && map.Moved().All(learned.IsOrthogonalTo))
                yield return map;
        }
    }

    /// <summary>A basis of the span (over GF(2)) of the flips, restricted to flips that vanish on given bits.</summary>
    private static IEnumerable<int> Combinations(IEnumerable<int> flips, int[] forbidden)
    {
        List<int> kernel = [.. flips];
        foreach (var bit in forbidden)
        {
            var index = kernel.FindIndex(flip => (flip & bit) != 0);
            if (index < 0)
                continue;
            var pivot = kernel[index];
            kernel.RemoveAt(index);
            for (var i = 0; i < kernel.Count; i++)
                kernel[i] = (kernel[i] & bit) != 0 ? kernel[i] ^ pivot : kernel[i];
        }
        return kernel;
    }

    private static IntegerPolynomial Apply(IntegerPolynomial polynomial, SignedPermutation map)
    {
        Dictionary<ulong, BigInteger> terms = new(polynomial.Count);
        for (var term = 0; term < polynomial.Count; term++)
        {
            var (exponents, key) = (new MultiIndex(polynomial.Keys[term]), 0UL);
            for (var i = 0; i < map.Image.Length; i++)
                key |= (ulong)exponents[i] << (7 * map.Image[i]);
            terms.Add(key, SignFlips.IsOdd(exponents.Parity & map.Signs) ? -polynomial.Coefficients[term] : polynomial.Coefficients[term]);
        }
        return IntegerPolynomial.From(terms);
    }
}
