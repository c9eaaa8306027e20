using MathNet.Numerics.Integration;

namespace Theory.Exponents;

/// <summary>
/// ∫ δ(f − y) w dx dy for all weights at once: in every cell the level curve is a graph over the chord between its two ends, and
/// ∫ ds |chord| w/|∂_n f| over the chord needs no other parametrisation.
/// </summary>
internal sealed class LevelCurve(PlaneLabel label, PlaneMesh mesh, int outputs)
{
    private const int MaxDepth = 14;

    private readonly GaussLegendreRule coarse = new(0, 1, 5);
    private readonly GaussLegendreRule fine = new(0, 1, 8);
    private readonly double[] density = new double[outputs];
    private readonly double[] first = new double[outputs];
    private readonly double[] second = new double[outputs];

    /// <summary>Chords tried so far: a measure of the work.</summary>
    internal int Chords { get; private set; }

    internal void Integrate(double level, double[] total)
    {
        Array.Clear(total);
        foreach (var cell in mesh.Cells)
        {
            if (cell.Separates(level))
                Add(cell, level, total, MaxDepth);
        }
    }

    private void Add(PlaneCell cell, double level, double[] total, int depth)
    {
        Span<(double X, double Y)> ends = stackalloc (double, double)[4];
        var count = 0;
        Cross(cell.X0, cell.Y0, cell.V0, cell.X1, cell.Y0, cell.V1, level, ends, ref count);
        Cross(cell.X1, cell.Y0, cell.V1, cell.X1, cell.Y1, cell.V2, level, ends, ref count);
        Cross(cell.X1, cell.Y1, cell.V2, cell.X0, cell.Y1, cell.V3, level, ends, ref count);
        Cross(cell.X0, cell.Y1, cell.V3, cell.X0, cell.Y0, cell.V0, level, ends, ref count);
        var accepted = count == 2 && TryChord(ends[0], ends[1], level, coarse, first) && TryChord(ends[0], ends[1], level, fine, second);
        if (accepted && (depth == 0 || Agree()))
        {
            for (var i = 0; i < outputs; i++)
                total[i] += second[i];
        }
        else if (depth > 0)
        {
            foreach (var quarter in cell.Quarters(label))
            {
                if (quarter.Separates(level))
                    Add(quarter, level, total, depth - 1);
            }
        }
    }

    private bool Agree()
    {
        var worst = 0.0;
        for (var i = 0; i < outputs; i++)
            worst = Math.Max(worst, Math.Abs(first[i] - second[i]));
        return worst <= 1e-13 + (1e-10 * Math.Abs(second[0]));
    }

    private void Cross(double xa, double ya, double va, double xb, double yb, double vb, double level, Span<(double X, double Y)> ends, ref int count)
    {
        var (a, b) = (va - level, vb - level);
        if (a > 0 == b > 0)
            return;
        double low = 0, high = 1, atLow = a, atHigh = b, t = 0.5;
        for (var i = 0; i < 60 && high - low > 1e-15; i++)
        {
            // Illinois steps, with a bisection every third one.
            t = i % 3 == 2 ? 0.5 * (low + high) : low + ((high - low) * atLow / (atLow - atHigh));
            var value = label.Value(xa + (t * (xb - xa)), ya + (t * (yb - ya))) - level;
            if (value == 0)
                break;
            if (value > 0 == a > 0)
                (low, atLow, atHigh) = (t, value, 0.5 * atHigh);
            else
                (high, atHigh, atLow) = (t, value, 0.5 * atLow);
        }
        ends[count++] = (xa + (t * (xb - xa)), ya + (t * (yb - ya)));
    }

    private bool TryChord((double X, double Y) from, (double X, double Y) to, double level, GaussLegendreRule rule, double[] sum)
    {
        Array.Clear(sum);
        Chords++;
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var length = Math.Sqrt((dx * dx) + (dy * dy));
        if (length == 0)
            return true;
        var (nx, ny) = (-dy / length, dx / length);
        // Coordinates are known to their rounding and no better.
        var resolution = (1e-13 * length) + (1e-15 * (Math.Abs(from.X) + Math.Abs(from.Y) + length));
        var offset = 0.0;
        for (var node = 0; node < rule.Order; node++)
        {
            var (baseX, baseY) = (from.X + (rule.GetAbscissa(node) * dx), from.Y + (rule.GetAbscissa(node) * dy));
            var slope = 0.0;
            var converged = false;
            for (var i = 0; i < 12 && !converged; i++)
            {
                var (x, y) = (baseX + (offset * nx), baseY + (offset * ny));
                slope = (label.SlopeX(x, y) * nx) + (label.SlopeY(x, y) * ny);
                var step = (label.Value(x, y) - level) / slope;
                offset -= step;
                converged = Math.Abs(step) <= resolution;
            }
            if (!converged || Math.Abs(offset) > length || slope == 0)
                return false;
            label.Densities(baseX + (offset * nx), baseY + (offset * ny), density);
            var weight = rule.GetWeight(node) * length / Math.Abs(slope);
            for (var i = 0; i < sum.Length; i++)
                sum[i] += weight * density[i];
        }
        return true;
    }
}
