namespace Theory.Symbolics.Exact;

/// <summary>Which symmetric parts a function may have.</summary>
[Flags]
internal enum Symmetry
{
    None = 0,
    Even = 1,
    Odd = 2,
    Any = 3,
}

/// <summary>
/// A function of z as far as its structure is known: a part in closed form plus a rest of which only the symmetry is known.
/// Sums and products keep both; tanh z, say, is 0 plus an odd rest, and sigmoid z is 1/2 plus an odd rest.
/// </summary>
internal sealed record PartialForm(EptFunction Known, Symmetry Rest)
{
    // Products of more coefficients than this are not worked out: a closed form of that size serves nobody.
    private const int GreatestWork = 20_000;

    public static PartialForm Zero { get; } = new(EptFunction.Zero, Symmetry.None);

    /// <summary>Whether nothing is left out.</summary>
    public bool IsClosed => Rest == Symmetry.None;

    /// <summary>The symmetric parts that the whole function may have.</summary>
    public Symmetry Content => Rest | ContentOf(Known);

    public static PartialForm Closed(EptFunction function) => new(function, Symmetry.None);

    /// <summary>A function of which only the symmetry is known; a function of the constant 0 is a constant, hence even.</summary>
    public static PartialForm Opaque(Symmetry symmetry) => new(EptFunction.Zero, symmetry == Symmetry.None ? Symmetry.Even : symmetry);

    public static PartialForm operator +(PartialForm left, PartialForm right) => new(left.Known + right.Known, left.Rest | right.Rest);

    public static PartialForm operator -(PartialForm left, PartialForm right) => new(left.Known - right.Known, left.Rest | right.Rest);

    public static PartialForm operator *(PartialForm left, PartialForm right)
    {
        Symmetry rest = left.IsClosed && right.IsClosed
            ? Symmetry.None
            : Product(left.Rest, right.Content) | Product(left.Content, right.Rest);
        if (Size(left.Known) * Size(right.Known) > GreatestWork)
            return Opaque(Product(left.Content, right.Content));
        try
        {
            return new(left.Known * right.Known, rest);
        }
        catch (ArithmeticException)
        {
            return Opaque(Product(left.Content, right.Content));
        }
    }

    /// <summary>A power with a positive exponent.</summary>
    public static PartialForm Pow(PartialForm value, int exponent)
    {
        PartialForm result = Closed(1);
        for (PartialForm power = value; ; power *= power)
        {
            if ((exponent & 1) != 0)
                result *= power;
            exponent >>= 1;
            if (exponent == 0)
                return result;
        }
    }

    /// <summary>The symmetry of a product of functions of given symmetries.</summary>
    public static Symmetry Product(Symmetry left, Symmetry right)
    {
        Symmetry product = Symmetry.None;
        if ((left.HasFlag(Symmetry.Even) && right.HasFlag(Symmetry.Even)) || (left.HasFlag(Symmetry.Odd) && right.HasFlag(Symmetry.Odd)))
            product |= Symmetry.Even;
        if ((left.HasFlag(Symmetry.Even) && right.HasFlag(Symmetry.Odd)) || (left.HasFlag(Symmetry.Odd) && right.HasFlag(Symmetry.Even)))
            product |= Symmetry.Odd;
        return product;
    }

    // The number of coefficients.
    private static long Size(EptFunction function) => function.Terms.Values.Sum(polynomial => polynomial.Degree + 1L);

    private static Symmetry ContentOf(EptFunction function)
    {
        if (function.IsZero)
            return Symmetry.None;
        try
        {
            return function.Parity() switch { > 0 => Symmetry.Even, < 0 => Symmetry.Odd, _ => Symmetry.Any };
        }
        catch (ArithmeticException)
        {
            return Symmetry.Any;
        }
    }
}
