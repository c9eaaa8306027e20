using System.Numerics;

namespace Theory.Symbolics.Exact;

/// <summary>BigRational powers of exact numbers in normal form.</summary>
internal static class ExactPower
{
    private const int GreatestPower = 1 << 16;
    private const int GreatestBits = 1 << 20;

    /// <summary>1/√(2π).</summary>
    public static ExactNumber InverseRootTwoPi { get; } = Of(2 * ExactNumber.Pi, new BigRational(-1, 2));

    /// <summary>value^exponent, see <see cref="ExactNumber.Pow"/>.</summary>
    public static ExactNumber Of(ExactNumber value, BigRational exponent)
    {
        if (exponent.IsZero)
            return ExactNumber.One;
        if (exponent.IsOne)
            return value;
        if (value.IsZero)
            return exponent.Sign > 0 ? ExactNumber.Zero : throw new DivideByZeroException("0 has no negative power.");
        Bound(value, exponent);
        if (value.IsMonomial)
            return OfTerm(value, exponent);
        if (exponent.IsInteger && exponent.Sign > 0)
            return Repeated(value, (int)exponent.Numerator);
        return OfSum(value, exponent);
    }

    /// <summary>
    /// value = content · remainder with a positive one-term content, so that the remainder begins with ±1; the content is 1 when there is
    /// nothing to split.
    /// </summary>
    public static (ExactNumber Content, ExactNumber Remainder) SplitContent(ExactNumber value)
    {
        (Monomial monomial, BigRational coefficient) = value.Terms[0];
        ExactNumber content = ExactNumber.FromTerm(BigRational.Abs(coefficient), monomial.IsPositive ? monomial : Monomial.One);
        return content.IsOne ? (content, value) : (content, value * OfTerm(content, -1));
    }

    // A power with more than 2^20 bits is a mistake or an attack.
    private static void Bound(ExactNumber value, BigRational exponent)
    {
        BigRational size = BigRational.Abs(exponent);
        long bits = 0;
        foreach ((_, BigRational coefficient) in value.Terms)
            bits = Math.Max(bits, Math.Max(coefficient.Numerator.GetBitLength(), coefficient.Denominator.GetBitLength()));
        if (size > GreatestPower || size * bits > GreatestBits)
            throw new OverflowException($"The power {exponent} of a number of {bits} bits is too large.");
    }

    private static ExactNumber Repeated(ExactNumber value, int exponent)
    {
        ExactNumber result = ExactNumber.One;
        for (ExactNumber power = value; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                result *= power;
            if (exponent > 1)
                power *= power;
        }
        return result;
    }

    private static ExactNumber OfTerm(ExactNumber value, BigRational exponent)
    {
        (Monomial monomial, BigRational coefficient) = value.Terms[0];
        if (monomial.IsOne && exponent.IsInteger)
            return BigRational.Pow(coefficient, (int)exponent.Numerator);
        if (!exponent.IsInteger)
        {
            if (!monomial.IsPositive)
                return OfSum(value, exponent);
            if (coefficient.Sign < 0)
                throw Negative(value, exponent);
        }
        var factors = new Factor[monomial.Factors.Length];
        for (int i = 0; i < factors.Length; i++)
            factors[i] = monomial.Factors[i] with { Exponent = monomial.Factors[i].Exponent * exponent };
        ExactNumber power = MonomialProduct.Normalize(BigRational.One, factors, monomial.Exponent?.Scale(exponent));
        return power * (exponent.IsInteger
            ? BigRational.Pow(coefficient, (int)exponent.Numerator)
            : Radical(coefficient.Numerator, exponent) * Radical(coefficient.Denominator, -exponent));
    }

    // n^r for n ≥ 1 by the prime factors of n.
    private static ExactNumber Radical(BigInteger n, BigRational exponent)
    {
        if (n.IsOne)
            return ExactNumber.One;
        Factor[] factors = [.. IntegerFactors.Of(n).Select(p => new Factor(new Atom(AtomKind.Prime, p.Prime), p.Exponent * exponent))];
        return MonomialProduct.Normalize(BigRational.One, factors, null);
    }

    private static ExactNumber OfSum(ExactNumber value, BigRational exponent)
    {
        int sign = value.Sign;
        if (sign < 0 && !exponent.IsInteger)
            throw Negative(value, exponent);
        if (exponent == -1 && InverseByConjugate(value) is { } inverse)
            return inverse;
        if (exponent.IsInteger && InverseByConjugate(value) is { } unit)
            return Of(unit, -exponent);
        if (exponent.Denominator == 2 && RootOfSum(value) is { } root)
            return Of(root, exponent * 2);
        (ExactNumber content, ExactNumber rest) = SplitContent(sign < 0 ? -value : value);
        ExactNumber power = MonomialProduct.Normalize(BigRational.One, [new(new Atom(AtomKind.Sum, rest), exponent)], null) * Of(content, exponent);
        return sign < 0 && !exponent.Numerator.IsEven ? -power : power;
    }

    // 1/(u + v) = (u − v)/(u² − v²) where u² and v² are rational.
    private static ExactNumber? InverseByConjugate(ExactNumber value)
    {
        if (value.Terms.Length != 2)
            return null;
        ExactNumber u = ExactNumber.FromTerms([value.Terms[0]]), v = ExactNumber.FromTerms([value.Terms[1]]);
        ExactNumber norm = (u * u) - (v * v);
        return norm.IsRational && (u * u).IsRational && !norm.IsZero ? (u - v) / norm : null;
    }

    // √(a + b√m) = √((a+d)/2) ± √((a−d)/2) with d = √(a² − b²m), where that is rational.
    private static ExactNumber? RootOfSum(ExactNumber value)
    {
        if (value.Terms.Length != 2 || !value.Terms[0].Monomial.IsOne || value.Terms[0].Coefficient.Sign < 0)
            return null;
        ExactNumber a = value.Terms[0].Coefficient, v = ExactNumber.FromTerms([value.Terms[1]]), square = v * v;
        ExactNumber norm = (a * a) - square;
        if (!square.IsRational || norm.Sign < 0)
            return null;
        ExactNumber d = Of(norm, BigRational.Half);
        if (!d.IsRational)
            return null;
        ExactNumber first = Of((a + d) / 2, BigRational.Half), second = Of((a - d) / 2, BigRational.Half);
        return v.Sign > 0 ? first + second : first - second;
    }

    private static ArgumentOutOfRangeException Negative(ExactNumber value, BigRational exponent) =>
        new(nameof(value), value, $"value must not be negative for the power {exponent}; got {value}.");
}
