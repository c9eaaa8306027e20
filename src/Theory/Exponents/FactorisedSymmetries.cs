using System.Collections.Immutable;
using Theory.Hermite.Tensors;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>Sign flips and exchanges of variables that preserve a sum of products of one-variable functions.</summary>
internal static class FactorisedSymmetries
{
    internal static LabelSymmetries Of(FactorisedFunction function) => new(
        function.VariableCount,
        Parities(function),
        map => Signatures(function.Terms).SetEquals(Signatures([.. Factorisation.Collect(function.Terms.Select(term => Apply(term, map)))])));

    /// <summary>One parity vector per term; a variable with a factor that is neither even nor odd must not be flipped at all.</summary>
    private static HashSet<int> Parities(FactorisedFunction function)
    {
        HashSet<int> parities = [];
        foreach (var term in function.Terms)
        {
            var odd = 0;
            foreach (var (variable, factor) in term.Factors)
            {
                var parity = ScalarFunction.Of(factor).Parity;
                if (parity == Parity.None)
                    parities.Add(1 << (variable - 1));
                else if (parity == Parity.Odd)
                    odd |= 1 << (variable - 1);
            }
            parities.Add(odd);
        }
        return parities;
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
