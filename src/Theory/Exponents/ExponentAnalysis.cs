using Theory.Contract;
using Theory.Hermite.Tensors;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>Chooses the exact method that a target's structure allows.</summary>
internal static class ExponentAnalysis
{
    internal static LearningExponents Run(Expression target, ExponentOptions options)
    {
        var exponents = Analyse(target, options);
        return options.Activation is { } activation ? exponents with { LearnedByReuseWithActivation = exponents.Reused(activation) } : exponents;
    }

    private static LearningExponents Analyse(Expression target, ExponentOptions options)
    {
        var text = target.ToString();
        if (PolynomialConversion.TryConvert(target) is { } polynomial)
            return PolynomialExponents.Compute(polynomial, text, Orders(options, Math.Max(polynomial.Degree, 1)));
        var simplified = target.Simplify();
        int[] used = [.. Enumerable.Range(1, simplified.VariableCount).Where(simplified.DependsOn)];
        if (used.Length <= 1)
        {
            var variable = used.FirstOrDefault(1);
            return OneVariableExponents.Compute(
                simplified.Substitute(variable, Expression.OfVariable(1)), Math.Max(target.VariableCount, 1), variable, text, order => Orders(options, order), options.Order);
        }
        // Coordinates along the linear forms come first: in others, a function of a sum splits into products that hide symmetries.
        var rewritten = Rewriting.WithoutBinaryFunctions(simplified);
        if (LinearForms.OfArguments(rewritten, target.VariableCount) is { } forms && LinearForms.AreOrthogonal(forms) && !forms.All(LinearForms.IsAxis)
            && TryFrame(rewritten, text, new(forms, target.VariableCount), options) is { } report)
            return report;
        if (Factorise(simplified, target.VariableCount) is { } factorised)
            return TensorExponents.OfFactorised(factorised, text, order => Orders(options, order), options.TotalOrder);
        return OfTensors(target, rewritten, text, options);
    }

    private static FactorisedFunction? Factorise(Expression target, int variables)
    {
        if (FactorisedFunction.TryOf(target) is not { } function)
            return null;
        foreach (var factor in function.Terms.SelectMany(term => term.Factors.Values).Distinct())
            OneVariableFacts.RequireSquareIntegrable(factor);
        return new(variables, function.Terms);
    }

    private static LearningExponents OfTensors(Expression target, Expression rewritten, string text, ExponentOptions options)
    {
        var written = Subspace.Span(target.VariableCount, LinearForms.Written(rewritten, target.VariableCount));
        var numeric = written.Dimension <= NumericTensors.MostDirections ? new NumericTensors(rewritten, written, options.TotalOrder) : null;
        var tensor = RidgeFunction.TryCoefficients(rewritten, target.VariableCount, new(options.TotalOrder));
        if (tensor is null && numeric is null)
            throw new UnsupportedException($"'{text}' depends on {written.Dimension} directions and is neither a polynomial nor a sum of products of functions of one "
                + $"linear form each; without such structure at most {NumericTensors.MostDirections} are possible.");
        return TensorExponents.OfTensors(written, tensor, text, Orders(options, options.TotalOrder), options.TotalOrder, numeric);
    }

    /// <summary>Exponents by way of rotated coordinates along the linear forms.</summary>
    private static LearningExponents? TryFrame(Expression target, string text, Frame frame, ExponentOptions options)
    {
        var rotated = frame.Express(target);
        return Factorise(rotated, frame.Rows.Length) is { } function
            ? TensorExponents.OfFactorised(function, text, order => Orders(options, order), options.TotalOrder, frame)
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
