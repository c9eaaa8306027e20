using System.Runtime.CompilerServices;
using Fractions;
using static Theory.Symbolics.Expression;
using static Theory.Symbolics.Simplifier;

namespace Theory.Symbolics;

/// <summary>Derivatives almost everywhere of simplified expressions.</summary>
internal static class Differentiation
{
    private static readonly Expression TwoOverRootPi = Product([Number(2), Power(FunctionRules.Call(Function.Sqrt, [new Constant(NamedConstant.Pi)]), -1)]);

    private static readonly Expression RootTwoPi = FunctionRules.Call(Function.Sqrt, [Product([Number(2), new Constant(NamedConstant.Pi)])]);

    public static Expression Of(Expression expression, int variable)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return OfNode(expression, variable);
    }

    private static Expression OfNode(Expression expression, int variable) => expression switch
    {
        _ when !expression.DependsOn(variable) => Zero,
        Variable => One,
        Sum s => Sum([.. s.Terms.Select(t => Of(t, variable))]),
        Product p => OfProduct(p, variable),
        Power p => Times(Number(p.Exponent), Power(p.Base, p.Exponent - 1), Of(p.Base, variable)),
        AbsolutePower p => Times(p.Exponent, AbsolutePower(p.Operand, Sum([p.Exponent, Number(-1)])), Apply(Function.Sign, p.Operand), Of(p.Operand, variable)),
        HermitePolynomial h => Times(Number(h.Order), HermiteOf(h.Order - 1, h.Argument), Of(h.Argument, variable)),
        Call { Function: Function.Log, Arguments: [Call { Function: Function.Abs, Arguments: [var u] }] } => Times(Power(u, -1), Of(u, variable)),
        Call { Arguments: [var u] } c => Times(Outer(c.Function, u), Of(u, variable)),
        Call { Arguments: [var u, var v] } c => OfBinary(c.Function, u, v, Of(u, variable), Of(v, variable)),
        _ => Zero,
    };

    private static Expression OfProduct(Product product, int variable)
    {
        var terms = new List<Expression>();
        for (var i = 0; i < product.Factors.Length; i++)
        {
            var derivative = Of(product.Factors[i], variable);
            if (derivative is Number { Value.IsZero: true }) continue;
            terms.Add(Scale(product.Coefficient, Product(product.Factors.SetItem(i, derivative))));
        }
        return Sum([.. terms]);
    }

    /// <summary>The derivative of a function of one argument, at u.</summary>
    private static Expression Outer(Function function, Expression u) => function switch
    {
        Function.Relu => Apply(Function.Step, u),
        Function.Abs => Apply(Function.Sign, u),
        Function.Sign or Function.Step => Zero,
        Function.Exp => Apply(Function.Exp, u),
        Function.Sin => Apply(Function.Cos, u),
        Function.Cos => Minus(Apply(Function.Sin, u)),
        Function.Cosh => Times(Apply(Function.Tanh, u), Apply(Function.Cosh, u)),
        Function.Tanh => Sum([One, Minus(Power(Apply(Function.Tanh, u), 2))]),
        Function.ArcTan => Power(Sum([One, Power(u, 2)]), -1),
        Function.Erf => Times(TwoOverRootPi, Apply(Function.Exp, Minus(Power(u, 2)))),
        Function.NormCdf => NormalDensity(u),
        Function.Log => Power(u, -1),
        Function.Sqrt => Scale(new Fraction(1, 2), Power(Apply(Function.Sqrt, u), -1)),
        Function.Sigmoid => Times(Apply(Function.Sigmoid, u), Apply(Function.Sigmoid, Minus(u))),
        Function.Softplus => Apply(Function.Sigmoid, u),
        Function.Silu => Sum([Apply(Function.Sigmoid, u), Times(Apply(Function.Silu, u), Apply(Function.Sigmoid, Minus(u)))]),
        Function.Gelu => Sum([Apply(Function.NormCdf, u), Times(u, NormalDensity(u))]),
        Function.Elu => Apply(Function.Exp, FunctionRules.Call(Function.Min, [u, Zero])),
        Function.HardTanh => Indicator([Number(-1), u, One], [Relation.Less, Relation.Less]),
        Function.Relu6 => Indicator([Zero, u, Number(6)], [Relation.Less, Relation.Less]),
        Function.HardSwish => HardSwishSlope(u),
        Function.Mish => MishSlope(u),
        Function.GeluTanh => GeluTanhSlope(u),
        _ => throw new InvalidOperationException($"{function} has two arguments"),
    };

    private static Expression OfBinary(Function function, Expression u, Expression v, Expression du, Expression dv) => function switch
    {
        Function.Max => Chosen(du, dv, Difference(u, v)),
        Function.Min => Chosen(dv, du, Difference(u, v)),
        Function.LeakyRelu => Sum([
            Times(du, Sum([v, Times(Difference(One, v), Apply(Function.Step, u))])),
            Times(dv, Difference(u, Apply(Function.Relu, u)))]),
        Function.SoftThreshold => Sum([
            Times(du, Sum([Apply(Function.Step, Difference(u, v)), Apply(Function.Step, Minus(Sum([u, v])))])),
            Times(dv, Difference(Apply(Function.Step, Minus(Sum([u, v]))), Apply(Function.Step, Difference(u, v))))]),
        _ => throw new InvalidOperationException($"{function} has one argument"),
    };

    /// <summary>
    /// One expression where the difference is positive, the other elsewhere, also where it vanishes on an interval.
    /// Each appears once: nested maxima would double their derivative at every level.
    /// </summary>
    private static Expression Chosen(Expression above, Expression below, Expression difference)
    {
        if (below is Number { Value.IsZero: true }) return Times(above, Apply(Function.Step, difference));
        if (above is Number { Value.IsZero: true }) return Times(below, Apply(Function.Step, Minus(difference)));
        return Sum([Times(above, Apply(Function.Step, difference)), Times(below, Difference(One, Apply(Function.Step, difference)))]);
    }

    private static Expression NormalDensity(Expression u) =>
        Times(Apply(Function.Exp, Scale(new Fraction(-1, 2), Power(u, 2))), Power(RootTwoPi, -1));

    private static Expression HardSwishSlope(Expression u) => Sum([
        Scale(new Fraction(1, 6), Apply(Function.Relu6, Sum([u, Number(3)]))),
        Scale(new Fraction(1, 6), Times(u, Indicator([Number(-3), u, Number(3)], [Relation.Less, Relation.Less])))]);

    private static Expression MishSlope(Expression u)
    {
        var gate = Apply(Function.Tanh, Apply(Function.Softplus, u));
        return Sum([gate, Times(u, Difference(One, Power(gate, 2)), Apply(Function.Sigmoid, u))]);
    }

    /// <summary>gelu_tanh(u) = u·sigmoid(2w) with w = √(2/π)(u + 0.044715 u³).</summary>
    private static Expression GeluTanhSlope(Expression u)
    {
        var scale = FunctionRules.Call(Function.Sqrt, [Times(Number(2), Power(new Constant(NamedConstant.Pi), -1))]);
        var cubic = new Fraction(44715, 1_000_000);
        var gate = Scale(new Fraction(2), Times(scale, Sum([u, Scale(cubic, Power(u, 3))])));
        var slope = Scale(new Fraction(2), Times(scale, Sum([One, Scale(cubic * 3, Power(u, 2))])));
        return Sum([Apply(Function.Sigmoid, gate), Times(u, Apply(Function.Sigmoid, gate), Apply(Function.Sigmoid, Minus(gate)), slope)]);
    }

    private static Expression Apply(Function function, Expression u) => FunctionRules.Call(function, [u]);

    private static Expression Times(params ReadOnlySpan<Expression> factors) => Product([.. factors]);

    private static Expression Minus(Expression u) => Scale(Fraction.MinusOne, u);

    private static Expression Difference(Expression u, Expression v) => Sum([u, Minus(v)]);
}
