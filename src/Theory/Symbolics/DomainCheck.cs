using System.Globalization;
using static Theory.Symbolics.Expression;

namespace Theory.Symbolics;

/// <summary>Refuses expressions in z that are not real and finite for almost all z, or not square integrable near a point.</summary>
internal sealed class DomainCheck(RealLine line)
{
    /// <summary>Checks a simplified expression.</summary>
    /// <exception cref="ArgumentException">It fails; the message quotes the part at fault and names the place.</exception>
    public static void Check(Expression expression, RealLine line)
    {
        new DomainCheck(line).Visit(expression);
        foreach (var point in line.Breakpoints(expression).Values) CheckSingularity(expression, point);
    }

    private void Visit(Expression e)
    {
        switch (e)
        {
            case Power { Exponent: < 0 } p:
                CheckDivisor(p.Base);
                break;
            case Call { Function: Function.Log, Arguments: [var u] }:
                CheckSign(u, "log", mayVanish: false);
                break;
            case Call { Function: Function.Sqrt, Arguments: [var u] }:
                CheckSign(u, "sqrt", mayVanish: true);
                break;
            case AbsolutePower p when p.Operand is Number { Value.IsZero: true }:
                throw new ArgumentException($"{e.Quote} is not finite");
        }
        if (e.IsConstant && !double.IsFinite(e.Evaluate([]))) throw new ArgumentException($"the constant {e.Quote} is beyond the range of double precision");
        foreach (var part in RealLine.Parts(e)) Visit(part);
    }

    private void CheckDivisor(Expression divisor)
    {
        if (divisor.IsConstant)
        {
            if (divisor.Evaluate([]) == 0) throw new ArgumentException($"division by {divisor.Quote}, which is 0");
        }
        else if (line.Roots(divisor) is { Values: [var root, ..] })
        {
            throw new ArgumentException($"division by {divisor.Quote}, which vanishes at z = {Text(root)}: not square integrable under the standard Gaussian");
        }
    }

    private void CheckSign(Expression u, string function, bool mayVanish)
    {
        var range = u.Enclosure;
        if (range.IsPositive || (mayVanish && range.Lower >= 0)) return;
        var marks = line.Roots(u).Union(line.Breakpoints(u)).Values;
        foreach (var z in RealLine.Between(marks))
        {
            var value = u.Evaluate(z);
            if (value > 0 || (mayVanish && value == 0)) continue;
            var what = double.IsNaN(value) ? "not real" : value == 0 ? "zero" : "negative";
            throw new ArgumentException(u.IsConstant ? $"{function}({u.Quote}) is not real and finite" : $"{function} of {u.Quote}, which is {what} at z = {Text(z)}");
        }
    }

    /// <summary>
    /// f² is integrable at a point where |f| grows like |z − b|^s if s &gt; −1/2. A power grows from every distance to the next nearer one, on one side at least;
    /// oscillations, and terms that cancel and leave rounding, do not.
    /// </summary>
    private static void CheckSingularity(Expression f, double point)
    {
        double Scaled(int power) => Math.ScaleB(1, Math.ILogB(point) + power);
        double[] distances = point == 0 ? [1e-8, 1e-24, 1e-42, 1e-60] : [Scaled(-12), Scaled(-22), Scaled(-32), Scaled(-42)];
        foreach (var side in (ReadOnlySpan<double>)[-1, 1])
        {
            var values = Array.ConvertAll(distances, distance => Math.Abs(f.Evaluate(point + side * distance)));
            if (Enumerable.Range(1, values.Length - 1).All(i => Grows(i, values)))
                throw new ArgumentException($"{f.Quote} is not square integrable under the standard Gaussian: it grows too fast at z = {Text(point)}");
        }

        bool Grows(int i, double[] values) => values[i - 1] > 0
            && (double.IsInfinity(values[i]) || Math.Log(values[i] / values[i - 1]) / Math.Log(distances[i] / distances[i - 1]) <= -0.5 + 1e-4);
    }

    private static string Text(double z) => z.ToString("g6", CultureInfo.InvariantCulture);
}
