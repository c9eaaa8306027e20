using System.Numerics;
using System.Text;
using Fractions;
using static Theory.Symbolics.Expression;

namespace Theory.Symbolics;

/// <summary>Prints LaTeX for people; nothing reads it back.</summary>
internal sealed class LatexPrinter(bool hasOneVariable)
{
    public string Print(Expression expression) => expression switch
    {
        Number n => Fraction(n.Value),
        Constant c => c.Name == NamedConstant.Pi ? @"\pi" : @"\mathrm{e}",
        Variable v => hasOneVariable ? "z" : $"z_{{{v.Index}}}",
        Sum s => OfSum(s),
        Product p => OfProduct(p),
        Power { Exponent: < 0 } p => $@"\frac{{1}}{{{Raised(p.Base, -p.Exponent)}}}",
        Power p => Raised(p.Base, p.Exponent),
        AbsolutePower p => $"{Bars(p.Operand)}^{{{Print(p.Exponent)}}}",
        HermitePolynomial h => $@"\mathrm{{He}}_{{{h.Order}}}{Parenthesised(h.Argument)}",
        Call c => OfCall(c),
        Indicator i => OfIndicator(i),
        _ => throw new InvalidOperationException(expression.GetType().Name),
    };

    private static string Fraction(Fraction value)
    {
        var magnitude = BigInteger.Abs(value.Numerator);
        var sign = value.IsNegative ? "-" : "";
        return value.Denominator.IsOne ? $"{sign}{magnitude}" : $@"{sign}\frac{{{magnitude}}}{{{value.Denominator}}}";
    }

    private string OfSum(Sum sum)
    {
        var text = new StringBuilder();
        foreach (var term in sum.Terms)
        {
            var printed = Print(term);
            if (text.Length > 0 && !printed.StartsWith('-')) text.Append('+');
            text.Append(printed);
        }
        return text.ToString();
    }

    private string OfProduct(Product product)
    {
        var over = product.Factors.Where(f => f is not Power { Exponent: < 0 }).Select(Factor).ToList();
        var under = product.Factors.OfType<Power>().Where(p => p.Exponent < 0).Select(p => Raised(p.Base, -p.Exponent)).ToList();
        var magnitude = BigInteger.Abs(product.Coefficient.Numerator);
        if (!magnitude.IsOne || over.Count == 0) over.Insert(0, magnitude.ToString());
        if (!product.Coefficient.Denominator.IsOne) under.Insert(0, product.Coefficient.Denominator.ToString());
        var sign = product.Coefficient.IsNegative ? "-" : "";
        var numerator = string.Join(@"\,", over);
        return under.Count == 0 ? sign + numerator : $@"{sign}\frac{{{numerator}}}{{{string.Join(@"\,", under)}}}";
    }

    private string Factor(Expression factor) => factor is Sum ? Parenthesised(factor) : Print(factor);

    private string Raised(Expression @base, int exponent)
    {
        var printed = @base is Variable or Constant or Call { Function: Function.Abs } ? Print(@base) : Parenthesised(@base);
        return exponent == 1 ? (@base is Sum ? printed : Print(@base)) : $"{printed}^{{{exponent}}}";
    }

    private string OfCall(Call call) => call.Function switch
    {
        Function.Abs => Bars(call.Arguments[0]),
        Function.Sqrt => $@"\sqrt{{{Print(call.Arguments[0])}}}",
        Function.Exp or Function.Sin or Function.Cos or Function.Tanh or Function.Cosh or Function.Log or Function.ArcTan or Function.Max or Function.Min =>
            $@"\{FunctionTable.Name(call.Function)}{Arguments(call)}",
        Function.NormCdf => $@"\Phi{Arguments(call)}",
        Function.Step => $@"\theta{Arguments(call)}",
        _ => $@"\operatorname{{{FunctionTable.Name(call.Function).Replace("_", @"\_")}}}{Arguments(call)}",
    };

    private string OfIndicator(Indicator indicator)
    {
        var text = new StringBuilder(@"\mathbf{1}\{").Append(Print(indicator.Terms[0]));
        for (var i = 0; i < indicator.Relations.Length; i++)
        {
            var symbol = indicator.Relations[i] switch { Relation.LessOrEqual => @"\le ", Relation.GreaterOrEqual => @"\ge ", var r => r.Symbol() };
            text.Append(symbol).Append(Print(indicator.Terms[i + 1]));
        }
        return text.Append(@"\}").ToString();
    }

    private string Arguments(Call call) => $@"\left({string.Join(",", call.Arguments.Select(Print))}\right)";

    private string Parenthesised(Expression expression) => $@"\left({Print(expression)}\right)";

    private string Bars(Expression expression) => $@"\left|{Print(expression)}\right|";
}
