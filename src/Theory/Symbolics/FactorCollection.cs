using Fractions;
using static Theory.Symbolics.Expression;

namespace Theory.Symbolics;

/// <summary>The factors of a product while equal bases, powers of absolute values and exponentials are being collected.</summary>
internal sealed class FactorCollection
{
    private readonly List<Expression> order = [];
    private readonly Dictionary<Expression, int> powers = [];
    private readonly Dictionary<Expression, List<Expression>> realPowers = [];
    private readonly List<Expression> exponents = [];
    private Fraction coefficient = Fraction.One;

    public void Add(Expression factor, int exponent)
    {
        switch (factor)
        {
            case Number n:
                coefficient = Rational.Multiply(coefficient, Rational.Power(n.Value, exponent));
                break;
            case Product p:
                coefficient = Rational.Multiply(coefficient, Rational.Power(p.Coefficient, exponent));
                foreach (var inner in p.Factors) Add(inner, exponent);
                break;
            case Power p when Math.Abs((long)p.Exponent * exponent) <= MaximumExponent:
                AddPower(p.Base, p.Exponent * exponent);
                break;
            case AbsolutePower p:
                AddRealPower(p.Operand, Simplifier.Scale(new Fraction(exponent), p.Exponent));
                break;
            case Call { Function: Function.Exp, Arguments: [var u] }:
                if (exponents.Count == 0) order.Add(factor);
                exponents.Add(Simplifier.Scale(new Fraction(exponent), u));
                break;
            default:
                AddPower(factor, exponent);
                break;
        }
    }

    public Expression ToExpression()
    {
        if (coefficient.IsZero) return Simplifier.Zero;
        var factors = new List<Expression>(order.Count);
        var isNew = false;
        foreach (var key in order)
        {
            var factor = Collected(key);
            isNew |= factor is Number or Product || (key is Call { Function: Function.Exp } && factor is not Call { Function: Function.Exp });
            factors.Add(factor);
        }
        if (!isNew) return Structure.Product(coefficient, factors);
        var again = new FactorCollection { coefficient = coefficient };
        foreach (var factor in factors) again.Add(factor, 1);
        return again.ToExpression();
    }

    private Expression Collected(Expression key) => key switch
    {
        AbsolutePower p when realPowers.TryGetValue(p.Operand, out var sum) => Simplifier.AbsolutePower(p.Operand, Simplifier.Sum([.. sum])),
        Call { Function: Function.Exp } => FunctionRules.Call(Function.Exp, [Simplifier.Sum([.. exponents])]),
        _ => Simplifier.Power(key, powers[key]),
    };

    private void AddPower(Expression @base, int exponent)
    {
        if (@base is Call { Function: Function.Abs, Arguments: [var u] } && realPowers.TryGetValue(u, out var sum))
        {
            sum.Add(Simplifier.Number(exponent));
            return;
        }
        if (!powers.TryGetValue(@base, out var present))
        {
            order.Add(@base);
            powers.Add(@base, exponent);
        }
        else if (Math.Abs((long)present + exponent) <= MaximumExponent)
        {
            powers[@base] = present + exponent;
        }
        else
        {
            throw new ExpressionException($"an exponent exceeds {MaximumExponent}");
        }
    }

    private void AddRealPower(Expression operand, Expression exponent)
    {
        if (realPowers.TryGetValue(operand, out var sum))
        {
            sum.Add(exponent);
            return;
        }
        realPowers.Add(operand, [exponent]);
        order.Add(new AbsolutePower(operand, exponent));
        var magnitude = FunctionRules.Call(Function.Abs, [operand]);
        if (powers.Remove(magnitude, out var present))
        {
            order.Remove(magnitude);
            realPowers[operand].Add(Simplifier.Number(present));
        }
    }
}
