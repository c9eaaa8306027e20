using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Systems.Diagrams;

/// <summary>The tables of a phase diagram.</summary>
internal static class DiagramTables
{
    public static SweepTable Points(PhaseDiagramPlan plan, DiagramLattice lattice)
    {
        var places = lattice.Evaluated.ToArray();
        var points = places.Select(p => lattice[p.I, p.J]).ToArray();
        var columns = new List<SweepColumn>();
        columns.AddRange(Axes(plan, [.. places.Select(p => new DiagramPoint(lattice.Xs[p.I], lattice.Ys[p.J]))]));
        columns.Add(new("class", [.. points.Select(p => p.Class)]));
        var observables = plan.Base.System.Observables;
        for (var n = 0; n < observables.Length; n++)
        {
            var index = n;
            if (observables[n].Shape is Shape.Scalar or Shape.Integer)
                columns.Add(new(observables[n].Name, ColumnKind.Real, [.. points.Select(p => p.Outcome?.Outputs[index].ToDouble() ?? double.NaN)]));
        }

        columns.Add(new("status", [.. points.Select(p => p.Status.Name())], isRequired: true));
        columns.Add(new("message", [.. points.Select(p => p.Message)]));
        return new(TableBuilder.Distinct(columns));
    }

    public static SweepTable Boundaries(PhaseDiagram diagram)
    {
        var rows = diagram.Boundaries.SelectMany((b, n) => b.Points.Select((p, i) => (Curve: n, Boundary: b, Index: i, Point: p))).ToArray();
        return new(TableBuilder.Distinct(
        [
            new("curve", ColumnKind.Integer, [.. rows.Select(r => (double)r.Curve)], isRequired: true),
            new("first", [.. rows.Select(r => r.Boundary.First)], isRequired: true),
            new("second", [.. rows.Select(r => r.Boundary.Second)], isRequired: true),
            new("point", ColumnKind.Integer, [.. rows.Select(r => (double)r.Index)], isRequired: true),
            .. Axes(diagram.Plan, [.. rows.Select(r => r.Point)]),
        ]));
    }

    public static SweepTable Measurements(PhaseDiagramPlan plan, DiagramPoint[] places, PointMeasurement[] measured, Outcome?[] outcomes)
    {
        var columns = Axes(plan, places).ToList();
        var observables = plan.Base.System.Observables;
        foreach (var (index, suffix) in measured.SelectMany(m => m.Numbers).Select(n => (n.Observable, n.Suffix)).Distinct().Order())
        {
            var name = observables[index].Name + suffix;
            double Number(PointMeasurement m, Func<MeasuredNumber, double> read) => m.Numbers.Where(n => n.Observable == index && n.Suffix == suffix).Select(read).DefaultIfEmpty(double.NaN).First();
            columns.Add(new(name, ColumnKind.Real, [.. outcomes.Select(o => o is null ? double.NaN : Flattened.Numbers(o.Outputs[index]).Where(n => n.Suffix == suffix).Select(n => n.Number).DefaultIfEmpty(double.NaN).First())]));
            columns.Add(new($"{name}_mean", ColumnKind.Real, [.. measured.Select(m => Number(m, n => n.Mean))]));
            columns.Add(new($"{name}_se", ColumnKind.Real, [.. measured.Select(m => Number(m, n => n.StandardError))]));
        }

        double OrAbsent(PointMeasurement m, double value) => m.Trials > 0 ? value : double.NaN;
        columns.Add(new("trials", ColumnKind.Integer, [.. measured.Select(m => OrAbsent(m, m.Trials))]));
        columns.Add(new("size", ColumnKind.Integer, [.. measured.Select(m => OrAbsent(m, m.Size))]));
        columns.Add(new("seed", ColumnKind.Integer, [.. measured.Select(m => OrAbsent(m, m.Seed))]));
        columns.Add(new("message", [.. measured.Select(m => m.Message)]));
        return new(TableBuilder.Distinct(columns));
    }

    private static IEnumerable<SweepColumn> Axes(PhaseDiagramPlan plan, DiagramPoint[] points) =>
    [
        new(plan.X.Points(1).ColumnName, ColumnKind.Real, [.. points.Select(p => p.X)], isRequired: true),
        new(plan.Y.Points(1).ColumnName, ColumnKind.Real, [.. points.Select(p => p.Y)], isRequired: true),
    ];
}
