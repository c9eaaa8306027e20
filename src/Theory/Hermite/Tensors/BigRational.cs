using System.Globalization;
using System.Numerics;

namespace Theory.Hermite.Tensors;

/// <summary>An exact fraction in lowest terms with a positive denominator.</summary>
public readonly struct BigRational : IEquatable<BigRational>, IComparable<BigRational>
{
    private readonly BigInteger denominatorLessOne;

    /// <summary>Creates a fraction and reduces it.</summary>
    /// <param name="numerator">The numerator.</param>
    /// <param name="denominator">The denominator, of either sign; not zero.</param>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public BigRational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
            throw new DivideByZeroException("The denominator of a fraction must not be 0.");
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        (Numerator, denominatorLessOne) = (numerator / divisor, (denominator / divisor) - 1);
    }

    /// <summary>The numerator, which carries the sign.</summary>
    public BigInteger Numerator { get; }

    /// <summary>The denominator, at least 1.</summary>
    public BigInteger Denominator => denominatorLessOne + 1;

    /// <summary>The fraction 0.</summary>
    public static BigRational Zero => default;

    /// <summary>The fraction 1.</summary>
    public static BigRational One => new(1, 1);

    /// <summary>Whether the fraction is 0.</summary>
    public bool IsZero => Numerator.IsZero;

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => Numerator.Sign;

    /// <summary>A whole number as a fraction.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator BigRational(int value) => new(value, 1);

    /// <summary>A whole number as a fraction.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator BigRational(BigInteger value) => new(value, 1);

    /// <summary>The nearest floating-point number, also when numerator and denominator overflow one.</summary>
    /// <returns>The number.</returns>
    public double ToDouble()
    {
        var shift = Denominator.GetBitLength() - Numerator.GetBitLength() + 64;
        var quotient = shift >= 0 ? (Numerator << (int)shift) / Denominator : Numerator / (Denominator << (int)-shift);
        return double.ScaleB((double)quotient, (int)-shift);
    }

    /// <summary>Sum.</summary>
    /// <param name="left">First term.</param>
    /// <param name="right">Second term.</param>
    /// <returns>The sum.</returns>
    public static BigRational operator +(BigRational left, BigRational right) =>
        new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    /// <summary>Difference.</summary>
    /// <param name="left">First term.</param>
    /// <param name="right">Second term.</param>
    /// <returns>The difference.</returns>
    public static BigRational operator -(BigRational left, BigRational right) => left + -right;

    /// <summary>Negative.</summary>
    /// <param name="value">The fraction.</param>
    /// <returns>Its negative.</returns>
    public static BigRational operator -(BigRational value) => new(-value.Numerator, value.Denominator);

    /// <summary>Product.</summary>
    /// <param name="left">First factor.</param>
    /// <param name="right">Second factor.</param>
    /// <returns>The product.</returns>
    public static BigRational operator *(BigRational left, BigRational right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <summary>Quotient.</summary>
    /// <param name="left">The dividend.</param>
    /// <param name="right">The divisor, not zero.</param>
    /// <returns>The quotient.</returns>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public static BigRational operator /(BigRational left, BigRational right) =>
        new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    /// <summary>Equality as numbers.</summary>
    /// <param name="left">First fraction.</param>
    /// <param name="right">Second fraction.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(BigRational left, BigRational right) => left.Equals(right);

    /// <summary>Inequality as numbers.</summary>
    /// <param name="left">First fraction.</param>
    /// <param name="right">Second fraction.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(BigRational left, BigRational right) => !left.Equals(right);

    /// <inheritdoc/>
    public int CompareTo(BigRational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(BigRational other) => Numerator == other.Numerator && denominatorLessOne == other.denominatorLessOne;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BigRational other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Numerator, denominatorLessOne);

    /// <summary>The fraction as text: <c>921/16</c>, <c>-3</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => denominatorLessOne.IsZero
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
