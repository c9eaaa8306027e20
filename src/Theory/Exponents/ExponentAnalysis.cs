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
        var orders = Orders(options, options.TotalOrder);
        if (FactorisedFunction.TryOf(simplified) is { } factorised)
            return TensorExponents.OfFactorised(factorised, text, orders, options.TotalOrder);
        var rewritten = Rewriting.WithoutBinaryFunctions(simplified);
        if (LinearForms.OfArguments(rewritten, target.VariableCount) is { } forms && LinearForms.AreOrthogonal(forms)
            && TryFrame(rewritten, text, new(forms, target.VariableCount), options, orders) is { } report)
            return report;
        return OfTensors(target, rewritten, text, options, orders);
    }

    private static LearningExponents OfTensors(Expression target, Expression rewritten, string text, ExponentOptions options, ActivationOrders? orders)
    {
        var numeric = target.VariableCount is 2 or 3 ? new NumericTensors(target, options.TotalOrder) : null;
        var tensor = RidgeFunction.TryCoefficients(rewritten, target.VariableCount, new(options.TotalOrder)) ?? numeric?.OfLabel()
            ?? throw new UnsupportedException($"'{text}' has {target.VariableCount} variables and is neither a polynomial nor a sum of products of functions of one "
                + "linear form each; without such structure at most 3 variables are possible.");
        return TensorExponents.OfTensors(target.VariableCount, tensor, text, orders, options.TotalOrder, numeric);
    }

    /// <summary>Exponents by way of rotated coordinates along the linear forms.</summary>
    private static LearningExponents? TryFrame(Expression target, string text, Frame frame, ExponentOptions options, ActivationOrders? orders)
    {
        var rotated = frame.Express(target);
        return FactorisedFunction.TryOf(rotated) is { } function
            ? TensorExponents.OfFactorised(new(frame.Rows.Length, function.Terms), text, orders, options.TotalOrder, frame)
            : null;
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
