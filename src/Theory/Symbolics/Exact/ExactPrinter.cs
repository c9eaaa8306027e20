using System.Numerics;
using System.Text;

namespace Theory.Symbolics.Exact;

/// <summary>
/// Writes exact numbers: each term as one fraction with at most one radical in its numerator and one in its denominator,
/// √2/(2√π) as 1/√(2π), and 1 − Q(x) as Φ(x).
/// </summary>
internal sealed class ExactPrinter(ExactNotation notation)
{
    public string Print(ExactNumber number)
    {
        if (number.IsZero)
            return "0";
        var text = new StringBuilder();
        foreach ((bool negative, string term) in Terms(number))
        {
            if (text.Length == 0)
                text.Append(negative ? "-" : "");
            else
                text.Append(negative ? " - " : " + ");
            text.Append(term);
        }
        return text.ToString();
    }

    private IEnumerable<(bool Negative, string Text)> Terms(ExactNumber number)
    {
        var terms = new List<ExactNumber.Term>(number.Terms.Length);
        terms.AddRange(number.Terms);
        var complements = new HashSet<Monomial>();
        foreach ((Monomial monomial, BigRational coefficient) in number.Terms)
        {
            if (WithoutTail(monomial) is { } rest && terms.Remove(new(rest, -coefficient)))
                complements.Add(monomial);
        }
        foreach ((Monomial monomial, BigRational coefficient) in terms)
        {
            bool complement = complements.Contains(monomial);
            yield return ((coefficient.Sign < 0) != complement, PrintTerm(BigRational.Abs(coefficient), monomial, complement));
        }
    }

    // M for M·Q(x): c M − c M Q(x) is c M Φ(x).
    private static Monomial? WithoutTail(Monomial monomial)
    {
        int tail = Array.FindLastIndex(monomial.Factors, factor => factor.Atom.Kind == AtomKind.UpperTail && factor.Exponent.IsOne);
        return tail < 0 ? null : Monomial.Of([.. monomial.Factors.Where((_, i) => i != tail)], monomial.Exponent);
    }

    private string PrintTerm(BigRational coefficient, Monomial monomial, bool complement)
    {
        var split = new Split(coefficient);
        foreach (Factor factor in monomial.Factors)
            split.Add(factor);
        split.MoveRadicand();
        List<string> top = [], bottom = [];
        if (!split.Top.IsOne)
            top.Add(notation.Integer(split.Top));
        if (!split.Bottom.IsOne)
            bottom.Add(notation.Integer(split.Bottom));
        AddRadicals(split, top, bottom);
        if (monomial.Exponent is { } exponent)
            top.Add(notation.Exponential(Print(exponent)));
        bool flip = complement;
        foreach ((Atom atom, BigRational power) in split.Powers)
        {
            string text = PrintAtom(atom, flip && atom.Kind == AtomKind.UpperTail && power.IsOne);
            flip &= atom.Kind != AtomKind.UpperTail;
            (power.Sign > 0 ? top : bottom).Add(notation.Power(text, BigRational.Abs(power)));
        }
        return notation.Fraction(top, bottom);
    }

    private void AddRadicals(Split split, List<string> top, List<string> bottom)
    {
        List<string> over = Radicand(split.RootTop, split.RootsTop), under = Radicand(split.RootBottom, split.RootsBottom);
        if (under.Count > 0 && over.Count > 0)
            top.Add(notation.Root(notation.Fraction(over, under)));
        else if (over.Count > 0)
            top.Add(notation.Root(notation.Fraction(over, [])));
        else if (under.Count > 0)
            bottom.Add(notation.Root(notation.Fraction(under, [])));
    }

    private List<string> Radicand(BigInteger integer, List<Atom> atoms)
    {
        List<string> factors = [.. atoms.Select(atom => PrintAtom(atom, false))];
        if (!integer.IsOne)
            factors.Insert(0, notation.Integer(integer));
        return factors;
    }

    private string PrintAtom(Atom atom, bool complement) => atom.Kind switch
    {
        AtomKind.Prime => Print(atom.Argument!),
        AtomKind.Pi => notation.Pi,
        AtomKind.EulerGamma => notation.EulerGamma,
        AtomKind.Sum => notation.Parenthesis(Print(atom.Argument!)),
        AtomKind.UpperTail => notation.Function(atom.Kind, Print(complement ? atom.Argument! : -atom.Argument!)),
        _ => notation.Function(atom.Kind, Print(atom.Argument!)),
    };

    /// <summary>A term split into integers, what stands under the two radicals, and other powers.</summary>
    private sealed class Split(BigRational coefficient)
    {
        public BigInteger Top { get; } = coefficient.Numerator;

        public BigInteger Bottom { get; private set; } = coefficient.Denominator;

        public BigInteger RootTop { get; private set; } = BigInteger.One;

        public BigInteger RootBottom { get; private set; } = BigInteger.One;

        public List<Atom> RootsTop { get; } = [];

        public List<Atom> RootsBottom { get; } = [];

        public List<Factor> Powers { get; } = [];

        public void Add(Factor factor)
        {
            (Atom atom, BigRational power) = factor;
            if (power.Denominator == 2)
            {
                if (atom.Kind == AtomKind.Prime)
                    RootTop *= atom.Argument!.ToRational().Numerator;
                else
                    (power.Sign > 0 ? RootsTop : RootsBottom).Add(atom);
                power -= power.Sign > 0 ? BigRational.Half : -BigRational.Half;
            }
            if (!power.IsZero)
                Powers.Add(new(atom, power));
        }

        // √6/(2√π) is √3/√(2π) when the denominator has a radical anyway.
        public void MoveRadicand()
        {
            if (RootsBottom.Count == 0)
                return;
            BigInteger common = BigInteger.GreatestCommonDivisor(RootTop, Bottom);
            (RootTop, Bottom, RootBottom) = (RootTop / common, Bottom / common, common);
        }
    }
}
