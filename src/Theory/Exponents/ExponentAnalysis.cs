using Theory.Contract;
using Theory.Hermite.Tensors;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>Chooses the exact method that a target's structure allows.</summary>
internal static class ExponentAnalysis
{
    internal static LearningExponents Run(Expression target, ExponentOptions options)
    {
        var text = target.ToString();
        if (PolynomialConversion.TryConvert(target) is { } polynomial)
            return PolynomialExponents.Compute(polynomial, text, Orders(options, Math.Max(polynomial.Degree, 1)));
        var simplified = target.Simplify();
        if (simplified.VariableCount <= 1)
            return OneVariableExponents.Compute(simplified, text, Orders(options, options.Order), options.Order);
        if (FactorisedFunction.TryOf(simplified) is { } factorised)
            return FactorisedExponents.Compute(factorised, text, Orders(options, options.TotalOrder), options.TotalOrder);
        throw new UnsupportedException($"'{text}' is neither a polynomial nor a sum of products of functions of one variable each.");
    }

    private static ActivationOrders? Orders(ExponentOptions options, int order)
    {
        if (options.Activation is not { Expression: { } activation })
            return null;
        var coefficients = new FactorCoefficients(order);
        var vanishing = Enumerable.Range(0, order + 1).Where(k => coefficients.Of(activation.Simplify(), k) is var c && (c.IsZero || Math.Abs(c.Value) < 1e3 * c.Error)).ToList();
        var proved = vanishing.TrueForAll(k => coefficients.Of(activation.Simplify(), k).IsZero);
        return new(activation.ToString(), [.. vanishing], proved ? ProofStatus.Proved : ProofStatus.NumericalEvidence);
    }
}
