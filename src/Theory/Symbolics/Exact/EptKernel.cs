using MathNet.Numerics;

namespace Theory.Symbolics.Exact;

/// <summary>
/// A function exp(a z + g z²) · {1 | cos w z | sin w z} · Π erf(c_i z + d_i) · |z|^p (log|z|)^n · 1{z > b}, in normal form:
/// w &gt; 0, c_i &gt; 0 (sorted), −1 &lt; p &lt; 1. The polynomial factor and the coefficients stand outside.
/// </summary>
internal sealed record EptKernel
{
    /// <summary>The function 1.</summary>
    public static EptKernel One { get; } = new();

    /// <summary>a.</summary>
    public ExactNumber Linear { get; init; } = ExactNumber.Zero;

    /// <summary>g.</summary>
    public ExactNumber Quadratic { get; init; } = ExactNumber.Zero;

    /// <summary>w &gt; 0, or null without a trigonometric factor.</summary>
    public ExactNumber? Frequency { get; init; }

    /// <summary>Whether the trigonometric factor is the sine.</summary>
    public bool IsSine { get; init; }

    /// <summary>The error functions.</summary>
    public ErrorFunctions Errors { get; init; } = ErrorFunctions.None;

    /// <summary>p.</summary>
    public BigRational AbsolutePower { get; init; }

    /// <summary>n.</summary>
    public int LogPower { get; init; }

    /// <summary>b, or null for the whole line.</summary>
    public ExactNumber? Start { get; init; }

    /// <summary>Whether there is a factor |z|^p or log|z|.</summary>
    public bool IsSingular => !AbsolutePower.IsZero || LogPower > 0;

    /// <summary>Whether the function is exp(a z + g z²) or its restriction to a half-line.</summary>
    public bool IsExponential => Frequency is null && Errors.Count == 0 && !IsSingular;

    /// <summary>1 for an even function, −1 for an odd one, 0 for neither (or unknown).</summary>
    public int Parity => Start is not null || !Linear.IsZero || !Errors.AreOdd ? 0
        : (IsSine && Frequency is not null) != (Errors.Count % 2 != 0) ? -1 : 1;

    /// <summary>The function without its restriction to a half-line.</summary>
    public EptKernel Unrestricted => Start is null ? this : this with { Start = null };

    /// <summary>The kernel that stands beside <see cref="ErrorSlope"/> in the derivative of the i-th error function.</summary>
    public EptKernel WithoutError(int i)
    {
        (ExactNumber c, ExactNumber d) = Errors[i];
        return this with { Linear = Linear - (2 * c * d), Quadratic = Quadratic - (c * c), Errors = Errors.Without(i) };
    }

    /// <summary>erf(c z + d)' = (2c/√π) e^{−d²} · e^{−2cd z − c² z²}: the constant.</summary>
    public ExactNumber ErrorSlope(int i)
    {
        (ExactNumber c, ExactNumber d) = Errors[i];
        return 2 * c * ExactNumber.Exp(-(d * d)) / ExactNumber.Sqrt(ExactNumber.Pi);
    }

    /// <summary>The value at a point, without the restriction to a half-line.</summary>
    public ExactNumber ValueAt(ExactNumber z)
    {
        ExactNumber value = ExactNumber.Exp((Linear * z) + (Quadratic * z * z)) * Errors.At(z);
        if (Frequency is { } w)
            value *= IsSine ? ExactNumber.Sin(w * z) : ExactNumber.Cos(w * z);
        if (!IsSingular)
            return value;
        int sign = z.Sign;
        if (sign == 0)
            return AbsolutePower.Sign > 0 ? ExactNumber.Zero : throw new ArithmeticException("|z|^p or log|z| is infinite at 0.");
        ExactNumber size = sign < 0 ? -z : z;
        return value * ExactNumber.Pow(size, AbsolutePower) * ExactNumber.Pow(ExactNumber.Ln(size), LogPower);
    }

    /// <summary>The value at a double, to rounding.</summary>
    public double Evaluate(double z)
    {
        if (Start is { } start && z <= start.ToDouble())
            return 0;
        double value = Math.Exp((Linear.ToDouble() * z) + (Quadratic.ToDouble() * z * z)) * Errors.Evaluate(z);
        if (Frequency is { } w)
            value *= IsSine ? Math.Sin(w.ToDouble() * z) : Math.Cos(w.ToDouble() * z);
        if (!AbsolutePower.IsZero)
            value *= Math.Pow(Math.Abs(z), AbsolutePower.ToDouble());
        return LogPower == 0 ? value : value * Math.Pow(Math.Log(Math.Abs(z)), LogPower);
    }
}

/// <summary>A product of error functions erf(c_i z + d_i) with c_i &gt; 0, compared as a multiset.</summary>
internal sealed class ErrorFunctions : IEquatable<ErrorFunctions>
{
    private readonly (ExactNumber Slope, ExactNumber Shift)[] _factors;

    private ErrorFunctions((ExactNumber Slope, ExactNumber Shift)[] factors) => _factors = factors;

    public static ErrorFunctions None { get; } = new([]);

    public int Count => _factors.Length;

    /// <summary>Whether every factor is an odd function.</summary>
    public bool AreOdd => Array.TrueForAll(_factors, f => f.Shift.IsZero);

    public (ExactNumber Slope, ExactNumber Shift) this[int index] => _factors[index];

    public static ErrorFunctions Of(ExactNumber slope, ExactNumber shift) => new([(slope, shift)]);

    public static ErrorFunctions operator *(ErrorFunctions left, ErrorFunctions right)
    {
        if (left.Count == 0 || right.Count == 0)
            return left.Count == 0 ? right : left;
        (ExactNumber, ExactNumber)[] all = [.. left._factors, .. right._factors];
        Array.Sort(all, Compare);
        return new(all);
    }

    /// <summary>The product without one factor.</summary>
    public ErrorFunctions Without(int index) => Count == 1 ? None : new([.. _factors[..index], .. _factors[(index + 1)..]]);

    /// <summary>The sign that the product changes by at −d/c, for each factor.</summary>
    public IEnumerable<ExactNumber> Zeros => _factors.Select(f => -f.Shift / f.Slope);

    /// <summary>The value at a point.</summary>
    public ExactNumber At(ExactNumber z) =>
        _factors.Aggregate(ExactNumber.One, (value, f) => value * ExactNumber.Erf((f.Slope * z) + f.Shift));

    public double Evaluate(double z) =>
        _factors.Aggregate(1.0, (value, f) => value * SpecialFunctions.Erf((f.Slope.ToDouble() * z) + f.Shift.ToDouble()));

    /// <summary>The product at scale · z + shift, and the sign that stands before it.</summary>
    public (ErrorFunctions Errors, int Sign) Compose(ExactNumber scale, ExactNumber shift)
    {
        if (Count == 0)
            return (None, 1);
        bool flip = scale.Sign < 0;
        var composed = Array.ConvertAll(_factors, f => (f.Slope * scale, f.Shift + (f.Slope * shift)));
        if (flip)
            composed = Array.ConvertAll(composed, f => (-f.Item1, -f.Item2));
        Array.Sort(composed, Compare);
        return (new(composed), flip && Count % 2 != 0 ? -1 : 1);
    }

    public bool Equals(ErrorFunctions? other) => other is not null && _factors.AsSpan().SequenceEqual(other._factors);

    public override bool Equals(object? obj) => Equals(obj as ErrorFunctions);

    public override int GetHashCode() => _factors.Aggregate(Count, HashCode.Combine);

    private static int Compare((ExactNumber Slope, ExactNumber Shift) left, (ExactNumber Slope, ExactNumber Shift) right)
    {
        int order = ExactNumber.CompareForms(left.Slope, right.Slope);
        return order != 0 ? order : ExactNumber.CompareForms(left.Shift, right.Shift);
    }
}
