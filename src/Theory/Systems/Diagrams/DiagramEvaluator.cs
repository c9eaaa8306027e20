using System.Globalization;
using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Systems.Diagrams;

/// <summary>A classified point; <see cref="Class"/> is <see langword="null"/> where there is no prediction.</summary>
internal sealed record ClassifiedPoint(string? Class, PointStatus Status, string? Message, Outcome? Outcome);

/// <summary>Predicts and classifies points of the plane. It holds no state that changes: any number of threads may share it.</summary>
internal sealed class DiagramEvaluator
{
    private readonly PhaseDiagramPlan plan;
    private readonly SolveOptions options;
    private readonly Func<IProblem, double, IProblem> setX;
    private readonly Func<IProblem, double, IProblem> setY;

    public DiagramEvaluator(PhaseDiagramPlan plan)
    {
        this.plan = plan;
        options = plan.Solve with { OnFailure = OnFailure.Return };
        (setX, setY) = (Setter(plan.X), Setter(plan.Y));
    }

    /// <summary>Everything that points of equal x share.</summary>
    public Func<double, ClassifiedPoint> Column(double x)
    {
        IProblem column;
        try
        {
            column = setX(plan.Base, x);
        }
        catch (InvalidInputException e)
        {
            return _ => new(null, PointStatus.InvalidInput, e.Message, null);
        }

        return y => At(column, y);
    }

    /// <summary>The problem at a point.</summary>
    public IProblem Problem(double x, double y) => setY(setX(plan.Base, x), y);

    private ClassifiedPoint At(IProblem column, double y)
    {
        try
        {
            var outcome = setY(column, y).Predict(options);
            if (outcome.Diagnostics.IsConverged) return new(plan.Rule.Classify(outcome), PointStatus.Converged, null, outcome);
            return Failed(outcome.Diagnostics);
        }
        catch (InvalidInputException e)
        {
            return new(null, PointStatus.InvalidInput, e.Message, null);
        }
        catch (UnsupportedException e)
        {
            return new(null, PointStatus.Unsupported, e.Message, null);
        }
        catch (NotConvergedException e)
        {
            return Failed(e.Diagnostics);
        }
    }

    private static ClassifiedPoint Failed(Diagnostics diagnostics)
    {
        var status = diagnostics.Status.ToPointStatus();
        return new(null, status, string.Create(CultureInfo.InvariantCulture, $"{status.Name()} after {diagnostics.Iterations} iterations with residual {diagnostics.Residual:g3}"), null);
    }

    private Func<IProblem, double, IProblem> Setter(DiagramAxis axis)
    {
        var points = axis.Points(1);
        if (points.Element is not { } element) return (problem, value) => problem.With(points.Parameter, value);
        var index = plan.Base.System.Parameters.IndexOf(SweepPlan.ParameterOf(plan.Base.System, points));
        return (problem, value) => problem.With(points.Parameter, new Value.List(((Value.List)problem.Inputs[index]).Items.SetItem(element, value)));
    }
}
