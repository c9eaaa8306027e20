using static Theory.Symbolics.Expression;

namespace Theory.Symbolics;

/// <summary>The smooth expression that a piecewise one equals near a point that is no breakpoint.</summary>
internal static class Branches
{
    public static Expression At(Expression expression, double z) => Simplifier.Rebuild(expression, node => node switch
    {
        Indicator => Simplifier.Number(node.Evaluate(z) == 1 ? 1 : 0),
        Call { Arguments: [var u] } c => OfUnary(c.Function, u, z),
        Call { Arguments: [var u, var v] } c => OfBinary(c.Function, u, v, z),
        _ => null,
    });

    private static Expression? OfUnary(Function function, Expression argument, double z)
    {
        if (!IsPiecewise(function)) return null;
        var value = argument.Evaluate(z);
        var u = At(argument, z);
        return function switch
        {
            Function.Relu => value > 0 ? u : Simplifier.Zero,
            Function.Abs => value > 0 ? u : -u,
            Function.Sign => Simplifier.Number(Math.Sign(value)),
            Function.Step => Simplifier.Number(value > 0 ? 1 : 0),
            Function.Elu => value > 0 ? u : FunctionRules.Call(Function.Exp, [u]) - 1,
            Function.HardTanh => value > 1 ? 1 : value < -1 ? -1 : u,
            Function.Relu6 => value > 6 ? 6 : value < 0 ? 0 : u,
            _ => value > 3 ? u : value < -3 ? 0 : u * (u + 3) / 6,
        };
    }

    private static bool IsPiecewise(Function function) =>
        function is Function.Relu or Function.Abs or Function.Sign or Function.Step or Function.Elu or Function.HardTanh or Function.Relu6 or Function.HardSwish;

    private static Expression? OfBinary(Function function, Expression first, Expression second, double z)
    {
        var (u, v) = (At(first, z), At(second, z));
        var (x, y) = (first.Evaluate(z), second.Evaluate(z));
        return function switch
        {
            Function.Max => x > y ? u : v,
            Function.Min => x < y ? u : v,
            Function.LeakyRelu => x > 0 ? u : u * v,
            _ => (x > y ? u - v : Simplifier.Zero) + (-x > y ? u + v : Simplifier.Zero),
        };
    }
}
