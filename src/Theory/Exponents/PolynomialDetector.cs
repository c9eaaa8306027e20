using System.Numerics;
using Theory.Hermite.Tensors;

namespace Theory.Exponents;

/// <summary>The family {f} of a polynomial: correlational detection, exact in both directions.</summary>
internal sealed class PolynomialDetector : IDetector
{
    private readonly IntegerPolynomial polynomial;
    private readonly Dictionary<Subspace, (AdaptedBasis Basis, ConditionalMoments Moments)> adapted = [];

    internal PolynomialDetector(MultivariatePolynomial target)
    {
        polynomial = target.Numerators;
        Relevant = RelevantSubspace(polynomial, target.VariableCount);
        MaxOrder = target.Degree;
    }

    public Subspace Relevant { get; }

    public int MaxOrder { get; }

    /// <summary>V* = {w : ∂_w f = 0}^⊥.</summary>
    internal static Subspace RelevantSubspace(IntegerPolynomial polynomial, int variables)
    {
        Dictionary<ulong, BigInteger[]> gradients = [];
        for (var i = 0; i < variables; i++)
        {
            var derivative = polynomial.Differentiate(i);
            for (var term = 0; term < derivative.Count; term++)
            {
                if (!gradients.TryGetValue(derivative.Keys[term], out var row))
                    gradients.Add(derivative.Keys[term], row = new BigInteger[variables]);
                row[i] = derivative.Coefficients[term];
            }
        }
        return Subspace.Span(variables, gradients.Values);
    }

    public Detection Detect(Subspace learned, int order)
    {
        if (!adapted.TryGetValue(learned, out var state))
        {
            var basis = new AdaptedBasis(learned, Relevant);
            adapted.Add(learned, state = (basis, new ConditionalMoments(basis.Express(polynomial), basis)));
        }
        var undetected = new Annihilator(state.Basis.Rest.Length);
        state.Moments.Impose(undetected, order);
        return new(Extend(learned, Relevant, state.Basis, undetected), ProofStatus.Proved, "every coefficient is exactly 0");
    }

    /// <summary>V* ⊖ (undetected directions), which contains the learned ones.</summary>
    internal static Subspace Extend(Subspace learned, Subspace relevant, AdaptedBasis basis, Annihilator undetected)
    {
        if (undetected.Dimension == basis.Rest.Length)
            return learned;
        if (undetected.Dimension == 0)
            return relevant;
        return relevant.Minus(Subspace.Span(learned.AmbientDimension, undetected.Basis.Select(basis.Direction)));
    }
}
