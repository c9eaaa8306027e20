namespace Theory.Exponents;

/// <summary>Cuts a sheet at the kinks and critical points of its label.</summary>
internal static class MonotonePieces
{
    private const int SamplesPerUnit = 96;

    /// <summary>The strictly monotone pieces, and the intervals on which the label is constant.</summary>
    internal static (List<MonotonePiece> Monotone, List<MonotonePiece> Flat) Of(LabelSheet sheet)
    {
        List<MonotonePiece> monotone = [], flat = [];
        double[] cuts = [sheet.Lower, .. sheet.Breakpoints.Where(b => b > sheet.Lower && b < sheet.Upper).Distinct().Order(), sheet.Upper];
        for (var i = 0; i + 1 < cuts.Length; i++)
        {
            if (IsFlat(sheet, cuts[i], cuts[i + 1]))
                flat.Add(Piece(sheet, cuts[i], cuts[i + 1]));
            else
                AddMonotone(monotone, sheet, cuts[i], cuts[i + 1]);
        }
        return (monotone, flat);
    }

    private static bool IsFlat(LabelSheet sheet, double from, double to)
    {
        var centre = sheet.Value(0.5 * (from + to));
        return Enumerable.Range(1, 15).All(i =>
        {
            var u = from + ((to - from) * i / 16.3);
            return sheet.Value(u).Equals(centre) && sheet.Slope(u) == 0;
        });
    }

    private static void AddMonotone(List<MonotonePiece> pieces, LabelSheet sheet, double from, double to)
    {
        var count = Math.Max(16, (int)((to - from) * SamplesPerUnit));
        List<double> cuts = [from];
        // Samples sit between grid points, so that a critical point at a round number is bracketed and not hit.
        var (last, lastSlope) = (double.NaN, 0.0);
        for (var i = 0; i < count; i++)
        {
            var u = from + ((to - from) * (i + 0.4876) / count);
            var slope = sheet.Slope(u);
            if (lastSlope * slope < 0)
                cuts.Add(ChangeOfSign(sheet.Slope, last, u));
            if (slope != 0 && !double.IsNaN(slope))
                (last, lastSlope) = (u, slope);
        }
        cuts.Add(to);
        for (var i = 0; i + 1 < cuts.Count; i++)
        {
            var piece = Piece(sheet, cuts[i], cuts[i + 1]);
            if (piece.Least < piece.Most)
                pieces.Add(piece);
        }
    }

    private static MonotonePiece Piece(LabelSheet sheet, double from, double to) =>
        new(sheet, from, to, OneSided(sheet, from, to), OneSided(sheet, to, from));

    /// <summary>The limit of the label at an end, from inside: the value there when the label is continuous.</summary>
    private static double OneSided(LabelSheet sheet, double end, double inside)
    {
        var near = sheet.Value(end + (1e-9 * (inside - end)));
        var at = sheet.Value(end);
        var slope = sheet.Slope(end + (1e-9 * (inside - end)));
        var continuous = Math.Abs(at - near) <= 1e-8 * Math.Abs(inside - end) * Math.Max(1, Math.Abs(slope)) + (1e-12 * Math.Abs(near));
        return continuous || double.IsInfinity(at) ? at : near - (1e-9 * (inside - end) * slope);
    }

    private static double ChangeOfSign(Func<double, double> function, double low, double high)
    {
        var atLow = function(low);
        for (var i = 0; i < 200 && high - low > 2e-16 * Math.Max(1e-3, Math.Abs(low)); i++)
        {
            var middle = 0.5 * (low + high);
            if (middle <= low || middle >= high)
                break;
            var value = function(middle);
            if (value == 0)
                return middle;
            if (value * atLow > 0)
                low = middle;
            else
                high = middle;
        }
        return 0.5 * (low + high);
    }
}
