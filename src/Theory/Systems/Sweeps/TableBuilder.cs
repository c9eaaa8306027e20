using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Systems.Sweeps;

/// <summary>Puts the parts of a sweep together. The table depends on the parts' content only, never on their number or order of completion.</summary>
internal sealed class TableBuilder
{
    private readonly SweepPlan plan;
    private readonly IReadOnlyList<SweepChunk> chunks;
    private readonly IReadOnlyList<PointMeasurement> measurements;
    private readonly ImmutableArray<Observable> observables;
    private readonly int rows;

    private TableBuilder(SweepPlan plan, IReadOnlyList<SweepChunk> chunks, IReadOnlyList<PointMeasurement> measurements)
    {
        (this.plan, this.chunks, this.measurements) = (plan, chunks, measurements);
        observables = plan.Base.System.Observables;
        rows = plan.PointCount;
    }

    /// <summary>The table of a sweep.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="chunks">The chunks, covering all points in order.</param>
    /// <param name="measurements">The measured points in order.</param>
    public static SweepTable Build(SweepPlan plan, IReadOnlyList<SweepChunk> chunks, IReadOnlyList<PointMeasurement> measurements) =>
        new TableBuilder(plan, chunks, measurements).Build();

    private SweepTable Build()
    {
        var columns = new List<SweepColumn>();
        columns.AddRange(AxisColumns([.. Enumerable.Range(0, rows)]));
        for (var slot = 0; slot < observables.Length; slot++) columns.AddRange(SlotColumns(slot, observables[slot], ""));
        for (var slot = 0; slot < observables.Length; slot++)
            if (chunks.Any(c => c.Numbers[observables.Length + slot] is not null || c.Values[observables.Length + slot] is not null))
                columns.AddRange(SlotColumns(observables.Length + slot, observables[slot], "_uncertainty"));
        SweepColumn[] diagnostics = [.. DiagnosticColumns()];
        columns.AddRange(diagnostics);
        if (plan.MeasuredPoints > 0) columns.AddRange(MeasuredColumns());
        return new(Distinct(columns, diagnostics), SweepFiles.HasSeries(plan.Base.System) ? SeriesBuilder.Build(plan, chunks, measurements, this) : null);
    }

    /// <summary>The axes' values at given points.</summary>
    public IEnumerable<SweepColumn> AxisColumns(int[] points)
    {
        var inner = plan.Axes.Length == 1 ? 1 : plan.Axes[1].Count;
        for (var axis = 0; axis < plan.Axes.Length; axis++)
        {
            var (values, cells) = (plan.Axes[axis].Values, new double[points.Length]);
            for (var row = 0; row < cells.Length; row++) cells[row] = values[axis == 0 ? points[row] / inner : points[row] % inner];
            yield return new(plan.Axes[axis].ColumnName, ColumnKind.Real, cells, isRequired: true);
        }
    }

    private IEnumerable<SweepColumn> SlotColumns(int slot, Observable observable, string ending)
    {
        switch (observable.Shape)
        {
            case Shape.Series or Shape.Spectrum:
                return [];
            case Shape.Scalar or Shape.Integer:
                var cells = FlatColumns.Absent(rows);
                foreach (var chunk in chunks) chunk.Numbers[slot]?.CopyTo(cells, chunk.From);
                return [new(observable.Name + ending, observable.Shape == Shape.Integer && ending.Length == 0 ? ColumnKind.Integer : ColumnKind.Real, cells)];
            default:
                var flat = new FlatColumns(observable.Name, ending, rows);
                foreach (var chunk in chunks)
                    for (var i = 0; i < chunk.Count; i++)
                        if (chunk.Values[slot]?[i] is { } value) flat.Set(chunk.From + i, value);
                return flat.Columns();
        }
    }

    private IEnumerable<SweepColumn> DiagnosticColumns()
    {
        var (status, residual, iterations, message) = (new string?[rows], FlatColumns.Absent(rows), FlatColumns.Absent(rows), new string?[rows]);
        foreach (var chunk in chunks)
        {
            for (var i = 0; i < chunk.Count; i++)
            {
                var row = chunk.From + i;
                status[row] = chunk.Status[i].Name();
                residual[row] = chunk.Residuals[i];
                if (chunk.Iterations[i] >= 0) iterations[row] = chunk.Iterations[i];
                message[row] = chunk.Messages[i];
            }
        }
        foreach (var measured in measurements)
            if (measured.Message is { } text) message[measured.Point] = message[measured.Point] is { } before ? $"{before}; {text}" : text;
        return
        [
            new("status", status, isRequired: true), new("residual", ColumnKind.Real, residual),
            new("iterations", ColumnKind.Integer, iterations), new("message", message),
        ];
    }

    private IEnumerable<SweepColumn> MeasuredColumns()
    {
        var keys = measurements.SelectMany(m => m.Numbers)
            .Where(n => observables[n.Observable].Shape is not (Shape.Series or Shape.Spectrum))
            .Select(n => (n.Observable, n.Suffix)).Distinct()
            .OrderBy(k => k.Observable).ThenBy(k => k.Suffix, Comparer<string>.Create(CompareSuffixes)).ToArray();
        var cells = keys.ToDictionary(k => k, _ => (Mean: FlatColumns.Absent(rows), Error: FlatColumns.Absent(rows)));
        var (trials, size, seed) = (FlatColumns.Absent(rows), FlatColumns.Absent(rows), FlatColumns.Absent(rows));
        foreach (var measured in measurements)
        {
            if (measured.Trials == 0) continue;
            (trials[measured.Point], size[measured.Point], seed[measured.Point]) = (measured.Trials, measured.Size, measured.Seed);
            foreach (var number in measured.Numbers)
            {
                if (!cells.TryGetValue((number.Observable, number.Suffix), out var cell)) continue;
                (cell.Mean[measured.Point], cell.Error[measured.Point]) = (number.Mean, number.StandardError);
            }
        }
        foreach (var key in keys)
        {
            var name = observables[key.Observable].Name + key.Suffix;
            yield return new($"{name}_mean", ColumnKind.Real, cells[key].Mean);
            yield return new($"{name}_se", ColumnKind.Real, cells[key].Error);
        }
        yield return new("trials", ColumnKind.Integer, trials);
        yield return new("size", ColumnKind.Integer, size);
        yield return new("seed", ColumnKind.Integer, seed);
    }

    /// <summary>Orders <c>_2</c> before <c>_10</c>.</summary>
    private static int CompareSuffixes(string? a, string? b)
    {
        var (x, y) = (a!.Split('_'), b!.Split('_'));
        for (var i = 0; i < Math.Min(x.Length, y.Length); i++)
        {
            var order = int.TryParse(x[i], out var m) && int.TryParse(y[i], out var n) ? m.CompareTo(n) : string.CompareOrdinal(x[i], y[i]);
            if (order != 0) return order;
        }
        return x.Length.CompareTo(y.Length);
    }

    /// <summary>Renames a column whose name is taken (an observable called like an axis, or <c>status</c>) by adding underscores.</summary>
    public static IEnumerable<SweepColumn> Distinct(List<SweepColumn> columns, params ReadOnlySpan<SweepColumn> kept)
    {
        var (taken, named, fixedNames) = (new HashSet<string>(), new List<SweepColumn>(), new HashSet<SweepColumn>(ReferenceEqualityComparer.Instance));
        foreach (var column in kept)
        {
            taken.Add(column.Name);
            fixedNames.Add(column);
        }
        foreach (var column in columns)
        {
            var name = column.Name;
            while (!fixedNames.Contains(column) && !taken.Add(name)) name += "_";
            named.Add(name == column.Name ? column : column.Renamed(name));
        }
        return named;
    }
}
