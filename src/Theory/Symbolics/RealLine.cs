using System.Collections.Immutable;
using System.Runtime.CompilerServices;
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
    /// <summary>What varies on a wider scale needs no help.</summary>
    private const double WidestStep = 0.25;

    private readonly Dictionary<Expression, Points> breakpoints = [];
    private readonly RootFinder roots;

    public RealLine() => roots = new(this);

    public Points Roots(Expression expression) => roots.Of(expression);

    public Points Breakpoints(Expression expression)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
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

    /// <summary>
    /// Points that enclose, in a geometric ladder, the places where the expression is smooth but changes on a scale well below 1, as far as structure gives them:
    /// steep sigmoids (the roots of their argument) and narrow peaks (those of its slope). A panel that ends in such a place would not see it; the ladder does.
    /// </summary>
    public Points SteepPoints(Expression expression)
    {
        if (expression.IsConstant) return Points.None;
        var own = expression switch
        {
            Call
            {
                Function: Function.Tanh or Function.Erf or Function.Sigmoid or Function.Softplus or Function.Silu or Function.Gelu or Function.GeluTanh
                or Function.Mish or Function.NormCdf or Function.ArcTan, Arguments: [var u]
            } => Ladders(roots.Structural(u), z => Math.Abs(u.Differentiate().Evaluate(z))),
            Call { Function: Function.Exp, Arguments: [var u] } => Peaks(u, static (_, bend) => Math.Sqrt(Math.Abs(bend))),
            Call { Function: Function.Log or Function.Sqrt, Arguments: [var u] } => Peaks(u, static (height, bend) => Math.Sqrt(Math.Abs(bend / height))),
            Power { Exponent: < 0 } p => Peaks(p.Base, static (height, bend) => Math.Sqrt(Math.Abs(bend / height))),
            _ => Points.None,
        };
        return Parts(expression).Aggregate(own, (all, part) => all.Union(SteepPoints(part)));
    }

    /// <summary>The immediate sub-expressions.</summary>
    public static IEnumerable<Expression> Parts(Expression e) => e switch
    {
        Sum s => s.Terms,
        Product p => p.Factors,
        Power p => [p.Base],
        AbsolutePower p => [p.Operand, p.Exponent],
        HermitePolynomial h => [h.Argument],
        Call c => c.Arguments,
        Indicator i => i.Terms,
        _ => [],
    };

    private Points Peaks(Expression u, Func<double, double, double> steepness)
    {
        var slope = u.Differentiate();
        var bend = slope.Differentiate();
        return Ladders(roots.Structural(slope), z => steepness(u.Evaluate(z), bend.Evaluate(z)));
    }

    /// <summary>c ± w, c ± 4w, c ± 16w, … around each centre c of width w = 1/steepness, as long as that is well below 1.</summary>
    private static Points Ladders(Points? centres, Func<double, double> steepness)
    {
        var points = new List<double>();
        foreach (var centre in centres?.Values ?? [])
        {
            var width = 1 / steepness(centre);
            if (Math.Abs(centre) > NumericRoots.Reach || !(width > 1e-13 * Math.Max(1, Math.Abs(centre)))) continue;
            for (; width < WidestStep; width *= 4) points.AddRange([centre - width, centre + width]);
        }
        return new([.. points.Order()], true);
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
