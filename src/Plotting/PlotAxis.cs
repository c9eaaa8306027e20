using ScottPlot;

namespace Theory.Plotting;

/// <summary>One axis of a picture: its scale, its ends and its ticks. Positions on a logarithmic axis are decimal logarithms.</summary>
/// <param name="IsLogarithmic">Whether the scale is logarithmic.</param>
/// <param name="Low">Lower end, as a position.</param>
/// <param name="High">Upper end, as a position.</param>
internal sealed record PlotAxis(bool IsLogarithmic, double Low, double High)
{
    /// <summary>An axis that shows all given values; what cannot be shown is left out.</summary>
    /// <param name="values">The values.</param>
    /// <param name="logarithmic">The scale; by default logarithmic if all values are positive and span more than two decades.</param>
    /// <param name="margin">Room at either end, as a share of the length.</param>
    public static PlotAxis Fit(IEnumerable<double> values, bool? logarithmic, double margin)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        var scale = logarithmic ?? SpansDecades(finite, 2);
        var positions = scale ? [.. finite.Where(v => v > 0).Select(Math.Log10)] : finite;
        if (positions.Length == 0) return new(scale, 0, 1);
        var (low, high) = (positions.Min(), positions.Max());
        var width = high - low;
        // A constant gets room of its own size (a quarter of a decade on a logarithmic scale).
        var room = width > 1e-9 * Math.Max(Math.Abs(low), Math.Abs(high)) ? margin * width : scale ? 0.25 : low == 0 ? 1 : Math.Abs(low) / 2;
        return new(scale, low - room, high + room);
    }

    /// <summary>Whether values are positive and span more than some decades.</summary>
    public static bool SpansDecades(IReadOnlyCollection<double> values, double decades) =>
        values.Count > 0 && values.Min() > 0 && Math.Log10(values.Max() / values.Min()) > decades;

    /// <summary>The position of a value; NaN if it has none.</summary>
    public double Position(double value) => !double.IsFinite(value) ? double.NaN : !IsLogarithmic ? value : value > 0 ? Math.Log10(value) : double.NaN;

    public Tick[] Ticks(int target) => IsLogarithmic ? AxisTicks.Logarithmic(Low, High, target) : AxisTicks.Linear(Low, High, target);
}
