using static Theory.Symbolics.Expression;

namespace Theory.Symbolics;

/// <summary>Which functions of z vanish on a set of measure zero only.</summary>
internal static class ZeroSets
{
    // A value this large is no rounding error of an expression that is 0 identically, at points where none of its parts is large.
    private const double Resolved = 1e-6;

    /// <summary>Whether the zeros of an expression in z certainly have measure zero; <see langword="false"/> when in doubt.</summary>
    public static bool IsNull(Expression expression) => expression switch
    {
        Number n => !n.Value.IsZero,
        Variable => true,
        Product p => !p.Coefficient.IsZero && p.Factors.All(IsNull),
        Power p => IsNull(p.Base),
        AbsolutePower p => IsNull(p.Operand),
        Call { Function: Function.Sign or Function.Abs or Function.Tanh or Function.Erf or Function.ArcTan or Function.HardTanh, Arguments: [var u] } => IsNull(u),
        Call { Function: Function.Exp or Function.Cosh or Function.Sigmoid or Function.Softplus or Function.NormCdf } => true,
        _ => IsAnalytic(expression) && IsSomewhereResolved(expression),
    };

    /// <summary>An analytic function that is not 0 identically has isolated zeros.</summary>
    private static bool IsAnalytic(Expression expression) => expression switch
    {
        { IsConstant: true } or Variable => true,
        Sum s => s.Terms.All(IsAnalytic),
        Product p => p.Factors.All(IsAnalytic),
        Power { Exponent: >= 0 } p => IsAnalytic(p.Base),
        HermitePolynomial h => IsAnalytic(h.Argument),
        Call { Arguments: [var u] } c => IsEntire(c.Function) && IsAnalytic(u),
        _ => false,
    };

    private static bool IsEntire(Function function) => function is Function.Exp or Function.Sin or Function.Cos or Function.Tanh or Function.Erf or Function.ArcTan
        or Function.Cosh or Function.Sigmoid or Function.Softplus or Function.Silu or Function.Gelu or Function.GeluTanh or Function.NormCdf;

    private static bool IsSomewhereResolved(Expression expression)
    {
        foreach (var z in (ReadOnlySpan<double>)[0.0917, 0.3701, 0.8123])
            if (Math.Abs(expression.Evaluate([z])) is > Resolved and < 1 / Resolved) return true;
        return false;
    }
}
