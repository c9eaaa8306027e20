using System.Numerics;

namespace Theory.Symbolics.Exact;

/// <summary>Rounding of exact binary numbers and quotients to the nearest double.</summary>
internal static class BinaryRounding
{
    /// <summary>The double nearest to numerator / denominator (denominator &gt; 0), ties to even.</summary>
    public static double Quotient(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.IsZero)
            return 0;
        int shift = 66 - (int)(BigInteger.Abs(numerator).GetBitLength() - denominator.GetBitLength());
        BigInteger top = BigInteger.Abs(numerator);
        (top, BigInteger bottom) = shift >= 0 ? (top << shift, denominator) : (top, denominator << -shift);
        BigInteger quotient = BigInteger.DivRem(top, bottom, out BigInteger remainder);
        // A sticky bit below 66 correct bits keeps the final rounding single.
        BigInteger mantissa = (quotient << 1) | (remainder.IsZero ? 0 : 1);
        return numerator.Sign * Scaled(mantissa, -shift - 1);
    }

    /// <summary>The double nearest to mantissa · 2^exponent, ties to even.</summary>
    public static double Scaled(BigInteger mantissa, long exponent)
    {
        if (mantissa.Sign < 0)
            return -Scaled(-mantissa, exponent);
        long length = mantissa.GetBitLength();
        long top = length + exponent;
        if (mantissa.IsZero || top < -1080)
            return 0;
        if (top > 1024)
            return double.PositiveInfinity;
        // Below 2^-1022 doubles have a fixed last place, 2^-1074.
        long keep = Math.Min(53, top + 1074);
        long drop = length - keep;
        if (drop > 0)
        {
            BigInteger kept = keep < 0 ? BigInteger.Zero : mantissa >> (int)drop;
            BigInteger rest = mantissa - (kept << (int)drop);
            int half = rest.CompareTo(BigInteger.One << (int)(drop - 1));
            mantissa = half > 0 || (half == 0 && !kept.IsEven) ? kept + 1 : kept;
            exponent += drop;
        }
        double value = (double)(long)mantissa;
        return exponent is >= -1000 and <= 970 ? value * Math.ScaleB(1, (int)exponent) : Math.ScaleB(value, (int)exponent);
    }
}
