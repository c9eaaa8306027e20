using System.Collections.Immutable;
using System.Numerics;
using Theory.Symbolics;
using static Theory.Symbolics.Expression;

namespace Theory.Hermite.Tensors;

/// <summary>
/// Σ_t q_t ∏_j g_tj(⟨a_tj, z⟩) with directions that are orthogonal within each term, but not from term to term:
/// C_k = Σ_t q_t ⊗-products of E[g^{(m)}] a^{⊗m}.
/// </summary>
internal static class RidgeFunction
{
    /// <summary>The raw coefficients up to a total order, or <see langword="null"/> when the expression has not this form.</summary>
    internal static IReadOnlyDictionary<ulong, SymbolicNumber>? TryCoefficients(Expression expression, int variables, FactorCoefficients coefficients)
    {
        List<BigInteger[]> forms = [.. LinearForms.OfArguments(expression, variables) ?? []];
        foreach (var axis in IntegerRows.Identity(variables))
        {
            if (!forms.Exists(form => form.AsSpan().SequenceEqual(axis)))
                forms.Add(axis);
        }
        if (forms.Count > MultiIndex.MaxVariables || Factorisation.TryOf(Abstract(expression, forms, variables)) is not { } terms)
            return null;
        Dictionary<ulong, SymbolicNumber> total = [];
        foreach (var term in terms)
        {
            int[] used = [.. term.Factors.Keys.Select(key => key - 1)];
            if (!LinearForms.AreOrthogonal([.. used.Select(form => forms[form])]))
                return null;
            foreach (var (key, value) in OfTerm(term, used, forms, variables, coefficients))
                total[key] = total.GetValueOrDefault(key, SymbolicNumber.Zero) + value;
        }
        return total.Where(pair => !pair.Value.IsZero).ToDictionary();
    }

    /// <summary>Every linear argument written as a formal variable: ⟨a_j, z⟩ becomes z_{j+1}.</summary>
    private static Expression Abstract(Expression expression, List<BigInteger[]> forms, int variables)
    {
        return Replace(expression, false);

        Expression Replace(Expression e, bool insideFunction) => Simplifier.Rebuild(e, node =>
        {
            if (node is Variable v)
                return OfVariable(Index(IntegerRows.Identity(variables)[v.Index - 1]) + 1);
            if (insideFunction && node is Sum or Product && LinearForms.Direction(node, variables) is { } direction && Index(direction) is >= 0 and var index)
            {
                // node = q ⟨a, z⟩ + b: read q off one coordinate.
                var axis = Array.FindIndex(direction, entry => !entry.IsZero);
                var polynomial = PolynomialConversion.TryConvert(node)!;
                var slope = polynomial.Differentiate(axis + 1).Mean() / direction[axis];
                return (Constant(slope) * OfVariable(index + 1)) + Constant(polynomial.Mean());
            }
            return node is Call or AbsolutePower or Indicator or Power { Exponent: < 0 } && !insideFunction ? Replace(node, true) : null;
        });

        int Index(BigInteger[] direction) => forms.FindIndex(form => form.AsSpan().SequenceEqual(direction));
    }

    private static Expression Constant(Symbolics.Exact.BigRational value) => Simplifier.Number(new Fractions.Fraction(value.Numerator, value.Denominator));

    private static IReadOnlyDictionary<ulong, SymbolicNumber> OfTerm(
        FactorisedTerm term, int[] used, List<BigInteger[]> forms, int variables, FactorCoefficients coefficients)
    {
        var frame = new Frame(used.Select(form => forms[form]), variables);
        var factors = used.Select((form, j) => (j + 1, Rescale(term.Factors[form + 1], forms[form]))).ToDictionary();
        var unit = FactorisedTerm.One.Scale(term.Coefficient) with { Constant = term.Constant };
        var function = new FactorisedFunction(variables, [unit.Times(FactorisedTerm.One with { Factors = factors.ToImmutableSortedDictionary() })]);
        return frame.Return(function.Coefficients(coefficients.Order, coefficients));
    }

    /// <summary>g(|a| u) as a function of the normalised coordinate.</summary>
    private static Expression Rescale(Expression factor, BigInteger[] direction)
    {
        var length = Structure.Call(Function.Sqrt, Simplifier.Number(new Fractions.Fraction(IntegerRows.Dot(direction, direction)))).Simplify();
        return factor.Substitute(1, length * OfVariable(1));
    }
}
