namespace Theory.Symbolics.Exact;

/// <summary>
/// Numbers c_0, …, c_{n−1}, each an exact number plus exact multiples of unknowns, the means of kernels without a closed form.
/// </summary>
internal sealed class CoefficientSequence
{
    private readonly ExactNumber[] _known;
    private readonly Dictionary<EptKernel, ExactNumber[]> _unknown = [];
    private bool _undetermined;

    private CoefficientSequence(int length)
    {
        _known = new ExactNumber[length];
        Array.Fill(_known, ExactNumber.Zero);
    }

    public int Length => _known.Length;

    /// <summary>The k-th number, or null when an unknown takes part in it.</summary>
    public ExactNumber? this[int k] => _undetermined || _unknown.Values.Any(multiples => !multiples[k].IsZero) ? null : _known[k];

    public static CoefficientSequence Undetermined(int length) => new(length) { _undetermined = true };

    public static CoefficientSequence StartingWith(ExactNumber first, int length)
    {
        var sequence = new CoefficientSequence(length);
        sequence._known[0] = first;
        return sequence;
    }

    public static CoefficientSequence StartingWithUnknown(EptKernel unknown, int length)
    {
        var sequence = new CoefficientSequence(length);
        sequence.SetUnknown(0, unknown);
        return sequence;
    }

    public void Set(int k, ExactNumber value) => _known[k] = value;

    public void Add(int k, ExactNumber value) => _known[k] += value;

    public void SetUnknown(int k, EptKernel unknown) => Multiples(unknown)[k] = ExactNumber.One;

    /// <summary>this[k] += factor · other[j].</summary>
    public void AddMultiple(int k, ExactNumber factor, CoefficientSequence other, int j)
    {
        if (factor.IsZero)
            return;
        _undetermined |= other._undetermined;
        if (!other._known[j].IsZero)
            _known[k] += factor * other._known[j];
        if (other._unknown.Count == 0)
            return;
        foreach ((EptKernel unknown, ExactNumber[] multiples) in other._unknown.ToArray())
            if (!multiples[j].IsZero)
                Multiples(unknown)[k] += factor * multiples[j];
    }

    public void Scale(ExactNumber factor)
    {
        if (factor.IsOne)
            return;
        for (int k = 0; k < _known.Length; k++)
            _known[k] *= factor;
        foreach (ExactNumber[] multiples in _unknown.Values)
            for (int k = 0; k < multiples.Length; k++)
                multiples[k] *= factor;
    }

    /// <summary>The coefficients of q(z) f by c_k(z f) = c_{k+1}(f) + k c_{k−1}(f) and Horner's rule; the last deg q are wrong.</summary>
    public CoefficientSequence Times(Polynomial<ExactNumber> polynomial)
    {
        if (polynomial.IsConstant && polynomial.Leading.IsOne)
            return this;
        var product = new CoefficientSequence(Length);
        for (int i = polynomial.Degree; i >= 0; i--)
        {
            CoefficientSequence next = i == polynomial.Degree ? product : product.TimesVariable();
            for (int k = 0; k < Length; k++)
                next.AddMultiple(k, polynomial[i], this, k);
            product = next;
        }
        return product;
    }

    private CoefficientSequence TimesVariable()
    {
        var shifted = new CoefficientSequence(Length);
        for (int k = 0; k < Length; k++)
        {
            if (k + 1 < Length)
                shifted.AddMultiple(k, ExactNumber.One, this, k + 1);
            if (k > 0)
                shifted.AddMultiple(k, k, this, k - 1);
        }
        return shifted;
    }

    private ExactNumber[] Multiples(EptKernel unknown)
    {
        if (_unknown.TryGetValue(unknown, out ExactNumber[]? multiples))
            return multiples;
        multiples = new ExactNumber[Length];
        Array.Fill(multiples, ExactNumber.Zero);
        return _unknown[unknown] = multiples;
    }
}
