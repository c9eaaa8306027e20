using System.Numerics;

namespace Theory.Symbolics.Exact;

/// <summary>Products of monomials, brought to normal form.</summary>
internal static class MonomialProduct
{
    /// <summary>Adds coefficient · left · right.</summary>
    public static void AddProduct(TermSum sum, BigRational coefficient, Monomial left, Monomial right)
    {
        if (left.IsOne || right.IsOne)
        {
            sum.Add(coefficient, left.IsOne ? right : left);
            return;
        }
        ExactNumber? exponent = left.Exponent is null ? right.Exponent
            : right.Exponent is null ? left.Exponent : left.Exponent + right.Exponent;
        Factor[] factors = Merge(left.Factors, right.Factors);
        if (exponent is { IsZero: true })
            exponent = null;
        sum.Add(Normalize(coefficient, factors, exponent), BigRational.One);
    }

    /// <summary>Adds coefficient · left / right.</summary>
    public static void AddQuotient(TermSum sum, BigRational coefficient, Monomial left, Monomial right)
    {
        ExactNumber exponent = (left.Exponent ?? ExactNumber.Zero) - (right.Exponent ?? ExactNumber.Zero);
        Factor[] inverse = Array.ConvertAll(right.Factors, factor => factor with { Exponent = -factor.Exponent });
        sum.Add(Normalize(coefficient, Merge(left.Factors, inverse), exponent.IsZero ? null : exponent), BigRational.One);
    }

    /// <summary>coefficient · Π factors · e^exponent in normal form, from factors sorted by atom with distinct atoms.</summary>
    public static ExactNumber Normalize(BigRational coefficient, ReadOnlySpan<Factor> factors, ExactNumber? exponent)
    {
        var kept = new List<Factor>(factors.Length);
        ExactNumber? expanded = null;
        foreach ((Atom atom, BigRational power) in factors)
        {
            if (power.IsZero)
                continue;
            if (atom.Kind == AtomKind.Prime)
            {
                BigInteger whole = BigRational.Floor(power);
                coefficient *= BigRational.Pow(atom.Argument!.ToRational(), (int)whole);
                if (!power.IsInteger)
                    kept.Add(new(atom, power - whole));
            }
            else if (atom.Kind == AtomKind.Sum && power >= BigRational.One)
            {
                BigInteger whole = BigRational.Floor(power);
                expanded = Times(expanded, ExactNumber.Pow(atom.Argument!, (int)whole));
                if (!power.IsInteger)
                    kept.Add(new(atom, power - whole));
            }
            else
                kept.Add(new(atom, power));
        }
        expanded = Times(expanded, ReduceTrigonometric(kept));
        ExactNumber term = ExactNumber.FromTerm(coefficient, Monomial.Of([.. kept], exponent));
        return expanded is null ? term : expanded * term;
    }

    private static ExactNumber? Times(ExactNumber? left, ExactNumber? right) =>
        left is null ? right : right is null ? left : left * right;

    // Takes two sines or cosines with positive powers out of the list, as long as there are two, and returns their product as a sum.
    private static ExactNumber? ReduceTrigonometric(List<Factor> factors)
    {
        ExactNumber? product = null;
        int positive = 0;
        foreach (Factor factor in factors)
            if (factor.Atom.IsTrigonometric && factor.Exponent.Sign > 0)
                positive += (int)factor.Exponent.Numerator;
        if (positive < 2)
            return null;
        for (int i = factors.Count - 1; i >= 0; i--)
        {
            (Atom atom, BigRational power) = factors[i];
            if (!atom.IsTrigonometric || power.Sign < 0)
                continue;
            factors.RemoveAt(i);
            for (int n = (int)power.Numerator; n > 0; n--)
                product = product is null ? ExactNumber.FromAtom(atom) : TimesTrigonometric(product, atom);
        }
        return product;
    }

    // Every term of the sum has at most one sine or cosine, with power 1, and nothing else.
    private static ExactNumber TimesTrigonometric(ExactNumber sum, Atom atom)
    {
        var result = new TermSum();
        foreach ((Monomial monomial, BigRational coefficient) in sum.Terms)
        {
            if (monomial.Factors.Length == 1 && monomial.Factors[0].Atom.IsTrigonometric)
                result.Add(ProductToSum(monomial.Factors[0].Atom, atom), coefficient * BigRational.Half);
            else
                result.Add(ExactNumber.FromTerm(coefficient, monomial) * ExactNumber.FromAtom(atom), BigRational.One);
        }
        return result.ToNumber();
    }

    // 2 cos a cos b = cos(a−b) + cos(a+b); 2 sin a sin b = cos(a−b) − cos(a+b); 2 sin a cos b = sin(a+b) + sin(a−b).
    private static ExactNumber ProductToSum(Atom first, Atom second)
    {
        (ExactNumber a, ExactNumber b) = (first.Argument!, second.Argument!);
        return (first.Kind, second.Kind) switch
        {
            (AtomKind.Cos, AtomKind.Cos) => ExactNumber.Cos(a - b) + ExactNumber.Cos(a + b),
            (AtomKind.Sin, AtomKind.Sin) => ExactNumber.Cos(a - b) - ExactNumber.Cos(a + b),
            (AtomKind.Sin, AtomKind.Cos) => ExactNumber.Sin(a + b) + ExactNumber.Sin(a - b),
            _ => ExactNumber.Sin(a + b) - ExactNumber.Sin(a - b),
        };
    }

    private static Factor[] Merge(Factor[] left, Factor[] right)
    {
        if (left.Length == 0 || right.Length == 0)
            return left.Length == 0 ? right : left;
        var merged = new List<Factor>(left.Length + right.Length);
        int i = 0, j = 0;
        while (i < left.Length && j < right.Length)
        {
            int order = left[i].Atom.CompareTo(right[j].Atom);
            if (order == 0)
                merged.Add(new(left[i].Atom, left[i++].Exponent + right[j++].Exponent));
            else
                merged.Add(order < 0 ? left[i++] : right[j++]);
        }
        merged.AddRange(left.AsSpan(i));
        merged.AddRange(right.AsSpan(j));
        return [.. merged];
    }
}
