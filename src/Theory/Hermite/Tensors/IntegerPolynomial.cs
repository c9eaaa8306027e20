using System.Numerics;
using System.Runtime.InteropServices;
using Theory.Contract;

namespace Theory.Hermite.Tensors;

/// <summary>
/// A sparse polynomial with whole coefficients: sorted packed exponents, non-zero coefficients. Everything that only asks whether
/// something vanishes (exponents do not feel a factor) works on these and never meets a fraction.
/// </summary>
internal sealed class IntegerPolynomial
{
    internal const int MaxTerms = 1_000_000;

    private static readonly IntegerPolynomial ZeroPolynomial = new([], []);

    private IntegerPolynomial(ulong[] keys, BigInteger[] coefficients) => (Keys, Coefficients) = (keys, coefficients);

    internal static IntegerPolynomial Zero => ZeroPolynomial;

    internal ulong[] Keys { get; }

    internal BigInteger[] Coefficients { get; }

    internal int Count => Keys.Length;

    internal static IntegerPolynomial Constant(BigInteger value) => value.IsZero ? Zero : new([0], [value]);

    internal static IntegerPolynomial From(Dictionary<ulong, BigInteger> terms)
    {
        if (terms.Count > MaxTerms)
            throw new UnsupportedException($"A polynomial of more than {MaxTerms} terms is too large for exact arithmetic.");
        var keys = new ulong[terms.Count];
        var count = 0;
        foreach (var (key, coefficient) in terms)
        {
            if (!coefficient.IsZero)
                keys[count++] = key;
        }
        Array.Resize(ref keys, count);
        Array.Sort(keys);
        return new(keys, Array.ConvertAll(keys, key => terms[key]));
    }

    internal static void Accumulate(Dictionary<ulong, BigInteger> terms, ulong key, in BigInteger value)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(terms, key, out _);
        slot += value;
    }

    internal IntegerPolynomial Scale(BigInteger factor) =>
        factor.IsZero ? Zero : factor.IsOne ? this : new(Keys, Array.ConvertAll(Coefficients, c => c * factor));

    internal IntegerPolynomial Add(IntegerPolynomial other, BigInteger factor)
    {
        var terms = ToDictionary(Count + other.Count);
        for (var i = 0; i < other.Count; i++)
            Accumulate(terms, other.Keys[i], other.Coefficients[i] * factor);
        return From(terms);
    }

    internal IntegerPolynomial Multiply(IntegerPolynomial other)
    {
        if (Count < other.Count)
            return other.Multiply(this);
        CheckDegrees(other);
        if (other.Count == 1)
            return MultiplyByTerm(other.Keys[0], other.Coefficients[0]);
        var terms = new Dictionary<ulong, BigInteger>(Count * Math.Min(other.Count, 4));
        for (var j = 0; j < other.Count; j++)
        {
            var (shift, factor) = (other.Keys[j], other.Coefficients[j]);
            for (var i = 0; i < Keys.Length; i++)
                Accumulate(terms, Keys[i] + shift, Coefficients[i] * factor);
            if (terms.Count > MaxTerms)
                throw new UnsupportedException($"A polynomial of more than {MaxTerms} terms is too large for exact arithmetic.");
        }
        return From(terms);
    }

    /// <summary>Replaces variable i by the linear form Σ_a rows[i][a] τ_a (Horner, one variable after another).</summary>
    internal IntegerPolynomial SubstituteLinear(IReadOnlyList<BigInteger[]> rows)
    {
        var forms = rows.Select(LinearForm).ToArray();
        return SubstituteRange(0, Count, rows.Count - 1, forms);
    }

    internal static IntegerPolynomial LinearForm(BigInteger[] coefficients)
    {
        var used = Enumerable.Range(0, coefficients.Length).Where(a => !coefficients[a].IsZero).ToArray();
        return new(Array.ConvertAll(used, a => MultiIndex.Of(a, 1).Key), Array.ConvertAll(used, a => coefficients[a]));
    }

    internal IntegerPolynomial Differentiate(int variable)
    {
        var one = MultiIndex.Of(variable, 1).Key;
        var kept = Enumerable.Range(0, Count).Where(i => new MultiIndex(Keys[i])[variable] > 0).ToArray();
        return new(
            Array.ConvertAll(kept, i => Keys[i] - one),
            Array.ConvertAll(kept, i => Coefficients[i] * new MultiIndex(Keys[i])[variable]));
    }

    internal IntegerPolynomial Where(Func<MultiIndex, bool> keep)
    {
        var kept = Enumerable.Range(0, Count).Where(i => keep(new(Keys[i]))).ToArray();
        return new(Array.ConvertAll(kept, i => Keys[i]), Array.ConvertAll(kept, i => Coefficients[i]));
    }

    internal int[] MaxExponents(int variables)
    {
        var most = new int[variables];
        foreach (var key in Keys)
        {
            for (var i = 0; i < variables; i++)
                most[i] = Math.Max(most[i], new MultiIndex(key)[i]);
        }
        return most;
    }

    internal BigInteger Content()
    {
        var divisor = BigInteger.Zero;
        foreach (var coefficient in Coefficients)
        {
            divisor = BigInteger.GreatestCommonDivisor(divisor, coefficient);
            if (divisor.IsOne)
                break;
        }
        return divisor;
    }

    internal IntegerPolynomial DivideExactly(BigInteger divisor) =>
        divisor.IsOne || divisor.IsZero ? this : new(Keys, Array.ConvertAll(Coefficients, c => c / divisor));

    /// <summary>Exchanges the monomials of one variable for Hermite polynomials (R3), or back when <paramref name="sign"/> is −1.</summary>
    internal IntegerPolynomial ConvertVariable(int variable, int sign)
    {
        var terms = new Dictionary<ulong, BigInteger>(Count * 2);
        var two = MultiIndex.Of(variable, 2).Key;
        for (var i = 0; i < Count; i++)
        {
            var n = new MultiIndex(Keys[i])[variable];
            Accumulate(terms, Keys[i], Coefficients[i]);
            for (var j = 1; 2 * j <= n; j++)
            {
                var pairings = Combinatorics.Pairings(n, j);
                Accumulate(terms, Keys[i] - ((ulong)j * two), Coefficients[i] * (sign < 0 && (j & 1) == 1 ? -pairings : pairings));
            }
        }
        return From(terms);
    }

    internal bool SameAs(IntegerPolynomial other) =>
        Keys.AsSpan().SequenceEqual(other.Keys) && Coefficients.AsSpan().SequenceEqual(other.Coefficients);

    private IntegerPolynomial SubstituteRange(int from, int to, int variable, IntegerPolynomial[] forms)
    {
        if (from == to)
            return Zero;
        if (variable < 0)
            return Constant(Coefficients[from]);
        var sum = Zero;
        var end = to;
        // Keys are sorted with the last variable in the highest bits, so equal exponents are neighbours.
        for (var exponent = new MultiIndex(Keys[to - 1])[variable]; exponent >= 0; exponent--)
        {
            var start = end;
            while (start > from && new MultiIndex(Keys[start - 1])[variable] == exponent)
                start--;
            sum = sum.Count == 0 ? Zero : sum.Multiply(forms[variable]);
            if (start < end)
                sum = sum.Add(SubstituteRange(start, end, variable - 1, forms), BigInteger.One);
            end = start;
        }
        return sum;
    }

    private IntegerPolynomial MultiplyByTerm(ulong key, BigInteger coefficient) =>
        new(Array.ConvertAll(Keys, k => k + key), Array.ConvertAll(Coefficients, c => c * coefficient));

    private Dictionary<ulong, BigInteger> ToDictionary(int capacity)
    {
        var terms = new Dictionary<ulong, BigInteger>(capacity);
        for (var i = 0; i < Count; i++)
            terms.Add(Keys[i], Coefficients[i]);
        return terms;
    }

    private void CheckDegrees(IntegerPolynomial other)
    {
        var (mine, theirs) = (MaxExponents(MultiIndex.MaxVariables), other.MaxExponents(MultiIndex.MaxVariables));
        for (var i = 0; i < mine.Length; i++)
        {
            if (mine[i] + theirs[i] > MultiIndex.MaxExponent)
                throw new UnsupportedException($"A power above {MultiIndex.MaxExponent} of a variable is too large for exact arithmetic.");
        }
    }
}
