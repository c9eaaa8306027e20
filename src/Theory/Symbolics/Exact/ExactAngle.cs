using System.Numerics;

namespace Theory.Symbolics.Exact;

/// <summary>Sines, cosines and inverse tangents in normal form.</summary>
internal static class ExactAngle
{
    /// <summary>sin(angle + quarters · π/2).</summary>
    public static ExactNumber Sine(ExactNumber angle, int quarters)
    {
        (BigRational turns, ExactNumber rest) = SplitPi(angle);
        // From here on the angle is rest + turns·π.
        turns += new BigRational(quarters, 2);
        if (!rest.IsZero && rest.Terms[0].Coefficient.Sign < 0)
            return -Reduced(-turns, -rest);
        return Reduced(turns, rest);
    }

    /// <summary>arctan of a number: an odd function, arctan x + arctan 1/x = π/2, and the multiples of π/12.</summary>
    public static ExactNumber InverseTangent(ExactNumber tangent)
    {
        if (tangent.Sign <= 0)
            return tangent.IsZero ? tangent : -InverseTangent(-tangent);
        if (tangent.CompareTo(ExactNumber.One) > 0)
            return ExactNumber.Pi / 2 - InverseTangent(ExactNumber.One / tangent);
        if (tangent.IsOne)
            return ExactNumber.Pi / 4;
        if ((tangent * tangent) == (ExactNumber)new BigRational(1, 3))
            return ExactNumber.Pi / 6;
        if (tangent == 2 - ExactNumber.Sqrt(3))
            return ExactNumber.Pi / 12;
        return ExactNumber.FromAtom(new Atom(AtomKind.Arctan, tangent));
    }

    private static ExactNumber Reduced(BigRational turns, ExactNumber rest)
    {
        BigInteger halves = BigRational.Floor(turns * 2);
        int quadrant = (int)(((halves % 4) + 4) % 4);
        turns -= new BigRational(halves, 2);
        bool cosine = (quadrant & 1) != 0;
        if (rest.IsZero && turns > new BigRational(1, 4))
            (cosine, turns) = (!cosine, BigRational.Half - turns);
        ExactNumber value = rest.IsZero && Known(turns, cosine) is { } known
            ? known
            : ExactNumber.FromAtom(new Atom(cosine ? AtomKind.Cos : AtomKind.Sin, rest + (ExactNumber.Pi * turns)));
        return quadrant >= 2 ? -value : value;
    }

    // Angles in [0, π/4] with square roots only.
    private static ExactNumber? Known(BigRational turns, bool cosine) => (turns.IsZero, (int)BigInteger.Min(turns.Denominator, 100), cosine) switch
    {
        (true, _, _) => cosine ? ExactNumber.One : ExactNumber.Zero,
        (_, 4, _) => ExactNumber.Sqrt(BigRational.Half),
        (_, 6, false) => BigRational.Half,
        (_, 6, true) => ExactNumber.Sqrt(3) / 2,
        (_, 12, false) => (ExactNumber.Sqrt(6) - ExactNumber.Sqrt(2)) / 4,
        (_, 12, true) => (ExactNumber.Sqrt(6) + ExactNumber.Sqrt(2)) / 4,
        (_, 5, true) => (1 + ExactNumber.Sqrt(5)) / 4,
        (_, 10, false) => (ExactNumber.Sqrt(5) - 1) / 4,
        _ => null,
    };

    private static (BigRational Turns, ExactNumber Remainder) SplitPi(ExactNumber angle)
    {
        foreach ((Monomial monomial, BigRational coefficient) in angle.Terms)
            if (monomial is { Exponent: null, Factors: [{ Atom.Kind: AtomKind.Pi, Exponent.IsOne: true }] })
                return (coefficient, angle - (ExactNumber.Pi * coefficient));
        return (BigRational.Zero, angle);
    }
}
