using Theory.Symbolics;

namespace Theory.Tests.Symbolics;

/// <summary>
/// A value with a bound of what rounding may have done to it, by running error analysis over the tree: every operation adds a few ulp, and every function
/// passes on how much it moves when its argument does.
/// </summary>
public readonly record struct RunningError(double Value, double Error)
{
    private const double Ulp = 2.3e-16;

    public bool IsUsable => double.IsFinite(Value) && double.IsFinite(Error) && Error <= 1e-4 * Math.Max(1e-200, Math.Abs(Value));

    public static RunningError Of(Expression e, double[] point) => e switch
    {
        Expression.Number or Expression.Constant or Expression.Variable => Rounded(e.Evaluate(point), 0),
        Expression.Sum s => s.Terms.Select(t => Of(t, point)).Aggregate((a, b) => Rounded(a.Value + b.Value, a.Error + b.Error)),
        Expression.Product p => p.Factors.Select(f => Of(f, point)).Aggregate(Rounded(p.Coefficient.ToDouble(), 0), Times),
        Expression.Power p => Moved(Of(p.Base, point), x => Math.Pow(x, p.Exponent), 2 * Math.Abs(p.Exponent)),
        Expression.AbsolutePower p => Moved(Of(p.Operand, point), x => Math.Pow(Math.Abs(x), p.Exponent.Evaluate([])), 100),
        Expression.HermitePolynomial h => OfHermite(h.Order, Of(h.Argument, point)),
        Expression.Call { Arguments: [var u] } c => Moved(Of(u, point), x => Elementary.Call(c.Function, x), c.Function is Function.Cosh or Function.Exp ? 4 + Math.Abs(u.Evaluate(point)) : 16),
        Expression.Call { Arguments: [var u, var v] } c => OfBinary(c.Function, Of(u, point), Of(v, point)),
        Expression.Indicator i => OfIndicator(i, point),
        _ => throw new InvalidOperationException(),
    };

    private static RunningError Rounded(double value, double error) => new(value, error + 4 * Ulp * Math.Abs(value));

    private static RunningError Times(RunningError a, RunningError b) =>
        (a.Value == 0 || b.Value == 0) && !double.IsNaN(a.Value) && !double.IsNaN(b.Value)
            ? new(0, double.IsFinite(a.Value + b.Value) ? (a.Error + Math.Abs(a.Value)) * (b.Error + Math.Abs(b.Value)) : 0)
            : Rounded(a.Value * b.Value, Math.Abs(a.Value) * b.Error + Math.Abs(b.Value) * a.Error + a.Error * b.Error);

    private static RunningError Moved(RunningError u, Func<double, double> f, double ulps)
    {
        var value = f(u.Value);
        var change = Math.Max(Math.Abs(f(u.Value + u.Error) - value), Math.Abs(f(u.Value - u.Error) - value));
        return new(value, change + ulps * Ulp * Math.Abs(value));
    }

    private static RunningError OfHermite(int order, RunningError u)
    {
        var (previous, current) = (new RunningError(1, 0), u);
        if (order == 0) return previous;
        for (var k = 1; k < order; k++)
        {
            var (left, right) = (Times(u, current), Times(new(k, 0), previous));
            (previous, current) = (current, Rounded(left.Value - right.Value, left.Error + right.Error));
        }
        return current;
    }

    private static RunningError OfBinary(Function function, RunningError u, RunningError v)
    {
        var value = Elementary.Call(function, u.Value, v.Value);
        var change = 0.0;
        foreach (var s in (ReadOnlySpan<double>)[-1, 1])
            foreach (var t in (ReadOnlySpan<double>)[-1, 1])
                change = Math.Max(change, Math.Abs(Elementary.Call(function, u.Value + s * u.Error, v.Value + t * v.Error) - value));
        return new(value, change + 8 * Ulp * (Math.Abs(value) + Math.Abs(u.Value) + Math.Abs(v.Value)));
    }

    private static RunningError OfIndicator(Expression.Indicator indicator, double[] point)
    {
        var terms = indicator.Terms.Select(t => Of(t, point)).ToList();
        for (var i = 0; i + 1 < terms.Count; i++)
            if (!(Math.Abs(terms[i].Value - terms[i + 1].Value) > terms[i].Error + terms[i + 1].Error)) return new(0, double.PositiveInfinity);
        return new(indicator.Evaluate(point), 0);
    }
}
