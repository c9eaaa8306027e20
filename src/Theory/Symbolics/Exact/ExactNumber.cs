using System.Numerics;

namespace Theory.Symbolics.Exact;

/// <summary>
/// A real number held exactly: a finite sum Σ q_i · M_i with rational q_i and distinct monomials M_i, products of powers of π, primes,
/// logarithms, Γ(r), e^x, Q(x) = 1 − Φ(x), sin x, cos x, arctan x, whose arguments are exact numbers themselves.
/// </summary>
/// <remarks>
/// Every operation returns the normal form: radicands are squarefree, Φ(−x) = 1 − Φ(x), products of sines and cosines are sums,
/// e^{r ln q} = q^r, and so on. The number is zero exactly when all terms cancel (<see cref="IsZero"/>), provided that distinct monomials
/// are linearly independent over the rationals; the converse claim, that a number is not zero or has a sign, is made only with an
/// <see cref="Enclosure"/> that excludes 0 (<see cref="TrySign"/>). Instances are immutable.
/// </remarks>
public sealed partial class ExactNumber : IExactField<ExactNumber>
{
    private const int GreatestTermCount = 4_096;

    private readonly Term[] _terms;
    private int _hash;

    private ExactNumber(Term[] terms) => _terms = terms;

    /// <summary>The number 0.</summary>
    public static ExactNumber Zero { get; } = new([]);

    /// <summary>The number 1.</summary>
    public static ExactNumber One { get; } = FromRational(BigRational.One);

    /// <summary>The number π.</summary>
    public static ExactNumber Pi { get; } = FromAtom(new Atom(AtomKind.Pi));

    /// <summary>The Euler–Mascheroni constant γ = 0.5772….</summary>
    public static ExactNumber EulerGamma { get; } = FromAtom(new Atom(AtomKind.EulerGamma));

    /// <summary>Whether all terms cancel, which proves that the number is 0. When false, see <see cref="TrySign"/>.</summary>
    public bool IsZero => _terms.Length == 0;

    /// <summary>Whether the number is rational by its normal form.</summary>
    public bool IsRational => _terms.Length == 0 || (_terms.Length == 1 && _terms[0].Monomial.IsOne);

    /// <summary>Whether the number is 1 by its normal form.</summary>
    public bool IsOne => _terms.Length == 1 && _terms[0].Monomial.IsOne && _terms[0].Coefficient.IsOne;

    /// <summary>Whether the number has at most one term, so that its inverse is of the same form.</summary>
    public bool IsMonomial => _terms.Length <= 1;

    /// <summary>The number of terms of the normal form, at least 1 except for 0.</summary>
    public int TermCount => _terms.Length;

    internal ReadOnlySpan<Term> Terms => _terms;

    /// <summary>A rational number as an exact number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator ExactNumber(BigRational value) => FromRational(value);

    /// <summary>An integer as an exact number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator ExactNumber(int value) => FromRational(value);

    /// <summary>An integer as an exact number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator ExactNumber(BigInteger value) => FromRational(value);

    /// <summary>A rational number as an exact number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The same number.</returns>
    public static ExactNumber FromRational(BigRational value) => value.IsZero ? Zero : new([new(Monomial.One, value)]);

    /// <summary>The rational value.</summary>
    /// <returns>The number as a rational.</returns>
    /// <exception cref="InvalidOperationException">The number is not rational by its normal form.</exception>
    public BigRational ToRational() => _terms.Length == 0 ? BigRational.Zero
        : IsRational ? _terms[0].Coefficient
        : throw new InvalidOperationException($"{this} is not rational.");

    /// <summary>The sum.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <returns>left + right.</returns>
    public static ExactNumber operator +(ExactNumber left, ExactNumber right)
    {
        if (left.IsZero)
            return right;
        if (right.IsZero)
            return left;
        if (left.IsRational && right.IsRational)
            return FromRational(left._terms[0].Coefficient + right._terms[0].Coefficient);
        Term[] a = left._terms, b = right._terms, merged = new Term[a.Length + b.Length];
        int i = 0, j = 0, count = 0;
        while (i < a.Length && j < b.Length)
        {
            int order = a[i].Monomial.CompareTo(b[j].Monomial);
            if (order == 0)
            {
                BigRational sum = a[i].Coefficient + b[j].Coefficient;
                if (!sum.IsZero)
                    merged[count++] = new(a[i].Monomial, sum);
                i++;
                j++;
            }
            else
                merged[count++] = order < 0 ? a[i++] : b[j++];
        }
        while (i < a.Length)
            merged[count++] = a[i++];
        while (j < b.Length)
            merged[count++] = b[j++];
        return FromSorted(merged, count);
    }

    /// <summary>The difference.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <returns>left − right.</returns>
    public static ExactNumber operator -(ExactNumber left, ExactNumber right) => left + -right;

    /// <summary>The opposite number.</summary>
    /// <param name="value">A number.</param>
    /// <returns>−value.</returns>
    public static ExactNumber operator -(ExactNumber value) => value.Scale(-1);

    /// <summary>The product.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <returns>left · right.</returns>
    /// <exception cref="OverflowException">The factors have more than 4096 pairs of terms.</exception>
    public static ExactNumber operator *(ExactNumber left, ExactNumber right)
    {
        if (left.IsZero || right.IsZero)
            return Zero;
        if (left.IsRational)
            return right.Scale(left._terms[0].Coefficient);
        if (right.IsRational)
            return left.Scale(right._terms[0].Coefficient);
        if ((long)left._terms.Length * right._terms.Length > GreatestTermCount)
            throw new OverflowException($"A product of exact numbers of {left._terms.Length} and {right._terms.Length} terms is too large.");
        var sum = new TermSum();
        foreach (Term a in left._terms)
            foreach (Term b in right._terms)
                MonomialProduct.AddProduct(sum, a.Coefficient * b.Coefficient, a.Monomial, b.Monomial);
        return sum.ToNumber();
    }

    /// <summary>The quotient.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number that is certainly not zero.</param>
    /// <returns>left / right.</returns>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    /// <exception cref="ArithmeticException">It cannot be decided whether the divisor, a sum of several terms, is zero.</exception>
    public static ExactNumber operator /(ExactNumber left, ExactNumber right)
    {
        if (right.IsRational)
            return left.Scale(BigRational.One / right.ToRational());
        if (!right.IsMonomial || left.IsZero)
            return left * Pow(right, -1);
        // Term by term, so that (1 + √2) stays a factor that can cancel instead of being multiplied out.
        (Monomial divisor, BigRational coefficient) = right._terms[0];
        var sum = new TermSum();
        foreach (Term term in left._terms)
            MonomialProduct.AddQuotient(sum, term.Coefficient / coefficient, term.Monomial, divisor);
        return sum.ToNumber();
    }

    /// <summary>Whether two numbers have the same normal form, which proves them equal.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <returns>Whether the normal forms agree.</returns>
    public static bool operator ==(ExactNumber? left, ExactNumber? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two numbers have different normal forms.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <returns>Whether the normal forms differ.</returns>
    public static bool operator !=(ExactNumber? left, ExactNumber? right) => !(left == right);

    /// <summary>Whether the other number has the same normal form, which proves it equal.</summary>
    /// <param name="other">A number.</param>
    /// <returns>Whether the normal forms agree.</returns>
    public bool Equals(ExactNumber? other) => ReferenceEquals(this, other)
        || (other is not null && _terms.Length == other._terms.Length && GetHashCode() == other.GetHashCode()
            && _terms.AsSpan().SequenceEqual(other._terms));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ExactNumber);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash != 0)
            return _hash;
        var hash = new HashCode();
        foreach (Term term in _terms)
            hash.Add(term);
        return _hash = hash.ToHashCode() | 1;
    }

    /// <summary>A total order of normal forms; it has nothing to do with the numbers' size.</summary>
    internal static int CompareForms(ExactNumber left, ExactNumber right)
    {
        int order = ReferenceEquals(left, right) ? 0 : left._terms.Length.CompareTo(right._terms.Length);
        for (int i = 0; order == 0 && i < left._terms.Length && !ReferenceEquals(left, right); i++)
        {
            order = left._terms[i].Monomial.CompareTo(right._terms[i].Monomial);
            if (order == 0)
                order = left._terms[i].Coefficient.CompareTo(right._terms[i].Coefficient);
        }
        return order;
    }

    internal static ExactNumber FromAtom(Atom atom) => FromTerm(BigRational.One, Monomial.Of([new(atom, BigRational.One)], null));

    internal static ExactNumber FromTerm(BigRational coefficient, Monomial monomial) =>
        coefficient.IsZero ? Zero : new([new(monomial, coefficient)]);

    internal static ExactNumber FromSorted(Term[] terms, int count) => count == 0 ? Zero : new(count == terms.Length ? terms : terms[..count]);

    internal ExactNumber Share(Dictionary<Monomial, Monomial> shared)
    {
        var terms = new Term[_terms.Length];
        for (int i = 0; i < terms.Length; i++)
        {
            (Monomial monomial, BigRational coefficient) = _terms[i];
            if (!shared.TryGetValue(monomial, out Monomial? same))
                shared.Add(monomial, same = monomial);
            terms[i] = new(same, coefficient);
        }
        return new(terms);
    }

    internal ExactNumber Scale(BigRational by)
    {
        if (by.IsZero || IsZero)
            return Zero;
        if (by.IsOne)
            return this;
        var scaled = new Term[_terms.Length];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = new(_terms[i].Monomial, _terms[i].Coefficient * by);
        return new(scaled);
    }

    internal readonly record struct Term(Monomial Monomial, BigRational Coefficient);
}
