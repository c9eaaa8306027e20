using System.Numerics;

namespace Theory.Symbolics.Exact;

public readonly partial struct Enclosure
{
    /// <summary>The upper tail of the standard normal distribution, Q(x) = 1 − Φ(x) = erfc(x/√2)/2, relatively accurate in the far tail.</summary>
    /// <param name="value">A ball.</param>
    /// <returns>A ball around Q(value).</returns>
    public static Enclosure UpperTail(Enclosure value)
    {
        if (value._mid.Sign < 0)
            return Of(BigRational.One, value.Precision) - UpperTail(-value);
        Enclosure point = new(value._mid, BigInteger.Zero, value._exponent, value.Precision + GuardBits);
        double x = point.Midpoint;
        // The asymptotic series reaches relative accuracy e^{-x²/2}; before that 1 − erf loses x²/2 nats.
        double lost = x * x / 2 / Math.Log(2);
        if (lost > 1 << (GreatestExponentBits - 2))
            return new(BigInteger.One, BigInteger.One, -(1 << (GreatestExponentBits - 2)), value.Precision);
        Enclosure centre = lost > value.Precision + (3 * GuardBits) ? TailAsymptotic(point) : TailFromSeries(point, (int)lost + 8);
        centre = centre.Round(value.Precision);
        if (value._radius.IsZero)
            return centre;
        // |Q'| = φ, and φ ≤ e^{-low²/2}/2 on the ball.
        Enclosure lowest = new(BigInteger.Max(value.Lowest, BigInteger.Zero), BigInteger.Zero, value._exponent, value.Precision);
        Enclosure slope = Exp(-(lowest * lowest).Scale(-1)).Scale(-1);
        return centre.Widen(slope * new Enclosure(value._radius, BigInteger.Zero, value._exponent, value.Precision));
    }

    /// <summary>The error function erf x = 1 − 2 Q(x√2).</summary>
    /// <param name="value">A ball.</param>
    /// <returns>A ball around erf value.</returns>
    public static Enclosure Erf(Enclosure value)
    {
        Enclosure root = Sqrt(Of(2, value.Precision + GuardBits));
        Enclosure wide = value.Round(value.Precision + GuardBits);
        return (Of(BigRational.One, root.Precision) - UpperTail(wide * root).Scale(1)).Round(value.Precision);
    }

    /// <summary>The Gamma function at a rational number of (0, 1].</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="precision">The precision in bits.</param>
    /// <returns>A ball around Γ(argument).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The argument is outside (0, 1].</exception>
    public static Enclosure Gamma(BigRational argument, int precision)
    {
        if (argument.Sign <= 0 || argument > BigRational.One)
            throw new ArgumentOutOfRangeException(nameof(argument), argument, $"argument must be in (0, 1]; got {argument}.");
        // Γ(r) = γ(r, N) + Γ(r, N), 0 ≤ Γ(r, N) ≤ N^{r−1} e^{−N} ≤ e^{−N}; γ(r, N) = N^r e^{−N} Σ N^k / (r(r+1)…(r+k)).
        int work = precision + GuardBits;
        int cut = 4 + (int)(work * Math.Log(2));
        Enclosure n = Of(cut, work), r = Of(argument, work);
        Enclosure term = Of(BigRational.One, work) / r, sum = term;
        // From k = 2N on the terms fall by half or more each, so that the tail is below the last one.
        for (int k = 1; k < 2 * cut || Top(term) > Top(sum) - work; k++)
            sum += term = term * n / (r + Of(k, work));
        return (Exp((r * Ln(n)) - n) * sum.Widen(term)).Widen(Exp(-n)).Round(precision);
    }

    /// <summary>The Euler–Mascheroni constant γ = 0.5772….</summary>
    /// <param name="precision">The precision in bits.</param>
    /// <returns>A ball around γ.</returns>
    /// <remarks>
    /// Brent and McMillan, Some new algorithms for high-precision computation of Euler's constant, Math. Comp. 34 (1980), algorithm B1.
    /// </remarks>
    public static Enclosure EulerGamma(int precision)
    {
        int work = precision + (2 * GuardBits);
        int n = 2 + (int)(work * Math.Log(2) / 4);
        // γ = Σ (n^k/k!)² H_k / Σ (n^k/k!)² − ln n − ε with 0 < ε = K₀(2n)/I₀(2n) < π e^{−4n}.
        Enclosure one = Of(BigRational.One, work), square = Of((long)n * n, work);
        Enclosure weight = one, harmonic = Of(BigRational.Zero, work), top = harmonic, bottom = one;
        // From k = 2n on the terms of both sums fall by half or more each.
        for (int k = 1; k < 2 * n || Top(weight) > -work; k++)
        {
            weight = weight * square / Of((long)k * k, work);
            harmonic += one / Of(k, work);
            top += weight * harmonic;
            bottom += weight;
        }
        Enclosure ratio = top.Widen(weight * harmonic) / bottom.Widen(weight);
        return (ratio - Ln(Of(n, work))).Widen(Exp(Of(-4 * n, work)).Scale(2)).Round(precision);
    }

    // erf(x/√2)/2 = x φ(x) S, S = Σ s^n / (3·5·…·(2n+1)), s = x². Every truncation is downwards by at most 4/3 units and is
    // later multiplied by products of s/(2i+1) whose sum is at most S; and dS/ds ≤ S/2.
    private static Enclosure TailFromSeries(Enclosure point, int lostBits)
    {
        int work = point.Precision + lostBits;
        Enclosure x = new(point._mid, point._radius, point._exponent, work), square = x * x;
        (BigInteger step, BigInteger error) = square.ToFixed(work);
        BigInteger term = BigInteger.One << work, sum = term;
        int n = 1;
        for (; ; n++)
        {
            sum += term = ((term * step) >> work) / ((2 * n) + 1);
            if (term < 2 && (BigInteger)((2 * n) + 1) << (work - 1) > step)
                break;
        }
        BigInteger size = (sum >> work) + 2;
        Enclosure series = FromFixed(sum, size * (error + (2 * n) + 4), work, work);
        Enclosure density = Exp(-square.Scale(-1)) / Sqrt(Pi(work).Scale(1));
        return Of(BigRational.Half, work) - (x * density * series);
    }

    // Q(x) = φ(x)/x · Σ (−1)^n (2n−1)!! / x^{2n}: the partial sums alternate around the value.
    private static Enclosure TailAsymptotic(Enclosure point)
    {
        int work = point.Precision + GuardBits;
        Enclosure x = point.Round(work), square = x * x, term = Of(BigRational.One, work), sum = term;
        for (int n = 1; Top(term) > -work; n++)
            sum += term = -term * Of((2 * n) - 1, work) / square;
        Enclosure density = Exp(-square.Scale(-1)) / Sqrt(Pi(work).Scale(1));
        return density / x * sum.Widen(term);
    }
}
