using System.Globalization;
using Theory.Contract;

namespace Theory.Systems.Sweeps;

/// <summary>Series and spectra of a sweep in long form: one row for each number.</summary>
internal sealed class SeriesBuilder
{
    private const int Depth = 3;

    private readonly List<int> points = [];
    private readonly List<string?> names = [];
    private readonly List<double>[] indices = [[], [], []];
    private readonly List<double> values = [];
    private readonly List<double> uncertainties = [];
    private readonly List<double> means = [];
    private readonly List<double> errors = [];
    private readonly int[] path = new int[Depth];

    private SeriesBuilder() { }

    public static SweepTable Build(SweepPlan plan, IReadOnlyList<SweepChunk> chunks, IReadOnlyList<PointMeasurement> measurements, TableBuilder axes)
    {
        var builder = new SeriesBuilder();
        var observables = plan.Base.System.Observables;
        var byPoint = measurements.ToDictionary(m => m.Point);
        foreach (var chunk in chunks)
        {
            for (var i = 0; i < chunk.Count; i++)
            {
                var measured = byPoint.GetValueOrDefault(chunk.From + i)?.Numbers.ToDictionary(n => (n.Observable, n.Suffix));
                for (var slot = 0; slot < observables.Length; slot++)
                {
                    if (observables[slot].Shape is not (Shape.Series or Shape.Spectrum) || chunk.Values[slot]?[i] is not { } value) continue;
                    builder.Add(new(chunk.From + i, slot, observables[slot].Name, measured), value, chunk.Values[observables.Length + slot]?[i], 0);
                }
            }
        }
        return builder.Table(axes, plan.MeasuredPoints > 0);
    }

    private void Add(in Origin origin, Value value, Value? uncertainty, int depth)
    {
        if (value is Value.List list)
        {
            if (depth == Depth) throw new InvalidOperationException($"{origin.Name} is nested more than {Depth} deep.");
            for (var i = 0; i < list.Items.Length; i++)
            {
                path[depth] = i;
                Add(origin, list.Items[i], (uncertainty as Value.List)?.Items[i], depth + 1);
            }
            return;
        }
        points.Add(origin.Point);
        names.Add(origin.Name);
        for (var level = 0; level < Depth; level++) indices[level].Add(level < depth ? path[level] : double.NaN);
        values.Add(value.ToDouble());
        uncertainties.Add(uncertainty?.ToDouble() ?? double.NaN);
        var measured = origin.Measured is null ? default(MeasuredNumber?) : origin.Measured.TryGetValue((origin.Slot, Suffix(depth)), out var found) ? found : null;
        means.Add(measured?.Mean ?? double.NaN);
        errors.Add(measured?.StandardError ?? double.NaN);
    }

    private string Suffix(int depth) => string.Concat(path.Take(depth).Select(i => string.Create(CultureInfo.InvariantCulture, $"_{i}")));

    private SweepTable Table(TableBuilder axes, bool hasMeasurements)
    {
        var columns = new List<SweepColumn> { new("point", ColumnKind.Integer, [.. points.Select(p => (double)p)], isRequired: true) };
        columns.AddRange(axes.AxisColumns([.. points]));
        columns.Add(new("observable", [.. names], isRequired: true));
        foreach (var (name, cells) in new[] { "i", "j", "k" }.Zip(indices)) columns.Add(new(name, ColumnKind.Integer, [.. cells]));
        columns.Add(new("value", ColumnKind.Real, [.. values]));
        if (uncertainties.Exists(u => !double.IsNaN(u))) columns.Add(new("uncertainty", ColumnKind.Real, [.. uncertainties]));
        if (hasMeasurements)
        {
            columns.Add(new("mean", ColumnKind.Real, [.. means]));
            columns.Add(new("se", ColumnKind.Real, [.. errors]));
        }
        return new(TableBuilder.Distinct(columns));
    }

    private readonly record struct Origin(int Point, int Slot, string Name, Dictionary<(int Observable, string Suffix), MeasuredNumber>? Measured);
}
