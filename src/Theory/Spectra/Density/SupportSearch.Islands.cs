namespace Theory.Spectra;

/// <content>Bulks so narrow that real branches pass over them.</content>
internal sealed partial class SupportSearch
{
    /// <summary>Bulks in intervals that the real branches passed over, until none of these has mass.</summary>
    private void FindIslands()
    {
        var open = new Stack<(double Lower, double Upper)>();
        var reach = 100 * found.Aggregate(model.Scale, (r, f) => Math.Max(r, Math.Max(Math.Abs(f.Bulk.Lower), Math.Abs(f.Bulk.Upper))));
        var origin = 1e-9 * model.Scale;
        double[] ends = [-reach, .. found.SelectMany(f => (double[])[f.Bulk.Lower, f.Bulk.Upper]), reach];
        for (var i = 0; i < ends.Length; i += 2) open.Push((ends[i], ends[i + 1]));
        while (IsWell && open.TryPop(out var gap))
        {
            // The pole at 0 is kept at a distance.
            if (gap.Lower <= 0 && gap.Upper >= 0)
            {
                if (gap.Lower < -origin) open.Push((gap.Lower, -origin));
                if (gap.Upper > origin) open.Push((origin, gap.Upper));
                continue;
            }
            if (!(Mass(gap.Lower, gap.Upper) > Missing / 10) || Island(gap) is not { } island) continue;
            Divide(island);
            open.Push((gap.Lower, island.Lower));
            open.Push((island.Upper, gap.Upper));
        }
    }

    /// <summary>An island of mass in an interval with real ends: bisection until a point falls on it, then on its shore, and the folds from there.</summary>
    private SpectralBulk? Island((double Lower, double Upper) gap)
    {
        var (low, high) = gap;
        var mass = Mass(low, high);
        for (var i = 0; i < 100 && IsWell; i++)
        {
            // A point too near the island spoils the contours that end there: the two parts must add up.
            foreach (var share in (double[])[0.5, 0.38, 0.62, 0.25, 0.75])
            {
                var middle = Between(low, high, share);
                if (!TryHeight(middle, out _)) return null;
                if (!IsReal()) return Shore(low, middle, 1) is { } lower && Shore(high, middle, -1) is { } upper ? new(lower.X, upper.X, lower.Coefficient, upper.Coefficient) : null;
                var (left, right) = (Mass(low, middle), Mass(middle, high));
                if (Math.Abs(left + right - mass) > 0.1 * mass) continue;
                (low, high, mass) = left > right ? (low, middle, left) : (middle, high, right);
                break;
            }
        }
        return null;
    }

    /// <summary>A point between, in the logarithm if the ends, of one sign, differ by decades.</summary>
    private static double Between(double low, double high, double share) =>
        Math.Max(low / high, high / low) > 10 ? low * Math.Pow(high / low, share) : low + share * (high - low);

    private (double X, double Coefficient)? Shore(double outside, double inside, int direction)
    {
        for (var i = 0; i < 60 && Math.Abs(inside - outside) > 1e-3 * Math.Abs(inside) * 1e-9; i++)
        {
            var middle = 0.5 * (outside + inside);
            if (!TryHeight(middle, out _)) return null;
            if (!IsReal())
            {
                inside = middle;
                continue;
            }
            outside = middle;
            if (i < 4) continue;
            var distance = Math.Abs(inside - middle) / Math.Max(Math.Abs(middle), 1e-3 * model.Scale);
            // The unknowns change like the root of the distance to the edge, beside a narrow bulk like the distance.
            foreach (var largest in (double[])[0.1 * distance, Math.Min(RealBranch.LargestStep, 0.3 * Math.Sqrt(distance))])
            {
                var (end, edge, coefficient) = branch.Trace(path.Values, middle, direction, largest);
                if (end == BranchEnd.Fold && (edge - inside) * (edge - middle) <= 0) return (edge, coefficient);
            }
        }
        Fail(FormattableString.Invariant($"The edge of a narrow bulk near {inside:g6} was not found."));
        return null;
    }

    /// <summary>The mass between two points, that of the atoms found there left out.</summary>
    private double Mass(double lower, double upper)
    {
        if (contour.TryMass(lower, upper, out var mass, ref iterations)) return mass - atoms.Where(a => lower < a.Position && a.Position < upper).Sum(a => a.Mass);
        Fail(FormattableString.Invariant($"The mass between {lower:g6} and {upper:g6} was not found."));
        return 0;
    }
}
