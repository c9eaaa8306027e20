using Theory.Symbolics;
using Theory.Symbolics.Exact;

namespace Theory.Hermite.Tensors;

/// <summary>What else structure and closed forms tell of functions of one variable: some are simpler almost everywhere than they look, as sign(z)², relu(z) − relu(−z) − z or softplus(z) − softplus(−z).</summary>
internal static class OneVariableFacts
{
    /// <summary>Whether a function of z is proved to be constant: by its even and odd part, or because E f² = (E f)² exactly.</summary>
    internal static bool IsConstant(Expression expression)
    {
        if (expression.IsConstant || Polynomial(expression) is { Degree: <= 0 })
            return true;
        var expansion = ExactExpansion.Of(expression, 0);
        return expansion.Coefficients[0] is { } mean && expansion.SecondMoment() is { } second && (second - (mean * mean)).IsZero;
    }

    /// <summary>The polynomial that a function of z is when its even and its odd part are polynomials, one of them perhaps 0 by reflection.</summary>
    internal static ConstantPolynomial? Polynomial(Expression expression)
    {
        var parts = ScalarFunction.Of(expression).Parts!;
        var reflected = new Lazy<Expression>(() => expression.Substitute(1, -Expression.OfVariable(1)));
        var even = parts.Even ?? (IsZero(reflected.Value + expression) ? ConstantPolynomial.Zero : null);
        var odd = parts.Odd ?? (IsZero(reflected.Value - expression) ? ConstantPolynomial.Zero : null);
        return even is null || odd is null ? null : even.Add(odd);
    }

    /// <exception cref="ArgumentException">E f² is infinite, or cannot be shown to be finite.</exception>
    internal static void RequireSquareIntegrable(Expression expression)
    {
        var function = ScalarFunction.Of(expression);
        if (function.IsSquareIntegrable is not true)
            _ = HermiteExpansion.Of(function, 0);
    }

    private static bool IsZero(Expression expression) => expression.Simplify() is Expression.Number { Value.IsZero: true };
}
