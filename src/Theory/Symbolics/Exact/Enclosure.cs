using System.Globalization;
using System.Numerics;

namespace Theory.Symbolics.Exact;

/// <summary>
/// A real number known to lie in a ball: |x − mid · 2^exponent| ≤ radius · 2^exponent, with big integers mid and radius.
/// Every operation is rigorous: the ball of the result contains every value that members of the operands' balls can produce.
/// Results are rounded to the smaller <see cref="Precision"/> of their operands, in bits, and the rounding joins the radius.
/// </summary>
public readonly partial struct Enclosure
{
    private readonly BigInteger _mid;
    private readonly BigInteger _radius;
    private readonly int _exponent;

    private Enclosure(BigInteger mid, BigInteger radius, int exponent, int precision)
    {
        long excess = mid.GetBitLength() - precision;
        if (excess > 0)
        {
            int shift = (int)excess;
            mid >>= shift;
            // One unit for the floor of the midpoint, one for the ceiling of the radius.
            radius = (radius >> shift) + 2;
            exponent = checked(exponent + shift);
        }
        long wide = radius.GetBitLength() - precision;
        if (wide > 0)
        {
            mid >>= (int)wide;
            radius = (radius >> (int)wide) + 2;
            exponent = checked(exponent + (int)wide);
        }
        (_mid, _radius, _exponent, Precision) = (mid, radius, exponent, precision);
    }

    /// <summary>The number of bits to which results are rounded.</summary>
    public int Precision { get; }

    /// <summary>Whether 0 lies in the ball: if not, the number is certainly not zero.</summary>
    public bool ContainsZero => BigInteger.Abs(_mid) <= _radius;

    /// <summary>1 or −1 when the ball certifies the sign, otherwise 0.</summary>
    public int CertainSign => ContainsZero ? 0 : _mid.Sign;

    /// <summary>The midpoint, rounded to the nearest double.</summary>
    public double Midpoint => BinaryRounding.Scaled(_mid, _exponent);

    /// <summary>A double that is at least the radius (infinite when no finite double is).</summary>
    public double Radius => _radius.IsZero ? 0 : Math.BitIncrement(BinaryRounding.Scaled(_radius, _exponent));

    private BigInteger Lowest => _mid - _radius;

    private BigInteger Highest => _mid + _radius;

    /// <summary>The enclosure of a rational number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="precision">The precision in bits, at least 2.</param>
    /// <returns>A ball that contains it, of radius 0 for integers below 2^precision.</returns>
    public static Enclosure Of(BigRational value, int precision)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(precision, 2);
        BigInteger denominator = value.Denominator;
        if (denominator.IsOne)
            return new(value.Numerator, BigInteger.Zero, 0, precision);
        int shift = (int)Math.Max(0, precision + 2 - value.Numerator.GetBitLength() + denominator.GetBitLength());
        return new((value.Numerator << shift) / denominator, BigInteger.One, -shift, precision);
    }

    /// <summary>The ball with given ends.</summary>
    internal static Enclosure Hull(Enclosure low, Enclosure high)
    {
        (BigInteger a, BigInteger b, int exponent) = Align(low.Lowest, low._exponent, high.Highest, high._exponent);
        return new(a + b, b - a, exponent - 1, Math.Min(low.Precision, high.Precision));
    }

    /// <summary>The sum.</summary>
    /// <param name="left">A ball.</param>
    /// <param name="right">A ball.</param>
    /// <returns>A ball around left + right.</returns>
    public static Enclosure operator +(Enclosure left, Enclosure right)
    {
        int precision = Math.Min(left.Precision, right.Precision);
        if (left._mid.IsZero && left._radius.IsZero)
            return right.Round(precision);
        if (right._mid.IsZero && right._radius.IsZero)
            return left.Round(precision);
        if (Top(left) < Top(right))
            (left, right) = (right, left);
        // A summand far below the last place of the other only widens the ball.
        if (Top(right) < left._exponent - precision)
            return new(left._mid << precision, (left._radius << precision) + 1, checked(left._exponent - precision), precision);
        int exponent = Math.Min(left._exponent, right._exponent);
        int up = left._exponent - exponent, down = right._exponent - exponent;
        return new((left._mid << up) + (right._mid << down), (left._radius << up) + (right._radius << down), exponent, precision);
    }

    /// <summary>The opposite.</summary>
    /// <param name="value">A ball.</param>
    /// <returns>The ball of −value.</returns>
    public static Enclosure operator -(Enclosure value) => new(-value._mid, value._radius, value._exponent, value.Precision);

    /// <summary>The difference.</summary>
    /// <param name="left">A ball.</param>
    /// <param name="right">A ball.</param>
    /// <returns>A ball around left − right.</returns>
    public static Enclosure operator -(Enclosure left, Enclosure right) => left + -right;

    /// <summary>The product.</summary>
    /// <param name="left">A ball.</param>
    /// <param name="right">A ball.</param>
    /// <returns>A ball around left · right.</returns>
    public static Enclosure operator *(Enclosure left, Enclosure right)
    {
        BigInteger radius = left._radius.IsZero && right._radius.IsZero
            ? BigInteger.Zero
            : (BigInteger.Abs(left._mid) * right._radius) + ((BigInteger.Abs(right._mid) + right._radius) * left._radius);
        return new(left._mid * right._mid, radius, checked(left._exponent + right._exponent), Math.Min(left.Precision, right.Precision));
    }

    /// <summary>The quotient.</summary>
    /// <param name="left">A ball.</param>
    /// <param name="right">A ball that does not contain 0.</param>
    /// <returns>A ball around left / right.</returns>
    /// <exception cref="DivideByZeroException">The divisor's ball contains 0.</exception>
    public static Enclosure operator /(Enclosure left, Enclosure right)
    {
        if (right.ContainsZero)
            throw new DivideByZeroException("The enclosure of the divisor contains 0.");
        int precision = Math.Min(left.Precision, right.Precision);
        BigInteger divisor = BigInteger.Abs(right._mid);
        int shift = (int)Math.Max(0, precision + 4 + divisor.GetBitLength() - left._mid.GetBitLength());
        BigInteger quotient = (left._mid << shift) / right._mid;
        // |a/b − A/B| ≤ (r_a + |A/B| r_b) / (|B| − r_b), in units of 2^-shift, plus one unit for the truncation.
        BigInteger spread = (left._radius << shift) + ((BigInteger.Abs(quotient) + 1) * right._radius);
        BigInteger radius = (spread / (divisor - right._radius)) + 2;
        return new(quotient, radius, checked(left._exponent - right._exponent - shift), precision);
    }

    /// <summary>An integer power.</summary>
    /// <param name="value">A ball; for negative exponents one without 0.</param>
    /// <param name="exponent">The exponent.</param>
    /// <returns>A ball around value^exponent.</returns>
    public static Enclosure Pow(Enclosure value, int exponent)
    {
        Enclosure one = Of(BigRational.One, value.Precision);
        if (exponent < 0)
            return one / Pow(value, checked(-exponent));
        Enclosure result = one;
        for (Enclosure power = value; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                result *= power;
            if (exponent > 1)
                power *= power;
        }
        return result;
    }

    /// <summary>Whether a rational number lies in the ball.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether it does.</returns>
    public bool Contains(BigRational value)
    {
        BigRational unit = BigRational.Pow(2, _exponent);
        return _mid * unit - _radius * unit <= value && value <= (_mid * unit) + (_radius * unit);
    }

    /// <summary>The double that is nearest to every number of the ball, when there is one.</summary>
    /// <param name="value">That double, otherwise the one nearest to the midpoint.</param>
    /// <returns>Whether all numbers of the ball round to the same double.</returns>
    public bool TryRound(out double value)
    {
        double low = BinaryRounding.Scaled(Lowest, _exponent), high = BinaryRounding.Scaled(Highest, _exponent);
        value = low == high ? low : Midpoint;
        return low == high;
    }

    /// <summary>The ball as "midpoint ± radius".</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Midpoint:r} ± {Radius:g2}");

    /// <summary>How many leading bits of the midpoint are certain; negative when the ball contains 0.</summary>
    internal long AccurateBits => BigInteger.Abs(_mid).GetBitLength() - _radius.GetBitLength() - 1;

    internal Enclosure Round(int precision) => precision == Precision ? this : new(_mid, _radius, _exponent, precision);

    internal Enclosure Scale(int powerOfTwo) => new(_mid, _radius, checked(_exponent + powerOfTwo), Precision);

    private static long Top(Enclosure value) => Math.Max(value._mid.GetBitLength(), value._radius.GetBitLength()) + value._exponent + 1L;

    private static (BigInteger Left, BigInteger Right, int Exponent) Align(BigInteger a, int exponentA, BigInteger b, int exponentB)
    {
        int exponent = Math.Min(exponentA, exponentB);
        return (a << (exponentA - exponent), b << (exponentB - exponent), exponent);
    }
}
