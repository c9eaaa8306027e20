using System.Collections.Immutable;
using Theory.Symbolics;

namespace Theory.Hermite.Tensors;

/// <summary>A function Σ_t q_t ∏_i g_ti(z_i) of several variables.</summary>
internal sealed class FactorisedFunction
{
    internal FactorisedFunction(int variables, IReadOnlyList<FactorisedTerm> terms) => (VariableCount, Terms) = (variables, terms);

    internal int VariableCount { get; }

    internal IReadOnlyList<FactorisedTerm> Terms { get; }

    /// <summary>Whether every factor takes finitely many values, each on a finite union of intervals.</summary>
    internal bool IsFiniteValued => Terms.All(term => term.Factors.Values.All(IsPiecewiseConstant));

    internal static FactorisedFunction? TryOf(Expression expression) =>
        Factorisation.TryOf(expression) is { } terms ? new(expression.VariableCount, terms) : null;

    internal FactorisedFunction? Times(FactorisedFunction other) =>
        Factorisation.Multiply(Terms, other.Terms) is { } terms ? new(VariableCount, terms) : null;

    /// <summary>c_α = E[f He_α] = Σ_t q_t ∏_i c_{α_i}(g_ti).</summary>
    internal SymbolicNumber RawCoefficient(MultiIndex index, FactorCoefficients coefficients) =>
        Terms.Aggregate(SymbolicNumber.Zero, (sum, term) => sum + Contribution(term, index, coefficients, (1 << VariableCount) - 1));

    /// <summary>q_t ∏_{i in a set} c_{α_i}(g_ti).</summary>
    internal static SymbolicNumber Contribution(FactorisedTerm term, MultiIndex index, FactorCoefficients coefficients, int variables)
    {
        var product = coefficients.OfConstant(term.Constant).Scale(term.Coefficient);
        for (var i = 0; i < MultiIndex.MaxVariables && !product.IsZero; i++)
        {
            if ((variables >> i & 1) == 0)
                continue;
            if (term.Factors.TryGetValue(i + 1, out var factor))
                product *= coefficients.Of(factor, index[i]);
            else if (index[i] > 0)
                return SymbolicNumber.Zero;
        }
        return product;
    }

    /// <summary>All non-vanishing c_α with |α| ≤ K.</summary>
    internal ImmutableSortedDictionary<ulong, SymbolicNumber> Coefficients(int order, FactorCoefficients coefficients)
    {
        var all = ImmutableSortedDictionary.CreateBuilder<ulong, SymbolicNumber>();
        for (var degree = 0; degree <= order; degree++)
        {
            foreach (var index in MultiIndex.OfDegree(VariableCount, degree))
            {
                var value = RawCoefficient(index, coefficients);
                if (!value.IsZero)
                    all.Add(index.Key, value);
            }
        }
        return all.ToImmutable();
    }

    private static bool IsPiecewiseConstant(Expression factor) =>
        factor.Differentiate() is Expression.Number { Value.IsZero: true } && ScalarFunction.Of(factor) is { BreakpointsAreExact: true };
}
