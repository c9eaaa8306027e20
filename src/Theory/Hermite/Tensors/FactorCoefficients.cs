using Theory.Numerics.Quadrature;
using Theory.Symbolics;
using Theory.Symbolics.Exact;

namespace Theory.Hermite.Tensors;

/// <summary>
/// Raw coefficients c_k(g) = E[g(z) He_k(z)] of one-variable factors. Those without a closed form become named constants, the same for
/// equal functions (also up to z → −z), so that they cancel exactly where they should.
/// </summary>
internal sealed class FactorCoefficients(int order)
{
    private readonly Dictionary<Expression, SymbolicNumber[]> known = [];

    internal int Order => order;

    internal SymbolicNumber Of(Expression factor, int k) => All(factor)[k];

    /// <summary>Whether some coefficient of order 1 or more is certainly not 0.</summary>
    internal bool SeesSomethingOf(Expression factor) => All(factor).Skip(1).Any(c => c.IsCertainlyNonzero);

    internal SymbolicNumber OfConstant(Expression constant)
    {
        if (constant is Expression.Number n)
            return SymbolicNumber.Of(PolynomialConversion.ToRational(n.Value));
        if (ExactExpansion.Of(constant, 0).Coefficients[0] is { } exact)
            return SymbolicNumber.Of(exact);
        return SymbolicNumber.Named($"[{constant}]", constant.Evaluate(0), 1e-15 * Math.Abs(constant.Evaluate(0)));
    }

    private SymbolicNumber[] All(Expression factor)
    {
        if (known.TryGetValue(factor, out var found))
            return found;
        var reflected = factor.Substitute(1, -Expression.OfVariable(1));
        found = known.TryGetValue(reflected, out var mirror)
            ? [.. mirror.Select((c, k) => k % 2 == 0 ? c : c.Scale(-1))]
            : Compute(factor);
        known.Add(factor, found);
        return found;
    }

    private SymbolicNumber[] Compute(Expression factor)
    {
        if (PolynomialConversion.TryConvert(factor) is { } polynomial)
            return [.. Enumerable.Range(0, order + 1).Select(k => SymbolicNumber.Of(polynomial.RawCoefficient(MultiIndex.Of(0, k))))];
        var exact = ExactExpansion.Of(factor, order).Coefficients;
        var estimates = exact.Contains(null) ? Integrate(ScalarFunction.Of(factor)) : [];
        return [.. exact.Select((known, k) => known is not null ? SymbolicNumber.Of(known) : Name(factor, k, estimates[k]))];
    }

    private static SymbolicNumber Name(Expression factor, int k, Estimate estimate)
    {
        var scale = Math.Sqrt((double)Combinatorics.Factorial(k));
        return SymbolicNumber.Named($"c{k}[{factor}]", scale * estimate.Value, scale * estimate.Error);
    }

    private Estimate[] Integrate(ScalarFunction function) => GaussianExpectation.OfMany(
        (z, values) =>
        {
            function.Evaluate(z, values[..z.Length]);
            Span<double> hermite = stackalloc double[order + 1];
            for (var i = 0; i < z.Length; i++)
            {
                var value = values[i];
                HermitePolynomial.Normalised(z[i], hermite);
                for (var k = 0; k <= order; k++)
                    values[(k * z.Length) + i] = value * hermite[k];
            }
        },
        order + 1,
        function.Breakpoints.AsSpan());
}
