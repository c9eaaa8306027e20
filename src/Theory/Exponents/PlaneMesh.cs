namespace Theory.Exponents;

/// <summary>
/// Cells that cover the domain of a plane label, never across a cut, and ever smaller towards its critical points, so that every level
/// curve is resolved on its own scale; and the critical labels, at which the density of the label is not smooth.
/// </summary>
internal sealed class PlaneMesh
{
    private const double Largest = 0.25;
    private const double Smallest = 1e-6;

    private readonly PlaneLabel label;
    private readonly List<(double X, double Y)> critical = [];

    internal PlaneMesh(PlaneLabel label)
    {
        this.label = label;
        List<(double X0, double Y0, double X1, double Y1)> blocks = [];
        for (var i = 0; i + 1 < label.CutsX.Length; i++)
        {
            for (var j = 0; j + 1 < label.CutsY.Length; j++)
                blocks.Add(Inset(label.CutsX[i], label.CutsY[j], label.CutsX[i + 1], label.CutsY[j + 1]));
        }
        foreach (var block in blocks)
            FindCritical(block.X0, block.Y0, block.X1, block.Y1);
        foreach (var block in blocks)
            Cover(block.X0, block.Y0, block.X1, block.Y1);
    }

    internal List<PlaneCell> Cells { get; } = [];

    /// <summary>Labels at critical points, at points where a level curve touches a cut, and at crossings of cuts.</summary>
    internal SortedSet<double> CriticalLabels { get; } = [];

    private static (double X0, double Y0, double X1, double Y1) Inset(double x0, double y0, double x1, double y1)
    {
        const double margin = 1e-13;
        return (x0 + margin, y0 + margin, x1 - margin, y1 - margin);
    }

    private void FindCritical(double x0, double y0, double x1, double y1)
    {
        var (columns, rows) = (Count(x1 - x0), Count(y1 - y0));
        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j < rows; j++)
            {
                var (left, right) = (x0 + ((x1 - x0) * i / columns), x0 + ((x1 - x0) * (i + 1) / columns));
                var (low, high) = (y0 + ((y1 - y0) * j / rows), y0 + ((y1 - y0) * (j + 1) / rows));
                if (ChangesSign(label.SlopeX, left, low, right, high) && ChangesSign(label.SlopeY, left, low, right, high))
                    Newton(left, low, right, high);
            }
        }
        // At the far ends of the domain nothing happens that has any weight.
        double[] xs = [.. new[] { x0, x1 }.Where(x => Math.Abs(x) < 8.9)], ys = [.. new[] { y0, y1 }.Where(y => Math.Abs(y) < 8.9)];
        foreach (var x in xs)
        {
            AddEdge(t => label.SlopeY(x, t), y0, y1, t => (x, t));
            foreach (var y in ys)
                AddPoint(x, y);
        }
        foreach (var y in ys)
            AddEdge(t => label.SlopeX(t, y), x0, x1, t => (t, y));
    }

    private static bool ChangesSign(PlaneLabel.Function slope, double x0, double y0, double x1, double y1)
    {
        double a = slope(x0, y0), b = slope(x1, y0), c = slope(x1, y1), d = slope(x0, y1);
        return Math.Min(Math.Min(a, b), Math.Min(c, d)) <= 0 && Math.Max(Math.Max(a, b), Math.Max(c, d)) >= 0;
    }

    private void Newton(double x0, double y0, double x1, double y1)
    {
        var (x, y, size) = (0.5 * (x0 + x1), 0.5 * (y0 + y1), Math.Max(x1 - x0, y1 - y0));
        for (var i = 0; i < 60; i++)
        {
            const double h = 1e-5;
            var (gx, gy) = (label.SlopeX(x, y), label.SlopeY(x, y));
            var xx = (label.SlopeX(x + h, y) - label.SlopeX(x - h, y)) / (2 * h);
            var xy = (label.SlopeX(x, y + h) - label.SlopeX(x, y - h)) / (2 * h);
            var yy = (label.SlopeY(x, y + h) - label.SlopeY(x, y - h)) / (2 * h);
            var determinant = (xx * yy) - (xy * xy);
            var (dx, dy) = (((gx * yy) - (gy * xy)) / determinant, ((gy * xx) - (gx * xy)) / determinant);
            if (!double.IsFinite(dx + dy) || Math.Abs(dx) + Math.Abs(dy) > 10 * size)
                break;
            (x, y) = (x - dx, y - dy);
            if (Math.Abs(dx) + Math.Abs(dy) < 1e-14 * (1 + Math.Abs(x) + Math.Abs(y)))
                break;
        }
        if (x >= x0 - size && x <= x1 + size && y >= y0 - size && y <= y1 + size && Math.Abs(label.SlopeX(x, y)) + Math.Abs(label.SlopeY(x, y)) < 1e-8)
            AddPoint(x, y);
    }

    private void AddEdge(Func<double, double> slope, double from, double to, Func<double, (double X, double Y)> place)
    {
        var count = 8 * Count(to - from);
        for (var i = 0; i < count; i++)
        {
            var (a, b) = (from + ((to - from) * i / count), from + ((to - from) * (i + 1) / count));
            if (slope(a) * slope(b) >= 0)
                continue;
            var rising = slope(b) > 0;
            for (var step = 0; step < 60; step++)
            {
                var middle = 0.5 * (a + b);
                (a, b) = slope(middle) > 0 == rising ? (a, middle) : (middle, b);
            }
            var (x, y) = place(0.5 * (a + b));
            AddPoint(x, y);
        }
    }

    private void AddPoint(double x, double y)
    {
        if (critical.Count < 400 && !critical.Exists(p => Math.Abs(p.X - x) + Math.Abs(p.Y - y) < 1e-9))
            critical.Add((x, y));
        var value = label.Value(x, y);
        if (double.IsFinite(value))
            CriticalLabels.Add(value);
    }

    private void Cover(double x0, double y0, double x1, double y1)
    {
        var (columns, rows) = (Count(x1 - x0), Count(y1 - y0));
        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j < rows; j++)
            {
                Divide(PlaneCell.Of(
                    label,
                    x0 + ((x1 - x0) * i / columns),
                    y0 + ((y1 - y0) * j / rows),
                    x0 + ((x1 - x0) * (i + 1) / columns),
                    y0 + ((y1 - y0) * (j + 1) / rows)));
            }
        }
    }

    private void Divide(PlaneCell cell)
    {
        var distance = critical.Count == 0 ? double.PositiveInfinity : critical.Min(p => Math.Max(
            Math.Max(Math.Max(cell.X0 - p.X, p.X - cell.X1), 0), Math.Max(Math.Max(cell.Y0 - p.Y, p.Y - cell.Y1), 0)));
        // Far out the Gaussian weight is negligible whatever happens there.
        var remote = cell.X0 > 7 || cell.Y0 > 7 || cell.X1 < -7 || cell.Y1 < -7;
        if (cell.Size <= Math.Max(Smallest, distance) || remote)
        {
            Cells.Add(cell);
            return;
        }
        foreach (var quarter in cell.Quarters(label))
            Divide(quarter);
    }

    private static int Count(double length) => Math.Max(1, (int)Math.Ceiling(length / Largest));
}
