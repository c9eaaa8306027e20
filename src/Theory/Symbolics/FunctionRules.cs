using System.Collections.Immutable;
using Fractions;
using static Theory.Symbolics.Expression;

namespace Theory.Symbolics;

/// <summary>Simplification of named functions: values at rationals where they are rational, and identities that hold everywhere.</summary>
internal static class FunctionRules
{
    public static Expression Call(Function function, ImmutableArray<Expression> arguments) =>
        arguments.Length == 1 ? Unary(function, arguments[0]) : Binary(function, arguments[0], arguments[1]);

    private static Expression Unary(Function function, Expression argument) => (function, argument) switch
    {
        (_, Number n) => AtNumber(function, n.Value) ?? new Call(function, [argument]),
        (Function.Relu or Function.Abs or Function.Sign or Function.Step, not Number) when argument.Enclosure is { ExcludesZero: true } range =>
            OfKnownSign(function, argument, range.IsPositive),
        (Function.Abs, Call { Function: Function.Abs }) => argument,
        (Function.Abs, Product { Factors.Length: > 0 } p) when p.Coefficient != Fraction.One => Simplifier.Scale(Fraction.Abs(p.Coefficient), Unary(Function.Abs, WithoutCoefficient(p))),
        (Function.Sign, Product p) when p.Coefficient.IsNegative => Simplifier.Scale(Fraction.MinusOne, Unary(Function.Sign, WithoutCoefficient(p))),
        (Function.Sign or Function.Step, Product p) when p.Coefficient.IsPositive && p.Coefficient != Fraction.One => Unary(function, WithoutCoefficient(p)),
        (Function.Relu, Product p) when p.Coefficient.IsPositive && p.Coefficient != Fraction.One =>
            Simplifier.Scale(p.Coefficient, Unary(Function.Relu, WithoutCoefficient(p))),
        (Function.Log, Call { Function: Function.Exp, Arguments: [var u] }) => u,
        (Function.Log, Constant { Name: NamedConstant.E }) => Simplifier.One,
        (Function.Exp, Call { Function: Function.Log, Arguments: [Call { Function: Function.Abs } u] }) => u,
        (Function.Exp, Call { Function: Function.Log, Arguments: [Number { Value.IsPositive: true } q] }) => q,
        (Function.Exp, Product { Factors: [Call { Function: Function.Log, Arguments: [Call { Function: Function.Abs, Arguments: [var u] }] }] } p) =>
            Simplifier.AbsolutePower(u, new Number(p.Coefficient)),
        (Function.Exp, Product { Factors: [Call { Function: Function.Log, Arguments: [Number { Value.IsPositive: true } q] }] } p)
            when Rational.IsInteger(p.Coefficient) && Math.Abs(p.Coefficient.ToDouble()) <= MaximumExponent => Simplifier.Power(q, p.Coefficient.ToInt32()),
        (Function.Sqrt, Call { Function: Function.Abs, Arguments: [var u] }) => Simplifier.AbsolutePower(u, Simplifier.Half),
        (Function.Sqrt, Power { Exponent: var k } p) when k % 2 == 0 => Simplifier.Power(Unary(Function.Abs, p.Base), k / 2),
        _ => new Call(function, [argument]),
    };

    private static Expression OfKnownSign(Function function, Expression argument, bool isPositive) => function switch
    {
        Function.Relu => isPositive ? argument : Simplifier.Zero,
        Function.Abs => isPositive ? argument : Simplifier.Scale(Fraction.MinusOne, argument),
        Function.Sign => Simplifier.Number(isPositive ? 1 : -1),
        _ => isPositive ? Simplifier.One : Simplifier.Zero,
    };

    private static Expression Binary(Function function, Expression first, Expression second) => (function, first, second) switch
    {
        (Function.LeakyRelu, _, Number { Value: var s }) when s == Fraction.One => first,
        (Function.LeakyRelu, _, Number { Value.IsZero: true }) => Unary(Function.Relu, first),
        (Function.LeakyRelu, Number n, _) => n.Value.IsNegative ? Simplifier.Scale(n.Value, second) : n,
        (Function.Max or Function.Min, _, _) when first.Equals(second) => first,
        (Function.Max, Number a, Number b) => new Number(a.Value > b.Value ? a.Value : b.Value),
        (Function.Min, Number a, Number b) => new Number(a.Value < b.Value ? a.Value : b.Value),
        (Function.SoftThreshold, Number a, Number b) => new Number(Positive(a.Value - b.Value) - Positive(-a.Value - b.Value)),
        (Function.SoftThreshold, _, Number { Value.IsZero: true }) => first,
        _ => new Call(function, [first, second]),
    };

    private static Expression? AtNumber(Function function, Fraction q) => function switch
    {
        Function.Relu => new Number(Positive(q)),
        Function.Abs => new Number(Fraction.Abs(q)),
        Function.Sign => Simplifier.Number(q.CompareTo(Fraction.Zero)),
        Function.Step => q.IsPositive ? Simplifier.One : Simplifier.Zero,
        Function.HardTanh => new Number(Clip(q, Fraction.MinusOne, Fraction.One)),
        Function.Relu6 => new Number(Clip(q, Fraction.Zero, new Fraction(6))),
        Function.HardSwish => new Number(q * Clip(q + new Fraction(3), Fraction.Zero, new Fraction(6)) / new Fraction(6)),
        Function.Elu when q.IsPositive => new Number(q),
        Function.Sqrt when Rational.TrySquareRoot(q, out var root) => new Number(root),
        Function.Log when q == Fraction.One => Simplifier.Zero,
        Function.Sin or Function.Tanh or Function.Erf or Function.ArcTan or Function.Silu or Function.Gelu or Function.GeluTanh
            or Function.Mish or Function.Elu when q.IsZero => Simplifier.Zero,
        Function.Exp or Function.Cos or Function.Cosh when q.IsZero => Simplifier.One,
        Function.Sigmoid or Function.NormCdf when q.IsZero => Simplifier.Half,
        _ => null,
    };

    private static Fraction Positive(Fraction q) => q.IsPositive ? q : Fraction.Zero;

    private static Fraction Clip(Fraction q, Fraction lower, Fraction upper) => q < lower ? lower : q > upper ? upper : q;

    private static Expression WithoutCoefficient(Product p) => Structure.Product(Fraction.One, p.Factors);
}
