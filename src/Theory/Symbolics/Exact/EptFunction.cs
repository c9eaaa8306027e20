using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Theory.Symbolics.Exact;

/// <summary>
/// A function of one variable in closed form: a finite sum of q(z) · exp(a z + g z²) · {cos | sin}(w z) · Π erf(c z + d) · |z|^p (log|z|)^n ·
/// 1{z &gt; b} with polynomials q and exact parameters. Equal functions have equal forms (up to values at single points), except for
/// hidden relations between exact numbers. Instances are immutable.
/// </summary>
/// <remarks>
/// The class is closed under sums, products, derivatives and affine changes of the variable; its Hermite coefficients follow from
/// integration by parts, see <see cref="Coefficients"/>.
/// </remarks>
public sealed partial class EptFunction : IEquatable<EptFunction>,
    IAdditionOperators<EptFunction, EptFunction, EptFunction>, ISubtractionOperators<EptFunction, EptFunction, EptFunction>,
    IMultiplyOperators<EptFunction, EptFunction, EptFunction>, IUnaryNegationOperators<EptFunction, EptFunction>
{
    private readonly Dictionary<EptKernel, Polynomial<ExactNumber>> _terms;

    internal EptFunction(IEnumerable<KeyValuePair<EptKernel, Polynomial<ExactNumber>>> terms) => _terms = new(terms);

    /// <summary>The function 0.</summary>
    public static EptFunction Zero { get; } = new([]);

    /// <summary>The function z.</summary>
    public static EptFunction Variable { get; } = Of(Polynomial<ExactNumber>.Variable);

    /// <summary>The function log|z|.</summary>
    public static EptFunction LogAbsolute { get; } = FromKernel(new() { LogPower = 1 });

    /// <summary>Whether the function is 0 almost everywhere.</summary>
    public bool IsZero => _terms.Count == 0;

    internal IReadOnlyDictionary<EptKernel, Polynomial<ExactNumber>> Terms => _terms;

    /// <summary>A constant function.</summary>
    /// <param name="value">Its value.</param>
    public static implicit operator EptFunction(ExactNumber value) => Of(value);

    /// <summary>A constant function.</summary>
    /// <param name="value">Its value.</param>
    public static implicit operator EptFunction(int value) => Of((ExactNumber)value);

    /// <summary>A polynomial as a function.</summary>
    /// <param name="polynomial">The polynomial.</param>
    /// <returns>The function.</returns>
    public static EptFunction Of(Polynomial<ExactNumber> polynomial) => FromKernel(EptKernel.One, polynomial);

    /// <summary>exp(a z + g z²).</summary>
    /// <param name="linear">a.</param>
    /// <param name="quadratic">g; 0 by default.</param>
    /// <returns>The function.</returns>
    public static EptFunction Exponential(ExactNumber linear, ExactNumber? quadratic = null) =>
        FromKernel(new() { Linear = linear, Quadratic = quadratic ?? ExactNumber.Zero });

    /// <summary>sin(w z + phase).</summary>
    /// <param name="frequency">w.</param>
    /// <param name="phase">The phase.</param>
    /// <returns>The function.</returns>
    /// <exception cref="ArithmeticException">The sign of w cannot be decided.</exception>
    public static EptFunction Sine(ExactNumber frequency, ExactNumber phase) => Wave(frequency, true, phase);

    /// <summary>cos(w z + phase).</summary>
    /// <param name="frequency">w.</param>
    /// <param name="phase">The phase.</param>
    /// <returns>The function.</returns>
    /// <exception cref="ArithmeticException">The sign of w cannot be decided.</exception>
    public static EptFunction Cosine(ExactNumber frequency, ExactNumber phase) => Wave(frequency, false, phase);

    /// <summary>erf(c z + d).</summary>
    /// <param name="slope">c.</param>
    /// <param name="shift">d.</param>
    /// <returns>The function.</returns>
    /// <exception cref="ArithmeticException">The sign of c cannot be decided.</exception>
    public static EptFunction ErrorFunction(ExactNumber slope, ExactNumber shift) => slope.Sign switch
    {
        0 => ExactNumber.Erf(shift),
        < 0 => -ErrorFunction(-slope, -shift),
        _ => FromKernel(new() { Errors = ErrorFunctions.Of(slope, shift) }),
    };

    /// <summary>1{z &gt; start}.</summary>
    /// <param name="start">The beginning of the half-line.</param>
    /// <returns>The function.</returns>
    public static EptFunction HalfLine(ExactNumber start) => FromKernel(new() { Start = start });

    /// <summary>1{low &lt; z &lt; high}.</summary>
    /// <param name="low">The lower end, or <see langword="null"/> for −∞.</param>
    /// <param name="high">The upper end, above the lower one, or <see langword="null"/> for +∞.</param>
    /// <returns>The function.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The upper end is not above the lower one.</exception>
    /// <exception cref="ArithmeticException">The order of the ends cannot be decided.</exception>
    public static EptFunction Interval(ExactNumber? low, ExactNumber? high) =>
        low is null || high is null || low.CompareTo(high) < 0
            ? (low is null ? 1 : HalfLine(low)) - (high is null ? Zero : HalfLine(high))
            : throw new ArgumentOutOfRangeException(nameof(high), high, $"high must be above low, {low}; got {high}.");

    /// <summary>|z|^p.</summary>
    /// <param name="power">p &gt; −1.</param>
    /// <returns>The function.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The power is not integrable at 0.</exception>
    public static EptFunction AbsolutePower(BigRational power)
    {
        if (power <= -BigRational.One)
            throw new ArgumentOutOfRangeException(nameof(power), power, $"power must be above -1; got {power}.");
        return FromKernel(new() { AbsolutePower = power });
    }

    /// <summary>The sum.</summary>
    /// <param name="left">A function.</param>
    /// <param name="right">A function.</param>
    /// <returns>left + right.</returns>
    public static EptFunction operator +(EptFunction left, EptFunction right) => Combine(left, right, ExactNumber.One);

    /// <summary>The difference.</summary>
    /// <param name="left">A function.</param>
    /// <param name="right">A function.</param>
    /// <returns>left − right.</returns>
    public static EptFunction operator -(EptFunction left, EptFunction right) => Combine(left, right, -1);

    /// <summary>The opposite.</summary>
    /// <param name="value">A function.</param>
    /// <returns>−value.</returns>
    public static EptFunction operator -(EptFunction value) => Combine(Zero, value, -1);

    /// <summary>The product.</summary>
    /// <param name="left">A function.</param>
    /// <param name="right">A function.</param>
    /// <returns>left · right.</returns>
    /// <exception cref="ArithmeticException">The product has a pole at 0, or the order of two kinks cannot be decided.</exception>
    public static EptFunction operator *(EptFunction left, EptFunction right)
    {
        var sum = new EptSum();
        foreach ((EptKernel kernelLeft, Polynomial<ExactNumber> polynomialLeft) in left._terms)
            foreach ((EptKernel kernelRight, Polynomial<ExactNumber> polynomialRight) in right._terms)
                sum.AddProduct(kernelLeft, kernelRight, polynomialLeft * polynomialRight);
        return sum.ToFunction();
    }

    /// <summary>A power.</summary>
    /// <param name="value">The base.</param>
    /// <param name="exponent">The exponent, not negative.</param>
    /// <returns>value^exponent.</returns>
    public static EptFunction Pow(EptFunction value, int exponent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        EptFunction result = 1;
        for (EptFunction power = value; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                result *= power;
            if (exponent > 1)
                power *= power;
        }
        return result;
    }

    /// <summary>The function of a changed variable, z ↦ f(scale · z + shift).</summary>
    /// <param name="scale">The factor, not 0.</param>
    /// <param name="shift">The shift; 0 if the function has a factor |z|^p or log|z|.</param>
    /// <returns>The composed function.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is 0.</exception>
    /// <exception cref="ArithmeticException">The sign of the factor cannot be decided, or a singularity would move away from 0.</exception>
    public EptFunction Compose(ExactNumber scale, ExactNumber shift)
    {
        if (scale.Sign == 0)
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "scale must not be 0.");
        var sum = new EptSum();
        var inner = new Polynomial<ExactNumber>(shift, scale);
        foreach ((EptKernel kernel, Polynomial<ExactNumber> polynomial) in _terms)
            AddComposed(sum, kernel, polynomial.Compose(inner), scale, shift);
        return sum.ToFunction();
    }

    /// <summary>The function in closed form that an expression in z is.</summary>
    /// <param name="expression">An expression without variables or in z alone.</param>
    /// <param name="function">The function, or <see langword="null"/>.</param>
    /// <returns>Whether the expression lies in the class; tanh(z) or relu(sin(z)) do not.</returns>
    public static bool TryFrom(Expression expression, [NotNullWhen(true)] out EptFunction? function)
    {
        PartialForm? form = expression.VariableCount <= 1 ? ExactExpansion.FormOf(expression) : null;
        function = form is { IsClosed: true } ? form.Known : null;
        return function is not null;
    }

    /// <summary>Whether two functions have the same form.</summary>
    /// <param name="other">A function.</param>
    /// <returns>Whether they have.</returns>
    public bool Equals(EptFunction? other) => other is not null && _terms.Count == other._terms.Count
        && _terms.All(term => other._terms.TryGetValue(term.Key, out Polynomial<ExactNumber>? polynomial) && polynomial.Equals(term.Value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EptFunction);

    /// <inheritdoc/>
    public override int GetHashCode() => _terms.Aggregate(0, (hash, term) => hash ^ HashCode.Combine(term.Key, term.Value));

    internal ExactNumber? AsConstant() => IsZero ? ExactNumber.Zero
        : _terms.Count == 1 && _terms.TryGetValue(EptKernel.One, out Polynomial<ExactNumber>? polynomial) && polynomial.IsConstant ? polynomial.Leading
        : null;

    internal static EptFunction FromKernel(EptKernel kernel, Polynomial<ExactNumber>? polynomial = null)
    {
        var sum = new EptSum();
        sum.Add(kernel, polynomial ?? Polynomial<ExactNumber>.One);
        return sum.ToFunction();
    }

    private static EptFunction Wave(ExactNumber frequency, bool sine, ExactNumber phase)
    {
        var sum = new EptSum();
        sum.AddWave(EptKernel.One, Polynomial<ExactNumber>.One, frequency, sine, phase);
        return sum.ToFunction();
    }

    private static EptFunction Combine(EptFunction left, EptFunction right, ExactNumber scale)
    {
        var sum = new EptSum();
        sum.Add(left, ExactNumber.One);
        sum.Add(right, scale);
        return sum.ToFunction();
    }
}
