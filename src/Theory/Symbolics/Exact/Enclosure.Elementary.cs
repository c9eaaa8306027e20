using System.Numerics;

namespace Theory.Symbolics.Exact;

public readonly partial struct Enclosure
{
    private const int GuardBits = 20;
    private const int GreatestExponentBits = 30;

    /// <summary>An enclosure of π.</summary>
    /// <param name="precision">The precision in bits.</param>
    /// <returns>A ball of relative radius about 2^−precision.</returns>
    public static Enclosure Pi(int precision) => FromFixed(BinarySeries.Pi(precision + 4), 2, precision + 4, precision);

    /// <summary>The square root.</summary>
    /// <param name="value">A ball; its negative part, if any, is cut off.</param>
    /// <returns>A ball around √value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">All numbers of the ball are negative.</exception>
    public static Enclosure Sqrt(Enclosure value)
    {
        if (value.Highest.Sign < 0)
            throw new ArgumentOutOfRangeException(nameof(value), value, $"value must not be negative; got {value}.");
        BigInteger low = BigInteger.Max(value.Lowest, BigInteger.Zero);
        int shift = (int)Math.Max(0, (2L * value.Precision) + 8 - value.Highest.GetBitLength());
        if (((value._exponent - shift) & 1) != 0)
            shift++;
        int exponent = (value._exponent - shift) / 2;
        BigInteger below = BinarySeries.SquareRoot(low << shift);
        if (value._radius.IsZero)
            return new((2 * below) + 1, BigInteger.One, exponent - 1, value.Precision);
        BigInteger above = BinarySeries.SquareRoot(value.Highest << shift) + 1;
        return new(below + above, above - below, exponent - 1, value.Precision);
    }

    /// <summary>The exponential function.</summary>
    /// <param name="value">A ball.</param>
    /// <returns>A ball around e^value.</returns>
    /// <exception cref="OverflowException">The argument is not certainly smaller than 2³⁰.</exception>
    public static Enclosure Exp(Enclosure value)
    {
        Enclosure highest = new(value.Highest, BigInteger.Zero, value._exponent, value.Precision);
        if (highest._mid.Sign < 0 && Top(highest) > GreatestExponentBits)
            return new(BigInteger.One, BigInteger.One, -(1 << (GreatestExponentBits - 1)), value.Precision);
        if (Top(value) > GreatestExponentBits)
            throw new OverflowException($"exp({value.Midpoint:g3}) is beyond the range of enclosures.");
        Enclosure centre = ExpOfPoint(value);
        if (value._radius.IsZero)
            return centre;
        Enclosure spread = new(value._radius, BigInteger.Zero, value._exponent, value.Precision);
        // e^{m±r} lies within e^m (e^r − 1) ≤ 2 r e^m of e^m for r ≤ 1.
        return Top(spread) <= 0
            ? centre.Widen(centre * spread.Scale(1))
            : Hull(centre / ExpOfPoint(spread), centre * ExpOfPoint(spread));
    }

    /// <summary>The natural logarithm.</summary>
    /// <param name="value">A ball of positive numbers.</param>
    /// <returns>A ball around ln value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The ball is not certainly positive.</exception>
    public static Enclosure Ln(Enclosure value)
    {
        if (value.CertainSign <= 0)
            throw new ArgumentOutOfRangeException(nameof(value), value, $"value must be positive; got {value}.");
        int length = (int)value._mid.GetBitLength();
        int halvings = length + value._exponent;
        int work = value.Precision + GuardBits + BitOperations.Log2((uint)Math.Abs(halvings) + 1);
        // mid = f·2^halvings with 1/2 ≤ f < 1, and ln f = 2 artanh((f − 1)/(f + 1)) with |(f − 1)/(f + 1)| ≤ 1/3.
        BigInteger one = BigInteger.One << work;
        BigInteger fraction = work >= length ? value._mid << (work - length) : value._mid >> (length - work);
        (BigInteger series, BigInteger error) = BinarySeries.InverseTangent(((fraction - one) << work) / (fraction + one), 2, work, 1);
        BigInteger sum = (2 * series) + (halvings * BinarySeries.Ln2(work));
        Enclosure centre = FromFixed(sum, (2 * error) + Math.Abs(halvings) + 2, work, value.Precision);
        if (value._radius.IsZero)
            return centre;
        Enclosure lowest = new(value.Lowest, BigInteger.Zero, value._exponent, value.Precision);
        return centre.Widen(new Enclosure(value._radius, BigInteger.Zero, value._exponent, value.Precision) / lowest);
    }

    /// <summary>The sine.</summary>
    /// <param name="value">A ball.</param>
    /// <returns>A ball around sin value.</returns>
    public static Enclosure Sin(Enclosure value) => SinShifted(value, 0);

    /// <summary>The cosine.</summary>
    /// <param name="value">A ball.</param>
    /// <returns>A ball around cos value.</returns>
    public static Enclosure Cos(Enclosure value) => SinShifted(value, 1);

    /// <summary>The inverse tangent.</summary>
    /// <param name="value">A ball.</param>
    /// <returns>A ball around arctan value.</returns>
    public static Enclosure Atan(Enclosure value)
    {
        if (value._mid.Sign < 0)
            return -Atan(-value);
        Enclosure point = new(value._mid, BigInteger.Zero, value._exponent, value.Precision + GuardBits);
        Enclosure one = Of(BigRational.One, point.Precision);
        bool reciprocal = (point - one).CertainSign > 0;
        if (reciprocal)
            point = one / point;
        const int halvings = 3;
        for (int i = 0; i < halvings; i++)
            point /= one + Sqrt(one + (point * point));
        (BigInteger mid, BigInteger error) = point.ToFixed(point.Precision);
        (BigInteger series, error) = BinarySeries.InverseTangent(mid, error, point.Precision, -1);
        Enclosure angle = FromFixed(series, error, point.Precision, point.Precision).Scale(halvings);
        if (reciprocal)
            angle = Pi(point.Precision).Scale(-1) - angle;
        return angle.Round(value.Precision).Widen(new(value._radius, BigInteger.Zero, value._exponent, value.Precision));
    }

    private static Enclosure ExpOfPoint(Enclosure value)
    {
        double approximate = value.Midpoint;
        int halvings = (int)Math.Round(approximate / Math.Log(2));
        int work = value.Precision + GuardBits + BitOperations.Log2((uint)Math.Abs(halvings) + 1) + (int)Math.Sqrt(value.Precision / 2.0);
        BigInteger x = ShiftBy(value._mid, value._exponent + work) - (halvings * BinarySeries.Ln2(work));
        (BigInteger result, BigInteger error) = BinarySeries.Exp(x, Math.Abs(halvings) + 2, work);
        return FromFixed(result, error, work, value.Precision).Scale(halvings);
    }

    // sin(x + quarters·π/2), by reduction of the midpoint to |r| ≤ π/4; |sin'| ≤ 1 carries the radius over.
    private static Enclosure SinShifted(Enclosure value, int quarters)
    {
        long size = Math.Max(0, Top(value));
        if (size > 1 << 20)
            throw new OverflowException($"An angle of about 2^{size} is beyond the range of enclosures.");
        int work = value.Precision + GuardBits + (int)size;
        BigInteger halfPi = BinarySeries.Pi(work) >> 1;
        BigInteger x = ShiftBy(value._mid, value._exponent + work);
        BigInteger turns = ((2 * x) + halfPi) / (2 * halfPi);
        if (x.Sign < 0)
            turns = ((2 * x) - halfPi) / (2 * halfPi);
        BigInteger rest = x - (turns * halfPi);
        (BigInteger sin, BigInteger cos, BigInteger error) = BinarySeries.SinCos(rest, (2 * BigInteger.Abs(turns)) + 2, work);
        int quadrant = (int)(((turns + quarters) % 4 + 4) % 4);
        BigInteger result = (quadrant & 1) == 0 ? sin : cos;
        Enclosure centre = FromFixed(quadrant >= 2 ? -result : result, error, work, value.Precision);
        return centre.Widen(new(value._radius, BigInteger.Zero, value._exponent, value.Precision));
    }

    private static BigInteger ShiftBy(BigInteger value, int bits) => bits >= 0 ? value << bits : value >> -bits;

    private static Enclosure FromFixed(BigInteger value, BigInteger error, int bits, int precision) => new(value, error, -bits, precision);

    private (BigInteger Mid, BigInteger Error) ToFixed(int bits) =>
        (ShiftBy(_mid, _exponent + bits), ShiftBy(_radius, _exponent + bits) + 2);

    private Enclosure Widen(Enclosure by)
    {
        BigInteger extra = BigInteger.Abs(by._mid) + by._radius;
        if (extra.IsZero)
            return this;
        int exponent = Math.Min(_exponent, by._exponent);
        return new(_mid << (_exponent - exponent), (_radius << (_exponent - exponent)) + (extra << (by._exponent - exponent)), exponent, Precision);
    }
}
