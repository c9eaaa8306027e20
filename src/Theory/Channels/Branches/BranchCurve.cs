namespace Theory.Channels;

/// <summary>The curve λ(a) cut at its extrema into monotone pieces: all fixed points and all thresholds are read off it.</summary>
internal sealed class BranchCurve
{
    /// <summary>Beyond e^this a is taken for infinite.</summary>
    private const double LargestLogSnr = 30;

    private readonly IFixedPointFamily family;

    /// <summary>The curve in order of a: the origin, a grid that holds the extrema, a = ∞ if λ has a limit there.</summary>
    private readonly List<CurvePoint> points;

    /// <summary>Indices of the ends of the monotone pieces: the origin, minima and maxima alternately, the last point.</summary>
    private readonly List<int> ends;

    public BranchCurve(IFixedPointFamily family)
    {
        this.family = family;
        points = CurveSampling.Sample(family);
        var turns = CurveSampling.Turns(points, family.Resolution);
        foreach (var turn in turns)
            if (turn > 0) points[turn] = CurveSampling.Refined(family, points, turn);
        ends = [0, .. turns.Where(t => t > 0), points.Count - 1];
    }

    /// <summary>The extrema in order of a; the origin counts as a maximum if the curve leaves it downwards, and a = ∞ as a minimum if it falls towards a limit there.</summary>
    public IEnumerable<(double Snr, double Lambda, bool IsMinimum)> Extrema
    {
        get
        {
            if (StartsDownwards) yield return (0, family.SpectralThreshold!.Value, false);
            for (var i = 1; i < ends.Count - 1; i++)
                yield return (Math.Exp(points[ends[i]].LogSnr), Math.Exp(points[ends[i]].LogLambda), !IsRising(i));
            if (double.IsPositiveInfinity(points[^1].LogSnr) && !IsRising(ends.Count - 1)) yield return (double.PositiveInfinity, Math.Exp(points[^1].LogLambda), true);
        }
    }

    /// <summary>Whether the trivial fixed point is left by a jump: the curve falls from (0, λ_KS).</summary>
    public bool StartsDownwards => family.SpectralThreshold is not null && !IsRising(1);

    /// <summary>All non-trivial fixed points at λ, by increasing a, with whether each is stable; a = ∞ stands for one that is too far out to be resolved.</summary>
    public IEnumerable<(double Snr, bool IsStable)> Roots(double lambda)
    {
        for (var i = 1; i < ends.Count; i++)
            if (Root(i, lambda) is { } snr) yield return (snr, IsRising(i));
    }

    /// <summary>The fixed point of largest a at λ; <see langword="null"/> if there is only the trivial one.</summary>
    public double? Largest(double lambda)
    {
        for (var i = ends.Count - 1; i > 0; i--)
            if (Root(i, lambda) is { } snr) return snr;
        return null;
    }

    /// <summary>The stable fixed point of least a at λ, and whether there is none above it.</summary>
    public (double Snr, bool IsLargest)? LeastStable(double lambda)
    {
        for (var i = 1; i < ends.Count; i++)
        {
            if (!IsRising(i) || Root(i, lambda) is not { } snr) continue;
            var above = i + 1;
            while (above < ends.Count && !Passes(above, Math.Log(lambda))) above++;
            return (snr, above == ends.Count);
        }

        return null;
    }

    /// <summary>Whether the n-th piece takes a value; a turning point belongs to the piece on its left, and a last piece that ends at a finite a goes on.</summary>
    private bool Passes(int piece, double target)
    {
        var (from, to) = (points[ends[piece - 1]].LogLambda, points[ends[piece]].LogLambda);
        return IsRising(piece) ? from < target && (target <= to || (piece == ends.Count - 1 && double.IsFinite(points[^1].LogSnr))) : to <= target && target < from;
    }

    /// <summary>The non-trivial fixed point on the n-th piece, if the piece passes λ.</summary>
    private double? Root(int piece, double lambda)
    {
        if (lambda <= 0) return null;
        var target = Math.Log(lambda);
        var (first, last, rising) = (ends[piece - 1], ends[piece], IsRising(piece));
        if (!Passes(piece, target)) return null;
        if (piece == ends.Count - 1 && points[last].LogLambda < target && double.IsFinite(points[last].LogSnr)) return RootBetween(points[last], FurtherOut(target), lambda);
        bool Before(int i) => rising ? points[i].LogLambda < target : points[i].LogLambda > target;
        while (last - first > 1)
        {
            var middle = (first + last) / 2;
            if (Before(middle)) first = middle;
            else last = middle;
        }

        return RootBetween(points[first], points[last], lambda);
    }

    private bool IsRising(int piece) => points[ends[piece]].LogLambda > points[ends[piece - 1]].LogLambda;

    private CurvePoint FurtherOut(double target)
    {
        var point = points[^1];
        for (var i = 0; i < 2000 && point.LogLambda < target; i++)
        {
            var logSnr = point.LogSnr + Math.Max(1, target - point.LogLambda);
            point = new(logSnr, family.LogLambda(logSnr, point.LogLambda));
        }

        return point;
    }

    /// <summary>A point beyond the target on a piece that ends at a = ∞, if there is one within reach.</summary>
    private CurvePoint? Outwards(CurvePoint left, double target, bool rising)
    {
        var logSnr = left.LogSnr;
        for (var step = 0.5; logSnr < LargestLogSnr; step *= 1.5)
        {
            logSnr += step;
            var value = family.LogLambda(logSnr, double.NaN);
            if (rising ? value >= target : value <= target) return new(logSnr, value);
        }

        return null;
    }

    /// <summary>The root between two neighbours. log(a/step(a)) has the sign of λ(a) − λ, and costs no root of its own.</summary>
    private double? RootBetween(CurvePoint left, CurvePoint right, double lambda)
    {
        var target = Math.Log(lambda);
        if (double.IsPositiveInfinity(right.LogSnr))
        {
            if (Outwards(left, target, right.LogLambda > left.LogLambda) is not { } beyond) return double.PositiveInfinity;
            right = beyond;
        }

        if (double.IsNegativeInfinity(left.LogSnr))
        {
            // Between the origin and the first point: the curve is straight there in a.
            left = new(Math.Log(family.SmallestSnr) - 40, left.LogLambda);
            var value = family.LogLambda(left.LogSnr, left.LogLambda);
            if (right.LogLambda > left.LogLambda ? value >= target : value <= target) return family.SpectralThreshold is null ? Math.Exp(left.LogSnr) : null;
            left = left with { LogLambda = value };
        }

        double Excess(double logSnr) => logSnr - Math.Log(family.Step(Math.Exp(logSnr), lambda));
        return Math.Exp(RealRoot.Between(Excess, left.LogSnr, left.LogLambda - target, right.LogSnr, right.LogLambda - target));
    }
}

/// <summary>A point of the curve λ(a); log a is −∞ at the origin, +∞ where λ has reached its limit.</summary>
internal readonly record struct CurvePoint(double LogSnr, double LogLambda);
