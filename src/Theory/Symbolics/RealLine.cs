using System.Collections.Immutable;
using static Theory.Symbolics.Expression;

namespace Theory.Symbolics;

/// <summary>Points of the real line and whether they are roots of closed forms (rounded to double) rather than found numerically in [−40, 40].</summary>
internal readonly record struct Points(ImmutableArray<double> Values, bool AreExact)
{
    public static readonly Points None = new([], true);

    public static Points Of(params ReadOnlySpan<double> values) => new([.. values], true);

    /// <summary>All points of both in ascending order; what differs by rounding only is one point.</summary>
    public Points Union(Points other)
    {
        if (other.Values.IsEmpty) return this with { AreExact = AreExact && other.AreExact };
        var all = Values.AddRange(other.Values).Sort();
        var distinct = ImmutableArray.CreateBuilder<double>(all.Length);
        foreach (var point in all)
            if (distinct.Count == 0 || point - distinct[^1] > 4e-16 * Math.Max(1, Math.Abs(point))) distinct.Add(point);
        return new(distinct.DrainToImmutable(), AreExact && other.AreExact);
    }
}

/// <summary>
/// Where simplified functions of z are not smooth, and where they vanish. A function F(g(z)) with piecewise F breaks at the roots of g = b, b a breakpoint of F,
/// besides the breakpoints of g. One instance serves one expression, and remembers what it has found for its parts.
/// </summary>
internal sealed class RealLine
{
    private readonly Dictionary<Expression, Points> breakpoints = [];
    private readonly RootFinder roots;

    public RealLine() => roots = new(this);

    public Points Roots(Expression expression) => roots.Of(expression);

    public Points Breakpoints(Expression expression)
    {
        if (expression.IsConstant || expression is Variable) return Points.None;
        if (breakpoints.TryGetValue(expression, out var known)) return known;
        var found = expression switch
        {
            Sum s => All(s.Terms),
            Product p => All(p.Factors),
            Power p => p.Exponent > 0 ? Breakpoints(p.Base) : Breakpoints(p.Base).Union(Roots(p.Base)),
            AbsolutePower p => Breakpoints(p.Operand).Union(Roots(p.Operand)),
            HermitePolynomial h => Breakpoints(h.Argument),
            Call c => All(c.Arguments).Union(OfCall(c.Function, c.Arguments)),
            Indicator i => All(i.Terms).Union(Crossings(i.Terms)),
            _ => Points.None,
        };
        breakpoints.Add(expression, found);
        return found;
    }

    /// <summary>A point inside every piece between neighbouring points, the unbounded ones included.</summary>
    public static IEnumerable<double> Between(ImmutableArray<double> points)
    {
        if (points.IsEmpty) return [0.0];
        return [points[0] - 1, .. points.Skip(1).Zip(points, static (b, a) => a + (b - a) / 2), points[^1] + 1];
    }

    private Points All(ImmutableArray<Expression> parts) => parts.Aggregate(Points.None, (all, part) => all.Union(Breakpoints(part)));

    private Points Crossings(ImmutableArray<Expression> terms) =>
        terms.Skip(1).Zip(terms, (b, a) => Roots(b - a)).Aggregate(Points.None, static (all, r) => all.Union(r));

    private Points OfCall(Function function, ImmutableArray<Expression> arguments)
    {
        var u = arguments[0];
        return function switch
        {
            Function.Relu or Function.Abs or Function.Sign or Function.Step or Function.Elu or Function.LeakyRelu or Function.Log or Function.Sqrt => Roots(u),
            Function.HardTanh => Roots(u + 1).Union(Roots(u - 1)),
            Function.Relu6 => Roots(u).Union(Roots(u - 6)),
            Function.HardSwish => Roots(u + 3).Union(Roots(u - 3)),
            Function.SoftThreshold => Roots(u - arguments[1]).Union(Roots(u + arguments[1])),
            Function.Max or Function.Min => Roots(u - arguments[1]),
            _ => Points.None,
        };
    }
}
