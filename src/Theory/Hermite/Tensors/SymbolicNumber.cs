using Theory.Symbolics.Exact;

namespace Theory.Hermite.Tensors;

/// <summary>
/// Σ q_i · s_i with exact numbers q_i and products s_i of named constants that have no closed form, such as E[tanh(z) z]; with its value and
/// a bound of the value's error. It is zero for certain when all terms cancel.
/// </summary>
internal sealed class SymbolicNumber
{
    private readonly SortedDictionary<string, ExactNumber> terms;

    private SymbolicNumber(SortedDictionary<string, ExactNumber> terms, double value, double error) =>
        (this.terms, Value, Error) = (terms, terms.Count == 0 ? 0 : value, terms.Count == 0 ? 0 : error);

    internal static SymbolicNumber Zero { get; } = new([], 0, 0);

    internal double Value { get; }

    /// <summary>A bound of |<see cref="Value"/> − exact value|, as far as the quadratures behind it can tell.</summary>
    internal double Error { get; }

    /// <summary>Whether all terms cancel: a proof that the number is 0.</summary>
    internal bool IsZero => terms.Count == 0;

    /// <summary>
    /// Whether the number is certainly not 0: its value exceeds its error a thousandfold, or it is a single term, whatever its size:
    /// E[sin(8z) z] = 8e^(−32) counts.
    /// </summary>
    internal bool IsCertainlyNonzero => !IsZero && (Math.Abs(Value) > 1e3 * Error || (Exact is { TermCount: 1 } term && term.TrySign(out var sign) && sign != 0));

    /// <summary>The closed form, when no named constant is left.</summary>
    internal ExactNumber? Exact => terms.Count == 0 ? ExactNumber.Zero : terms.Count == 1 && terms.TryGetValue("", out var only) ? only : null;

    internal static SymbolicNumber Of(ExactNumber number)
    {
        if (number.IsZero)
            return Zero;
        var value = number.ToDouble();
        // A sum far below the rounding of its terms is most likely a zero of which some constant was given to finitely many digits.
        return new(new(StringComparer.Ordinal) { [""] = number }, value, (4e-16 * Math.Abs(value)) + (number.TermCount > 1 ? 1e-16 * LargestTerm(number) : 0));
    }

    private static double LargestTerm(ExactNumber number)
    {
        var largest = 0.0;
        foreach (var (monomial, coefficient) in number.Terms)
            largest = Math.Max(largest, Math.Abs(coefficient.ToDouble() * monomial.Enclose(64).Midpoint));
        return largest;
    }

    internal static SymbolicNumber Named(string name, double value, double error) =>
        new(new(StringComparer.Ordinal) { [name] = ExactNumber.One }, value, error);

    public static SymbolicNumber operator +(SymbolicNumber left, SymbolicNumber right)
    {
        if (left.IsZero)
            return right;
        if (right.IsZero)
            return left;
        var sum = new SortedDictionary<string, ExactNumber>(left.terms, StringComparer.Ordinal);
        foreach (var (name, factor) in right.terms)
        {
            var total = sum.TryGetValue(name, out var mine) ? mine + factor : factor;
            if (total.IsZero)
                sum.Remove(name);
            else
                sum[name] = total;
        }
        return new(sum, left.Value + right.Value, left.Error + right.Error + (2e-16 * (Math.Abs(left.Value) + Math.Abs(right.Value))));
    }

    public static SymbolicNumber operator *(SymbolicNumber left, SymbolicNumber right)
    {
        if (left.IsZero || right.IsZero)
            return Zero;
        var product = new SortedDictionary<string, ExactNumber>(StringComparer.Ordinal);
        foreach (var (a, p) in left.terms)
        {
            foreach (var (b, q) in right.terms)
            {
                var name = Join(a, b);
                var total = product.TryGetValue(name, out var mine) ? mine + (p * q) : p * q;
                if (total.IsZero)
                    product.Remove(name);
                else
                    product[name] = total;
            }
        }
        var error = (Math.Abs(left.Value) * right.Error) + (Math.Abs(right.Value) * left.Error) + (left.Error * right.Error);
        return new(product, left.Value * right.Value, error + (2e-16 * Math.Abs(left.Value * right.Value)));
    }

    internal SymbolicNumber Scale(BigRational by)
    {
        if (by.IsZero || IsZero)
            return Zero;
        var scaled = new SortedDictionary<string, ExactNumber>(StringComparer.Ordinal);
        foreach (var (name, factor) in terms)
            scaled.Add(name, factor * by);
        var size = Math.Abs(by.ToDouble());
        return new(scaled, Value * by.ToDouble(), size * (Error + (2e-16 * Math.Abs(Value))));
    }

    public override string ToString() => IsZero ? "0" : string.Join(" + ", terms.Select(term => term.Key.Length == 0 ? $"{term.Value}" : $"({term.Value})*{term.Key}"));

    private static string Join(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
            return left + right;
        string[] names = [.. left.Split('·'), .. right.Split('·')];
        Array.Sort(names, StringComparer.Ordinal);
        return string.Join('·', names);
    }
}
