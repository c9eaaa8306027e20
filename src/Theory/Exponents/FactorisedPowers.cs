using Theory.Hermite.Tensors;
using Theory.Numerics.Quadrature;
using Theory.Symbolics.Exact;

namespace Theory.Exponents;

/// <summary>
/// The family f, f², f³, … of a sum of products of one-variable functions. For a label with v values the first v − 1 powers span all
/// functions of it, and nothing needs a symmetry.
/// </summary>
internal sealed class FactorisedPowers : IDetector
{
    private static readonly int[] Sizes = [1, 2, 3, 4, 6];

    private readonly List<FactorisedFunction> powers;
    private readonly List<IReadOnlyDictionary<ulong, SymbolicNumber>> tensors;
    private readonly FactorCoefficients coefficients;
    private readonly LabelSymmetries symmetries;
    private readonly bool jointlyOddOnly;
    private readonly Dictionary<int, FactorisedDetector> detectors = [];
    private bool exhausted;

    internal FactorisedPowers(
        FactorisedFunction function, IReadOnlyDictionary<ulong, SymbolicNumber> tensor, Subspace relevant, FactorCoefficients coefficients, bool jointlyOddOnly = false)
    {
        (powers, tensors, Relevant, this.coefficients, this.jointlyOddOnly) = ([jointlyOddOnly ? function : Centred(function, tensor)], [tensor], relevant, coefficients, jointlyOddOnly);
        symmetries = FactorisedSymmetries.Of(function);
        ValueCount = function.IsFiniteValued ? LabelValues.Count(function) : null;
    }

    public Subspace Relevant { get; }

    public int MaxOrder => coefficients.Order;

    /// <summary>The number of values of a label with finitely many.</summary>
    internal int? ValueCount { get; }

    public Detection Detect(Subspace learned, int order)
    {
        Detection? last = null;
        foreach (var size in Sizes)
        {
            if (Detector(size) is not { } detector)
                break;
            var found = detector.Detect(learned, order);
            var settled = found.Status == ProofStatus.Proved || (size == Sizes[^1] && last?.Span.Dimension == found.Span.Dimension);
            last = found;
            if (settled)
                break;
        }
        return last!;
    }

    /// <summary>The label less a mean that would drown its variation in all powers. Functions of the label do not notice.</summary>
    private static FactorisedFunction Centred(FactorisedFunction function, IReadOnlyDictionary<ulong, SymbolicNumber> tensor)
    {
        var varying = new FactorisedFunction(function.VariableCount, [.. function.Terms.Where(term => term.Factors.Count > 0)]);
        var mean = varying.RawCoefficient(default, new(0)).Value;
        var spread = Math.Sqrt(tensor.Sum(pair => pair.Key == 0 ? 0 : Math.Pow(pair.Value.Value, 2) / (double)new MultiIndex(pair.Key).Factorial));
        if (!(Math.Abs(mean) > 4 * spread) || spread == 0)
            return varying;
        var unit = Math.Pow(2, Math.Floor(Math.Log2(spread)));
        return new(function.VariableCount, [.. varying.Terms, FactorisedTerm.One.Scale(BigRational.FromDouble(-unit * Math.Round(mean / unit)))]);
    }

    private FactorisedDetector? Detector(int size)
    {
        if (detectors.TryGetValue(size, out var known))
            return known;
        while (powers.Count < size && !exhausted && powers.Count + 1 != ValueCount)
            AddPower();
        if (powers.Count < size && detectors.ContainsKey(powers.Count))
            return null;
        var count = Math.Min(size, powers.Count);
        var detector = new FactorisedDetector(
            [.. powers.Take(count)],
            [.. tensors.Take(count)],
            Relevant,
            coefficients,
            symmetries,
            isComplete: !jointlyOddOnly && count + 1 == ValueCount,
            jointlyOddOnly ? (monomial, member) => (member + monomial.Degree) % 2 == 1 : null);
        detectors[size] = detector;
        detectors[count] = detector;
        return detector;
    }

    private void AddPower()
    {
        try
        {
            if (powers[^1].Times(powers[0]) is { } next)
            {
                tensors.Add(next.Coefficients(coefficients.Order, coefficients));
                powers.Add(next);
                return;
            }
        }
        catch (QuadratureException)
        {
            // The power is not integrable; lower ones remain.
        }
        exhausted = true;
    }
}
