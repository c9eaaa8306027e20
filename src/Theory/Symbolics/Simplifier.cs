using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Fractions;
using static Theory.Symbolics.Expression;

namespace Theory.Symbolics;

/// <summary>Constructors that fold constants, collect equal terms and factors, and drop what is 0 or 1. Their arguments are simplified already.</summary>
internal static class Simplifier
{
    public static readonly Expression Zero = new Number(Fraction.Zero);
    public static readonly Expression One = new Number(Fraction.One);
    public static readonly Expression Half = new Number(new Fraction(1, 2));

    public static Expression Simplify(Expression expression) => Rebuild(expression, static _ => null);

    /// <summary>Simplifies from the leaves up; where <paramref name="replace"/> gives a (simplified) node, that one is taken instead.</summary>
    public static Expression Rebuild(Expression expression, Func<Expression, Expression?> replace)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (replace(expression) is { } replacement) return replacement;
        return expression switch
        {
            Sum s => Sum(Each(s.Terms)),
            Product p => Scale(p.Coefficient, Product(Each(p.Factors))),
            Power p => Power(Rebuild(p.Base, replace), p.Exponent),
            AbsolutePower p => AbsolutePower(Rebuild(p.Operand, replace), Rebuild(p.Exponent, replace)),
            HermitePolynomial h => HermiteOf(h.Order, Rebuild(h.Argument, replace)),
            Call c => FunctionRules.Call(c.Function, Each(c.Arguments)),
            Indicator i => Indicator(Each(i.Terms), i.Relations),
            _ => expression,
        };

        ImmutableArray<Expression> Each(ImmutableArray<Expression> items)
        {
            var rebuilt = ImmutableArray.CreateBuilder<Expression>(items.Length);
            foreach (var item in items) rebuilt.Add(Rebuild(item, replace));
            return rebuilt.MoveToImmutable();
        }
    }

    public static Expression Number(Fraction value) => new Number(value);

    public static Expression Number(int value) => new Number(new Fraction(value));

    public static Expression Sum(ImmutableArray<Expression> terms)
    {
        var constant = Fraction.Zero;
        var order = new List<Expression>();
        var coefficients = new Dictionary<Expression, (Fraction Coefficient, Expression Shown)>();
        foreach (var term in terms) Collect(Fraction.One, term);
        var kept = ImmutableArray.CreateBuilder<Expression>();
        foreach (var key in order)
        {
            var (coefficient, shown) = coefficients[key];
            if (!coefficient.IsZero) kept.Add(Scale(coefficient, shown));
        }
        if (!constant.IsZero) kept.Add(new Number(constant));
        return kept.Count switch { 0 => Zero, 1 => kept[0], _ => new Sum(kept.DrainToImmutable()) };

        void Collect(Fraction factor, Expression term)
        {
            switch (term)
            {
                case Number n:
                    constant += Rational.Multiply(factor, n.Value);
                    break;
                case Sum s:
                    foreach (var inner in s.Terms) Collect(factor, inner);
                    break;
                case Product { Factors: [Sum s] } p:
                    foreach (var inner in s.Terms) Collect(Rational.Multiply(factor, p.Coefficient), inner);
                    break;
                case Product p:
                    Add(Rational.Multiply(factor, p.Coefficient), p.Factors.Length == 1 ? p.Factors[0] : new Product(Fraction.One, p.Factors));
                    break;
                default:
                    Add(factor, term);
                    break;
            }
        }

        void Add(Fraction coefficient, Expression shown)
        {
            var key = Unordered(shown);
            if (coefficients.TryGetValue(key, out var entry))
            {
                coefficients[key] = (entry.Coefficient + coefficient, entry.Shown);
                return;
            }
            order.Add(key);
            coefficients.Add(key, (coefficient, shown));
        }
    }

    /// <summary>coefficient · operand.</summary>
    public static Expression Scale(Fraction coefficient, Expression operand) => operand switch
    {
        _ when coefficient.IsZero => Zero,
        _ when coefficient == Fraction.One => operand,
        Number n => new Number(Rational.Multiply(coefficient, n.Value)),
        Product p => Structure.Product(coefficient, [p]),
        _ => new Product(coefficient, [operand]),
    };

    public static Expression Product(ImmutableArray<Expression> factors)
    {
        var collection = new FactorCollection();
        foreach (var factor in factors) collection.Add(factor, 1);
        return collection.ToExpression();
    }

    public static Expression Power(Expression @base, int exponent)
    {
        if (exponent == 0) return One;
        if (exponent == 1) return @base;
        switch (@base)
        {
            case Number n when !n.Value.IsZero || exponent > 0:
                return new Number(Rational.Power(n.Value, exponent));
            case Product p:
                return Scale(Rational.Power(p.Coefficient, exponent), Product([.. p.Factors.Select(f => Power(f, exponent))]));
            case Power p when Math.Abs((long)p.Exponent * exponent) <= MaximumExponent:
                return Power(p.Base, p.Exponent * exponent);
            case AbsolutePower p:
                return AbsolutePower(p.Operand, Scale(new Fraction(exponent), p.Exponent));
            case Call { Function: Function.Abs, Arguments: [var u] } when exponent % 2 == 0:
                return Power(u, exponent);
            case Call { Function: Function.Exp, Arguments: [var u] }:
                return FunctionRules.Call(Function.Exp, [Scale(new Fraction(exponent), u)]);
            case Call { Function: Function.Sqrt, Arguments: [Number { Value.IsPositive: true } q] } when Math.Abs(exponent) > 1:
                var rest = exponent % 2;
                return Scale(Rational.Power(q.Value, (exponent - rest) / 2), Power(@base, rest));
            default:
                return new Power(@base, exponent);
        }
    }

    public static Expression AbsolutePower(Expression operand, Expression exponent)
    {
        if (exponent is Number p && Rational.IsInteger(p.Value) && Math.Abs(p.Value.ToDouble()) <= MaximumExponent)
            return Power(FunctionRules.Call(Function.Abs, [operand]), p.Value.ToInt32());
        return operand switch
        {
            Number { Value.IsZero: true } when exponent.Evaluate([]) > 0 => Zero,
            Number n when n.Value == Fraction.One || n.Value == Fraction.MinusOne => One,
            Number n when !n.Value.IsZero && exponent is Number q && q.Value.Denominator == 2 && q.Value.Numerator.IsOne =>
                FunctionRules.Call(Function.Sqrt, [new Number(Fraction.Abs(n.Value))]),
            Call { Function: Function.Abs, Arguments: [var u] } => AbsolutePower(u, exponent),
            Power w => AbsolutePower(w.Base, Scale(new Fraction(w.Exponent), exponent)),
            AbsolutePower w => AbsolutePower(w.Operand, Product([w.Exponent, exponent])),
            Product w => Product([AbsolutePower(new Number(w.Coefficient), exponent), .. w.Factors.Select(f => AbsolutePower(f, exponent))]),
            _ => new AbsolutePower(operand, exponent),
        };
    }

    public static Expression HermiteOf(int order, Expression argument) => order switch
    {
        0 => One,
        1 => argument,
        _ => new HermitePolynomial(order, argument),
    };

    public static Expression Indicator(ImmutableArray<Expression> terms, ImmutableArray<Relation> relations)
    {
        var isKnown = true;
        for (var i = 0; i < relations.Length; i++)
        {
            if (Order(terms[i], terms[i + 1]) is not { } order) isKnown = false;
            else if (!relations[i].Holds(order)) return Zero;
        }
        return isKnown ? One : new Indicator(terms, relations);
    }

    /// <summary>How two expressions compare if they always compare so; comparing rounded values would fail where one saturates.</summary>
    private static int? Order(Expression left, Expression right)
    {
        if (left is Number a && right is Number b) return a.Value.CompareTo(b.Value);
        var difference = Sum([left, Scale(Fraction.MinusOne, right)]).Enclosure;
        return difference.IsPositive ? 1 : difference.IsNegative ? -1 : null;
    }

    /// <summary>A product with its factors in an order that does not depend on how it was written, to recognise equal terms.</summary>
    private static Expression Unordered(Expression term) => term is Product p && p.Factors.Length > 1
        ? new Product(p.Coefficient, p.Factors.Sort(static (a, b) => a.GetHashCode().CompareTo(b.GetHashCode())))
        : term;
}
