using System.Globalization;
using System.Numerics;

namespace Theory.Symbolics.Exact;

/// <summary>
/// An exact rational number of unlimited size in lowest terms, with a positive denominator. The default value is 0.
/// Numerators and denominators below 2⁶³ take no memory of their own; larger ones are big integers.
/// </summary>
public readonly partial struct BigRational : IExactField<BigRational>, IFormattable
{
    private readonly long _numerator;
    private readonly long _denominatorLessOne;
    private readonly Wide? _wide;

    private BigRational(long numerator, long denominator) => (_numerator, _denominatorLessOne) = (numerator, denominator - 1);

    private BigRational(Wide wide) => _wide = wide;

    /// <summary>Creates the quotient of two integers.</summary>
    /// <param name="numerator">The numerator.</param>
    /// <param name="denominator">The denominator, not zero.</param>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public BigRational(BigInteger numerator, BigInteger denominator) => this = Reduce(numerator, denominator);

    /// <summary>The number 0.</summary>
    public static BigRational Zero => default;

    /// <summary>The number 1.</summary>
    public static BigRational One => new(1L, 1L);

    /// <summary>The number 1/2.</summary>
    public static BigRational Half => new(1L, 2L);

    /// <summary>The numerator, which carries the sign.</summary>
    public BigInteger Numerator => _wide?.Numerator ?? _numerator;

    /// <summary>The denominator, at least 1.</summary>
    public BigInteger Denominator => _wide?.Denominator ?? _denominatorLessOne + 1;

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => _wide?.Numerator.Sign ?? Math.Sign(_numerator);

    /// <summary>Whether the number is 0.</summary>
    public bool IsZero => _wide is null && _numerator == 0;

    /// <summary>Whether the number is 1.</summary>
    public bool IsOne => _wide is null && _numerator == 1 && _denominatorLessOne == 0;

    /// <summary>Whether the number is an integer.</summary>
    public bool IsInteger => _wide?.Denominator.IsOne ?? (_denominatorLessOne == 0);

    private long SmallDenominator => _denominatorLessOne + 1;

    /// <summary>The absolute value.</summary>
    /// <param name="value">The number.</param>
    /// <returns>|value|.</returns>
    public static BigRational Abs(BigRational value) => value.Sign < 0 ? -value : value;

    /// <summary>An integer power.</summary>
    /// <param name="value">The base.</param>
    /// <param name="exponent">The exponent; 0⁰ = 1.</param>
    /// <returns>value^exponent.</returns>
    /// <exception cref="DivideByZeroException">The base is zero and the exponent negative.</exception>
    public static BigRational Pow(BigRational value, int exponent)
    {
        if (exponent < 0)
            return Pow(One / value, checked(-exponent));
        BigRational result = One;
        for (BigRational power = value; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                result *= power;
            if (exponent > 1)
                power *= power;
        }
        return result;
    }

    /// <summary>The greatest integer that is not greater than the number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>⌊value⌋.</returns>
    public static BigInteger Floor(BigRational value)
    {
        BigInteger quotient = BigInteger.DivRem(value.Numerator, value.Denominator, out BigInteger remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The nearest double, ties to even.</summary>
    /// <returns>The double; infinite beyond the range of doubles.</returns>
    public double ToDouble()
    {
        const long exactInDouble = 1L << 53;
        return _wide is null && Math.Abs(_numerator) <= exactInDouble && SmallDenominator <= exactInDouble
            ? (double)_numerator / SmallDenominator
            : BinaryRounding.Quotient(Numerator, Denominator);
    }

    /// <summary>The exact value of a double.</summary>
    /// <param name="value">A finite double.</param>
    /// <returns>The rational with the same value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The double is infinite or NaN.</exception>
    public static BigRational FromDouble(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, $"value must be finite; got {value}.");
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = bits & 0xF_FFFF_FFFF_FFFF;
        mantissa = exponent == 0 ? mantissa : mantissa | (1L << 52);
        int shift = Math.Max(exponent, 1) - 1075;
        BigInteger signed = bits < 0 ? -mantissa : mantissa;
        return shift >= 0 ? new BigRational(signed << shift, BigInteger.One) : new BigRational(signed, BigInteger.One << -shift);
    }

    /// <summary>Reads "3", "-3/4", "0.125" or "1e-3" exactly.</summary>
    /// <param name="text">The text, without white space inside numbers.</param>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The text is no rational number.</exception>
    public static BigRational Parse(string text) =>
        TryParse(text, out BigRational value) ? value : throw new FormatException($"'{text}' is no rational number such as 3, -3/4 or 0.125.");

    /// <summary>Reads "3", "-3/4", "0.125" or "1e-3" exactly.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The number, or 0 when there is none.</param>
    /// <returns>Whether the text is a rational number; decimal exponents beyond ±10000 are not read.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out BigRational value)
    {
        value = default;
        int slash = text.IndexOf('/');
        if (slash < 0)
            return TryParseDecimal(text, out value);
        if (!TryParseDecimal(text[..slash], out BigRational top) || !TryParseDecimal(text[(slash + 1)..], out BigRational bottom) || bottom.IsZero)
            return false;
        value = top / bottom;
        return true;
    }

    private static bool TryParseDecimal(ReadOnlySpan<char> text, out BigRational value)
    {
        const int greatestExponent = 10_000;
        value = default;
        int exponent = 0;
        int mark = text.IndexOfAny('e', 'E');
        if (mark >= 0 && (!int.TryParse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
            || Math.Abs((long)exponent) > greatestExponent))
            return false;
        ReadOnlySpan<char> digits = mark >= 0 ? text[..mark] : text;
        int point = digits.IndexOf('.');
        ReadOnlySpan<char> fraction = point < 0 ? [] : digits[(point + 1)..];
        string whole = string.Concat(point < 0 ? digits : digits[..point], fraction);
        if (fraction.ContainsAnyExceptInRange('0', '9')
            || !BigInteger.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger integer))
            return false;
        int power = exponent - fraction.Length;
        BigInteger scale = BigInteger.Pow(10, Math.Abs(power));
        value = power >= 0 ? new BigRational(integer * scale, BigInteger.One) : new BigRational(integer, scale);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(BigRational other) => _wide is null || other._wide is null
        ? _wide is null && other._wide is null && _numerator == other._numerator && _denominatorLessOne == other._denominatorLessOne
        : _wide.Numerator == other._wide.Numerator && _wide.Denominator == other._wide.Denominator;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BigRational other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _wide is null
        ? HashCode.Combine(_numerator, _denominatorLessOne)
        : HashCode.Combine(_wide.Numerator, _wide.Denominator);

    /// <inheritdoc/>
    public int CompareTo(BigRational other) => _wide is null && other._wide is null
        ? ((Int128)_numerator * other.SmallDenominator).CompareTo((Int128)other._numerator * SmallDenominator)
        : (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>The number as "3" or "-3/4".</summary>
    /// <returns>The text.</returns>
    public override string ToString() => ToString(null, CultureInfo.InvariantCulture);

    /// <summary>The number as "3" or "-3/4", whatever the format and culture.</summary>
    /// <param name="format">Ignored.</param>
    /// <param name="formatProvider">Ignored.</param>
    /// <returns>The text.</returns>
    public string ToString(string? format, IFormatProvider? formatProvider) => IsInteger
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    private sealed class Wide(BigInteger numerator, BigInteger denominator)
    {
        public BigInteger Numerator { get; } = numerator;

        public BigInteger Denominator { get; } = denominator;
    }
}
