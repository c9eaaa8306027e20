using System.Numerics;
using Fractions;

namespace Theory.Symbolics;

/// <summary>What exact rationals need besides the arithmetic of <see cref="Fraction"/>: correct rounding, bounds on size, square roots.</summary>
internal static class Rational
{
    /// <summary>Numerators and denominators with more bits than this are refused: no expression of sane size needs them, and arithmetic with them would hang.</summary>
    public const int MaximumBits = 1 << 16;

    /// <summary>The double nearest to a rational (<see cref="Fraction.ToDouble"/> is off by an ulp for one in twelve, and NaN beyond 10^308).</summary>
    public static double ToDouble(Fraction value)
    {
        if (value.IsZero) return 0;
        var (numerator, denominator) = (BigInteger.Abs(value.Numerator), value.Denominator);
        var shift = 63 - (Bits(numerator) - Bits(denominator));
        if (shift >= 0) numerator <<= shift;
        else denominator <<= -shift;
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var digits = (ulong)quotient | (remainder.IsZero ? 0UL : 1UL);
        var magnitude = Math.ScaleB((double)digits, -shift);
        return value.IsNegative ? -magnitude : magnitude;
    }

    /// <summary>The rational that a finite double is.</summary>
    /// <exception cref="ExpressionException">The number is not finite: a constant left the range of double on the way.</exception>
    public static Fraction FromDouble(double value)
    {
        if (!double.IsFinite(value)) throw new ExpressionException("a constant is beyond the range of double precision");
        if (value == 0) return Fraction.Zero;
        var exponent = Math.ILogB(value) - 52;
        var mantissa = (BigInteger)Math.ScaleB(value, -exponent);
        return exponent >= 0
            ? new Fraction(mantissa << exponent)
            : new Fraction(mantissa, BigInteger.One << -exponent);
    }

    public static Fraction Multiply(Fraction left, Fraction right)
    {
        if (Bits(left) + Bits(right) > MaximumBits) throw TooLarge();
        return left * right;
    }

    /// <summary>value^exponent.</summary>
    /// <exception cref="ExpressionException">The result is too large, or a division by zero.</exception>
    public static Fraction Power(Fraction value, int exponent)
    {
        if (value.IsZero && exponent < 0) throw new ExpressionException("division by zero");
        if (Math.Abs((long)exponent) * Bits(value) > MaximumBits && !IsUnit(value)) throw TooLarge();
        return Fraction.Pow(value, exponent);
    }

    /// <summary>The rational square root, if there is one.</summary>
    public static bool TrySquareRoot(Fraction value, out Fraction root)
    {
        root = Fraction.Zero;
        if (value.IsNegative) return false;
        var (p, q) = (FloorSquareRoot(value.Numerator), FloorSquareRoot(value.Denominator));
        if (p * p != value.Numerator || q * q != value.Denominator) return false;
        root = new Fraction(p, q);
        return true;
    }

    public static int Bits(Fraction value) => Math.Max(Bits(value.Numerator), Bits(value.Denominator));

    public static bool IsInteger(Fraction value) => value.Denominator.IsOne;

    /// <summary>As the grammar writes it: "3", "-1/2".</summary>
    public static string ToText(Fraction value) =>
        value.Denominator.IsOne ? value.Numerator.ToString() : $"{value.Numerator}/{value.Denominator}";

    public static ExpressionException TooLarge() => new($"a constant has more than {(int)(MaximumBits * 0.30103)} digits");

    private static bool IsUnit(Fraction value) => value.Denominator.IsOne && (value.Numerator.IsOne || value.Numerator == BigInteger.MinusOne);

    private static int Bits(BigInteger value) => (int)BigInteger.Abs(value).GetBitLength();

    private static BigInteger FloorSquareRoot(BigInteger value)
    {
        if (value.IsZero) return value;
        var root = BigInteger.One << ((Bits(value) + 1) / 2);
        while (true)
        {
            var next = (root + value / root) >> 1;
            if (next >= root) return root;
            root = next;
        }
    }
}
