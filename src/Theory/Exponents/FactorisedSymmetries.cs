using System.Collections.Immutable;
using Theory.Hermite.Tensors;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>Sign flips and exchanges of variables that preserve a sum of products of one-variable functions.</summary>
internal static class FactorisedSymmetries
{
    internal static LabelSymmetries Of(FactorisedFunction function)
    {
        HashSet<int> parities = [];
        var rigid = 0;
        foreach (var term in function.Terms)
        {
            var odd = 0;
            foreach (var (variable, factor) in term.Factors)
            {
                var parity = ScalarFunction.Of(factor).Parity;
                rigid |= parity == Parity.None ? 1 << (variable - 1) : 0;
                odd |= parity == Parity.Odd ? 1 << (variable - 1) : 0;
            }
            parities.Add(odd);
        }
        var (signatures, negatives) = (Signatures(function.Terms), Signatures(function.Terms.Select(term => term.Scale(-1))));
        return new(function.VariableCount, parities, rigid, map =>
        {
            var image = Signatures(Factorisation.Collect(function.Terms.Select(term => Apply(term, map))));
            return signatures.SetEquals(image) ? 1 : negatives.SetEquals(image) ? -1 : 0;
        });
    }

    private static FactorisedTerm Apply(FactorisedTerm term, SignedPermutation map)
    {
        var moved = FactorisedTerm.One.Scale(term.Coefficient) with { Constant = term.Constant };
        foreach (var (variable, factor) in term.Factors)
        {
            var (image, sign) = map.IsNegative(variable - 1) ? Reflect(factor) : (factor, 1);
            moved = moved.Scale(sign).Times(FactorisedTerm.One with
            {
                Factors = ImmutableSortedDictionary<int, Expression>.Empty.Add(map.Image[variable - 1] + 1, image),
            });
        }
        return moved;
    }

    /// <summary>g(−z) as ±(a function), by parity where it is known: simplification alone may not see that tanh(−z) is −tanh(z).</summary>
    private static (Expression Image, int Sign) Reflect(Expression factor) => ScalarFunction.Of(factor).Parity switch
    {
        Parity.Even => (factor, 1),
        Parity.Odd => (factor, -1),
        _ => (factor.Substitute(1, -Expression.OfVariable(1)), 1),
    };

    private static HashSet<string> Signatures(IEnumerable<FactorisedTerm> terms) => [.. terms.Select(term => $"{term.Coefficient}|{Factorisation.Signature(term)}")];
}
