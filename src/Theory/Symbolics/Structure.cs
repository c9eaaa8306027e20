using System.Collections.Immutable;
using Fractions;
using static Theory.Symbolics.Expression;

namespace Theory.Symbolics;

/// <summary>
/// Constructors that keep a tree as it was written, but for what printing cannot tell apart: sums and products are flattened, numbers in a product
/// become its coefficient, a division is a negative power, and powers of powers are merged. No variable ever disappears.
/// </summary>
internal static class Structure
{
    public static Expression Number(Fraction value) => new Number(value);

    public static Expression Sum(IReadOnlyList<Expression> terms)
    {
        if (terms.Count == 1) return terms[0];
        var flat = ImmutableArray.CreateBuilder<Expression>(terms.Count);
        foreach (var term in terms)
        {
            if (term is Sum inner) flat.AddRange(inner.Terms);
            else flat.Add(term);
        }
        return new Sum(flat.DrainToImmutable());
    }

    public static Expression Product(Fraction coefficient, IEnumerable<Expression> factors)
    {
        var flat = ImmutableArray.CreateBuilder<Expression>();
        foreach (var factor in factors)
        {
            switch (factor)
            {
                case Number n:
                    coefficient = Rational.Multiply(coefficient, n.Value);
                    break;
                case Product p:
                    coefficient = Rational.Multiply(coefficient, p.Coefficient);
                    flat.AddRange(p.Factors);
                    break;
                default:
                    flat.Add(factor);
                    break;
            }
        }
        if (flat.Count == 0) return new Number(coefficient);
        return flat.Count == 1 && coefficient == Fraction.One ? flat[0] : new Product(coefficient, flat.DrainToImmutable());
    }

    public static Expression Negate(Expression operand) => Product(Fraction.MinusOne, [operand]);

    /// <summary>1/operand.</summary>
    /// <exception cref="ExpressionException">The operand is the number 0, or has it as coefficient.</exception>
    public static Expression Invert(Expression operand) => operand switch
    {
        Number n => new Number(Rational.Power(n.Value, -1)),
        Power p => Power(p.Base, -p.Exponent),
        Product p => Product(Rational.Power(p.Coefficient, -1), p.Factors.Select(Invert)),
        _ => new Power(operand, -1),
    };

    public static Expression Power(Expression @base, int exponent) => @base switch
    {
        _ when exponent == 1 => @base,
        Number n => new Number(Rational.Power(n.Value, exponent)),
        Power p when Math.Abs((long)p.Exponent * exponent) <= MaximumExponent => Power(p.Base, p.Exponent * exponent),
        Expression.Product when exponent == -1 => Invert(@base),
        _ => new Power(@base, exponent),
    };

    public static Expression Call(Function function, params ImmutableArray<Expression> arguments) => new Call(function, arguments);
}
