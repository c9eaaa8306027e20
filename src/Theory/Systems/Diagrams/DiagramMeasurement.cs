using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Systems.Diagrams;

/// <summary>Runs the experiment on a coarse grid of a phase diagram.</summary>
internal static class DiagramMeasurement
{
    public static SweepTable Run(PhaseDiagramPlan plan, DiagramEvaluator evaluator, Action<double> report, CancellationToken token)
    {
        var n = plan.MeasuredPoints;
        var places = (from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) select new DiagramPoint(plan.X.At((i + 0.5) / n), plan.Y.At((j + 0.5) / n))).ToArray();
        var (measured, outcomes) = (new PointMeasurement[places.Length], new Outcome?[places.Length]);
        for (var k = 0; k < places.Length; k++)
        {
            token.ThrowIfCancellationRequested();
            var point = evaluator.Column(places[k].X)(places[k].Y);
            outcomes[k] = point.Outcome;
            // Where theory has no answer there is nothing to compare with.
            measured[k] = point.Class is null
                ? new(k, 0, 0, 0, [], point.Message)
                : PointMeasurement.Run(evaluator.Problem(places[k].X, places[k].Y), k, plan.Measurement with { Threads = plan.Threads ?? plan.Measurement.Threads }, null, token);
            report((k + 1.0) / places.Length);
        }

        return DiagramTables.Measurements(plan, places, measured, outcomes);
    }
}
