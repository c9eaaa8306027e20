using System.Numerics;

namespace Theory.Symbolics.Exact;

public sealed partial class ExactNumber
{
    private const int GreatestGamma = 10_000;

    /// <summary>The square root.</summary>
    /// <param name="value">A number that is not negative.</param>
    /// <returns>√value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="ArithmeticException">The sign of the number cannot be decided.</exception>
    public static ExactNumber Sqrt(ExactNumber value) => Pow(value, BigRational.Half);

    /// <summary>A rational power.</summary>
    /// <param name="value">The base; not negative unless the exponent is an integer.</param>
    /// <param name="exponent">The exponent; 0⁰ = 1.</param>
    /// <returns>value^exponent.</returns>
    /// <exception cref="DivideByZeroException">The base is 0 and the exponent negative.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The base is negative and the exponent no integer.</exception>
    /// <exception cref="ArithmeticException">The sign of the base is needed and cannot be decided.</exception>
    public static ExactNumber Pow(ExactNumber value, BigRational exponent) => ExactPower.Of(value, exponent);

    /// <summary>The exponential function.</summary>
    /// <param name="value">The exponent.</param>
    /// <returns>e^value, with e^{r ln q} as q^r.</returns>
    public static ExactNumber Exp(ExactNumber value)
    {
        if (value.IsZero)
            return One;
        if (!Array.Exists(value._terms, IsLogarithm))
            return FromTerm(BigRational.One, Monomial.Of([], value));
        ExactNumber rest = FromTerms(value._terms.Where(term => !IsLogarithm(term)));
        return value._terms.Where(IsLogarithm).Aggregate(
            Exp(rest), (product, term) => product * Pow(term.Monomial.Factors[0].Atom.Argument!, term.Coefficient));
    }

    /// <summary>The natural logarithm: of a rational, the sum over its prime factors.</summary>
    /// <param name="value">A positive number.</param>
    /// <returns>ln value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    /// <exception cref="ArithmeticException">The sign of the number cannot be decided.</exception>
    public static ExactNumber Ln(ExactNumber value)
    {
        if (value.Sign <= 0)
            throw new ArgumentOutOfRangeException(nameof(value), value, $"value must be positive; got {value}.");
        if (!value.IsMonomial || !value._terms[0].Monomial.IsPositive)
            return ExactPower.SplitContent(value) is ({ IsOne: false } content, ExactNumber rest)
                ? Ln(content) + Ln(rest)
                : FromAtom(new Atom(AtomKind.Log, value));
        (Monomial monomial, BigRational coefficient) = value._terms[0];
        ExactNumber sum = (monomial.Exponent ?? Zero) + LnInteger(coefficient.Numerator) - LnInteger(coefficient.Denominator);
        foreach ((Atom atom, BigRational exponent) in monomial.Factors)
        {
            ExactNumber inner = atom.Kind is AtomKind.Prime or AtomKind.Sum ? atom.Argument! : FromAtom(atom);
            sum += FromAtom(new Atom(AtomKind.Log, inner)).Scale(exponent);
        }
        return sum;
    }

    /// <summary>The upper tail of the standard normal distribution, Q(x) = P(z &gt; x).</summary>
    /// <param name="value">x.</param>
    /// <returns>Q(x).</returns>
    /// <exception cref="ArithmeticException">The sign of x cannot be decided.</exception>
    public static ExactNumber UpperTail(ExactNumber value) => value.Sign switch
    {
        0 => BigRational.Half,
        > 0 => FromAtom(new Atom(AtomKind.UpperTail, value)),
        _ => One - FromAtom(new Atom(AtomKind.UpperTail, -value)),
    };

    /// <summary>The standard normal distribution function Φ(x) = P(z ≤ x).</summary>
    /// <param name="value">x.</param>
    /// <returns>Φ(x).</returns>
    /// <exception cref="ArithmeticException">The sign of x cannot be decided.</exception>
    public static ExactNumber NormalCdf(ExactNumber value) => UpperTail(-value);

    /// <summary>The standard normal density φ(x) = e^{−x²/2}/√(2π).</summary>
    /// <param name="value">x.</param>
    /// <returns>φ(x).</returns>
    public static ExactNumber NormalPdf(ExactNumber value) => Exp((value * value).Scale(new BigRational(-1, 2))) * ExactPower.InverseRootTwoPi;

    /// <summary>The error function erf x = 1 − 2 Q(x√2).</summary>
    /// <param name="value">x.</param>
    /// <returns>erf x.</returns>
    /// <exception cref="ArithmeticException">The sign of x cannot be decided.</exception>
    public static ExactNumber Erf(ExactNumber value) => One - UpperTail(value * Sqrt(2)).Scale(2);

    /// <summary>The sine.</summary>
    /// <param name="value">The angle in radians.</param>
    /// <returns>sin value.</returns>
    public static ExactNumber Sin(ExactNumber value) => ExactAngle.Sine(value, 0);

    /// <summary>The cosine.</summary>
    /// <param name="value">The angle in radians.</param>
    /// <returns>cos value.</returns>
    public static ExactNumber Cos(ExactNumber value) => ExactAngle.Sine(value, 1);

    /// <summary>The inverse tangent.</summary>
    /// <param name="value">The tangent.</param>
    /// <returns>arctan value in (−π/2, π/2).</returns>
    /// <exception cref="ArithmeticException">The sign of the number cannot be decided.</exception>
    public static ExactNumber Atan(ExactNumber value) => ExactAngle.InverseTangent(value);

    /// <summary>The inverse sine.</summary>
    /// <param name="value">The sine, in [−1, 1].</param>
    /// <returns>arcsin value in [−π/2, π/2].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside [−1, 1].</exception>
    /// <exception cref="ArithmeticException">It cannot be decided whether the number is in range.</exception>
    public static ExactNumber Asin(ExactNumber value)
    {
        ExactNumber rest = One - (value * value);
        return rest.Sign switch
        {
            0 => Pi.Scale(new BigRational(value.Sign, 2)),
            > 0 => Atan(value / Sqrt(rest)),
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, $"value must be in [-1, 1]; got {value}."),
        };
    }

    /// <summary>The Gamma function at a rational number.</summary>
    /// <param name="value">The argument; not 0, −1, −2, ….</param>
    /// <returns>Γ(value): a factorial, a multiple of √π, or a rational multiple of Γ at the fractional part.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The argument is a pole.</exception>
    /// <exception cref="OverflowException">The argument is beyond ±10000.</exception>
    public static ExactNumber Gamma(BigRational value)
    {
        if (value.IsInteger && value.Sign <= 0)
            throw new ArgumentOutOfRangeException(nameof(value), value, $"value must not be 0 or a negative integer; got {value}.");
        if (BigRational.Abs(value) > GreatestGamma)
            throw new OverflowException($"Γ({value}) is too large.");
        BigRational factor = BigRational.One;
        for (; value > BigRational.One; factor *= value)
            value -= BigRational.One;
        for (; value.Sign < 0; value += BigRational.One)
            factor /= value;
        return value.IsOne ? factor
            : value == BigRational.Half ? Sqrt(Pi).Scale(factor)
            : FromAtom(new Atom(AtomKind.Gamma, value)).Scale(factor);
    }

    internal static ExactNumber FromTerms(IEnumerable<Term> sorted)
    {
        Term[] terms = [.. sorted];
        return FromSorted(terms, terms.Length);
    }

    private static ExactNumber LnInteger(BigInteger value)
    {
        var sum = new TermSum();
        foreach ((BigInteger prime, int exponent) in IntegerFactors.Of(value))
            sum.Add(FromAtom(new Atom(AtomKind.Log, prime)), exponent);
        return sum.ToNumber();
    }

    private static bool IsLogarithm(Term term) => term.Monomial is { Exponent: null, Factors: [{ Atom.Kind: AtomKind.Log, Exponent.IsOne: true }] };
}
