namespace Theory.Channels;

/// <summary>Finds the shape of the curve λ(a): a grid, its extrema, and folds that hide between two grid points.</summary>
internal static class CurveSampling
{
    /// <summary>The curve on the grid of its family from the origin on, to a = ∞ if it has a limit there, with extra points where a narrow fold hides between two grid points.</summary>
    public static List<CurvePoint> Sample(IFixedPointFamily family)
    {
        var places = family.LogSnrs;
        var points = new List<CurvePoint>(places.Length + 8)
        {
            new(double.NegativeInfinity, family.SpectralThreshold is { } ks ? Math.Log(ks) : double.NegativeInfinity),
        };
        var guess = points[0].LogLambda;
        foreach (var logSnr in places)
        {
            var value = family.LogLambda(logSnr, guess);
            // Neighbours on a parabola give the next value.
            guess = points.Count > 3 ? 3 * (value - points[^1].LogLambda) + points[^2].LogLambda : value;
            points.Add(new(logSnr, value));
        }

        for (var i = 3; i < points.Count - 2; i++)
        {
            var from = i - 1;
            foreach (var hidden in HiddenFold(family, points, i))
            {
                var at = from;
                while (points[at].LogSnr < hidden.LogSnr) at++;
                points.Insert(at, hidden);
                i++;
            }
        }
        if (family.LimitLambda is { } limit) points.Add(new(double.PositiveInfinity, Math.Log(limit)));
        return points;
    }

    /// <summary>Indices of the alternating extrema of a sequence, shallow reversals ignored. Index 0 is reported if the sequence falls from it.</summary>
    public static List<int> Turns(List<CurvePoint> points, double depth)
    {
        var turns = new List<int>();
        var (extreme, rising) = (0, true);
        for (var i = 1; i < points.Count; i++)
        {
            var change = points[i].LogLambda - points[extreme].LogLambda;
            if (rising ? change >= 0 : change <= 0) extreme = i;
            else if (Math.Abs(change) > depth)
            {
                turns.Add(extreme);
                (extreme, rising) = (i, !rising);
            }
        }

        return turns;
    }

    /// <summary>The extremum next to a point that is more extreme than its neighbours.</summary>
    public static CurvePoint Refined(IFixedPointFamily family, List<CurvePoint> points, int i)
    {
        var (left, middle, right) = (points[i - 1], points[i], points[i + 1]);
        var start = double.IsNegativeInfinity(left.LogSnr) ? middle.LogSnr - 20 : left.LogSnr;
        var end = double.IsPositiveInfinity(right.LogSnr) ? middle.LogSnr + 20 : right.LogSnr;
        var sign = middle.LogLambda < right.LogLambda ? 1 : -1;
        var (x, value) = RealRoot.Minimum(t => sign * family.LogLambda(t, middle.LogLambda), start, middle.LogSnr, end, sign * middle.LogLambda);
        return new(x, sign * value);
    }

    /// <summary>Where the slope of a rising curve has a minimum near 0 around point i: the maximum and the minimum on both sides of the steepest fall, if the curve falls there.</summary>
    private static CurvePoint[] HiddenFold(IFixedPointFamily family, List<CurvePoint> points, int i)
    {
        double Slope(int j) => (points[j + 1].LogLambda - points[j].LogLambda) / (points[j + 1].LogSnr - points[j].LogSnr);
        var (before, here, after) = (Slope(i - 2), Slope(i - 1), Slope(i));
        var next = Slope(i + 1);
        // The least of the four slopes next to i is one of the middle two, positive and small.
        var least = Math.Min(here, after);
        if (!(least is > 0 and < 0.02) || least >= before || least >= next || points[i].LogSnr < Math.Log(family.SmallestSnr) + 1) return [];
        const double width = 1e-4;
        var (left, middle, right) = (points[i - 1].LogSnr, points[i], points[i + 1].LogSnr);
        double Derivative(double x) => (family.LogLambda(x + width, middle.LogLambda) - family.LogLambda(x - width, middle.LogLambda)) / (2 * width);
        var (x, slope) = RealRoot.Minimum(Derivative, left, middle.LogSnr, right, Derivative(middle.LogSnr));
        if (slope >= 0) return [];
        // A fold less deep than the rise to the next point of the grid shows by its two ends only.
        return
        [
            .. new[] { (X: left, Slope: Derivative(left)), (X: right, Slope: Derivative(right)) }.Where(end => end.Slope > 0)
                .Select(end => RealRoot.Between(Derivative, end.X, end.Slope, x, slope)).Select(turn => new CurvePoint(turn, family.LogLambda(turn, middle.LogLambda))),
        ];
    }
}
