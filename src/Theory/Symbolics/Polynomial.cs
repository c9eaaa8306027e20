using System.Collections.Immutable;
using Fractions;
using static Theory.Symbolics.Expression;

namespace Theory.Symbolics;

/// <summary>A polynomial in z with exact rational coefficients.</summary>
public sealed class Polynomial : IEquatable<Polynomial>
{
    private Polynomial(ImmutableArray<Fraction> coefficients) => Coefficients = coefficients;

    /// <summary>The coefficients of 1, z, z², …; the last one is not 0, and the zero polynomial has none.</summary>
    public ImmutableArray<Fraction> Coefficients { get; }

    /// <summary>The degree; −1 for the zero polynomial.</summary>
    public int Degree => Coefficients.Length - 1;

    /// <summary>The coefficient of a power, 0 beyond the degree.</summary>
    /// <param name="power">The power, ≥ 0.</param>
    public Fraction this[int power] => power < Coefficients.Length ? Coefficients[power] : Fraction.Zero;

    /// <summary>The polynomial of given coefficients.</summary>
    /// <param name="coefficients">The coefficients of 1, z, z², …; trailing zeros are dropped.</param>
    /// <returns>The polynomial.</returns>
    public static Polynomial Of(IEnumerable<Fraction> coefficients)
    {
        var list = coefficients.ToList();
        while (list is [.., { IsZero: true }]) list.RemoveAt(list.Count - 1);
        return new([.. list]);
    }

    /// <summary>The probabilists' Hermite polynomial He_k.</summary>
    /// <param name="order">k ≥ 0.</param>
    /// <returns>He_k(z) = Σ_j (−1)^j k!/(2^j j! (k−2j)!) z^(k−2j).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The order is negative.</exception>
    public static Polynomial Hermite(int order)
    {
        var coefficients = new Fraction[Contract.Guard.AtLeast(order, 0, nameof(order)) + 1];
        Array.Fill(coefficients, Fraction.Zero);
        var value = Fraction.One;
        for (var j = 0; 2 * j <= order; j++)
        {
            coefficients[order - 2 * j] = value;
            value *= new Fraction(-(long)(order - 2 * j) * (order - 2 * j - 1), 2 * (j + 1));
        }
        return new([.. coefficients]);
    }

    /// <summary>The value at a rational point.</summary>
    /// <param name="z">The point.</param>
    /// <returns>The exact value.</returns>
    public Fraction Evaluate(Fraction z)
    {
        var value = Fraction.Zero;
        for (var k = Degree; k >= 0; k--) value = value * z + Coefficients[k];
        return value;
    }

    /// <summary>The distinct real roots in ascending order, each the double nearest to the exact root.</summary>
    /// <returns>The roots; none for a constant.</returns>
    public ImmutableArray<double> RealRoots() => PolynomialRoots.Of(this);

    /// <inheritdoc/>
    public bool Equals(Polynomial? other) => other is not null && Coefficients.AsSpan().SequenceEqual(other.Coefficients.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Polynomial);

    /// <inheritdoc/>
    public override int GetHashCode() => Coefficients.Aggregate(Degree, (hash, c) => HashCode.Combine(hash, c));

    /// <summary>The polynomial in z, as text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        Simplifier.Sum([.. Coefficients.Select((c, k) => Simplifier.Scale(c, Simplifier.Power(new Variable(1), k))).Reverse()]).ToString();

    /// <summary>The polynomial that an expression is, or <see langword="null"/>: several variables, no polynomial, or too large.</summary>
    internal static Polynomial? TryFrom(Expression expression) =>
        expression.VariableCount <= 1 && From(expression.Simplify()) is { } coefficients ? Of(coefficients) : null;

    private static Fraction[]? From(Expression expression)
    {
        switch (expression)
        {
            case Number n:
                return [n.Value];
            case Variable:
                return [Fraction.Zero, Fraction.One];
            case Sum s:
                var sum = Array.Empty<Fraction>();
                foreach (var term in s.Terms)
                {
                    if (From(term) is not { } addend) return null;
                    sum = Add(sum, addend);
                }
                return sum;
            case Product p:
                Fraction[] product = [p.Coefficient];
                foreach (var factor in p.Factors)
                {
                    if (From(factor) is not { } other || Multiply(product, other) is not { } next) return null;
                    product = next;
                }
                return product;
            case Power { Exponent: > 0 } p:
                return From(p.Base) is { } @base ? Raise(@base, p.Exponent) : null;
            case HermitePolynomial h:
                return From(h.Argument) is { } argument ? Compose(Hermite(h.Order), argument) : null;
            default:
                return null;
        }
    }

    private static Fraction[] Add(Fraction[] left, Fraction[] right)
    {
        var sum = new Fraction[Math.Max(left.Length, right.Length)];
        for (var k = 0; k < sum.Length; k++)
            sum[k] = (k < left.Length ? left[k] : Fraction.Zero) + (k < right.Length ? right[k] : Fraction.Zero);
        return sum;
    }

    private static Fraction[]? Multiply(Fraction[] left, Fraction[] right)
    {
        var length = left.Length + right.Length - 1;
        if (length > MaximumHermiteOrder + 1 || left.Max(Rational.Bits) + right.Max(Rational.Bits) > Rational.MaximumBits / 8) return null;
        var product = new Fraction[length];
        Array.Fill(product, Fraction.Zero);
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i].IsZero) continue;
            for (var j = 0; j < right.Length; j++)
                if (!right[j].IsZero) product[i + j] += left[i] * right[j];
        }
        return product;
    }

    private static Fraction[]? Raise(Fraction[] @base, int exponent)
    {
        if ((long)(@base.Length - 1) * exponent > MaximumHermiteOrder) return null;
        Fraction[]? result = [Fraction.One];
        Fraction[]? square = @base;
        for (var bits = exponent; bits > 0 && result is not null && square is not null; bits >>= 1)
        {
            if ((bits & 1) == 1) result = Multiply(result, square);
            if (bits > 1) square = Multiply(square, square);
        }
        return square is null ? null : result;
    }

    private static Fraction[]? Compose(Polynomial outer, Fraction[] inner)
    {
        if (inner is [{ IsZero: true }, var slope] && slope == Fraction.One) return [.. outer.Coefficients];
        if ((long)(inner.Length - 1) * outer.Degree > MaximumHermiteOrder) return null;
        Fraction[]? value = [Fraction.Zero];
        for (var k = outer.Degree; k >= 0 && value is not null; k--)
            value = Multiply(value, inner) is { } shifted ? Add(shifted, [outer[k]]) : null;
        return value;
    }
}
