using System.Numerics;
using Theory.Contract;

namespace Theory.Hermite.Tensors;

/// <summary>Exponents α = (α₁, …, α₉) of a monomial or of a product of Hermite polynomials, seven bits each.</summary>
/// <param name="Key">The packed exponents: variable i (from 0) occupies bits 7i to 7i + 6.</param>
public readonly record struct MultiIndex(ulong Key)
{
    /// <summary>The largest number of variables.</summary>
    public const int MaxVariables = 9;

    /// <summary>The largest exponent of one variable.</summary>
    public const int MaxExponent = 127;

    private const int Width = 7;

    /// <summary>The exponent of one variable.</summary>
    /// <param name="variable">The variable, from 0.</param>
    public int this[int variable] => (int)(Key >> (Width * variable)) & MaxExponent;

    /// <summary>|α|, the sum of the exponents.</summary>
    public int Degree
    {
        get
        {
            var sum = 0;
            for (var key = Key; key != 0; key >>= Width)
                sum += (int)key & MaxExponent;
            return sum;
        }
    }

    /// <summary>α! = ∏ αᵢ!.</summary>
    public BigInteger Factorial
    {
        get
        {
            var product = BigInteger.One;
            for (var key = Key; key != 0; key >>= Width)
                product *= Combinatorics.Factorial((int)key & MaxExponent);
            return product;
        }
    }

    /// <summary>The set of variables with a positive exponent, as bits.</summary>
    public int Support
    {
        get
        {
            var bits = 0;
            for (var i = 0; i < MaxVariables; i++)
                bits |= this[i] > 0 ? 1 << i : 0;
            return bits;
        }
    }

    /// <summary>The variables with an odd exponent, as bits: α mod 2.</summary>
    public int Parity
    {
        get
        {
            var bits = 0;
            for (var i = 0; i < MaxVariables; i++)
                bits |= (this[i] & 1) << i;
            return bits;
        }
    }

    /// <summary>The index of one variable's power.</summary>
    /// <param name="variable">The variable, from 0 to 8.</param>
    /// <param name="exponent">The exponent, from 0 to 127.</param>
    /// <returns>The index with that one exponent.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The variable or the exponent is out of range.</exception>
    public static MultiIndex Of(int variable, int exponent)
    {
        if (variable is < 0 or >= MaxVariables)
            throw Guard.OutOfRange(nameof(variable), variable, $"must be from 0 to {MaxVariables - 1}");
        if (exponent is < 0 or > MaxExponent)
            throw Guard.OutOfRange(nameof(exponent), exponent, $"must be from 0 to {MaxExponent}");
        return new((ulong)exponent << (Width * variable));
    }

    /// <summary>The index with given exponents.</summary>
    /// <param name="exponents">At most nine exponents from 0 to 127.</param>
    /// <returns>The index.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Too many exponents, or one out of range.</exception>
    public static MultiIndex Of(params ReadOnlySpan<int> exponents)
    {
        var key = 0UL;
        for (var i = 0; i < exponents.Length; i++)
            key |= Of(i, exponents[i]).Key;
        return new(key);
    }

    /// <summary>All indices of a given degree in the first variables.</summary>
    /// <param name="variables">The number of variables.</param>
    /// <param name="degree">The degree |α|.</param>
    /// <returns>The indices, each once.</returns>
    public static IEnumerable<MultiIndex> OfDegree(int variables, int degree)
    {
        if (degree == 0)
            return [default];
        return variables == 0 ? [] : OfDegreeFrom(variables - 1, degree);
    }

    private static IEnumerable<MultiIndex> OfDegreeFrom(int last, int degree)
    {
        if (last == 0)
        {
            yield return Of(0, degree);
            yield break;
        }
        for (var exponent = 0; exponent <= degree; exponent++)
        {
            foreach (var rest in OfDegreeFrom(last - 1, degree - exponent))
                yield return new(rest.Key | Of(last, exponent).Key);
        }
    }

    /// <summary>The exponents up to the last positive one, as in <c>(2,0,1)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var exponents = new List<int>();
        for (var key = Key; key != 0 || exponents.Count == 0; key >>= Width)
            exponents.Add((int)key & MaxExponent);
        return "(" + string.Join(',', exponents) + ")";
    }
}
