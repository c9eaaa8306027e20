using System.Collections.Immutable;
using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Plotting;

/// <summary>What may be changed when a figure is made.</summary>
public sealed record FigureRequest
{
    /// <summary>Inputs that take another value than the figure's own.</summary>
    public IReadOnlyDictionary<string, Value> Overrides { get; init; } = ImmutableDictionary<string, Value>.Empty;

    /// <summary>The folder of the figure: tables, manifest and pictures; created if it does not exist.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>Size d of the experiments, or <see langword="null"/> for the figure's own.</summary>
    public int? Size { get; init; }

    /// <summary>Trials at each measured point, at least 10, or <see langword="null"/> for the figure's own.</summary>
    public int? Trials { get; init; }

    /// <summary>The seed of the experiments. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Number of threads, or <see langword="null"/> for all cores. It changes no number.</summary>
    public int? Threads { get; init; }
}

/// <summary>One number of a figure's theory beside its measurement.</summary>
/// <param name="Point">The row of the table.</param>
/// <param name="Position">The values of the axes there.</param>
/// <param name="Observable">The observable's column.</param>
/// <param name="Predicted">What theory says.</param>
/// <param name="Mean">The mean over trials.</param>
/// <param name="StandardError">The standard error of that mean.</param>
/// <param name="Trials">The number of trials.</param>
/// <param name="Size">The size d.</param>
/// <param name="Seed">The seed that repeats this measurement.</param>
public sealed record FigureMeasurement(
    int Point, ImmutableArray<double> Position, string Observable, double Predicted, double Mean, double StandardError, int Trials, int Size, ulong Seed)
{
    /// <summary>The gap in standard errors; no finite-size allowance is taken off.</summary>
    public double ZScore => Mean == Predicted ? 0 : (Mean - Predicted) / StandardError;
}

/// <summary>A figure that was made.</summary>
/// <param name="Figure">Which one.</param>
/// <param name="Table">Its numbers; of a phase diagram the points that were predicted.</param>
/// <param name="Measurements">Theory beside experiment, point by point.</param>
/// <param name="Files">The files written: manifest, tables, pictures.</param>
public sealed record FigureResult(Figure Figure, SweepTable Table, ImmutableArray<FigureMeasurement> Measurements, ImmutableArray<string> Files)
{
    internal static ImmutableArray<FigureMeasurement> MeasurementsOf(ImmutableArray<string> axes, SweepTable table)
    {
        if (table.Find("trials") is not { } trials) return [];
        var measured = table.Columns.Where(c => table.Find(c.Name + "_mean") is not null && table.Find(c.Name + "_se") is not null).ToArray();
        var rows = from row in Enumerable.Range(0, table.RowCount)
                   where !trials.IsAbsent(row)
                   from column in measured
                   where !column.IsAbsent(row) && !table[column.Name + "_mean"].IsAbsent(row)
                   select new FigureMeasurement(
                       row, [.. axes.Select(a => table[a][row])], column.Name, column[row],
                       table[column.Name + "_mean"][row], table[column.Name + "_se"][row], (int)trials[row], (int)table["size"][row], (ulong)table["seed"][row]);
        return [.. rows];
    }
}
