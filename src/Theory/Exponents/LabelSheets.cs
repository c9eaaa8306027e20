using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>Sheets of labels of one variable.</summary>
internal static class LabelSheets
{
    /// <summary>y = f(z), z ~ N(0, 1), with the moments He_1(z), …, He_n(z).</summary>
    internal static LabelSheet OfHermiteMoments(ScalarFunction function, int moments) => new()
    {
        Value = function.Evaluate,
        Slope = Derivative(function),
        Breakpoints = function.Breakpoints,
        Densities = (z, densities) =>
        {
            densities[0] = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
            for (var k = 1; k <= moments; k++)
                densities[k] = (z * densities[k - 1]) - (k > 1 ? (k - 1) * densities[k - 2] : 0);
        },
    };

    /// <summary>The derivative, symbolic for expressions and by central differences of fourth order for delegates.</summary>
    internal static Func<double, double> Derivative(ScalarFunction function)
    {
        if (function.Expression is { } expression)
        {
            var derivative = expression.Differentiate();
            return z => derivative.Evaluate(z);
        }
        return z =>
        {
            var h = 1e-3 * Math.Max(1, Math.Abs(z));
            foreach (var cut in function.Breakpoints)
                h = cut == z ? h : Math.Min(h, 0.49 * Math.Abs(z - cut));
            return ((8 * (function.Evaluate(z + h) - function.Evaluate(z - h))) - function.Evaluate(z + (2 * h)) + function.Evaluate(z - (2 * h))) / (12 * h);
        };
    }
}
