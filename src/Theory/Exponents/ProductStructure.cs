using Theory.Hermite.Tensors;
using Theory.Symbolics;
using static Theory.Symbolics.Expression;

namespace Theory.Exponents;

/// <summary>Recognises labels that are an injective function of ∏ |z_i|^{a_i} times signs.</summary>
internal static class ProductStructure
{
    /// <summary>
    /// An expression that determines the label and is determined by it: outer functions that are strictly monotone are peeled off, sums with
    /// constants and odd powers too. Neither the conditional moments nor the threshold notice.
    /// </summary>
    internal static Expression PeelInjective(Expression label)
    {
        while (true)
        {
            var inner = label switch
            {
                Sum s => Normalise(s).Label,
                Product p when p.Factors.Count(factor => !factor.IsConstant) == 1 => p.Factors.Single(factor => !factor.IsConstant),
                Power { Exponent: > 0 } p when p.Exponent % 2 == 1 => p.Base,
                Call { Function: Function.Exp or Function.Tanh or Function.Erf or Function.Sigmoid or Function.Softplus or Function.NormCdf or Function.ArcTan, Arguments: [var u] } => u,
                Call { Function: Function.Log or Function.Sqrt, Arguments: [var u] } => u,
                _ => null,
            };
            if (inner is null || ReferenceEquals(inner, label))
                return label;
            label = inner.Simplify();
        }
    }

    /// <summary>The label without its constant terms, in units of its first term: label = unit · result + const.</summary>
    internal static (Expression Label, double Unit) Normalise(Expression label)
    {
        Expression[] terms = label is Sum sum ? [.. sum.Terms.Where(term => !term.IsConstant)] : [label];
        var unit = terms[0] is Product { Coefficient: var coefficient } ? coefficient : Fractions.Fraction.One;
        if (unit == 1 && terms.Length == ((label as Sum)?.Terms.Length ?? 1))
            return (label, 1);
        return (Simplifier.Sum([.. terms.Select(term => Simplifier.Scale(unit.Reciprocal(), term))]), (double)unit);
    }

    /// <summary>The exponents a_i and the variables whose sign enters, when a single term of pure powers is left.</summary>
    internal static (double[] Exponents, int[] Signed)? TryOf(Expression label)
    {
        if (Logarithm(label) is { } logarithm)
            label = logarithm;
        if (Factorisation.TryOf(label) is not [var term] || term.Factors.Count < 2)
            return null;
        List<double> exponents = [];
        List<int> signed = [];
        foreach (var factor in term.Factors.Values)
        {
            if (PowerOf(factor) is not { } power || power.Exponent <= 0)
                return null;
            if (power.IsOdd)
                signed.Add(exponents.Count);
            exponents.Add(power.Exponent);
        }
        return ([.. exponents], [.. signed]);
    }

    /// <summary>ln of a product is as good as the product of the absolute values.</summary>
    private static Expression? Logarithm(Expression label) => label is Sum sum && sum.Terms.All(term => term.IsConstant || IsLogarithm(term)) && sum.Terms.Any(IsLogarithm)
        ? sum.Terms.Where(IsLogarithm).Select(Exponential).Aggregate((a, b) => a * b)
        : null;

    private static bool IsLogarithm(Expression term) => term switch
    {
        Call { Function: Function.Log } c => !c.IsConstant,
        Product { Factors: [Call { Function: Function.Log } c] } => !c.IsConstant,
        _ => false,
    };

    private static Expression Exponential(Expression term) => term switch
    {
        Call { Arguments: [var u] } => Structure.Call(Function.Abs, u).Simplify(),
        Product { Factors: [Call { Arguments: [var u] }] } p => Simplifier.AbsolutePower(u, Simplifier.Number(p.Coefficient)),
        _ => throw new InvalidOperationException("Only logarithms are turned back."),
    };

    private static (double Exponent, bool IsOdd)? PowerOf(Expression factor) => factor switch
    {
        Variable => (1, true),
        Power { Base: Variable } p => (p.Exponent, p.Exponent % 2 != 0),
        Call { Function: Function.Abs, Arguments: [Variable] } => (1, false),
        Call { Function: Function.Sign, Arguments: [Variable] } => (0, true),
        AbsolutePower { Operand: Variable } p => (p.Exponent.Evaluate(0), false),
        Power { Base: Call { Function: Function.Abs, Arguments: [Variable] } } p => (p.Exponent, false),
        Product p => p.Factors.Select(PowerOf).Aggregate(
            ((double Exponent, bool IsOdd)?)(0, false), (a, b) => a is null || b is null ? null : (a.Value.Exponent + b.Value.Exponent, a.Value.IsOdd ^ b.Value.IsOdd)),
        _ => null,
    };
}
