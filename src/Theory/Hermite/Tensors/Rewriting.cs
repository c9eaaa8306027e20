using Theory.Symbolics;
using static Theory.Symbolics.Expression;

namespace Theory.Hermite.Tensors;

/// <summary>Equal expressions in which functions of two arguments and comparisons of several variables are gone.</summary>
internal static class Rewriting
{
    /// <summary>
    /// max(u, v) = (u + v + |u − v|)/2, min(u, v) = (u + v − |u − v|)/2, leakyrelu(u, s) = s u + (1 − s) relu(u),
    /// 1{u &lt; v} = step(v − u), 1{u ≤ v} = 1 − step(u − v).
    /// </summary>
    internal static Expression WithoutBinaryFunctions(Expression expression) => Simplifier.Rebuild(expression, e => e switch
    {
        Call { Function: Function.Max or Function.Min, Arguments: [var u, var v] } c => Extreme(c.Function, WithoutBinaryFunctions(u), WithoutBinaryFunctions(v)),
        Call { Function: Function.LeakyRelu, Arguments: [var u, { IsConstant: true } s] } =>
            (s * u) + ((1 - s) * Structure.Call(Function.Relu, WithoutBinaryFunctions(u)).Simplify()),
        Indicator { VariableCount: > 1 } i => Simplifier.Product([.. Enumerable.Range(0, i.Relations.Length).Select(
            j => Compare(WithoutBinaryFunctions(i.Terms[j]), i.Relations[j], WithoutBinaryFunctions(i.Terms[j + 1])).Simplify())]),
        _ => null,
    }).Simplify();

    /// <summary>The indicator of one comparison as steps, also where both sides are equal: step(0) = 0.</summary>
    internal static Expression Compare(Expression left, Relation relation, Expression right) => relation switch
    {
        Relation.Less => Structure.Call(Function.Step, (right - left).Simplify()),
        Relation.Greater => Structure.Call(Function.Step, (left - right).Simplify()),
        Relation.LessOrEqual => 1 - Structure.Call(Function.Step, (left - right).Simplify()),
        _ => 1 - Structure.Call(Function.Step, (right - left).Simplify()),
    };

    private static Expression Extreme(Function function, Expression u, Expression v)
    {
        var distance = Structure.Call(Function.Abs, u - v).Simplify();
        return Simplifier.Half * (function == Function.Max ? u + v + distance : u + v - distance);
    }
}
