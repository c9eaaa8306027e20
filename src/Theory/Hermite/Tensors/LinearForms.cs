using System.Numerics;
using Theory.Symbolics;
using Theory.Symbolics.Exact;
using static Theory.Symbolics.Expression;

namespace Theory.Hermite.Tensors;

/// <summary>The directions a of the linear forms ⟨a, z⟩ + b inside an expression.</summary>
internal static class LinearForms
{
    /// <summary>
    /// Directions of the arguments of functions that are no polynomials, as primitive whole vectors; <see langword="null"/> when some such
    /// argument of several variables is not linear.
    /// </summary>
    internal static IReadOnlyList<BigInteger[]>? OfArguments(Expression expression, int variables)
    {
        List<BigInteger[]> found = [];
        return Visit(expression, variables, found) ? found : null;
    }

    /// <summary>Directions of the largest linear forms that are written: the expression depends on z through these alone.</summary>
    internal static IReadOnlyList<BigInteger[]> Written(Expression expression, int variables)
    {
        List<BigInteger[]> found = [];
        Collect(expression);
        return found;

        void Collect(Expression e)
        {
            if (e.IsConstant)
                return;
            if (Direction(e, variables) is { } direction)
            {
                Add(found, direction);
                return;
            }
            foreach (var child in Children(e))
                Collect(child);
        }
    }

    /// <summary>Whether all directions are orthogonal to each other.</summary>
    internal static bool AreOrthogonal(IReadOnlyList<BigInteger[]> directions) =>
        directions.Index().All(a => directions.Skip(a.Index + 1).All(b => IntegerRows.Dot(a.Item, b).IsZero));

    /// <summary>Whether a direction is a coordinate axis.</summary>
    internal static bool IsAxis(BigInteger[] direction) => direction.Count(entry => !entry.IsZero) == 1;

    /// <summary>The direction of a linear expression, <see langword="null"/> when it is not linear or is constant.</summary>
    internal static BigInteger[]? Direction(Expression expression, int variables)
    {
        if (PolynomialConversion.TryConvert(expression) is not { Degree: 1 } polynomial)
            return null;
        var row = new BigRational[variables];
        foreach (var (index, coefficient) in polynomial.Terms)
        {
            for (var i = 0; i < variables; i++)
                row[i] += index[i] == 1 ? coefficient : BigRational.Zero;
        }
        var common = row.Aggregate(BigInteger.One, (c, q) => c * q.Denominator / BigInteger.GreatestCommonDivisor(c, q.Denominator));
        return IntegerRows.Primitive(Array.ConvertAll(row, q => q.Numerator * (common / q.Denominator)));
    }

    private static bool Visit(Expression expression, int variables, List<BigInteger[]> found)
    {
        if (expression.IsConstant)
            return true;
        if (expression is not (Call or AbsolutePower or Indicator or Power { Exponent: < 0 }))
            return Children(expression).All(child => Visit(child, variables, found));
        foreach (var argument in Children(expression).Where(child => !child.IsConstant))
        {
            if (Direction(argument, variables) is not { } direction)
            {
                // A function inside a function, or a polynomial of one linear form.
                if (!Visit(argument, variables, found) || (argument is Sum or Product or Power or HermitePolynomial && !IsSingle(argument, variables, found)))
                    return false;
                continue;
            }
            Add(found, direction);
        }
        return true;
    }

    /// <summary>Whether an argument depends on one direction only, which is then added.</summary>
    private static bool IsSingle(Expression argument, int variables, List<BigInteger[]> found)
    {
        if (Written(argument, variables) is not [var only])
            return false;
        Add(found, only);
        return true;
    }

    private static void Add(List<BigInteger[]> found, BigInteger[] direction)
    {
        if (!found.Exists(known => known.AsSpan().SequenceEqual(direction)))
            found.Add(direction);
    }

    private static IEnumerable<Expression> Children(Expression expression) => expression switch
    {
        Sum s => s.Terms,
        Product p => p.Factors,
        Power p => [p.Base],
        AbsolutePower p => [p.Operand],
        HermitePolynomial h => [h.Argument],
        Call c => c.Arguments,
        Indicator i => i.Terms,
        _ => [],
    };
}
