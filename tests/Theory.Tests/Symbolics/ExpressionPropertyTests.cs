using FsCheck.Xunit;
using Theory.Symbolics;

namespace Theory.Tests.Symbolics;

[Properties(Arbitrary = [typeof(ExpressionGenerators)], MaxTest = 400)]
public sealed class ExpressionPropertyTests
{
    [Property]
    public void Printing_and_reading_back_gives_an_equal_tree(AnyExpression any)
    {
        if (DividesByZero(any.Value)) return;
        Assert.Equal(any.Value, Expression.Parse(any.Value.ToString()));
        Assert.Equal(any.Value.VariableCount, Expression.Parse(any.Value.ToString()).VariableCount);
    }

    [Property]
    public void Printing_and_reading_back_a_simplified_tree_gives_an_equal_tree(AnyExpression any)
    {
        var simplified = any.Value.Simplify();
        if (!DividesByZero(simplified)) Assert.Equal(simplified, Expression.Parse(simplified.ToString()));
    }

    [Property]
    public void Simplifying_twice_is_simplifying_once(AnyExpression any) => Assert.Equal(any.Value.Simplify(), any.Value.Simplify().Simplify());

    [Property]
    public void Simplifying_keeps_the_value(AnyExpression any, int seed)
    {
        var point = Point(seed);
        var expected = RunningError.Of(any.Value, point);
        var simplified = RunningError.Of(any.Value.Simplify(), point);
        if (expected.IsUsable && simplified.IsUsable) Assert.Equal(expected.Value, any.Value.Simplify().Evaluate(point), 10 * (expected.Error + simplified.Error) + 1e-300);
    }

    [Property]
    public void Vectorised_evaluation_agrees_with_the_walk_over_the_tree(AnyExpression any, int seed)
    {
        const int count = 37;
        var points = Enumerable.Range(0, count).Select(i => Point(seed + i)).ToArray();
        var columns = new double[3 * count];
        for (var v = 0; v < 3; v++)
            for (var i = 0; i < count; i++) columns[v * count + i] = points[i][v];
        var values = new double[count];
        any.Value.Evaluate(columns, values);
        for (var i = 0; i < count; i++)
        {
            var expected = RunningError.Of(any.Value, points[i]);
            var simplified = RunningError.Of(any.Value.Simplify(), points[i]);
            if (expected.IsUsable && simplified.IsUsable) Assert.Equal(expected.Value, values[i], 10 * (expected.Error + simplified.Error) + 1e-300);
        }
    }

    [Property]
    public void Equal_trees_have_equal_hash_codes_and_different_texts_differ(AnyExpression left, AnyExpression right)
    {
        if (!DividesByZero(left.Value)) Assert.Equal(left.Value.GetHashCode(), Expression.Parse(left.Value.ToString()).GetHashCode());
        Assert.Equal(left.Value.ToString() == right.Value.ToString(), left.Value == right.Value);
    }

    [Property]
    public void Latex_has_balanced_braces(AnyExpression any)
    {
        var depth = 0;
        foreach (var c in any.Value.ToLatex().Replace(@"\{", "").Replace(@"\}", ""))
        {
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            Assert.True(depth >= 0);
        }
        Assert.Equal(0, depth);
    }

    [Property]
    public void The_derivative_is_the_limit_of_difference_quotients(AnyExpression any, int seed)
    {
        var point = Point(seed);
        var derivative = RunningError.Of(any.Value.Differentiate(2), point);
        if (!derivative.IsUsable) return;
        var (coarse, fine) = (Quotient(any.Value, point, 2e-3), Quotient(any.Value, point, 1e-3));
        var (wide, near) = (Quotient(any.Value, point, 4e-3), Quotient(any.Value, point, 5e-4));
        if (!coarse.IsUsable || !fine.IsUsable || !wide.IsUsable || !near.IsUsable) return;
        var scale = Math.Max(1, Math.Abs(fine.Value));
        // Sixteenfold improvement at each halving: the function is smooth here, and the quotient of fourth order converges.
        var isSmooth = Math.Abs(coarse.Value - fine.Value) <= 0.2 * Math.Abs(wide.Value - coarse.Value) + 1e-9 * scale + fine.Error
            && Math.Abs(fine.Value - near.Value) <= 0.2 * Math.Abs(coarse.Value - fine.Value) + 1e-9 * scale + near.Error;
        if (isSmooth) Assert.Equal(near.Value, derivative.Value, 1e-6 * scale + 10 * (near.Error + derivative.Error) + 4 * Math.Abs(fine.Value - near.Value));
    }

    internal static double[] Point(int seed)
    {
        var random = new Random(seed);
        return [3 * random.NextDouble() - 1.5, 4 * random.NextDouble() - 2, 6 * random.NextDouble() - 3];
    }

    /// <summary>(8(f(x+h) − f(x−h)) − (f(x+2h) − f(x−2h)))/12h in the second variable.</summary>
    private static RunningError Quotient(Expression e, double[] point, double h)
    {
        RunningError At(double shift) => RunningError.Of(e, [point[0], point[1] + shift, point[2]]);
        var (a, b, c, d) = (At(-2 * h), At(-h), At(h), At(2 * h));
        return new((8 * (c.Value - b.Value) - (d.Value - a.Value)) / (12 * h), (8 * (c.Error + b.Error) + d.Error + a.Error) / (12 * h));
    }

    private static bool DividesByZero(Expression e) => e switch
    {
        Expression.Power { Exponent: < 0, Base.IsConstant: true } p when p.Base.Simplify() is Expression.Number { Value.IsZero: true } => true,
        Expression.Power p => DividesByZero(p.Base),
        Expression.Sum s => s.Terms.Any(DividesByZero),
        Expression.Product p => p.Factors.Any(DividesByZero),
        Expression.AbsolutePower p => DividesByZero(p.Operand) || DividesByZero(p.Exponent),
        Expression.HermitePolynomial h => DividesByZero(h.Argument),
        Expression.Call c => c.Arguments.Any(DividesByZero),
        Expression.Indicator i => i.Terms.Any(DividesByZero),
        _ => false,
    };
}
