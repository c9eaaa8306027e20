using ScottPlot;

namespace Theory.Plotting;

/// <summary>Draws a heat map: one cell for each point, missing ones grey.</summary>
internal static class HeatMapDrawing
{
    private const int FineCells = 1200;

    /// <summary>An axis that reaches from the first cell's outer edge to the last one's.</summary>
    public static PlotAxis CellAxis(IReadOnlyList<double> values, bool logarithmic)
    {
        var edges = Edges(values, logarithmic);
        return new(logarithmic, edges.Min(), edges.Max());
    }

    /// <summary>Draws the cells and the colour bar.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="xs">Values of the horizontal axis.</param>
    /// <param name="ys">Values of the vertical axis.</param>
    /// <param name="values">Values by horizontal and vertical index.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="scale">The colour scale.</param>
    /// <param name="label">Label of the colour bar.</param>
    public static void Draw(Picture picture, IReadOnlyList<double> xs, IReadOnlyList<double> ys, double[,] values, PlotAxis x, PlotAxis y, PlotAxis scale, string label)
    {
        var (columns, rows) = (Cells(Edges(xs, x.IsLogarithmic), x), Cells(Edges(ys, y.IsLogarithmic), y));
        var intensities = new double[rows.Length, columns.Length];
        for (var r = 0; r < rows.Length; r++)
        {
            // The first row of the map is its top.
            var j = rows[rows.Length - 1 - r];
            for (var c = 0; c < columns.Length; c++) intensities[r, c] = scale.Position(values[columns[c], j]);
        }
        var map = picture.Plot.Add.Heatmap(intensities);
        map.Position = new CoordinateRect(x.Low, x.High, y.Low, y.High);
        map.Colormap = new ScottPlot.Colormaps.Viridis();
        map.NaNCellColor = Palette.Missing;
        map.ManualRange = new ScottPlot.Range(scale.Low, scale.High);
        picture.AddColorBar(map, scale, label);
    }

    /// <summary>Edges of the cells around given positions: midway between neighbours, and as far beyond the ends.</summary>
    internal static double[] Edges(IReadOnlyList<double> values, bool logarithmic)
    {
        double[] positions = [.. values.Select(v => logarithmic ? Math.Log10(v) : v)];
        if (positions.Length == 1) return [positions[0] - 0.5, positions[0] + 0.5];
        var edges = new double[positions.Length + 1];
        for (var i = 1; i < positions.Length; i++) edges[i] = (positions[i - 1] + positions[i]) / 2;
        edges[0] = 2 * positions[0] - edges[1];
        edges[^1] = 2 * positions[^1] - edges[^2];
        return edges;
    }

    /// <summary>Which value each of equally wide cells shows, from the axis's low end to its high one: one cell for each value on an even grid, many on an uneven one.</summary>
    internal static int[] Cells(double[] edges, PlotAxis axis)
    {
        var count = edges.Length - 1;
        var rises = edges[^1] > edges[0];
        var even = Enumerable.Range(0, count).All(i => Math.Abs((edges[i + 1] - edges[i]) * count / (edges[^1] - edges[0]) - 1) < 1e-6);
        if (even) return [.. Enumerable.Range(0, count).Select(i => rises ? i : count - 1 - i)];
        if (!rises) edges = [.. edges.Reverse()];
        var cells = new int[FineCells];
        for (int k = 0, i = 0; k < FineCells; k++)
        {
            var position = axis.Low + (k + 0.5) * (axis.High - axis.Low) / FineCells;
            while (i < count - 1 && position > edges[i + 1]) i++;
            cells[k] = rises ? i : count - 1 - i;
        }
        return cells;
    }
}
