using Theory.Symbolics;

namespace Theory.Channels;

/// <summary>An interval of fields on which a label is strictly monotone.</summary>
internal sealed record LabelPiece(double From, double To, double AtFrom, double AtTo)
{
    public double Least => Math.Min(AtFrom, AtTo);

    public double Most => Math.Max(AtFrom, AtTo);
}

/// <summary>A value that a label takes on intervals of fields.</summary>
internal sealed record LabelLevel(double Value, (double From, double To)[] Intervals);

/// <summary>The fields of a label g(τ), |τ| ≤ reach, cut into monotone pieces and levels.</summary>
internal sealed class LabelPieces
{
    private const int SamplesPerCell = 256;
    private const double Same = 1e-12;
    private readonly ScalarFunction g;
    private readonly Expression? derivative;
    private readonly double reach;

    public LabelPieces(ScalarFunction g, double reach)
    {
        (this.g, this.reach, derivative) = (g, reach, g.Expression?.Simplify().Differentiate());
        var (pieces, levels) = (new List<LabelPiece>(), new List<(double Value, double From, double To)>());
        var cuts = Inside(g.SplitPoints).Prepend(-reach).Append(reach).ToArray();
        // Cells no longer than a unit of the field, so that the samples of each are dense.
        for (var i = 0; i + 1 < cuts.Length; i++)
        {
            var parts = Math.Max(1, (int)Math.Ceiling((cuts[i + 1] - cuts[i]) / (0.5 * reach)));
            for (var k = 0; k < parts; k++) Cut(cuts[i] + (cuts[i + 1] - cuts[i]) * k / parts, cuts[i] + (cuts[i + 1] - cuts[i]) * (k + 1) / parts, pieces, levels);
        }
        Pieces = Joined(pieces);
        Levels = [.. levels.GroupBy(l => l.Value).Select(l => new LabelLevel(l.Key, Merged(l)))];
    }

    public LabelPiece[] Pieces { get; }

    public LabelLevel[] Levels { get; }

    /// <summary>The points at which quadratures over the label should split, by their fields.</summary>
    public IEnumerable<double> Inside(IEnumerable<double> points) => points.Where(p => p > -reach && p < reach).Distinct().Order();

    /// <summary>|g′(τ)|.</summary>
    public double Slope(double field)
    {
        var slope = derivative?.Evaluate(field) ?? double.NaN;
        if (double.IsFinite(slope)) return Math.Abs(slope);
        var step = 1e-6 * Math.Max(1, Math.Abs(field));
        return Math.Abs(g.Evaluate(field + step) - g.Evaluate(field - step)) / (2 * step);
    }

    /// <summary>The field of a label on a piece.</summary>
    public double FieldOf(LabelPiece piece, double label)
    {
        if (label <= piece.Least) return piece.AtFrom <= piece.AtTo ? piece.From : piece.To;
        if (label >= piece.Most) return piece.AtFrom <= piece.AtTo ? piece.To : piece.From;
        return RealRoot.Between(t => g.Evaluate(t) - label, piece.From, piece.AtFrom - label, piece.To, piece.AtTo - label);
    }

    /// <summary>Values of the label at whose images its density is large or jumps: ends of pieces, levels, and places of least slope.</summary>
    public double[] CriticalValues()
    {
        var values = Pieces.SelectMany(p => (double[])[p.AtFrom, p.AtTo]).Concat(Levels.Select(l => l.Value)).ToList();
        foreach (var piece in Pieces)
        {
            const int Samples = 200;
            var slopes = Enumerable.Range(0, Samples).Select(i => Slope(piece.From + (piece.To - piece.From) * (i + 0.5) / Samples)).ToArray();
            for (var i = 1; i + 1 < Samples; i++)
                if (slopes[i] < slopes[i - 1] && slopes[i] < slopes[i + 1]) values.Add(g.Evaluate(piece.From + (piece.To - piece.From) * (i + 0.5) / Samples));
        }
        return [.. values.Distinct()];
    }

    private (double From, double To)[] Merged(IEnumerable<(double Value, double From, double To)> parts)
    {
        var merged = new List<(double From, double To)>();
        foreach (var (_, from, to) in parts)
        {
            if (merged.Count > 0 && merged[^1].To == from) merged[^1] = (merged[^1].From, Open(to, 1));
            else merged.Add((Open(from, -1), Open(to, 1)));
        }
        return [.. merged];
    }

    // The ends of the line are at infinity.
    private double Open(double end, int side) => side * end >= reach * (1 - Same) ? side * double.PositiveInfinity : end;

    private void Cut(double from, double to, List<LabelPiece> pieces, List<(double Value, double From, double To)> levels)
    {
        double At(int i) => from + (to - from) * (i + 0.5) / SamplesPerCell;
        var values = Enumerable.Range(0, SamplesPerCell).Select(i => g.Evaluate(At(i))).ToArray();
        if (values.All(v => v == values[0]))
        {
            levels.Add((values[0], from, to));
            return;
        }
        var (start, atStart, last, direction) = (from, Limit(from, to), 0, 0);
        for (var i = 1; i < SamplesPerCell; i++)
        {
            var change = Math.Sign(values[i] - values[i - 1]);
            if (change == 0) continue;
            if (change * direction < 0)
            {
                var turn = Turn(At(last), At(i), direction > 0);
                var atTurn = g.Evaluate(turn);
                pieces.Add(new(start, turn, atStart, atTurn));
                (start, atStart) = (turn, atTurn);
            }
            (last, direction) = (i - 1, change);
        }
        pieces.Add(new(start, to, atStart, Limit(to, from)));
    }

    /// <summary>The limit of the label at an end of a cell, from inside.</summary>
    private double Limit(double end, double inside)
    {
        var step = 1e-9 * (inside - end);
        var (at, near, next) = (g.Evaluate(end), g.Evaluate(end + step), g.Evaluate(end + 2 * step));
        var extrapolated = 2 * near - next;
        return double.IsFinite(at) && Math.Abs(at - extrapolated) <= 1e-6 * (Math.Abs(near - next) + Math.Abs(at)) + 1e-12 ? at : extrapolated;
    }

    /// <summary>An extremum between two fields: a root of the derivative where that changes sign, else by sections.</summary>
    private double Turn(double low, double high, bool isMaximum)
    {
        var sign = isMaximum ? -1 : 1;
        if (derivative is not null && derivative.Evaluate(low) is var a && derivative.Evaluate(high) is var b && a * b < 0)
            return RealRoot.Between(derivative.Evaluate, low, a, high, b);
        var middle = 0.5 * (low + high);
        return RealRoot.Minimum(t => sign * g.Evaluate(t), low, middle, high, sign * g.Evaluate(middle)).X;
    }

    private static LabelPiece[] Joined(List<LabelPiece> pieces)
    {
        var joined = new List<LabelPiece>();
        foreach (var piece in pieces.Where(p => p.Least < p.Most))
        {
            var last = joined.Count > 0 ? joined[^1] : null;
            var continues = last is not null && last.To == piece.From && Math.Abs(last.AtTo - piece.AtFrom) <= Same * (1 + Math.Abs(piece.AtFrom))
                && last.AtTo > last.AtFrom == piece.AtTo > piece.AtFrom;
            if (continues) joined[^1] = last! with { To = piece.To, AtTo = piece.AtTo };
            else joined.Add(piece);
        }
        return [.. joined];
    }
}
