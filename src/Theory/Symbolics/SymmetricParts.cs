using System.Collections.Immutable;
using Fractions;
using static Theory.Symbolics.Expression;

namespace Theory.Symbolics;

/// <summary>
/// What structure tells of the even and the odd part of a function of z: each is a polynomial with constant coefficients (0 included), or
/// <see langword="null"/> when it is not known to be one. Closed under sums, products, powers and composition; relu(u) = u/2 + |u|/2 and its like included.
/// </summary>
internal sealed record SymmetricParts(ConstantPolynomial? Even, ConstantPolynomial? Odd)
{
    private const int LargestExpandedOrder = 60;

    private static readonly SymmetricParts Unknown = new(null, null);
    private static readonly SymmetricParts EvenOnly = new(null, ConstantPolynomial.Zero);
    private static readonly SymmetricParts OddOnly = new(ConstantPolynomial.Zero, null);

    public Parity Parity => Odd is { IsZero: true } ? Parity.Even : Even is { IsZero: true } ? Parity.Odd : Parity.None;

    /// <summary>c if the function is c·z plus an even function, else <see langword="null"/>.</summary>
    public Expression? LinearPlusEven => Odd switch
    {
        { IsZero: true } => Simplifier.Zero,
        { Degree: 1 } => Odd.Coefficients[1],
        _ => null,
    };

    /// <summary>The parts of a simplified expression in z.</summary>
    public static SymmetricParts Of(Expression expression) => expression.SymmetricParts;

    /// <summary>Computes them; use <see cref="Of"/>, which remembers: nested maxima ask for each part more than once.</summary>
    public static SymmetricParts Compute(Expression expression) => expression switch
    {
        { IsConstant: true } => Constant(expression),
        Variable => new(ConstantPolynomial.Zero, ConstantPolynomial.Monomial(1, Simplifier.One)),
        Sum s => s.Terms.Select(Of).Aggregate((a, b) => a.Plus(b)).OrByReflection(s),
        Product p => p.Factors.Select(Of).Aggregate(Constant(Simplifier.Number(p.Coefficient)), (a, b) => a.Times(b)).OrByReflection(p),
        Power p => Raised(Of(p.Base), p.Exponent),
        AbsolutePower p => OfEvenFunction(Of(p.Operand)),
        HermitePolynomial h => OfHermite(h.Order, h.Argument),
        Call { Arguments: [var u] } c => OfCall(c.Function, u),
        Call { Arguments: [var u, var v] } c => OfBinary(c.Function, u, v),
        Indicator i => OfIndicator(i),
        _ => Unknown,
    };

    private static SymmetricParts Constant(Expression value) => new(ConstantPolynomial.Monomial(0, value), ConstantPolynomial.Zero);

    private static SymmetricParts OfEvenFunction(SymmetricParts argument) => argument.Parity == Parity.None ? Unknown : EvenOnly;

    private static SymmetricParts OfCall(Function function, Expression argument)
    {
        var u = Of(argument);
        if (u.Parity == Parity.Even) return EvenOnly;
        if (u.Parity != Parity.Odd) return Unknown;
        return function switch
        {
            Function.Sign or Function.Sin or Function.Tanh or Function.Erf or Function.HardTanh or Function.ArcTan => OddOnly,
            Function.Abs or Function.Cos or Function.Cosh => EvenOnly,
            // step(0) = 0: where u vanishes on an interval, step(u) − 1/2 is not odd.
            Function.Step when ZeroSets.IsNull(argument) => new(ConstantPolynomial.Monomial(0, Simplifier.Half), null),
            Function.Sigmoid or Function.NormCdf => new(ConstantPolynomial.Monomial(0, Simplifier.Half), null),
            Function.Relu or Function.Softplus or Function.Silu or Function.Gelu or Function.GeluTanh or Function.HardSwish =>
                new(null, u.Odd?.Scale(Simplifier.Half)),
            _ => Unknown,
        };
    }

    private static SymmetricParts OfBinary(Function function, Expression first, Expression second)
    {
        var (u, v) = (Of(first), Of(second));
        if (u.Parity == Parity.Even && v.Parity == Parity.Even) return EvenOnly;
        var half = Constant(Simplifier.Half);
        switch (function)
        {
            case Function.Max:
            case Function.Min:
                // (u + v)/2 ± |u − v|/2
                return half.Times(u.Plus(v)).Plus(OfEvenFunction(Of(Difference(first, second))));
            case Function.LeakyRelu:
                // (1 + s)u/2 + (1 − s)|u|/2
                var one = Constant(Simplifier.One);
                return half.Times(one.Plus(v)).Times(u).Plus(half.Times(one.Plus(v.Negated())).Times(OfEvenFunction(u)));
            default:
                return u.Parity == Parity.Odd && v.Parity == Parity.Even ? OddOnly : Unknown;
        }
    }

    /// <summary>Even if the reflected chain says the same, read forwards or backwards.</summary>
    private static SymmetricParts OfIndicator(Indicator indicator)
    {
        if (indicator.Terms.All(t => Of(t).Parity == Parity.Even)) return EvenOnly;
        var reflected = indicator.Terms.Select(Reflected).ToImmutableArray();
        ImmutableArray<Expression> negated = [.. reflected.Select(t => Simplifier.Scale(Fraction.MinusOne, t)).Reverse()];
        if (Same(indicator.Terms, negated) && indicator.Relations.Reverse().SequenceEqual(indicator.Relations)) return EvenOnly;
        ImmutableArray<Expression> backwards = [.. reflected.Reverse()];
        return Same(indicator.Terms, backwards) && indicator.Relations.Reverse().Select(r => r.Reversed()).SequenceEqual(indicator.Relations) ? EvenOnly : Unknown;
    }

    private static Expression Reflected(Expression expression) => expression.Substitute(1, Simplifier.Scale(Fraction.MinusOne, new Variable(1)));

    /// <summary>exp(z) + exp(−z) is even although its terms are not: reflect, and see whether the terms are the same.</summary>
    private SymmetricParts OrByReflection(Expression expression)
    {
        if (Parity != Parity.None || (Even is not null && Odd is not null)) return this;
        var reflected = Reflected(expression);
        return Difference(reflected, expression) is Number { Value.IsZero: true } ? this with { Odd = ConstantPolynomial.Zero }
            : Simplifier.Sum([reflected, expression]) is Number { Value.IsZero: true } ? this with { Even = ConstantPolynomial.Zero }
            : this;
    }

    private static bool Same(ImmutableArray<Expression> left, ImmutableArray<Expression> right) =>
        left.Zip(right).All(pair => Difference(pair.First, pair.Second) is Number { Value.IsZero: true });

    private static SymmetricParts OfHermite(int order, Expression argument)
    {
        if (argument is Variable)
        {
            var polynomial = ConstantPolynomial.From(Polynomial.Hermite(order));
            return order % 2 == 0 ? new(polynomial, ConstantPolynomial.Zero) : new(ConstantPolynomial.Zero, polynomial);
        }
        var u = Of(argument);
        if (u.Parity == Parity.Even) return order <= LargestExpandedOrder && u.Even is not null ? Expanded(order, u) : EvenOnly;
        if (order <= LargestExpandedOrder && (u.Even is not null || u.Odd is not null)) return Expanded(order, u);
        return u.Parity == Parity.Odd ? (order % 2 == 0 ? EvenOnly : OddOnly) : Unknown;
    }

    private static SymmetricParts Expanded(int order, SymmetricParts u)
    {
        var (previous, current) = (Constant(Simplifier.One), u);
        for (var k = 1; k < order; k++)
            (previous, current) = (current, u.Times(current).Plus(Constant(Simplifier.Number(-k)).Times(previous)));
        return order == 0 ? previous : current;
    }

    private static SymmetricParts Raised(SymmetricParts @base, int exponent)
    {
        if (exponent < 0)
        {
            return @base.Parity switch
            {
                Parity.Even => EvenOnly,
                Parity.Odd => exponent % 2 == 0 ? EvenOnly : OddOnly,
                _ => Unknown,
            };
        }
        var result = Constant(Simplifier.One);
        for (var bits = exponent; bits > 0; bits >>= 1)
        {
            if ((bits & 1) == 1) result = result.Times(@base);
            if (bits > 1) @base = @base.Times(@base);
        }
        return result;
    }

    private static Expression Difference(Expression left, Expression right) => Simplifier.Sum([left, Simplifier.Scale(Fraction.MinusOne, right)]);

    private static ConstantPolynomial? Add(ConstantPolynomial? left, ConstantPolynomial? right) => left is null || right is null ? null : left.Add(right);

    private static ConstantPolynomial? Multiply(ConstantPolynomial? left, ConstantPolynomial? right) =>
        left is { IsZero: true } || right is { IsZero: true } ? ConstantPolynomial.Zero
        : left is null || right is null ? null
        : left.Multiply(right);

    private SymmetricParts Plus(SymmetricParts other) => new(Add(Even, other.Even), Add(Odd, other.Odd));

    private SymmetricParts Negated() => Constant(Simplifier.Number(-1)).Times(this);

    private SymmetricParts Times(SymmetricParts other) => new(
        Add(Multiply(Even, other.Even), Multiply(Odd, other.Odd)),
        Add(Multiply(Even, other.Odd), Multiply(Odd, other.Even)));
}
