using System.Numerics;

namespace Theory.Symbolics.Exact;

/// <summary>The Sturm sequence of the squarefree part of a polynomial over the rationals.</summary>
internal sealed class SturmSequence
{
    private readonly List<Polynomial<Rational>> _sequence;

    public SturmSequence(Polynomial<Rational> polynomial)
    {
        _sequence = [SquarefreePart(polynomial)];
        for (Polynomial<Rational> next = Primitive(Squarefree.Derivative()); !next.IsZero;)
        {
            _sequence.Add(next);
            next = -Primitive(Polynomial<Rational>.DivRem(_sequence[^2], next).Remainder);
        }
    }

    /// <summary>The polynomial with the same roots, all simple, and coprime integer coefficients.</summary>
    public Polynomial<Rational> Squarefree => _sequence[0];

    /// <summary>The number of distinct roots in (low, high].</summary>
    public int CountRoots(Rational low, Rational high) => SignChanges(low) - SignChanges(high);

    public bool IsRoot(Rational point) => _sequence[0].Evaluate(point).IsZero;

    /// <summary>The polynomial with the same roots, all simple, and coprime integer coefficients.</summary>
    public static Polynomial<Rational> SquarefreePart(Polynomial<Rational> polynomial)
    {
        (Polynomial<Rational> a, Polynomial<Rational> b) = (polynomial, polynomial.Derivative());
        while (!b.IsZero)
            (a, b) = (b, Primitive(Polynomial<Rational>.DivRem(a, b).Remainder));
        return Primitive(a.IsConstant ? polynomial : Polynomial<Rational>.DivRem(polynomial, a).Quotient);
    }

    /// <summary>The polynomial times a positive number, with coprime integer coefficients.</summary>
    public static Polynomial<Rational> Primitive(Polynomial<Rational> polynomial)
    {
        if (polynomial.IsZero)
            return polynomial;
        BigInteger top = BigInteger.Zero, bottom = BigInteger.One;
        foreach (Rational coefficient in polynomial.Coefficients)
        {
            top = BigInteger.GreatestCommonDivisor(top, coefficient.Numerator);
            bottom = bottom / BigInteger.GreatestCommonDivisor(bottom, coefficient.Denominator) * coefficient.Denominator;
        }
        return polynomial * (Polynomial<Rational>)new Rational(bottom, top);
    }

    // At a root of the polynomial itself the sequence starts with 0, which counts as no change: the root belongs to the left.
    private int SignChanges(Rational point)
    {
        int changes = 0, last = 0;
        foreach (Polynomial<Rational> polynomial in _sequence)
        {
            int sign = polynomial.Evaluate(point).Sign;
            if (sign == 0)
                continue;
            changes += last != 0 && sign != last ? 1 : 0;
            last = sign;
        }
        return changes;
    }
}
