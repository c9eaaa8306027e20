namespace Theory.Symbolics.Exact;

public sealed partial class ExactNumber
{
    private const int FirstPrecision = 96;
    private const int SignPrecision = 1 << 12;

    /// <summary>The sign.</summary>
    /// <exception cref="ArithmeticException">The sign cannot be decided: the terms do not cancel, but no enclosure up to 4096 bits excludes 0.</exception>
    public int Sign => TrySign(out int sign)
        ? sign
        : throw new ArithmeticException($"The sign of {this} cannot be decided: {SignPrecision} bits do not separate it from 0.");

    /// <summary>Decides the sign: 0 when all terms cancel, ±1 when an enclosure excludes 0.</summary>
    /// <param name="sign">−1, 0 or 1; 0 when undecided.</param>
    /// <returns>Whether the sign is decided.</returns>
    public bool TrySign(out int sign)
    {
        sign = 0;
        if (IsZero)
            return true;
        if (_terms.Length == 1 && _terms[0].Monomial.IsPositive)
        {
            sign = _terms[0].Coefficient.Sign;
            return true;
        }
        try
        {
            for (int precision = FirstPrecision; precision <= SignPrecision && sign == 0; precision *= 2)
                sign = Enclose(precision).CertainSign;
        }
        catch (OverflowException)
        {
            // A sum with a term beyond e^(2³⁰) stays undecided.
        }
        return sign != 0;
    }

    /// <summary>An enclosure computed with a given working precision; cancellation may leave fewer accurate bits.</summary>
    /// <param name="precision">The working precision in bits, at least 2.</param>
    /// <returns>A ball that contains the number.</returns>
    /// <exception cref="OverflowException">An exponential is beyond the range of enclosures.</exception>
    public Enclosure Enclose(int precision)
    {
        Enclosure sum = Enclosure.Of(BigRational.Zero, precision);
        foreach ((Monomial monomial, BigRational coefficient) in _terms)
        {
            Enclosure factor = Enclosure.Of(coefficient, precision);
            sum += monomial.IsOne ? factor : factor * monomial.Enclose(precision);
        }
        return sum;
    }

    /// <summary>The nearest double (in the rare case that 2¹² bits do not tell which of two it is, one of these two).</summary>
    /// <returns>The double; infinite beyond the range of doubles.</returns>
    /// <exception cref="OverflowException">A term is beyond e^(2³⁰), the range of enclosures.</exception>
    public double ToDouble()
    {
        if (IsRational)
            return ToRational().ToDouble();
        const int greatestPrecision = 1 << 12;
        double value = 0;
        for (int precision = FirstPrecision; precision <= greatestPrecision; precision *= 2)
            if (Enclose(precision).TryRound(out value))
                break;
        // −0 is no value of a number.
        return value == 0 ? 0 : value;
    }

    /// <summary>Compares two numbers by size.</summary>
    /// <param name="other">A number.</param>
    /// <returns>The sign of the difference.</returns>
    /// <exception cref="ArithmeticException">The sign of the difference cannot be decided.</exception>
    public int CompareTo(ExactNumber? other) => other is null ? 1
        : IsRational && other.IsRational ? ToRational().CompareTo(other.ToRational())
        : (this - other).Sign;

    /// <summary>The number in the grammar of expressions, such as <c>1/(2*sqrt(pi))</c>, <c>-4*sqrt(3)/27</c> or <c>sqrt(2/pi)</c>.</summary>
    /// <returns>The text; <c>gamma(3/4)</c> and <c>EulerGamma</c> are no part of the grammar.</returns>
    public override string ToString() => new ExactPrinter(ExactNotation.Text).Print(this);

    /// <summary>The number in LaTeX, for mathematics mode.</summary>
    /// <returns>The text.</returns>
    public string ToLatex() => new ExactPrinter(ExactNotation.Latex).Print(this);
}
