using Fractions;
using FsCheck;
using FsCheck.Fluent;
using Theory.Symbolics;

namespace Theory.Tests.Symbolics;

/// <summary>A tree as the parser may give it, in up to three variables.</summary>
public sealed record AnyExpression(Expression Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>A function of z that is real and square integrable.</summary>
public sealed record AnyFunction(ScalarFunction Value)
{
    public override string ToString() => Value.Text;
}

public static class ExpressionGenerators
{
    private static readonly Function[] Binary = [Function.Max, Function.Min, Function.LeakyRelu, Function.SoftThreshold];

    private static readonly Function[] Unary = [.. Enum.GetValues<Function>().Except(Binary)];

    private static readonly Function[] Everywhere = [.. Unary.Except([Function.Log, Function.Sqrt])];

    public static Arbitrary<AnyExpression> Expressions() =>
        Gen.Sized(size => Tree(Math.Min(4, 1 + size / 15), 3)).Select(e => new AnyExpression(e)).ToArbitrary();

    public static Arbitrary<AnyFunction> Functions() =>
        Gen.Sized(size => Tree(Math.Min(4, 1 + size / 20), 1)).Select(TryFunction).Where(f => f is not null).Select(f => new AnyFunction(f!)).ToArbitrary();

    private static ScalarFunction? TryFunction(Expression e)
    {
        try
        {
            ScalarFunction f = e;
            return f.IsSquareIntegrable is true ? f : null;
        }
        catch (Exception x) when (x is ArgumentException or ExpressionException)
        {
            return null;
        }
    }

    private static Gen<Fraction> RationalNumber() =>
        from n in Gen.Choose(-12, 12)
        from d in Gen.Elements(1, 1, 1, 2, 3, 10)
        select new Fraction(n, d);

    private static Gen<Expression> Leaf(int variables) => Gen.Frequency(
        (6, Gen.Choose(1, variables).Select(Expression.OfVariable)),
        (3, RationalNumber().Select(Structure.Number)),
        (1, Gen.Elements(NamedConstant.Pi, NamedConstant.E).Select(c => (Expression)new Expression.Constant(c))),
        (1, Gen.Choose(2, 5).Select(q => Structure.Call(Function.Sqrt, Structure.Number(new Fraction(q))))));

    private static Gen<Expression> Tree(int depth, int variables)
    {
        if (depth == 0) return Leaf(variables);
        var inner = Tree(depth - 1, variables);
        return Gen.Frequency(
            (2, Leaf(variables)),
            (4, from terms in Gen.ListOf(inner, 3) select Structure.Sum([.. terms])),
            (4, from q in RationalNumber() from a in inner from b in inner select Structure.Product(q, [a, b])),
            (1, from a in inner from b in inner select Divide(a, b)),
            (2, from u in inner from k in Gen.Choose(-2, 5) select Raise(u, k)),
            (1, from u in inner from p in Gen.Elements("1/2", "3/2", "-1/3", "sqrt(2)") select (Expression)new Expression.AbsolutePower(u, p)),
            (1, from u in inner from k in Gen.Choose(0, 6) select (Expression)new Expression.HermitePolynomial(k, u)),
            (6, from u in inner from f in Gen.Elements(Everywhere) select Structure.Call(f, u)),
            (1, from u in inner from f in Gen.Elements(Unary) select Structure.Call(f, u)),
            (2, from u in inner from v in inner from f in Gen.Elements(Binary) select Structure.Call(f, u, v)),
            (1, from terms in Gen.ListOf(inner, 3)
                from relations in Gen.ListOf(Gen.Elements(Enum.GetValues<Relation>()), 2)
                select (Expression)new Expression.Indicator([.. terms], [.. relations])));
    }

    private static Expression Divide(Expression a, Expression b)
    {
        try
        {
            return Structure.Product(Fraction.One, [a, Structure.Invert(b)]);
        }
        catch (ExpressionException)
        {
            return a;
        }
    }

    private static Expression Raise(Expression u, int exponent)
    {
        try
        {
            return Structure.Power(u, exponent);
        }
        catch (ExpressionException)
        {
            return u;
        }
    }
}
