using Theory.Symbolics;
using Theory.Symbolics.Exact;

namespace Theory.Hermite.Tensors;

/// <summary>Functions of one variable that are constant almost everywhere without looking like it: sign(z)², relu(z) − relu(−z) − z, sigmoid(z) + sigmoid(−z).</summary>
internal static class Constancy
{
    /// <summary>Whether a function of z is proved to be constant: by its even and odd part, or because E f² = (E f)² exactly.</summary>
    internal static bool IsProved(Expression expression)
    {
        if (expression.IsConstant)
            return true;
        if (ScalarFunction.Of(expression).Parts is { Even.Degree: <= 0, Odd.IsZero: true })
            return true;
        var expansion = ExactExpansion.Of(expression, 0);
        return expansion.Coefficients[0] is { } mean && expansion.SecondMoment() is { } second && (second - (mean * mean)).IsZero;
    }

    /// <summary>The polynomial that a function of z is when its even and its odd part are polynomials: softplus(z) − softplus(−z) is z.</summary>
    internal static Expression? AsPolynomial(Expression expression) => ScalarFunction.Of(expression).Parts is { Even: { } even, Odd: { } odd }
        ? even.Add(odd).Coefficients.Select(term => term.Value * Expression.OfVariable(1).Pow(term.Key)).Aggregate(Simplifier.Zero, (sum, term) => sum + term).Simplify()
        : null;
}
