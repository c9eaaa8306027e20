using System.Numerics;

namespace Theory.Symbolics.Exact;

/// <summary>The Sturm sequence of the squarefree part of a polynomial over the rationals.</summary>
internal sealed class SturmSequence
{
    private readonly List<Polynomial<BigRational>> _sequence;

    public SturmSequence(Polynomial<BigRational> polynomial)
    {
        _sequence = [SquarefreePart(polynomial)];
        for (Polynomial<BigRational> next = Primitive(Squarefree.Derivative()); !next.IsZero;)
        {
            _sequence.Add(next);
            next = -Primitive(Polynomial<BigRational>.DivRem(_sequence[^2], next).Remainder);
        }
    }

    /// <summary>The polynomial with the same roots, all simple, and coprime integer coefficients.</summary>
    public Polynomial<BigRational> Squarefree => _sequence[0];

    /// <summary>The number of distinct roots in (low, high].</summary>
    public int CountRoots(BigRational low, BigRational high) => SignChanges(low) - SignChanges(high);

    public bool IsRoot(BigRational point) => _sequence[0].Evaluate(point).IsZero;

    /// <summary>The polynomial with the same roots, all simple, and coprime integer coefficients.</summary>
    public static Polynomial<BigRational> SquarefreePart(Polynomial<BigRational> polynomial)
    {
        (Polynomial<BigRational> a, Polynomial<BigRational> b) = (polynomial, polynomial.Derivative());
        while (!b.IsZero)
            (a, b) = (b, Primitive(Polynomial<BigRational>.DivRem(a, b).Remainder));
        return Primitive(a.IsConstant ? polynomial : Polynomial<BigRational>.DivRem(polynomial, a).Quotient);
    }

    /// <summary>The polynomial times a positive number, with coprime integer coefficients.</summary>
    public static Polynomial<BigRational> Primitive(Polynomial<BigRational> polynomial)
    {
        if (polynomial.IsZero)
            return polynomial;
        BigInteger top = BigInteger.Zero, bottom = BigInteger.One;
        foreach (BigRational coefficient in polynomial.Coefficients)
        {
            top = BigInteger.GreatestCommonDivisor(top, coefficient.Numerator);
            bottom = bottom / BigInteger.GreatestCommonDivisor(bottom, coefficient.Denominator) * coefficient.Denominator;
        }
        return polynomial * (Polynomial<BigRational>)new BigRational(bottom, top);
    }

    // At a root of the polynomial itself the sequence starts with 0, which counts as no change: the root belongs to the left.
    private int SignChanges(BigRational point)
    {
        int changes = 0, last = 0;
        foreach (Polynomial<BigRational> polynomial in _sequence)
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
