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

    /// <summary>y = f(z), z ~ N(0, 1), with the moment z² − 1.</summary>
    internal static LabelSheet OfSecondMoment(ScalarFunction function) => new()
    {
        Value = function.Evaluate,
        Slope = Derivative(function),
        Breakpoints = function.Breakpoints,
        Densities = (z, densities) =>
        {
            densities[0] = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
            densities[1] = densities[0] * ((z * z) - 1);
        },
    };

    /// <summary>y = h(|z|) for z in several variables, with the moment |z|²/r − 1, which E[zzᵀ − I | y] is times the identity.</summary>
    internal static LabelSheet OfRadius(Expression label, int variables)
    {
        var onRay = label;
        for (var i = 2; i <= variables; i++)
            onRay = onRay.Substitute(i, 0);
        var function = ScalarFunction.Of(onRay);
        var normalisation = Math.Exp(((1 - (0.5 * variables)) * Math.Log(2)) - MathNet.Numerics.SpecialFunctions.GammaLn(0.5 * variables));
        return new()
        {
            Value = function.Evaluate,
            Slope = Derivative(function),
            Breakpoints = function.Breakpoints,
            Lower = 0,
            Upper = LabelSheet.GaussianReach + Math.Sqrt(variables),
            Densities = (r, densities) =>
            {
                densities[0] = normalisation * Math.Pow(r, variables - 1) * Math.Exp(-0.5 * r * r);
                densities[1] = densities[0] * ((r * r / variables) - 1);
            },
        };
    }

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
