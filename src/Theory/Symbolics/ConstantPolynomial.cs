using System.Collections.Immutable;
using System.Numerics;
using Fractions;

namespace Theory.Symbolics;

/// <summary>A sparse polynomial in z whose coefficients are constant expressions, none of them the number 0.</summary>
internal sealed class ConstantPolynomial
{
    private const int MaximumTerms = 200;
    private const int MaximumDegree = 2000;

    public static readonly ConstantPolynomial Zero = new(ImmutableSortedDictionary<int, Expression>.Empty);

    private ConstantPolynomial(ImmutableSortedDictionary<int, Expression> coefficients) => Coefficients = coefficients;

    public ImmutableSortedDictionary<int, Expression> Coefficients { get; }

    public bool IsZero => Coefficients.IsEmpty;

    public int Degree => IsZero ? -1 : Coefficients.Keys.Last();

    public static ConstantPolynomial Monomial(int degree, Expression coefficient) => Zero.Plus(degree, coefficient);

    public static ConstantPolynomial From(Polynomial polynomial)
    {
        var result = Zero;
        for (var k = 0; k <= polynomial.Degree; k++) result = result.Plus(k, new Expression.Number(polynomial[k]));
        return result;
    }

    public ConstantPolynomial Add(ConstantPolynomial other)
    {
        var result = this;
        foreach (var (degree, coefficient) in other.Coefficients) result = result.Plus(degree, coefficient);
        return result;
    }

    /// <summary>The product, or <see langword="null"/> if it is too large to be worth having.</summary>
    public ConstantPolynomial? Multiply(ConstantPolynomial other)
    {
        if (Coefficients.Count * other.Coefficients.Count > MaximumTerms * MaximumTerms / 4 || Degree + other.Degree > MaximumDegree) return null;
        var result = Zero;
        foreach (var (i, a) in Coefficients)
            foreach (var (j, b) in other.Coefficients) result = result.Plus(i + j, Simplifier.Product([a, b]));
        return result.Coefficients.Count > MaximumTerms ? null : result;
    }

    public Expression ToExpression() =>
        Coefficients.Aggregate(Simplifier.Zero, (sum, term) => sum + (term.Value * Expression.OfVariable(1).Pow(term.Key))).Simplify();

    public ConstantPolynomial Scale(Expression factor) =>
        Coefficients.Aggregate(Zero, (sum, term) => sum.Plus(term.Key, Simplifier.Product([factor, term.Value])));

    /// <summary>E[p(z) He_k(z)] = Σ_n a_n n!/(2^m m!) with m = (n − k)/2 (the moments of Hermite polynomials).</summary>
    public Expression HermiteCoefficient(int order)
    {
        var terms = ImmutableArray.CreateBuilder<Expression>();
        foreach (var (n, coefficient) in Coefficients)
        {
            if (n < order || (n - order) % 2 == 1) continue;
            var m = (n - order) / 2;
            terms.Add(Simplifier.Scale(new Fraction(Factorial(n) / (BigInteger.Pow(2, m) * Factorial(m))), coefficient));
        }
        return Simplifier.Sum(terms.DrainToImmutable());
    }

    private static BigInteger Factorial(int n)
    {
        var product = BigInteger.One;
        for (var k = 2; k <= n; k++) product *= k;
        return product;
    }

    private ConstantPolynomial Plus(int degree, Expression coefficient)
    {
        var sum = Coefficients.TryGetValue(degree, out var present) ? Simplifier.Sum([present, coefficient]) : coefficient;
        return new(sum is Expression.Number { Value.IsZero: true } ? Coefficients.Remove(degree) : Coefficients.SetItem(degree, sum));
    }
}
