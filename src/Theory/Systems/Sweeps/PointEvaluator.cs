using System.Collections.Immutable;
using System.Globalization;
using Theory.Contract;

namespace Theory.Systems.Sweeps;

/// <summary>Predicts ranges of points of a plan. It holds no state that changes: any number of threads may share it.</summary>
internal sealed class PointEvaluator
{
    private readonly SweepPlan plan;
    private readonly SolveOptions options;
    private readonly ImmutableArray<Observable> observables;
    private readonly Value[][] axisValues;
    private readonly int[] axisParameters;

    public PointEvaluator(SweepPlan plan)
    {
        this.plan = plan;
        options = plan.Solve with { OnFailure = OnFailure.Return };
        observables = plan.Base.System.Observables;
        axisValues = [.. plan.Axes.Select(axis => axis.Values.Select(v => (Value)v).ToArray())];
        axisParameters = [.. plan.Axes.Select(axis => plan.Base.System.Parameters.IndexOf(SweepPlan.ParameterOf(plan.Base.System, axis)))];
    }

    /// <summary>The problem at a point.</summary>
    public IProblem At(int point)
    {
        var inner = plan.Axes.Length == 1 ? 1 : plan.Axes[1].Count;
        var problem = Setter(plan.Base, 0)(point / inner);
        return plan.Axes.Length == 1 ? problem : Setter(problem, 1)(point % inner);
    }

    /// <summary>Predicts the points of a chunk.</summary>
    /// <returns>The chunk, or <see langword="null"/> if cancelled on the way.</returns>
    public SweepChunk? Evaluate(int from, int count, CancellationToken token)
    {
        var chunk = new SweepChunk(from, count, 2 * observables.Length);
        var inner = plan.Axes.Length == 1 ? plan.PointCount : plan.Axes[1].Count;
        for (var i = 0; i < count;)
        {
            var row = Math.DivRem(from + i, inner, out var start);
            var length = Math.Min(count - i, inner - start);
            if (!EvaluateRow(chunk, i, row, start, length, token)) return null;
            i += length;
        }
        return chunk;
    }

    /// <summary>Predicts consecutive values of the innermost axis at one value of the outer one.</summary>
    private bool EvaluateRow(SweepChunk chunk, int i, int row, int start, int length, CancellationToken token)
    {
        Func<int, IProblem> at;
        try
        {
            at = plan.Axes.Length == 1 ? Setter(plan.Base, 0) : Setter(Setter(plan.Base, 0)(row), 1);
        }
        catch (InvalidInputException e)
        {
            for (var k = 0; k < length; k++) chunk.Fail(i + k, PointStatus.InvalidInput, e.Message);
            return true;
        }
        for (var k = 0; k < length; k++)
        {
            if (token.IsCancellationRequested) return false;
            EvaluatePoint(chunk, i + k, at, start + k);
        }
        return true;
    }

    private void EvaluatePoint(SweepChunk chunk, int i, Func<int, IProblem> at, int index)
    {
        try
        {
            Store(chunk, i, at(index).Predict(options));
        }
        catch (InvalidInputException e)
        {
            chunk.Fail(i, PointStatus.InvalidInput, e.Message);
        }
        catch (UnsupportedException e)
        {
            chunk.Fail(i, PointStatus.Unsupported, e.Message);
        }
        catch (NotConvergedException e)
        {
            Fail(chunk, i, e.Diagnostics);
        }
    }

    private void Store(SweepChunk chunk, int i, Outcome outcome)
    {
        var diagnostics = outcome.Diagnostics;
        if (!diagnostics.IsConverged)
        {
            Fail(chunk, i, diagnostics);
            return;
        }
        chunk.Residuals[i] = diagnostics.Residual;
        chunk.Iterations[i] = diagnostics.Iterations;
        if (diagnostics.Warnings.Length > 0) chunk.Messages[i] = string.Join("; ", diagnostics.Warnings);
        for (var slot = 0; slot < observables.Length; slot++) Store(chunk, slot, i, observables[slot].Shape, outcome.Outputs[slot]);
        for (var slot = 0; slot < outcome.Uncertainties.Length; slot++)
            if (outcome.Uncertainties[slot] is { } uncertainty) Store(chunk, observables.Length + slot, i, observables[slot].Shape, uncertainty);
    }

    private static void Store(SweepChunk chunk, int slot, int i, Shape shape, Value value)
    {
        if (shape is Shape.Scalar or Shape.Integer) chunk.SetNumber(slot, i, value is Value.Number number ? number.Real : value.ToDouble());
        else chunk.SetValue(slot, i, value);
    }

    private static void Fail(SweepChunk chunk, int i, Diagnostics diagnostics)
    {
        var status = diagnostics.Status.ToPointStatus();
        var message = string.Create(CultureInfo.InvariantCulture, $"{status.Name()} after {diagnostics.Iterations} iterations with residual {diagnostics.Residual:g3}");
        if (diagnostics.Warnings.Length > 0) message += "; " + string.Join("; ", diagnostics.Warnings);
        chunk.Fail(i, status, message, diagnostics.Residual, diagnostics.Iterations);
    }

    /// <summary>How an axis changes a problem: its n-th value in, the problem out.</summary>
    private Func<int, IProblem> Setter(IProblem problem, int axis)
    {
        var (name, values) = (plan.Axes[axis].Parameter, axisValues[axis]);
        if (plan.Axes[axis].Element is not { } element) return n => problem.With(name, values[n]);
        var list = (Value.List)problem.Inputs[axisParameters[axis]];
        return n => problem.With(name, new Value.List(list.Items.SetItem(element, values[n])));
    }
}
