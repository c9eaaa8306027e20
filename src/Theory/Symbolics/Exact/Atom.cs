namespace Theory.Symbolics.Exact;

/// <summary>The kinds of irrational factors, in the order in which they are sorted and printed.</summary>
internal enum AtomKind
{
    Prime,
    Pi,
    EulerGamma,
    Gamma,
    Log,
    Sum,
    Arctan,
    UpperTail,
    Cos,
    Sin,
}

/// <summary>
/// One irrational factor in normal form: a prime (under a radical), π, γ, Γ(r) with r in (0, 1), the logarithm of an atom, a sum of
/// several terms (under a radical or a division), arctan x with 0 &lt; x, Q(x) = 1 − Φ(x) with x &gt; 0, cos x, sin x.
/// </summary>
internal sealed class Atom : IEquatable<Atom>, IComparable<Atom>
{
    private readonly int _hash;
    private EnclosureMemo? _memo;

    public Atom(AtomKind kind, ExactNumber? argument = null)
    {
        (Kind, Argument) = (kind, argument);
        _hash = HashCode.Combine(kind, argument);
    }

    public AtomKind Kind { get; }

    /// <summary>The argument; null for π and γ.</summary>
    public ExactNumber? Argument { get; }

    public bool IsTrigonometric => Kind is AtomKind.Sin or AtomKind.Cos;

    /// <summary>Whether the atom is positive by its normal form (a cosine or a logarithm may be, but this does not say so).</summary>
    public bool IsPositive => Kind switch
    {
        AtomKind.Sin or AtomKind.Cos => false,
        AtomKind.Log => Argument!.IsRational || Argument.Equals(ExactNumber.Pi),
        _ => true,
    };

    /// <summary>A ball around the atom, computed anew only when more bits are asked for than before.</summary>
    public Enclosure Enclose(int precision)
    {
        if (_memo is not { } memo || memo.Value.Precision < precision)
            _memo = memo = new(Compute(precision));
        return memo.Value.Round(precision);
    }

    public bool Equals(Atom? other) => ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && Kind == other.Kind && Equals(Argument, other.Argument));

    public override bool Equals(object? obj) => Equals(obj as Atom);

    public override int GetHashCode() => _hash;

    public int CompareTo(Atom? other)
    {
        if (ReferenceEquals(this, other))
            return 0;
        if (other is null)
            return 1;
        int byKind = Kind.CompareTo(other.Kind);
        return byKind != 0 || Argument is null ? byKind : ExactNumber.CompareForms(Argument, other.Argument!);
    }

    private Enclosure Compute(int precision) => Kind switch
    {
        AtomKind.Prime => Argument!.Enclose(precision),
        AtomKind.Pi => Enclosure.Pi(precision),
        AtomKind.EulerGamma => Enclosure.EulerGamma(precision),
        AtomKind.Gamma => Enclosure.Gamma(Argument!.ToRational(), precision),
        AtomKind.Log => Enclosure.Ln(Argument!.Enclose(precision)),
        AtomKind.Sum => Argument!.Enclose(precision),
        AtomKind.Arctan => Enclosure.Atan(Argument!.Enclose(precision)),
        AtomKind.UpperTail => Enclosure.UpperTail(Argument!.Enclose(precision)),
        AtomKind.Cos => Enclosure.Cos(Argument!.Enclose(precision)),
        AtomKind.Sin => Enclosure.Sin(Argument!.Enclose(precision)),
        _ => throw new InvalidOperationException($"Unknown kind of atom {Kind}."),
    };
}

/// <summary>A power of an atom.</summary>
internal readonly record struct Factor(Atom Atom, BigRational Exponent)
{
    /// <summary>Radicals and the like, which print as sqrt, join under one radical.</summary>
    public bool IsHalfPower => Exponent.Denominator == 2;
}

/// <summary>An enclosure by reference, so that threads that race for it exchange whole values.</summary>
internal sealed class EnclosureMemo(Enclosure value)
{
    public Enclosure Value { get; } = value;
}
