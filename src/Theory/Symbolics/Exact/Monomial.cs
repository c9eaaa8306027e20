namespace Theory.Symbolics.Exact;

/// <summary>
/// A basis element of the ring: a product of powers of distinct atoms, sorted, times e^x. Different monomials are treated as linearly
/// independent over the rationals when a sum is declared zero; they are never assumed so when it is declared non-zero.
/// </summary>
internal sealed class Monomial : IEquatable<Monomial>, IComparable<Monomial>
{
    private readonly int _hash;
    private EnclosureMemo? _memo;

    private Monomial(Factor[] factors, ExactNumber? exponent)
    {
        (Factors, Exponent) = (factors, exponent);
        var hash = new HashCode();
        foreach (Factor factor in factors)
            hash.Add(factor);
        hash.Add(exponent);
        _hash = hash.ToHashCode();
    }

    /// <summary>The empty product.</summary>
    public static Monomial One { get; } = new([], null);

    /// <summary>The powers, sorted by atom, none with exponent 0.</summary>
    public Factor[] Factors { get; }

    /// <summary>x of the factor e^x; null for 0.</summary>
    public ExactNumber? Exponent { get; }

    public bool IsOne => Factors.Length == 0 && Exponent is null;

    /// <summary>Whether every factor is positive by its normal form.</summary>
    public bool IsPositive => Array.TrueForAll(Factors, factor => factor.Atom.IsPositive);

    public static Monomial Of(Factor[] factors, ExactNumber? exponent) =>
        factors.Length == 0 && exponent is null ? One : new(factors, exponent);

    public Enclosure Enclose(int precision)
    {
        if (_memo is not { } memo || memo.Value.Precision < precision)
            _memo = memo = new(Compute(precision));
        return memo.Value.Round(precision);
    }

    public bool Equals(Monomial? other) => ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && Equals(Exponent, other.Exponent) && Factors.AsSpan().SequenceEqual(other.Factors));

    public override bool Equals(object? obj) => Equals(obj as Monomial);

    public override int GetHashCode() => _hash;

    /// <summary>A total order of normal forms that puts the simpler first; it has nothing to do with the numbers' size.</summary>
    public int CompareTo(Monomial? other)
    {
        if (ReferenceEquals(this, other))
            return 0;
        if (other is null)
            return 1;
        int order = Rank.CompareTo(other.Rank);
        if (order == 0)
            order = Factors.Length.CompareTo(other.Factors.Length);
        for (int i = 0; i < Factors.Length && order == 0; i++)
        {
            order = Factors[i].Atom.CompareTo(other.Factors[i].Atom);
            if (order == 0)
                order = Factors[i].Exponent.CompareTo(other.Factors[i].Exponent);
        }
        return order != 0 ? order : ExactNumber.CompareForms(Exponent ?? ExactNumber.Zero, other.Exponent ?? ExactNumber.Zero);
    }

    private int Rank => Factors.Length == 0 ? -1 : (int)Factors[^1].Atom.Kind;

    // Half powers share one square root: √2·√3/√π costs one root.
    private Enclosure Compute(int precision)
    {
        int work = precision + 8;
        Enclosure result = Enclosure.Of(BigRational.One, work), squared = result;
        bool rooted = false;
        foreach (Factor factor in Factors)
        {
            Enclosure atom = factor.Atom.Enclose(work);
            if (factor.Exponent.IsInteger)
                result *= Enclosure.Pow(atom, (int)factor.Exponent.Numerator);
            else if (factor.IsHalfPower)
            {
                squared *= Enclosure.Pow(atom, (int)factor.Exponent.Numerator);
                rooted = true;
            }
            else
                result *= Enclosure.Exp(Enclosure.Of(factor.Exponent, work) * Enclosure.Ln(atom));
        }
        if (rooted)
            result *= Enclosure.Sqrt(squared);
        if (Exponent is not null)
            result *= Enclosure.Exp(Exponent.Enclose(work));
        return result.Round(precision);
    }
}
