using System.Numerics;
using System.Runtime.InteropServices;
using Theory.Hermite.Tensors;

namespace Theory.Exponents;

/// <summary>
/// The conditional derivative tensors E[∂_t^γ F(s, t) | s], |γ| = k, of a polynomial in adapted coordinates. By Stein they are the
/// contractions of E[F H_k(Pz) | z_S] with the basis of S^⊥; their fibres over the last index are the directions seen at order k.
/// </summary>
internal sealed class ConditionalMoments
{
    private readonly IntegerPolynomial polynomial;
    private readonly int learned;
    private readonly int rest;
    private readonly BigInteger[][] weights;

    internal ConditionalMoments(IntegerPolynomial polynomial, AdaptedBasis basis)
    {
        this.polynomial = polynomial;
        learned = basis.Learned.Length;
        rest = basis.Rest.Length;
        var degrees = polynomial.MaxExponents(learned + rest);
        weights = new BigInteger[rest][];
        for (var a = 0; a < rest; a++)
            weights[a] = Weights(basis.SquaredNorms[a], degrees[learned + a] / 2);
    }

    /// <summary>Imposes every fibre of order k on the directions still undetected.</summary>
    /// <param name="undetected">Combinations x of the n_a with no fibre so far.</param>
    /// <param name="order">The order k, at least 1.</param>
    /// <param name="keep">Which monomials in s count (all, or those of one parity).</param>
    internal void Impose(Annihilator undetected, int order, Func<MultiIndex, bool>? keep = null)
    {
        if (polynomial.Count == 0 || rest == 0)
            return;
        var tensor = Tensor(order, keep);
        var units = Enumerable.Range(0, rest).Select(a => MultiIndex.Of(learned + a, 1).Key).ToArray();
        foreach (var fibre in MultiIndex.OfDegree(rest, order - 1))
        {
            var tail = fibre.Key << (7 * learned);
            var monomials = units.SelectMany(unit => tensor.TryGetValue(tail + unit, out var row) ? row.Keys : Enumerable.Empty<ulong>()).Distinct();
            foreach (var monomial in monomials)
            {
                if (undetected.Dimension == 0)
                    return;
                undetected.Impose(Array.ConvertAll(units, unit =>
                    tensor.TryGetValue(tail + unit, out var row) && row.TryGetValue(monomial, out var value) ? value : BigInteger.Zero));
            }
        }
    }

    private Dictionary<ulong, Dictionary<ulong, BigInteger>> Tensor(int order, Func<MultiIndex, bool>? keep)
    {
        var mask = (1UL << (7 * learned)) - 1;
        var indices = MultiIndex.OfDegree(rest, order).Select(index => new MultiIndex(index.Key << (7 * learned))).ToArray();
        Dictionary<ulong, Dictionary<ulong, BigInteger>> tensor = [];
        for (var term = 0; term < polynomial.Count; term++)
        {
            var exponents = new MultiIndex(polynomial.Keys[term]);
            var monomial = exponents.Key & mask;
            if (keep is not null && !keep(new(monomial)))
                continue;
            var parity = new MultiIndex(exponents.Key & ~mask).Parity;
            foreach (var index in indices)
            {
                if (index.Parity != parity || !TryMoment(exponents, index, out var moment))
                    continue;
                ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(tensor, index.Key, out _);
                row ??= [];
                CollectionsMarshal.GetValueRefOrAddDefault(row, monomial, out _) += polynomial.Coefficients[term] * moment;
            }
        }
        foreach (var row in tensor.Values)
        {
            foreach (var key in row.Where(pair => pair.Value.IsZero).Select(pair => pair.Key).ToList())
                row.Remove(key);
        }
        return tensor;
    }

    /// <summary>E ∂^γ t^e up to the factor ∏ |n_a|^{2⌊D_a/2⌋} common to all γ.</summary>
    private bool TryMoment(MultiIndex exponents, MultiIndex index, out BigInteger moment)
    {
        moment = BigInteger.One;
        for (var a = 0; a < rest; a++)
        {
            var (e, k) = (exponents[learned + a], index[learned + a]);
            if (k > e)
                return false;
            if (k > 0)
                moment *= Combinatorics.FallingFactorial(e, k);
            moment *= weights[a][(e - k) / 2];
        }
        return true;
    }

    /// <summary>(2j − 1)!! N^{J − j}: the moments of a Gaussian of variance 1/N, cleared of denominators.</summary>
    private static BigInteger[] Weights(BigInteger squaredNorm, int most)
    {
        var result = new BigInteger[most + 1];
        for (var j = 0; j <= most; j++)
            result[j] = Combinatorics.OddDoubleFactorial(j) * BigInteger.Pow(squaredNorm, most - j);
        return result;
    }
}
