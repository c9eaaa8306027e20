using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Fractions;
using static Theory.Symbolics.Expression;

namespace Theory.Symbolics;

/// <summary>Prints in the language of the parser, with no more parentheses than it needs.</summary>
internal sealed class TextPrinter(bool hasOneVariable)
{
    private readonly StringBuilder text = new();

    /// <summary>How tightly the outermost operation of an expression binds.</summary>
    private enum Binding
    {
        Sum,
        Product,
        Power,
        Atom,
    }

    public string Print(Expression expression)
    {
        Write(expression);
        return text.ToString();
    }

    private static Binding BindingOf(Expression expression) => expression switch
    {
        Sum => Binding.Sum,
        Product => Binding.Product,
        Number n => n.Value.IsNegative || !Rational.IsInteger(n.Value) ? Binding.Product : Binding.Atom,
        Power { Exponent: < 0 } p => p.Base is Number ? Binding.Power : Binding.Product,
        Power or AbsolutePower => Binding.Power,
        _ => Binding.Atom,
    };

    private void Write(Expression expression)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (expression)
        {
            case Number n:
                text.Append(Rational.ToText(n.Value));
                break;
            case Constant c:
                text.Append(c.Name == NamedConstant.Pi ? "pi" : "e");
                break;
            case Variable v:
                text.Append(hasOneVariable ? "z" : $"z{v.Index}");
                break;
            case Sum s:
                WriteSum(s);
                break;
            case Product p:
                WriteProduct(p.Coefficient, p.Factors.AsSpan());
                break;
            case Power { Exponent: < 0, Base: not Number }:
                WriteProduct(Fraction.One, [expression]);
                break;
            case Power p:
                WriteWithin(Binding.Atom, p.Base);
                text.Append('^').Append(p.Exponent);
                break;
            case AbsolutePower p:
                WriteCall("abs", [p.Operand]);
                text.Append('^');
                WriteWithin(Binding.Atom, p.Exponent);
                break;
            case HermitePolynomial h:
                WriteCall($"He{h.Order}", [h.Argument]);
                break;
            case Call c:
                WriteCall(FunctionTable.Name(c.Function), c.Arguments.AsSpan());
                break;
            case Indicator i:
                WriteIndicator(i);
                break;
        }
    }

    private void WriteWithin(Binding required, Expression expression)
    {
        if (BindingOf(expression) >= required)
        {
            Write(expression);
            return;
        }
        text.Append('(');
        Write(expression);
        text.Append(')');
    }

    private void WriteSum(Sum sum)
    {
        for (var i = 0; i < sum.Terms.Length; i++)
        {
            var term = sum.Terms[i];
            var (isNegative, magnitude) = term switch
            {
                Number { Value.IsNegative: true } n => (true, new Number(-n.Value)),
                Product { Coefficient.IsNegative: true } p => (true, Structure.Product(-p.Coefficient, p.Factors)),
                _ => (false, term),
            };
            if (i > 0) text.Append(isNegative ? " - " : " + ");
            else if (isNegative) text.Append('-');
            WriteWithin(Binding.Product, magnitude);
        }
    }

    /// <summary>Numerators and inverses in their order, the last run of inverses gathered in one denominator together with that of the coefficient.</summary>
    private void WriteProduct(Fraction coefficient, ReadOnlySpan<Expression> factors)
    {
        if (coefficient.IsNegative) text.Append('-');
        var numerator = BigInteger.Abs(coefficient.Numerator);
        var last = factors.Length;
        while (last > 0 && IsInverse(factors[last - 1])) last--;
        var isEmpty = true;
        if (!numerator.IsOne || last == 0 || IsInverse(factors[0]))
        {
            text.Append(numerator);
            isEmpty = false;
        }
        foreach (var factor in factors[..last])
        {
            if (!isEmpty) text.Append(IsInverse(factor) ? '/' : '*');
            WriteFactor(factor);
            isEmpty = false;
        }
        WriteDenominator(coefficient.Denominator, factors[last..]);
    }

    private void WriteDenominator(BigInteger denominator, ReadOnlySpan<Expression> inverses)
    {
        var count = inverses.Length + (denominator.IsOne ? 0 : 1);
        if (count == 0) return;
        text.Append(count > 1 ? "/(" : "/");
        if (!denominator.IsOne) text.Append(denominator);
        for (var i = 0; i < inverses.Length; i++)
        {
            if (i > 0 || !denominator.IsOne) text.Append('*');
            WriteFactor(inverses[i]);
        }
        if (count > 1) text.Append(')');
    }

    /// <summary>A factor, or the base of an inverse.</summary>
    private void WriteFactor(Expression factor)
    {
        if (!IsInverse(factor))
        {
            WriteWithin(Binding.Power, factor);
            return;
        }
        var power = (Power)factor;
        WriteWithin(power.Exponent == -1 ? Binding.Power : Binding.Atom, power.Base);
        if (power.Exponent != -1) text.Append('^').Append(-(long)power.Exponent);
    }

    private static bool IsInverse(Expression factor) => factor is Power { Exponent: < 0, Base: not Number };

    private void WriteCall(string name, ReadOnlySpan<Expression> arguments)
    {
        text.Append(name).Append('(');
        for (var i = 0; i < arguments.Length; i++)
        {
            if (i > 0) text.Append(", ");
            Write(arguments[i]);
        }
        text.Append(')');
    }

    private void WriteIndicator(Indicator indicator)
    {
        text.Append("indicator(");
        Write(indicator.Terms[0]);
        for (var i = 0; i < indicator.Relations.Length; i++)
        {
            text.Append(' ').Append(indicator.Relations[i].Symbol()).Append(' ');
            Write(indicator.Terms[i + 1]);
        }
        text.Append(')');
    }
}
