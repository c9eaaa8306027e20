using Theory.Hermite.Tensors;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>The values of a label that is constant on boxes.</summary>
internal static class LabelValues
{
    private const int MaxBoxes = 100_000;

    /// <summary>The number of distinct values, or <see langword="null"/> when there are too many boxes.</summary>
    internal static int? Count(FactorisedFunction function)
    {
        var points = Enumerable.Range(1, function.VariableCount).Select(variable => Representatives(function, variable)).ToArray();
        if (points.Aggregate(1.0, (product, list) => product * list.Length) > MaxBoxes)
            return null;
        List<double> values = [];
        Visit(function, points, new double[points.Length], 0, values.Add);
        values.Sort();
        var rounding = 1e-14 * Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        return 1 + values.Zip(values.Skip(1), (a, b) => b - a > rounding ? 1 : 0).Sum();
    }

    /// <summary>One point inside every interval between breakpoints of the factors of one variable.</summary>
    private static double[] Representatives(FactorisedFunction function, int variable)
    {
        double[] cuts = [.. function.Terms.Select(term => term.Factors.GetValueOrDefault(variable)).OfType<Expression>().Distinct()
            .SelectMany(factor => ScalarFunction.Of(factor).Breakpoints).Distinct().Order()];
        return cuts.Length == 0 ? [0.5] : [cuts[0] - 1, .. cuts.Zip(cuts.Skip(1), (a, b) => 0.5 * (a + b)), cuts[^1] + 1];
    }

    private static void Visit(FactorisedFunction function, double[][] points, double[] point, int variable, Action<double> found)
    {
        if (variable == points.Length)
        {
            found(function.Terms.Sum(term => term.Coefficient.ToDouble() * term.Constant.Evaluate(0)
                * term.Factors.Aggregate(1.0, (product, factor) => product * factor.Value.Evaluate(point[factor.Key - 1]))));
            return;
        }
        foreach (var value in points[variable])
        {
            point[variable] = value;
            Visit(function, points, point, variable + 1, found);
        }
    }
}
