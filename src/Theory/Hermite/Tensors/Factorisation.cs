using System.Collections.Immutable;
using Theory.Symbolics;
using Theory.Symbolics.Exact;
using static Theory.Symbolics.Expression;

namespace Theory.Hermite.Tensors;

/// <summary>
/// Writes an expression as a sum of products of one-variable functions where its structure allows: products multiply out, sign, |·|, step, relu,
/// logarithms and powers of products distribute, exponentials and trigonometric functions of sums split.
/// </summary>
internal static class Factorisation
{
    private const int MaxTerms = 512;

    internal static IReadOnlyList<FactorisedTerm>? TryOf(Expression expression) => Expand(expression.Simplify()) is { } terms ? Collect(terms) : null;

    /// <summary>Adds terms with equal factors.</summary>
    internal static IReadOnlyList<FactorisedTerm> Collect(IEnumerable<FactorisedTerm> terms) =>
    [
        .. terms.GroupBy(Signature).Select(group => group.First() with { Coefficient = group.Aggregate(BigRational.Zero, (sum, term) => sum + term.Coefficient) })
            .Where(term => !term.Coefficient.IsZero),
    ];

    internal static IReadOnlyList<FactorisedTerm>? Multiply(IReadOnlyList<FactorisedTerm> left, IReadOnlyList<FactorisedTerm> right) =>
        (long)left.Count * right.Count > MaxTerms ? null : Collect(left.SelectMany(a => right.Select(a.Times)));

    /// <summary>The factors as text, in order of the variables.</summary>
    internal static string Signature(FactorisedTerm term) =>
        $"{term.Constant}|{string.Join('|', term.Factors.Select(pair => $"{pair.Key}:{pair.Value}"))}";

    private static IReadOnlyList<FactorisedTerm>? Expand(Expression expression)
    {
        if (VariableOf(expression) is { } variable)
            return [OneVariable(expression, variable)];
        return expression switch
        {
            Sum s => Concatenate(s.Terms.Select(Expand)),
            Product p => Expand(p),
            Power { Exponent: > 0 } p => Repeat(Expand(p.Base), p.Exponent),
            Power p => Single(p.Base)?.Map(1, factor => factor.Pow(p.Exponent)) is { } inverse && Single(p.Base) is { } term
                ? [inverse.Scale(Invert(term.Coefficient, -p.Exponent))]
                : null,
            AbsolutePower p when p.Exponent is Number => Distribute(p.Operand, factor => Simplifier.AbsolutePower(factor, p.Exponent)),
            HermitePolynomial h => ExpandHermite(h),
            Call { Arguments: [var u] } c => ExpandCall(c.Function, u),
            Call { Arguments: [var u, var v] } c => ExpandBinary(c.Function, u, v),
            Indicator i => ExpandIndicator(i),
            _ => null,
        };
    }

    /// <summary>The one variable of an expression, 0 for a constant, <see langword="null"/> when there are several.</summary>
    private static int? VariableOf(Expression expression)
    {
        var found = 0;
        for (var i = 1; i <= MultiIndex.MaxVariables; i++)
        {
            if (!expression.DependsOn(i))
                continue;
            if (found != 0)
                return null;
            found = i;
        }
        return found;
    }

    private static FactorisedTerm OneVariable(Expression expression, int variable) => variable == 0
        ? FactorisedTerm.One.Times(FactorisedTerm.One with { Constant = expression })
        : FactorisedTerm.One.Times(FactorisedTerm.One with
        {
            Factors = ImmutableSortedDictionary<int, Expression>.Empty.Add(
                variable, variable == 1 ? expression : expression.Substitute(variable, OfVariable(1))),
        });

    private static IReadOnlyList<FactorisedTerm>? Concatenate(IEnumerable<IReadOnlyList<FactorisedTerm>?> parts)
    {
        List<FactorisedTerm> all = [];
        foreach (var part in parts)
        {
            if (part is null)
                return null;
            all.AddRange(part);
        }
        return all;
    }

    private static IReadOnlyList<FactorisedTerm>? Expand(Product product)
    {
        IReadOnlyList<FactorisedTerm>? result = [FactorisedTerm.One.Scale(PolynomialConversion.ToRational(product.Coefficient))];
        foreach (var factor in product.Factors)
        {
            if (result is null || Expand(factor) is not { } terms)
                return null;
            result = Multiply(result, terms);
        }
        return result;
    }

    private static IReadOnlyList<FactorisedTerm>? Repeat(IReadOnlyList<FactorisedTerm>? terms, int exponent)
    {
        if (terms is null || exponent > 64)
            return null;
        IReadOnlyList<FactorisedTerm>? result = [FactorisedTerm.One];
        for (var i = 0; i < exponent && result is not null; i++)
            result = Multiply(result, terms);
        return result;
    }

    private static IReadOnlyList<FactorisedTerm>? ExpandHermite(HermitePolynomial hermite)
    {
        if (Expand(hermite.Argument) is not { } argument)
            return null;
        IReadOnlyList<FactorisedTerm>? previous = [], current = [FactorisedTerm.One];
        for (var k = 0; k < hermite.Order; k++)
        {
            if (Multiply(current, argument) is not { } next)
                return null;
            var (factor, before) = (-k, previous);
            (previous, current) = (current, Collect([.. next, .. before.Select(term => term.Scale(factor))]));
        }
        return current;
    }

    private static FactorisedTerm? Single(Expression expression) => Expand(expression) is { Count: 1 } terms ? terms[0] : null;

    /// <summary>map(∏ factors) = map(q) ∏ map(factor) for multiplicative maps.</summary>
    private static IReadOnlyList<FactorisedTerm>? Distribute(Expression operand, Func<Expression, Expression> map)
    {
        if (Single(operand) is not { } term)
            return null;
        var size = map(Simplifier.Number(new Fractions.Fraction(term.Coefficient.Numerator, term.Coefficient.Denominator))).Simplify();
        return [term.Map(1, map).Times(FactorisedTerm.One with { Constant = size })];
    }

    private static IReadOnlyList<FactorisedTerm>? ExpandCall(Function function, Expression u) => function switch
    {
        Function.Sign => Distribute(u, factor => Structure.Call(Function.Sign, factor)),
        Function.Abs => Distribute(u, factor => Structure.Call(Function.Abs, factor)),
        Function.Sqrt => Distribute(u, factor => Structure.Call(Function.Sqrt, Structure.Call(Function.Abs, factor))),
        // step(u) = (|sign(u)| + sign(u))/2, in which |sign(u)| = 1 unless u vanishes on a set of positive measure.
        Function.Step => Combine((BigRational.One, HasNullZeros(u) ? Constant(1) : Repeat(ExpandCall(Function.Sign, u), 2)), (BigRational.One, ExpandCall(Function.Sign, u)), new(1, 2)),
        Function.Relu => Combine((BigRational.One, Expand(u)), (BigRational.One, ExpandCall(Function.Abs, u)), new(1, 2)),
        Function.Log => ExpandLogarithm(u),
        Function.Exp => ExpandExponential(u),
        Function.Cos or Function.Sin => ExpandTrigonometric(function, u),
        Function.Cosh => Combine((BigRational.One, ExpandExponential(u)), (BigRational.One, ExpandExponential(-u)), new(1, 2)),
        _ => null,
    };

    private static bool HasNullZeros(Expression u) => Single(u) is { } term && !term.Coefficient.IsZero && term.Factors.Values.All(ZeroSets.IsNull);

    private static IReadOnlyList<FactorisedTerm>? ExpandBinary(Function function, Expression u, Expression v) => function switch
    {
        // max(u, v) = (u + v + |u − v|)/2.
        Function.Max => Concatenate([Halve(Expand(u)), Halve(Expand(v)), Halve(ExpandCall(Function.Abs, u - v))]),
        Function.Min => Concatenate([Halve(Expand(u)), Halve(Expand(v)), Halve(ExpandCall(Function.Abs, u - v))?.Select(term => term.Scale(-1)).ToList()]),
        Function.LeakyRelu when v.IsConstant => Concatenate([Expand(v * u), Multiply(Expand(Simplifier.One - v)!, ExpandCall(Function.Relu, u) ?? []) is { Count: > 0 } rest ? rest : null]),
        _ => null,
    };

    private static IReadOnlyList<FactorisedTerm>? Halve(IReadOnlyList<FactorisedTerm>? terms) => terms?.Select(term => term.Scale(new(1, 2))).ToList();

    private static IReadOnlyList<FactorisedTerm> Constant(BigRational value) => [FactorisedTerm.One.Scale(value)];

    private static IReadOnlyList<FactorisedTerm>? Combine(
        (BigRational Weight, IReadOnlyList<FactorisedTerm>? Terms) a, (BigRational Weight, IReadOnlyList<FactorisedTerm>? Terms) b, BigRational scale) =>
        a.Terms is null || b.Terms is null ? null : Collect([.. a.Terms.Select(t => t.Scale(a.Weight * scale)), .. b.Terms.Select(t => t.Scale(b.Weight * scale))]);

    /// <summary>ln ∏ g_i = Σ ln|g_i|, because the product is positive wherever the logarithm is defined.</summary>
    private static IReadOnlyList<FactorisedTerm>? ExpandLogarithm(Expression u)
    {
        if (Single(u) is not { } term || term.Coefficient.IsZero)
            return null;
        Expression Log(Expression e) => Structure.Call(Function.Log, Structure.Call(Function.Abs, e)).Simplify();
        var constant = Log(Simplifier.Number(new Fractions.Fraction(term.Coefficient.Numerator, term.Coefficient.Denominator)) * term.Constant);
        return [.. term.Factors.Select(pair => OneVariableFactor(pair.Key, Log(pair.Value))), .. Expand(constant)!];
    }

    private static FactorisedTerm OneVariableFactor(int variable, Expression factor) => FactorisedTerm.One.Times(
        FactorisedTerm.One with { Factors = ImmutableSortedDictionary<int, Expression>.Empty.Add(variable, factor) });

    private static IReadOnlyList<FactorisedTerm>? ExpandExponential(Expression u)
    {
        if (SplitSum(u) is not { } parts)
            return null;
        return [parts.Aggregate(FactorisedTerm.One, (product, part) => product.Times(OneVariable(Structure.Call(Function.Exp, part.Part).Simplify(), part.Variable)))];
    }

    private static IReadOnlyList<FactorisedTerm>? ExpandTrigonometric(Function function, Expression u)
    {
        if (SplitSum(u) is not { } parts)
            return null;
        IReadOnlyList<FactorisedTerm>? cosine = [FactorisedTerm.One], sine = [];
        foreach (var (part, variable) in parts)
        {
            IReadOnlyList<FactorisedTerm> c = [OneVariable(Structure.Call(Function.Cos, part).Simplify(), variable)], s = [OneVariable(Structure.Call(Function.Sin, part).Simplify(), variable)];
            var next = Combine((BigRational.One, Multiply(cosine, c)), (-BigRational.One, Multiply(sine, s)), 1);
            sine = Combine((BigRational.One, Multiply(sine, c)), (BigRational.One, Multiply(cosine, s)), 1);
            cosine = next;
            if (cosine is null || sine is null)
                return null;
        }
        return function == Function.Cos ? cosine : sine;
    }

    /// <summary>u as a sum of functions of one variable each, with constants gathered under variable 0.</summary>
    private static IReadOnlyList<(Expression Part, int Variable)>? SplitSum(Expression u)
    {
        if (u is not Sum sum)
            return null;
        List<(Expression Part, int Variable)> parts = [];
        foreach (var term in sum.Terms)
        {
            if (VariableOf(term) is not { } variable)
                return null;
            var index = parts.FindIndex(part => part.Variable == variable);
            if (index < 0)
                parts.Add((term, variable));
            else
                parts[index] = (parts[index].Part + term, variable);
        }
        return parts;
    }

    private static IReadOnlyList<FactorisedTerm>? ExpandIndicator(Indicator indicator)
    {
        IReadOnlyList<FactorisedTerm>? result = [FactorisedTerm.One];
        for (var i = 0; i < indicator.Relations.Length && result is not null; i++)
        {
            var pair = new Indicator([indicator.Terms[i], indicator.Terms[i + 1]], [indicator.Relations[i]]);
            var condition = VariableOf(pair) is { } variable
                ? [OneVariable(pair, variable)]
                : Expand(Rewriting.Compare(pair.Terms[0], pair.Relations[0], pair.Terms[1]));
            result = condition is null ? null : Multiply(result, condition);
        }
        return result;
    }

    private static BigRational Invert(BigRational value, int power)
    {
        var result = BigRational.One;
        for (var i = 0; i < power; i++)
            result /= value;
        return result;
    }
}
