namespace Theory.Symbolics.Exact;

/// <summary>Collects terms of any order and merges equal monomials.</summary>
internal sealed class TermSum
{
    private readonly List<ExactNumber.Term> _terms = [];

    public void Add(BigRational coefficient, Monomial monomial) => _terms.Add(new(monomial, coefficient));

    public void Add(ExactNumber number, BigRational scale)
    {
        foreach (ExactNumber.Term term in number.Terms)
            _terms.Add(new(term.Monomial, term.Coefficient * scale));
    }

    public ExactNumber ToNumber()
    {
        if (_terms.Count > 1)
            _terms.Sort((a, b) => a.Monomial.CompareTo(b.Monomial));
        var merged = new ExactNumber.Term[_terms.Count];
        int count = 0;
        for (int i = 0; i < _terms.Count;)
        {
            (Monomial monomial, BigRational coefficient) = _terms[i++];
            for (; i < _terms.Count && _terms[i].Monomial.CompareTo(monomial) == 0; i++)
                coefficient += _terms[i].Coefficient;
            if (!coefficient.IsZero)
                merged[count++] = new(monomial, coefficient);
        }
        return ExactNumber.FromSorted(merged, count);
    }
}
