using System.Numerics;
using Theory.Hermite.Tensors;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>V* of a target that is known by its Hermite tensors up to a total order.</summary>
/// <param name="Subspace">The directions seen by some tensor.</param>
/// <param name="Certificate">Whether they are all.</param>
internal sealed record RelevantDirections(Subspace Subspace, Certificate Certificate)
{
    /// <summary>
    /// Every direction seen by some tensor. That there are no others is proved when these span all directions in which the target is
    /// written, or when its derivatives along the others cancel identically.
    /// </summary>
    /// <param name="tensor">Raw coefficients c_α.</param>
    /// <param name="order">Their largest total order.</param>
    /// <param name="written">Directions through which alone the target depends on z.</param>
    /// <param name="function">The target as a sum of products, when it is one.</param>
    internal static RelevantDirections Of(IReadOnlyDictionary<ulong, SymbolicNumber> tensor, int order, Subspace written, FactorisedFunction? function)
    {
        var basis = new AdaptedBasis(Subspace.Zero(written.AmbientDimension), written);
        // All orders in one matrix: directions that are not rational come out once, not once per order.
        var fibres = new FibreMatrix(basis);
        var conditions = fibres.NullSpace().Conditions;
        for (var k = 1; k <= order && conditions.Count < basis.Rest.Length; k++)
        {
            fibres.Add(tensor, k, null);
            conditions = fibres.NullSpace().Conditions;
        }
        var undetected = new Annihilator(basis.Rest.Length);
        foreach (var condition in conditions)
            undetected.Impose(condition);
        if (undetected.Dimension == 0)
            return new(written, new("dimension", ProofStatus.Proved, written.Dimension == 0 ? "constant" : "every direction in which the target is written is seen by a Hermite tensor"));
        var constant = function is not null && undetected.Basis.Select(basis.Direction).All(direction => IsDerivativeZero(function, direction));
        return new(
            PolynomialDetector.Extend(Subspace.Zero(written.AmbientDimension), written, basis, undetected),
            constant
                ? new("dimension", ProofStatus.Proved, "the derivatives along the other directions cancel identically")
                : new("dimension", ProofStatus.NumericalEvidence, $"no Hermite tensor up to order {order} sees the other directions"));
    }

    /// <summary>The coordinates on which a sum of products depends, less those in which it is proved to be constant.</summary>
    internal static Subspace Written(FactorisedFunction function)
    {
        var axes = Enumerable.Range(0, function.VariableCount).Where(i => function.Terms.Any(term => term.Factors.ContainsKey(i + 1)) && !IsConstantIn(function, i + 1));
        return Subspace.Span(function.VariableCount, axes.Select(axis => IntegerRows.Identity(function.VariableCount)[axis]));
    }

    /// <summary>Terms that agree in all other factors together contain one function of this variable: is each of these a constant?</summary>
    private static bool IsConstantIn(FactorisedFunction function, int variable) => function.Terms
        .GroupBy(term => Factorisation.Signature(term with { Factors = term.Factors.Remove(variable), Coefficient = 1 }))
        .All(group => OneVariableFacts.IsConstant(group.Select(term => term.Factors.TryGetValue(variable, out var factor)
            ? Simplifier.Number(new Fractions.Fraction(term.Coefficient.Numerator, term.Coefficient.Denominator)) * factor
            : Simplifier.Zero).Aggregate((a, b) => a + b).Simplify()));

    private static bool IsDerivativeZero(FactorisedFunction function, BigInteger[] direction)
    {
        // The derivative almost everywhere decides only where nothing jumps.
        if (!function.Terms.All(term => term.Factors.Values.All(factor => ScalarFunction.Of(factor).Breakpoints.IsEmpty)))
            return false;
        List<FactorisedTerm> derivative = [];
        for (var i = 0; i < direction.Length; i++)
        {
            foreach (var term in function.Terms)
            {
                if (!direction[i].IsZero && term.Factors.TryGetValue(i + 1, out var factor))
                    derivative.Add(FactorisedTerm.One.Times(term with
                    {
                        Coefficient = term.Coefficient * direction[i],
                        Factors = term.Factors.SetItem(i + 1, factor.Differentiate()),
                    }));
            }
        }
        return Factorisation.Collect(derivative).Count == 0;
    }
}
