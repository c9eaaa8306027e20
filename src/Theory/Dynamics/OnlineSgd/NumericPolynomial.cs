using Theory.Symbolics;
using static Theory.Symbolics.Expression;

namespace Theory.Dynamics;

/// <summary>A polynomial in z1 … zk with floating-point coefficients, which unlike exact ones may be irrational.</summary>
internal sealed class NumericPolynomial
{
    private const int MaxTerms = 2000;
    private const int MaxDegree = 60;
    private readonly Dictionary<string, (double Coefficient, int[] Exponents)> terms = [];

    private NumericPolynomial(int variables) => Variables = variables;

    public int Variables { get; }

    public IEnumerable<(double Coefficient, int[] Exponents)> Terms => terms.Values;

    public int Degree => terms.Count == 0 ? 0 : terms.Values.Max(t => t.Exponents.Sum());

    /// <summary>Coefficients of 1, z, z², … for one variable.</summary>
    public double[] Coefficients
    {
        get
        {
            var result = new double[Degree + 1];
            foreach (var (coefficient, exponents) in terms.Values) result[exponents[0]] += coefficient;
            return result;
        }
    }

    public static NumericPolynomial? TryFrom(Expression expression, int variables) => Convert(expression.Simplify(), variables);

    /// <summary>(1/k) Σ_r of this polynomial of one variable at z_r.</summary>
    public NumericPolynomial Committee(int teachers)
    {
        var result = new NumericPolynomial(teachers);
        foreach (var (coefficient, exponents) in Terms)
        {
            for (var r = 0; r < teachers; r++)
            {
                var place = new int[teachers];
                place[r] = exponents[0];
                result.Add(coefficient / teachers, place);
            }
        }

        return result;
    }

    private static NumericPolynomial? Convert(Expression e, int variables)
    {
        if (e.IsConstant) return Constant(e.Evaluate(0), variables);
        return e switch
        {
            Variable v => Monomial(v.Index, variables),
            Sum s => Combine(s.Terms, Constant(0, variables), (a, b) => a.Plus(b), variables),
            Product p => Combine(p.Factors, Constant(p.Coefficient.ToDouble(), variables), Times, variables),
            Power { Exponent: >= 0 } p => Convert(p.Base, variables) is { } b ? Raised(b, p.Exponent) : null,
            HermitePolynomial h => Convert(h.Argument, variables) is { } argument ? Hermite(h.Order, argument) : null,
            _ => null,
        };
    }

    private static NumericPolynomial? Combine(
        IEnumerable<Expression> parts, NumericPolynomial start, Func<NumericPolynomial, NumericPolynomial, NumericPolynomial?> combine, int variables)
    {
        NumericPolynomial? result = start;
        foreach (var part in parts)
        {
            if (result is null || Convert(part, variables) is not { } polynomial) return null;
            result = combine(result, polynomial);
        }

        return result;
    }

    private static NumericPolynomial Constant(double value, int variables)
    {
        var result = new NumericPolynomial(variables);
        if (value != 0) result.Add(value, new int[variables]);
        return result;
    }

    private static NumericPolynomial Monomial(int index, int variables)
    {
        var (result, exponents) = (new NumericPolynomial(variables), new int[variables]);
        exponents[index - 1] = 1;
        result.Add(1, exponents);
        return result;
    }

    private static NumericPolynomial? Raised(NumericPolynomial b, int exponent)
    {
        NumericPolynomial? result = Constant(1, b.Variables);
        for (var i = 0; i < exponent && result is not null; i++) result = Times(result, b);
        return result;
    }

    // He_{n+1} = x He_n − n He_{n−1}.
    private static NumericPolynomial? Hermite(int order, NumericPolynomial x)
    {
        var (before, last) = (Constant(0, x.Variables), (NumericPolynomial?)Constant(1, x.Variables));
        for (var n = 0; n < order && last is not null; n++) (before, last) = (last, Times(x, last)?.Plus(before, -n));
        return last;
    }

    private NumericPolynomial Plus(NumericPolynomial other) => Plus(other, 1);

    private NumericPolynomial Plus(NumericPolynomial other, double factor)
    {
        var result = new NumericPolynomial(Variables);
        foreach (var (coefficient, exponents) in Terms) result.Add(coefficient, exponents);
        foreach (var (coefficient, exponents) in other.Terms) result.Add(factor * coefficient, exponents);
        return result;
    }

    private static NumericPolynomial? Times(NumericPolynomial a, NumericPolynomial b)
    {
        if (a.Degree + b.Degree > MaxDegree || (long)a.terms.Count * b.terms.Count > 100 * MaxTerms) return null;
        var result = new NumericPolynomial(a.Variables);
        foreach (var (ca, ea) in a.Terms)
        {
            foreach (var (cb, eb) in b.Terms) result.Add(ca * cb, [.. ea.Zip(eb, (x, y) => x + y)]);
        }

        return result.terms.Count <= MaxTerms ? result : null;
    }

    private void Add(double coefficient, int[] exponents)
    {
        var key = string.Join(',', exponents);
        var sum = terms.TryGetValue(key, out var term) ? term.Coefficient + coefficient : coefficient;
        if (sum == 0) terms.Remove(key);
        else terms[key] = (sum, exponents);
    }
}
