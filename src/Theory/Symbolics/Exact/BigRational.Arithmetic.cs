using System.Numerics;
using Fractions;

namespace Theory.Symbolics.Exact;

public readonly partial struct BigRational : IEqualityOperators<BigRational, BigRational, bool>, IComparisonOperators<BigRational, BigRational, bool>
{
    /// <summary>An integer as a rational number.</summary>
    /// <param name="value">The integer.</param>
    public static implicit operator BigRational(int value) => new(value, 1L);

    /// <summary>An integer as a rational number.</summary>
    /// <param name="value">The integer.</param>
    public static implicit operator BigRational(long value) => value == long.MinValue ? Reduce(value, BigInteger.One) : new(value, 1L);

    /// <summary>An integer as a rational number.</summary>
    /// <param name="value">The integer.</param>
    public static implicit operator BigRational(BigInteger value) => Narrow(value, BigInteger.One);

    /// <summary>A fraction as a rational number.</summary>
    /// <param name="value">The fraction, finite.</param>
    public static implicit operator BigRational(Fraction value) => new(value.Numerator, value.Denominator);

    /// <summary>A rational number as a fraction.</summary>
    /// <param name="value">The number.</param>
    public static explicit operator Fraction(BigRational value) => new(value.Numerator, value.Denominator);

    /// <summary>The sum.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <returns>left + right.</returns>
    public static BigRational operator +(BigRational left, BigRational right)
    {
        if (left._wide is not null || right._wide is not null)
            return Reduce((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);
        long b = left.SmallDenominator, d = right.SmallDenominator;
        if (b == d)
            return Reduce((Int128)left._numerator + right._numerator, b);
        // Henrici's order: only the gcd of the denominators can divide the new numerator.
        long common = Gcd(b, d);
        Int128 sum = ((Int128)left._numerator * (d / common)) + ((Int128)right._numerator * (b / common));
        long rest = common == 1 ? 1 : Gcd((long)Int128.Abs(sum % common), common);
        return Narrow(sum / rest, (Int128)(b / common) * (d / rest));
    }

    /// <summary>The difference.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <returns>left − right.</returns>
    public static BigRational operator -(BigRational left, BigRational right) => left + -right;

    /// <summary>The opposite number.</summary>
    /// <param name="value">A number.</param>
    /// <returns>−value.</returns>
    public static BigRational operator -(BigRational value) => value._wide is null
        ? new(-value._numerator, value.SmallDenominator)
        : new(new Wide(-value._wide.Numerator, value._wide.Denominator));

    /// <summary>The product.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <returns>left · right.</returns>
    public static BigRational operator *(BigRational left, BigRational right)
    {
        if (left._wide is not null || right._wide is not null)
            return left.IsZero || right.IsZero ? Zero : Reduce(left.Numerator * right.Numerator, left.Denominator * right.Denominator);
        long a = left._numerator, b = left.SmallDenominator, c = right._numerator, d = right.SmallDenominator;
        if (d != 1)
            (a, d) = CancelCommon(a, d);
        if (b != 1)
            (c, b) = CancelCommon(c, b);
        return Narrow((Int128)a * c, (Int128)b * d);
    }

    /// <summary>The quotient.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number, not zero.</param>
    /// <returns>left / right.</returns>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public static BigRational operator /(BigRational left, BigRational right) => left * right.Inverse();

    /// <summary>Whether two numbers are equal.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <returns>left = right.</returns>
    public static bool operator ==(BigRational left, BigRational right) => left.Equals(right);

    /// <summary>Whether two numbers differ.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <returns>left ≠ right.</returns>
    public static bool operator !=(BigRational left, BigRational right) => !left.Equals(right);

    /// <summary>Whether one number is less than another.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <returns>left &lt; right.</returns>
    public static bool operator <(BigRational left, BigRational right) => left.CompareTo(right) < 0;

    /// <summary>Whether one number is greater than another.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <returns>left &gt; right.</returns>
    public static bool operator >(BigRational left, BigRational right) => left.CompareTo(right) > 0;

    /// <summary>Whether one number is at most another.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <returns>left ≤ right.</returns>
    public static bool operator <=(BigRational left, BigRational right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one number is at least another.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <returns>left ≥ right.</returns>
    public static bool operator >=(BigRational left, BigRational right) => left.CompareTo(right) >= 0;

    static BigRational IExactField<BigRational>.FromRational(BigRational value) => value;

    private BigRational Inverse()
    {
        if (IsZero)
            throw new DivideByZeroException("A rational number was divided by zero.");
        if (_wide is not null)
            return Narrow(_wide.Numerator.Sign * _wide.Denominator, BigInteger.Abs(_wide.Numerator));
        return _numerator > 0 ? new(SmallDenominator, _numerator) : new(-SmallDenominator, -_numerator);
    }

    private static (long Numerator, long Denominator) CancelCommon(long numerator, long denominator)
    {
        long common = Gcd(Math.Abs(numerator), denominator);
        return common == 1 ? (numerator, denominator) : (numerator / common, denominator / common);
    }

    private static BigRational Reduce(Int128 numerator, long denominator)
    {
        if (denominator == 1)
            return Narrow(numerator, denominator);
        long common = Gcd((long)Int128.Abs(numerator % denominator), denominator);
        return Narrow(numerator / common, denominator / common);
    }

    private static BigRational Reduce(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
            throw new DivideByZeroException("The denominator of a rational number is zero.");
        if (!denominator.IsOne)
        {
            BigInteger common = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
            (numerator, denominator) = (numerator / common, denominator / common);
        }
        return Narrow(numerator, denominator);
    }

    // The two Narrow methods take lowest terms; |long.MinValue| is kept wide so that negation never overflows.
    private static BigRational Narrow(Int128 numerator, Int128 denominator) =>
        Int128.Abs(numerator) <= long.MaxValue && denominator <= long.MaxValue
            ? new((long)numerator, (long)denominator)
            : new(new Wide((BigInteger)numerator, (BigInteger)denominator));

    private static BigRational Narrow(BigInteger numerator, BigInteger denominator) =>
        BigInteger.Abs(numerator) <= long.MaxValue && denominator <= long.MaxValue
            ? new((long)numerator, (long)denominator)
            : new(new Wide(numerator, denominator));

    private static long Gcd(long a, long b)
    {
        if (a == 0 || b == 0)
            return a | b;
        int shift = BitOperations.TrailingZeroCount(a | b);
        for (a >>= BitOperations.TrailingZeroCount(a); b != 0;)
        {
            b >>= BitOperations.TrailingZeroCount(b);
            (a, b) = a <= b ? (a, b - a) : (b, a - b);
        }
        return a << shift;
    }
}
