using System.Numerics;
using System.Text;

namespace Theory.Symbolics.Exact;

/// <summary>
/// Writes exact numbers: each term as one fraction with at most one radical in its numerator and one in its denominator,
/// √2/(2√π) as 1/√(2π), 1 − Q(x) as Φ(x), and 1 − 2Q(x√2) as erf x.
/// </summary>
internal sealed class ExactPrinter(ExactNotation notation)
{
    private static readonly ExactNumber Sqrt2 = ExactNumber.Sqrt(2);

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
        var merged = new Dictionary<Monomial, (BigRational Coefficient, Tail Tail)>();
        foreach ((Monomial monomial, BigRational coefficient) in number.Terms)
        {
            if (WithoutTail(monomial) is not var (rest, argument))
                continue;
            BigRational half = coefficient * BigRational.Half;
            if (terms.Remove(new(rest, -coefficient)))
                merged[monomial] = (-coefficient, Tail.Lower);
            else if ((argument * Sqrt2).IsRational && terms.Remove(new(rest, -half)))
                merged[monomial] = (-half, Tail.ErrorFunction);
        }
        foreach ((Monomial monomial, BigRational coefficient) in terms)
        {
            (BigRational shown, Tail tail) = merged.GetValueOrDefault(monomial, (coefficient, Tail.Upper));
            yield return (shown.Sign < 0, PrintTerm(BigRational.Abs(shown), monomial, tail));
        }
    }

    // M and x for M·Q(x): c M − c M Q(x) is c M Φ(x), and c M − 2 c M Q(x) is c M erf(x/√2).
    private static (Monomial Others, ExactNumber Argument)? WithoutTail(Monomial monomial)
    {
        int tail = Array.FindLastIndex(monomial.Factors, factor => factor.Atom.Kind == AtomKind.UpperTail && factor.Exponent.IsOne);
        return tail < 0
            ? null
            : (Monomial.Of([.. monomial.Factors.Where((_, i) => i != tail)], monomial.Exponent), monomial.Factors[tail].Atom.Argument!);
    }

    private string PrintTerm(BigRational coefficient, Monomial monomial, Tail tail)
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
        // The last plain tail is the one that was merged.
        int last = split.Powers.FindLastIndex(factor => factor.Atom.Kind == AtomKind.UpperTail && factor.Exponent.IsOne);
        for (int i = 0; i < split.Powers.Count; i++)
        {
            (Atom atom, BigRational power) = split.Powers[i];
            string text = i == last ? PrintTail(atom.Argument!, tail) : PrintAtom(atom);
            (power.Sign > 0 ? top : bottom).Add(notation.Power(text, BigRational.Abs(power)));
        }
        return notation.Fraction(top, bottom);
    }

    private string PrintTail(ExactNumber argument, Tail tail) => tail switch
    {
        Tail.Upper => notation.Function("normcdf", Print(-argument)),
        Tail.Lower => notation.Function("normcdf", Print(argument)),
        _ => notation.Function("erf", Print(argument * Sqrt2 / 2)),
    };

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
        List<string> factors = [.. atoms.Select(atom => PrintAtom(atom))];
        if (!integer.IsOne)
            factors.Insert(0, notation.Integer(integer));
        return factors;
    }

    private string PrintAtom(Atom atom) => atom.Kind switch
    {
        AtomKind.Prime => Print(atom.Argument!),
        AtomKind.Pi => notation.Pi,
        AtomKind.EulerGamma => notation.EulerGamma,
        AtomKind.Sum => notation.Parenthesis(Print(atom.Argument!)),
        AtomKind.UpperTail => PrintTail(atom.Argument!, Tail.Upper),
        AtomKind.Gamma => notation.Function("gamma", Print(atom.Argument!)),
        AtomKind.Log => notation.Function("ln", Print(atom.Argument!)),
        AtomKind.Arctan => notation.Function("arctan", Print(atom.Argument!)),
        AtomKind.Cos => notation.Function("cos", Print(atom.Argument!)),
        _ => notation.Function("sin", Print(atom.Argument!)),
    };

    /// <summary>What stands for Q(x): itself as Φ(−x), or with a constant Φ(x) or erf(x/√2).</summary>
    private enum Tail
    {
        Upper,
        Lower,
        ErrorFunction,
    }

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
