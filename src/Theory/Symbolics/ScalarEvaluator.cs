using static Theory.Symbolics.Expression;

namespace Theory.Symbolics;

/// <summary>Walks the tree at one point. In a product, an exact zero wins over an infinity, so that a step may cut off an overflowing exponential.</summary>
internal static class ScalarEvaluator
{
    public static double Evaluate(Expression expression, ReadOnlySpan<double> point)
    {
        switch (expression)
        {
            case Number n:
                return Rational.ToDouble(n.Value);
            case Constant c:
                return c.Name == NamedConstant.Pi ? Math.PI : Math.E;
            case Variable v:
                return point[v.Index - 1];
            case Sum s:
                var sum = 0.0;
                foreach (var term in s.Terms) sum += Evaluate(term, point);
                return sum;
            case Product p:
                return OfProduct(p, point);
            case Power p:
                return Elementary.Power(Evaluate(p.Base, point), p.Exponent);
            case AbsolutePower p:
                return Math.Pow(Math.Abs(Evaluate(p.Operand, point)), Evaluate(p.Exponent, point));
            case HermitePolynomial h:
                return Elementary.Hermite(h.Order, Evaluate(h.Argument, point));
            case Call { Function: Function.Log, Arguments: [Call { Function: Function.Cosh, Arguments: [var u] }] }:
                return Elementary.LogCosh(Evaluate(u, point));
            case Call { Arguments: [var u] } c:
                return Elementary.Call(c.Function, Evaluate(u, point));
            case Call { Arguments: [var u, var v] } c:
                return Elementary.Call(c.Function, Evaluate(u, point), Evaluate(v, point));
            case Indicator i:
                return OfIndicator(i, point);
            default:
                throw new InvalidOperationException(expression.GetType().Name);
        }
    }

    private static double OfProduct(Product product, ReadOnlySpan<double> point)
    {
        var result = Rational.ToDouble(product.Coefficient);
        var hasZero = result == 0;
        var isNaN = false;
        foreach (var factor in product.Factors)
        {
            var value = Evaluate(factor, point);
            hasZero |= value == 0;
            isNaN |= double.IsNaN(value);
            result *= value;
        }
        return isNaN ? double.NaN : hasZero ? 0 : result;
    }

    private static double OfIndicator(Indicator indicator, ReadOnlySpan<double> point)
    {
        var left = Evaluate(indicator.Terms[0], point);
        var holds = true;
        for (var i = 0; i < indicator.Relations.Length; i++)
        {
            var right = Evaluate(indicator.Terms[i + 1], point);
            if (double.IsNaN(left) || double.IsNaN(right)) return double.NaN;
            holds &= indicator.Relations[i].Holds(left, right);
            left = right;
        }
        return holds ? 1 : 0;
    }
}
