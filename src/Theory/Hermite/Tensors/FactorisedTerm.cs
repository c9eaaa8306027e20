using System.Collections.Immutable;
using Theory.Symbolics;
using Theory.Symbolics.Exact;

namespace Theory.Hermite.Tensors;

/// <summary>q · c · ∏ g_i(z_i): a rational coefficient, a constant expression, and one function of z per variable (1 where absent).</summary>
internal sealed record FactorisedTerm(BigRational Coefficient, Expression Constant, ImmutableSortedDictionary<int, Expression> Factors)
{
    internal static FactorisedTerm One { get; } = new(1, Simplifier.One, ImmutableSortedDictionary<int, Expression>.Empty);

    internal FactorisedTerm Times(FactorisedTerm other)
    {
        var factors = Factors;
        foreach (var (variable, factor) in other.Factors)
            factors = factors.SetItem(variable, factors.TryGetValue(variable, out var mine) ? mine * factor : factor);
        return (this with { Coefficient = Coefficient * other.Coefficient, Constant = Constant * other.Constant, Factors = factors }).Normalise();
    }

    internal FactorisedTerm Scale(BigRational by) => this with { Coefficient = Coefficient * by };

    /// <summary>The term with every factor replaced by a function of it, as for |·|, sign and powers of products.</summary>
    internal FactorisedTerm Map(BigRational coefficient, Func<Expression, Expression> map) => new FactorisedTerm(
        coefficient, map(Constant).Simplify(), Factors.ToImmutableSortedDictionary(pair => pair.Key, pair => map(pair.Value).Simplify())).Normalise();

    /// <summary>Moves numbers out of the factors, so that equal functions look equal.</summary>
    private FactorisedTerm Normalise()
    {
        var (coefficient, factors) = (Coefficient, Factors);
        var constant = Split(Constant, ref coefficient);
        foreach (var (variable, factor) in Factors)
        {
            var rest = Split(factor, ref coefficient);
            if (rest.IsConstant)
            {
                constant = Split(constant * rest, ref coefficient);
                factors = factors.Remove(variable);
            }
            else
                factors = factors.SetItem(variable, rest);
        }
        return new(coefficient, constant, factors);
    }

    private static Expression Split(Expression expression, ref BigRational coefficient)
    {
        switch (expression)
        {
            case Expression.Number n:
                coefficient *= PolynomialConversion.ToRational(n.Value);
                return Simplifier.One;
            case Expression.Product p:
                coefficient *= PolynomialConversion.ToRational(p.Coefficient);
                return Structure.Product(Fractions.Fraction.One, p.Factors);
            default:
                return expression;
        }
    }
}
