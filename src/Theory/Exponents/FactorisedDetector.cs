using System.Numerics;
using Theory.Hermite.Tensors;

namespace Theory.Exponents;

/// <summary>
/// A family of sums of products of one-variable functions, seen through their Hermite tensors up to a total order K. What is found is
/// certified by the errors of the coefficients; that nothing more is found is proved by exact cancellation in every order, or by a symmetry.
/// </summary>
internal sealed class FactorisedDetector : IDetector
{
    private readonly FactorisedFunction[] family;
    private readonly IReadOnlyDictionary<ulong, SymbolicNumber>[] tensors;
    private readonly FactorCoefficients coefficients;
    private readonly LabelSymmetries? symmetries;
    private readonly bool isComplete;
    private readonly Func<MultiIndex, int, bool>? keep;

    /// <param name="family">The functions T(f); empty when only their tensors are known.</param>
    /// <param name="tensors">Their raw coefficients c_α up to order K.</param>
    /// <param name="relevant">V*.</param>
    /// <param name="coefficients">One-variable coefficients.</param>
    /// <param name="symmetries">Symmetries that hold for every function of the label; <see langword="null"/> when only the family itself is meant.</param>
    /// <param name="isComplete">Whether the family spans all functions of the label that matter.</param>
    /// <param name="keep">Which parts count: of order |σ| in the learned coordinates, for the m-th member (from 1).</param>
    internal FactorisedDetector(
        FactorisedFunction[] family,
        IReadOnlyDictionary<ulong, SymbolicNumber>[] tensors,
        Subspace relevant,
        FactorCoefficients coefficients,
        LabelSymmetries? symmetries = null,
        bool isComplete = true,
        Func<MultiIndex, int, bool>? keep = null)
    {
        (this.family, this.tensors, Relevant, this.coefficients, this.symmetries, this.isComplete, this.keep) =
            (family, tensors, relevant, coefficients, symmetries, isComplete, keep);
    }

    public Subspace Relevant { get; }

    public int MaxOrder => coefficients.Order;

    public Detection Detect(Subspace learned, int order)
    {
        var basis = new AdaptedBasis(learned, Relevant);
        var rest = basis.Rest.Length;
        var undetected = new Annihilator(rest);
        var fibres = new FibreMatrix(basis);
        for (var m = 0; m < tensors.Length; m++)
            fibres.Add(tensors[m], order, keep is null ? null : WithMember(keep, m + 1));
        var hidden = fibres.NullSpace();
        foreach (var condition in hidden.Conditions)
            undetected.Impose(condition);
        if (undetected.Dimension == 0)
            return new(Relevant, ProofStatus.Proved, "every direction is found");
        if (order == 1 && Bound(learned) is { } bound && undetected.Dimension == rest - bound.Invariant.Dimension)
        {
            // As many are found as the symmetries allow: then it is these, and no rounding enters.
            return new(learned.Plus(bound.Invariant), ProofStatus.Proved, bound.Reason);
        }
        var (status, reason) = Prove(learned, order, basis, undetected, hidden.IsExact);
        return new(PolynomialDetector.Extend(learned, Relevant, basis, undetected), status, reason);
    }

    private SymmetryBound? Bound(Subspace learned) =>
        symmetries?.Bound(learned, Relevant.Minus(learned), keep is null ? [] : symmetries.HiddenFromOdd(learned));

    private static Func<MultiIndex, bool> WithMember(Func<MultiIndex, int, bool> keep, int member) => monomial => keep(monomial, member);

    private (ProofStatus Status, string Reason) Prove(Subspace learned, int order, AdaptedBasis basis, Annihilator undetected, bool isExact)
    {
        if (isComplete && learned.Dimension == 0 && isExact)
            return (ProofStatus.Proved, $"the tensor of order {order} vanishes exactly in the other directions");
        if (isComplete && family.Length > 0 && AllOrdersCancel(learned, order, basis, undetected))
            return (ProofStatus.Proved, "every coefficient of every term cancels exactly, in all orders");
        return (ProofStatus.NumericalEvidence, isExact
            ? $"exactly 0 up to total order {coefficients.Order}{(isComplete ? "" : " for the functions of the label tried")}"
            : $"0 to within the numerical error up to total order {coefficients.Order}");
    }

    /// <summary>
    /// With S spanned by coordinate axes, E[f He_γ(z_⊥) | z_S] is a combination of products of the factors on S; it vanishes when the
    /// coefficient of each distinct product does, whatever the order in z_S.
    /// </summary>
    private bool AllOrdersCancel(Subspace learned, int order, AdaptedBasis basis, Annihilator undetected)
    {
        if (!IsAxisAligned(basis.Learned, out var axes) || !IsAxisAligned(basis.Rest, out _))
            return false;
        var inside = axes.Aggregate(0, (bits, axis) => bits | 1 << axis);
        IsAxisAligned(basis.Rest, out var outside);
        foreach (var function in family)
        {
            foreach (var group in function.Terms.GroupBy(term => string.Join('|', term.Factors.Where(f => (inside >> (f.Key - 1) & 1) == 1).Select(f => $"{f.Key}:{f.Value}"))))
            {
                if (!GroupCancels([.. group], order, outside, ~inside, undetected))
                    return false;
            }
        }
        return learned.Dimension == axes.Length;
    }

    private bool GroupCancels(FactorisedTerm[] terms, int order, int[] outside, int free, Annihilator undetected)
    {
        foreach (var tail in MultiIndex.OfDegree(outside.Length, order - 1))
        {
            foreach (var x in undetected.Basis)
            {
                var sum = SymbolicNumber.Zero;
                for (var a = 0; a < outside.Length; a++)
                {
                    var index = Place(tail, outside).Key + MultiIndex.Of(outside[a], 1).Key;
                    foreach (var term in terms)
                        sum += FactorisedFunction.Contribution(term, new(index), coefficients, free).Scale(x[a]);
                }
                if (!sum.IsZero)
                    return false;
            }
        }
        return true;
    }

    private static MultiIndex Place(MultiIndex index, int[] axes)
    {
        var key = 0UL;
        for (var a = 0; a < axes.Length; a++)
            key |= MultiIndex.Of(axes[a], index[a]).Key;
        return new(key);
    }

    private static bool IsAxisAligned(BigInteger[][] rows, out int[] axes)
    {
        axes = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].Count(entry => !entry.IsZero) != 1)
                return false;
            axes[i] = Array.FindIndex(rows[i], entry => !entry.IsZero);
        }
        return true;
    }
}
