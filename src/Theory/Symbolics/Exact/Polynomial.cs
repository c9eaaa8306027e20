using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Theory.Symbolics.Exact;

/// <summary>A polynomial in one variable z with exact coefficients. Instances are immutable.</summary>
/// <typeparam name="T">The coefficients: <see cref="BigRational"/> or <see cref="ExactNumber"/>.</typeparam>
public sealed class Polynomial<T> : IEquatable<Polynomial<T>>,
    IAdditionOperators<Polynomial<T>, Polynomial<T>, Polynomial<T>>, ISubtractionOperators<Polynomial<T>, Polynomial<T>, Polynomial<T>>,
    IMultiplyOperators<Polynomial<T>, Polynomial<T>, Polynomial<T>>, IUnaryNegationOperators<Polynomial<T>, Polynomial<T>>
    where T : IExactField<T>
{
    private readonly T[] _coefficients;

    private Polynomial(T[] coefficients) => _coefficients = coefficients;

    /// <summary>Creates a polynomial.</summary>
    /// <param name="coefficients">The coefficients of 1, z, z², …; leading zeros are dropped.</param>
    public Polynomial(params ReadOnlySpan<T> coefficients)
    {
        int length = coefficients.Length;
        while (length > 0 && coefficients[length - 1].IsZero)
            length--;
        _coefficients = coefficients[..length].ToArray();
    }

    /// <summary>The polynomial 0.</summary>
    public static Polynomial<T> Zero { get; } = new([]);

    /// <summary>The polynomial 1.</summary>
    public static Polynomial<T> One { get; } = new([T.FromRational(BigRational.One)]);

    /// <summary>The polynomial z.</summary>
    public static Polynomial<T> Variable { get; } = new([T.FromRational(BigRational.Zero), T.FromRational(BigRational.One)]);

    /// <summary>The degree; −1 for the polynomial 0.</summary>
    public int Degree => _coefficients.Length - 1;

    /// <summary>Whether this is the polynomial 0.</summary>
    public bool IsZero => _coefficients.Length == 0;

    /// <summary>Whether the degree is at most 0.</summary>
    public bool IsConstant => _coefficients.Length <= 1;

    /// <summary>The coefficients of 1, z, z², … up to the degree.</summary>
    public ImmutableArray<T> Coefficients => ImmutableCollectionsMarshal.AsImmutableArray(_coefficients);

    /// <summary>The leading coefficient; 0 for the polynomial 0.</summary>
    public T Leading => this[Degree];

    /// <summary>The coefficient of a power.</summary>
    /// <param name="power">The power.</param>
    /// <returns>The coefficient; 0 beyond the degree.</returns>
    public T this[int power] => (uint)power < (uint)_coefficients.Length ? _coefficients[power] : T.FromRational(BigRational.Zero);

    /// <summary>A constant.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Polynomial<T>(T value) => value.IsZero ? Zero : new([value]);

    /// <summary>The sum.</summary>
    /// <param name="left">A polynomial.</param>
    /// <param name="right">A polynomial.</param>
    /// <returns>left + right.</returns>
    public static Polynomial<T> operator +(Polynomial<T> left, Polynomial<T> right)
    {
        if (left.Degree < right.Degree)
            (left, right) = (right, left);
        if (right.IsZero)
            return left;
        T[] sum = [.. left._coefficients];
        for (int i = 0; i < right._coefficients.Length; i++)
            sum[i] += right._coefficients[i];
        return new Polynomial<T>((ReadOnlySpan<T>)sum);
    }

    /// <summary>The difference.</summary>
    /// <param name="left">A polynomial.</param>
    /// <param name="right">A polynomial.</param>
    /// <returns>left − right.</returns>
    public static Polynomial<T> operator -(Polynomial<T> left, Polynomial<T> right) => left + -right;

    /// <summary>The opposite.</summary>
    /// <param name="value">A polynomial.</param>
    /// <returns>−value.</returns>
    public static Polynomial<T> operator -(Polynomial<T> value) => new(Array.ConvertAll(value._coefficients, c => -c));

    /// <summary>The product.</summary>
    /// <param name="left">A polynomial.</param>
    /// <param name="right">A polynomial.</param>
    /// <returns>left · right.</returns>
    public static Polynomial<T> operator *(Polynomial<T> left, Polynomial<T> right)
    {
        if (left.IsZero || right.IsZero)
            return Zero;
        var product = new T[left._coefficients.Length + right._coefficients.Length - 1];
        Array.Fill(product, T.FromRational(BigRational.Zero));
        for (int i = 0; i < left._coefficients.Length; i++)
        {
            if (left._coefficients[i].IsZero)
                continue;
            for (int j = 0; j < right._coefficients.Length; j++)
                product[i + j] += left._coefficients[i] * right._coefficients[j];
        }
        return new Polynomial<T>((ReadOnlySpan<T>)product);
    }

    /// <summary>The product with a number.</summary>
    /// <param name="polynomial">A polynomial.</param>
    /// <param name="factor">A number.</param>
    /// <returns>polynomial · factor.</returns>
    public static Polynomial<T> operator *(Polynomial<T> polynomial, T factor) =>
        factor.IsZero ? Zero : new(Array.ConvertAll(polynomial._coefficients, c => c * factor));

    /// <summary>A power.</summary>
    /// <param name="value">The base.</param>
    /// <param name="exponent">The exponent, not negative.</param>
    /// <returns>value^exponent.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The exponent is negative.</exception>
    public static Polynomial<T> Pow(Polynomial<T> value, int exponent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        Polynomial<T> result = One;
        for (; exponent > 0; exponent--)
            result *= value;
        return result;
    }

    /// <summary>Division with remainder: dividend = quotient · divisor + remainder.</summary>
    /// <param name="dividend">The dividend.</param>
    /// <param name="divisor">The divisor, not 0.</param>
    /// <returns>The quotient, and the remainder of smaller degree than the divisor.</returns>
    /// <exception cref="DivideByZeroException">The divisor is 0.</exception>
    public static (Polynomial<T> Quotient, Polynomial<T> Remainder) DivRem(Polynomial<T> dividend, Polynomial<T> divisor)
    {
        if (divisor.IsZero)
            throw new DivideByZeroException("A polynomial was divided by 0.");
        if (dividend.Degree < divisor.Degree)
            return (Zero, dividend);
        T[] rest = [.. dividend._coefficients];
        var quotient = new T[dividend.Degree - divisor.Degree + 1];
        for (int i = quotient.Length - 1; i >= 0; i--)
        {
            T factor = quotient[i] = rest[i + divisor.Degree] / divisor.Leading;
            if (factor.IsZero)
                continue;
            for (int j = 0; j < divisor.Degree; j++)
                rest[i + j] -= factor * divisor._coefficients[j];
        }
        return (new(quotient.AsSpan()), new(rest.AsSpan(0, divisor.Degree)));
    }

    /// <summary>The derivative.</summary>
    /// <returns>d/dz of the polynomial.</returns>
    public Polynomial<T> Derivative()
    {
        if (IsConstant)
            return Zero;
        var derivative = new T[Degree];
        for (int i = 0; i < derivative.Length; i++)
            derivative[i] = _coefficients[i + 1] * T.FromRational(i + 1);
        return new(derivative.AsSpan());
    }

    /// <summary>The value at a point.</summary>
    /// <param name="z">The point.</param>
    /// <returns>p(z).</returns>
    public T Evaluate(T z)
    {
        T value = Leading;
        for (int i = Degree - 1; i >= 0; i--)
            value = (value * z) + _coefficients[i];
        return value;
    }

    /// <summary>The composition with another polynomial.</summary>
    /// <param name="inner">What stands for z.</param>
    /// <returns>p(inner(z)).</returns>
    public Polynomial<T> Compose(Polynomial<T> inner)
    {
        Polynomial<T> value = Leading;
        for (int i = Degree - 1; i >= 0; i--)
            value = (value * inner) + _coefficients[i];
        return value;
    }

    /// <inheritdoc/>
    public bool Equals(Polynomial<T>? other) => ReferenceEquals(this, other)
        || (other is not null && _coefficients.AsSpan().SequenceEqual(other._coefficients));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Polynomial<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (T coefficient in _coefficients)
            hash.Add(coefficient);
        return hash.ToHashCode();
    }

    /// <summary>The polynomial as "c0 + (c1)*z + (c2)*z^2 + …".</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (int i = 0; i <= Degree; i++)
        {
            if (_coefficients[i].IsZero)
                continue;
            if (text.Length > 0)
                text.Append(" + ");
            string power = i switch { 0 => "", 1 => "*z", _ => $"*z^{i}" };
            text.Append(CultureInfo.InvariantCulture, $"({_coefficients[i]}){power}");
        }
        return text.Length == 0 ? "0" : text.ToString();
    }
}
