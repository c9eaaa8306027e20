using Theory.Symbolics;
using static Theory.Symbolics.Expression;

namespace Theory.Dynamics;

/// <summary>A erf(κ z/√2).</summary>
internal readonly record struct ErfForm(double Amplitude, double Slope)
{
    public static ErfForm? Of(ScalarFunction? function)
    {
        if (function is null) return new ErfForm(0, 1);
        if (function.Expression?.Simplify() is not { } expression) return null;
        if (expression.IsConstant) return expression.Evaluate(0) == 0 ? new ErfForm(0, 1) : null;
        var (amplitude, core) = (1.0, expression);
        if (expression is Product product)
        {
            var varying = product.Factors.Where(f => !f.IsConstant).ToArray();
            if (varying.Length != 1) return null;
            core = varying[0];
            amplitude = product.Factors.Where(f => f.IsConstant).Aggregate(product.Coefficient.ToDouble(), (a, f) => a * f.Evaluate(0));
        }

        if (core is not Call { Function: Function.Erf } call) return null;
        var slope = call.Arguments[0].Differentiate();
        return slope.IsConstant && call.Arguments[0].Evaluate(0) == 0 ? new ErfForm(amplitude, double.Sqrt(2) * slope.Evaluate(0)) : null;
    }
}
