using Fractions;
using Theory.Contract;
using Theory.Symbolics;
using Theory.Symbolics.Exact;
using static Theory.Symbolics.Expression;

namespace Theory.Hermite.Tensors;

/// <summary>Reads an expression as a polynomial with rational coefficients.</summary>
public static class PolynomialConversion
{
    /// <summary>The polynomial that an expression is, in as many variables as are written.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>The polynomial, or <see langword="null"/> when the expression is none over the rationals.</returns>
    /// <exception cref="UnsupportedException">A polynomial with an exponent above 127 or more than a million terms.</exception>
    public static MultivariatePolynomial? TryConvert(Expression expression) => Convert(Guard.NotNull(expression)) is { } polynomial
        ? polynomial.WithVariables(expression.VariableCount)
        : null;

    internal static BigRational ToRational(Fraction value) => new(value.Numerator, value.Denominator);

    private static MultivariatePolynomial? Convert(Expression expression) => expression switch
    {
        Number n => ToRational(n.Value),
        Variable v => MultivariatePolynomial.Variable(v.Index),
        Sum s => s.Terms.Select(Convert).Aggregate((a, b) => a is null || b is null ? null : a + b),
        Product p => p.Factors.Select(Convert).Aggregate((MultivariatePolynomial?)ToRational(p.Coefficient), (a, b) => a is null || b is null ? null : a * b),
        Power { Exponent: >= 0 } p => Convert(p.Base)?.Power(p.Exponent),
        HermitePolynomial h => Convert(h.Argument) is { } argument ? MultivariatePolynomial.Hermite(h.Order, argument) : null,
        _ => null,
    };
}
