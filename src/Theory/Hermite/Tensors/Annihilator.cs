using System.Numerics;

namespace Theory.Hermite.Tensors;

/// <summary>
/// The vectors x with x·v = 0 for every v imposed so far, as primitive whole vectors. Starting from a basis, each new v removes at
/// most one dimension; no division is ever needed.
/// </summary>
internal sealed class Annihilator
{
    private readonly List<BigInteger[]> basis;

    internal Annihilator(int length) => basis = [.. IntegerRows.Identity(length)];

    internal Annihilator(IEnumerable<BigInteger[]> start) => basis = [.. start];

    internal IReadOnlyList<BigInteger[]> Basis => basis;

    internal int Dimension => basis.Count;

    internal bool Impose(ReadOnlySpan<BigInteger> vector)
    {
        var pivot = -1;
        Span<BigInteger> products = new BigInteger[basis.Count];
        for (var i = 0; i < basis.Count; i++)
        {
            products[i] = IntegerRows.Dot(basis[i], vector);
            if (!products[i].IsZero && (pivot < 0 || BigInteger.Abs(products[i]) < BigInteger.Abs(products[pivot])))
                pivot = i;
        }
        if (pivot < 0)
            return false;
        for (var i = 0; i < basis.Count; i++)
        {
            if (i != pivot && !products[i].IsZero)
                basis[i] = IntegerRows.Primitive(IntegerRows.Combine(basis[i], products[pivot], basis[pivot], -products[i]));
        }
        basis.RemoveAt(pivot);
        return true;
    }
}
