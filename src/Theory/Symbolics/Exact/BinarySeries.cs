using System.Numerics;

namespace Theory.Symbolics.Exact;

/// <summary>
/// Fixed-point series with rigorous errors: a number x is an integer X with |x·2^bits − X| at most the stated number of units.
/// </summary>
internal static class BinarySeries
{
    // π and ln 2 to as many bits as evaluations usually ask for.
    private const int CommonBits = 384;

    private static readonly BigInteger CommonPi = ComputePi(CommonBits);
    private static readonly BigInteger CommonLn2 = ComputeLn2(CommonBits);

    /// <summary>π to within 1 unit, by Machin's 16 atan(1/5) − 4 atan(1/239).</summary>
    public static BigInteger Pi(int bits) => bits < CommonBits ? CommonPi >> (CommonBits - bits) : ComputePi(bits);

    /// <summary>ln 2 to within 1 unit, by 18 atanh(1/26) − 2 atanh(1/4801) + 8 atanh(1/8749).</summary>
    public static BigInteger Ln2(int bits) => bits < CommonBits ? CommonLn2 >> (CommonBits - bits) : ComputeLn2(bits);

    /// <summary>e^x for |x| &lt; 1 given to within <paramref name="error"/> units; returns the value and its error in units.</summary>
    public static (BigInteger Value, BigInteger Error) Exp(BigInteger x, BigInteger error, int bits)
    {
        // e^x = (e^{x/2^j})^{2^j}; each squaring at most doubles the error times e^{|x|/2^i}, at most e^{1} over all.
        int halvings = 2 + (int)Math.Sqrt(bits / 2.0);
        BigInteger small = x >> halvings;
        BigInteger one = BigInteger.One << bits, sum = one, term = one;
        int n = 1;
        for (; !term.IsZero && term != BigInteger.MinusOne; n++)
            sum += term = ((term * small) >> bits) / n;
        // Each term is off by less than 4 units; the tail after a vanished term is below one more.
        BigInteger off = (2 * ((error >> halvings) + 1)) + (4 * n) + 8;
        for (int i = 0; i < halvings; i++)
            sum = (sum * sum) >> bits;
        return (sum, (off + 2) << (halvings + 2));
    }

    /// <summary>sin x and cos x for |x| ≤ 1, each to within 4·terms + error units (the error returned).</summary>
    public static (BigInteger Sin, BigInteger Cos, BigInteger Error) SinCos(BigInteger x, BigInteger error, int bits)
    {
        BigInteger square = (x * x) >> bits;
        BigInteger one = BigInteger.One << bits;
        BigInteger sin = x, cos = one, odd = x, even = one;
        int n = 1;
        while (BigInteger.Abs(odd) > 1 || BigInteger.Abs(even) > 1)
        {
            even = -((even * square) >> bits) / ((2 * n) - 1) / (2 * n);
            odd = -((odd * square) >> bits) / (2 * n) / ((2 * n) + 1);
            cos += even;
            sin += odd;
            n++;
        }
        return (sin, cos, (2 * error) + (6 * n) + 8);
    }

    /// <summary>Σ_{j odd} x^j/j (sign = 1: artanh) or with alternating signs (sign = −1: arctan), for |x| ≤ 1/2; value and error.</summary>
    public static (BigInteger Value, BigInteger Error) InverseTangent(BigInteger x, BigInteger error, int bits, int sign)
    {
        BigInteger square = sign * ((x * x) >> bits);
        BigInteger sum = x, power = x;
        int n = 1;
        for (; BigInteger.Abs(power) > 1; n++)
            sum += (power = (power * square) >> bits) / ((2 * n) + 1);
        return (sum, (2 * error) + (4 * n) + 8);
    }

    /// <summary>⌊√n⌋ for n ≥ 0.</summary>
    public static BigInteger SquareRoot(BigInteger n)
    {
        if (n.Sign <= 0)
            return BigInteger.Zero;
        long length = n.GetBitLength();
        if (length <= 50)
            return (long)Math.Sqrt((double)(long)n);
        // Recursion on the leading half gives a start with half of the digits, then Newton from above.
        int quarter = (int)((length - 2) / 4);
        BigInteger root = (SquareRoot(n >> (2 * quarter)) + 1) << quarter;
        while (true)
        {
            BigInteger next = (root + (n / root)) >> 1;
            if (next >= root)
                return root;
            root = next;
        }
    }

    private static BigInteger ComputePi(int bits)
    {
        int guard = GuardFor(bits);
        return ((16 * InverseTangent(5, bits + guard, -1)) - (4 * InverseTangent(239, bits + guard, -1))) >> guard;
    }

    private static BigInteger ComputeLn2(int bits)
    {
        int guard = GuardFor(bits), work = bits + guard;
        return ((18 * InverseTangent(26, work, 1)) - (2 * InverseTangent(4801, work, 1)) + (8 * InverseTangent(8749, work, 1))) >> guard;
    }

    private static BigInteger InverseTangent(int reciprocal, int bits, int sign)
    {
        BigInteger power = (BigInteger.One << bits) / reciprocal, sum = power;
        int square = reciprocal * reciprocal;
        for (int n = 1; !power.IsZero; n++)
        {
            power /= square;
            BigInteger term = power / ((2 * n) + 1);
            sum = sign < 0 && (n & 1) != 0 ? sum - term : sum + term;
        }
        return sum;
    }

    private static int GuardFor(int bits) => 12 + BitOperations.Log2((uint)bits + 1);
}
