using Theory.Symbolics;
using static Theory.Symbolics.Expression;

namespace Theory.Hermite.Tensors;

/// <summary>Equal expressions in which functions of two arguments of several variables are gone.</summary>
internal static class Rewriting
{
    /// <summary>max(u, v) = (u + v + |u − v|)/2, min(u, v) = (u + v − |u − v|)/2, leakyrelu(u, s) = s u + (1 − s) relu(u).</summary>
    internal static Expression WithoutBinaryFunctions(Expression expression) => Simplifier.Rebuild(expression, e => e switch
    {
        Call { Function: Function.Max or Function.Min, Arguments: [var u, var v] } c => Extreme(c.Function, WithoutBinaryFunctions(u), WithoutBinaryFunctions(v)),
        Call { Function: Function.LeakyRelu, Arguments: [var u, { IsConstant: true } s] } =>
            (s * u) + ((1 - s) * Structure.Call(Function.Relu, WithoutBinaryFunctions(u)).Simplify()),
        _ => null,
    }).Simplify();

    private static Expression Extreme(Function function, Expression u, Expression v)
    {
        var distance = Structure.Call(Function.Abs, u - v).Simplify();
        return Simplifier.Half * (function == Function.Max ? u + v + distance : u + v - distance);
    }
}
