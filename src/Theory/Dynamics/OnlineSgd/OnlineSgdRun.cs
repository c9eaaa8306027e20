using System.Collections.Immutable;
using System.Numerics.Tensors;
using Theory.Contract;
using Theory.Numerics.FixedPoints;
using Theory.Numerics.Ode;

namespace Theory.Dynamics;

/// <summary>One integration of the order-parameter equations, with its events, warnings and checks.</summary>
internal sealed class OnlineSgdRun
{
    private const string Recovery = "weak recovery", Subspace = "subspace", Escape = "escape", Steady = "steady";

    private readonly OnlineSgdModel model;
    private readonly SolveOptions options;
    private readonly SgdTask task;
    private readonly double[] start;
    private readonly SgdMoments moments;
    private readonly SgdFlow flow;
    private readonly OverlapCone cone;
    private readonly double initialRisk;
    private readonly List<string> warnings = [];

    public OnlineSgdRun(OnlineSgdModel model, SolveOptions options)
    {
        this.model = model = model.Resolve();
        (this.options, task, start) = (options, model.Task, model.Omega);
        for (var r = 0; r < task.Teachers; r++)
        {
            if (!(model.P[r][r] > 0)) throw new InvalidInputException("p", FormattableString.Invariant($"p must have a positive diagonal; element {r} is {model.P[r][r]}"));
        }

        moments = model.Displacement == 0 ? SgdMoments.Of(task, 1e-8) : Displaced();
        moments.Refine(start);
        initialRisk = moments.Risk;
        flow = new(moments.Rule, start, task.Width, task.Teachers, model.Eta, model.Spherical);
        cone = new(start, task.Width, task.Teachers, model.Spherical);
        InspectStart();
    }

    public OnlineSgdPrediction Run()
    {
        // Adaptive steps of an inexact right-hand side must not chase its error.
        var tolerance = moments.IsExact ? 1e-9 : 3e-8;
        var solution = OdeSolver.Solve(flow.Derivative, 0, flow.Start, model.Times[^1], model.Times.AsSpan(), new OdeOptions
        {
            RelativeTolerance = tolerance,
            AbsoluteTolerance = 1e-3 * tolerance,
            DivergenceBound = 1e8,
            Events = [.. Events()],
            Projection = cone.Project,
        });
        var (p, k, n) = (task.Width, task.Teachers, task.Fields);
        List<ImmutableArray<ImmutableArray<double>>> q = [], m = [];
        List<double> risk = [], subspace = [];
        foreach (var state in solution.States)
        {
            var omega = flow.Unpack(state);
            q.Add(SgdTables.Rows(omega, p, p, n));
            m.Add(SgdTables.Rows(omega, p, k, n, p));
            risk.Add(moments.Rule.Risk(omega));
            subspace.Add(cone.Overlap(state));
        }

        var diagnostics = Judge(solution, tolerance);
        var prediction = new OnlineSgdPrediction
        {
            Times = solution.Times,
            Q = [.. q],
            M = [.. m],
            Risk = [.. risk],
            SubspaceOverlap = [.. subspace],
            Status = StatusOf(solution),
            FinalTime = solution.FinalTime,
            WeakRecoveryTime = flow.LargestCosine(flow.Start) >= model.WeakRecovery ? 0 : solution.First(Recovery)?.Time,
            EscapeTime = solution.First(Escape)?.Time,
            SubspaceTime = model.SubspaceRecovery is { } wanted && cone.Overlap(flow.Start) >= wanted ? 0 : solution.First(Subspace)?.Time,
            BlowUpTime = solution.Status == OdeStatus.Diverged ? solution.FinalTime : null,
            StiffFrom = solution.StiffFrom,
            Evaluations = solution.Evaluations,
            Diagnostics = diagnostics,
        };
        return diagnostics.IsConverged || options.OnFailure == OnFailure.Return ? prediction : throw new NotConvergedException(OnlineSgdModel.System.Id, diagnostics);
    }

    private IEnumerable<OdeEvent> Events()
    {
        yield return new(Recovery, (_, state) => flow.LargestCosine(state) - model.WeakRecovery, Crossing.Rising);
        if (model.SubspaceRecovery is { } overlap) yield return new(Subspace, (_, state) => cone.Overlap(state) - overlap, Crossing.Rising);
        if (model.RiskDrop is { } drop) yield return new(Escape, (_, state) => initialRisk * (1 - drop) - moments.Rule.Risk(flow.Unpack(state)), Crossing.Rising);
        if (model.Steady is not { } steady) yield break;
        var rates = new double[flow.Start.Length];
        yield return new(Steady, Rate, Crossing.Falling, IsTerminal: true);

        double Rate(double time, ReadOnlySpan<double> state)
        {
            flow.Derivative(time, state, rates);
            return Math.Abs(TensorPrimitives.MaxMagnitude<double>(rates)) - steady;
        }
    }

    private bool HasLeftCone => cone.Worst < -1e-6;

    private SgdMoments Displaced()
    {
        if (task.Teachers == 1) return SgdMoments.Of(task, new DisplacedMoments(task, model.Displacement), 1e-8);
        if (DisplacedReluMoments.TryCreate(task, model.Displacement) is not { } rule)
            throw new UnsupportedException($"samples are repeated with several teachers for the activation relu(z) and a given target only; the activation is {task.Activation.Text}");
        return SgdMoments.Of(task, rule, task.Teachers > 2 ? 1e-6 : 1e-8);
    }

    /// <summary>Symmetric starts stay on invariant manifolds that only rounding leaves.</summary>
    private void InspectStart()
    {
        var (p, k, n) = (task.Width, task.Teachers, task.Fields);
        for (var j = 0; j < p; j++)
        {
            for (var b = 0; b < j; b++)
            {
                if (AreAlike(j, b)) warnings.Add($"students {b + 1} and {j + 1} start alike and stay alike: the equations keep the symmetry, which a real run breaks");
            }
        }

        for (var j = 0; j < p; j++)
            for (var r = 0; r < k; r++)
                if (start[j * n + p + r] != 0) return;
        flow.IsFrozen = TensorPrimitives.MaxMagnitude(moments.F) is var drift && Math.Abs(drift) <= 1e-13 * Math.Sqrt(Math.Abs(TensorPrimitives.MaxMagnitude(moments.H)));
        if (flow.IsFrozen) warnings.Add("m0 = 0 is a fixed point: the overlaps with the teacher never leave it; start from overlaps of order 1/√d");
    }

    private bool AreAlike(int j, int b)
    {
        var n = task.Fields;
        const double Tolerance = 1e-12;
        if (task.Readout[j] != task.Readout[b] || Math.Abs(start[j * n + j] - start[b * n + b]) > Tolerance) return false;
        for (var i = 0; i < n; i++)
        {
            if (i != j && i != b && Math.Abs(start[j * n + i] - start[b * n + i]) > Tolerance) return false;
        }

        return true;
    }

    private OnlineSgdStatus StatusOf(OdeSolution solution) => solution.Status switch
    {
        OdeStatus.Diverged => OnlineSgdStatus.Diverged,
        OdeStatus.EventHit => OnlineSgdStatus.Steady,
        _ => flow.IsFrozen ? OnlineSgdStatus.NeverEscapes : OnlineSgdStatus.MaxTime,
    };

    private Diagnostics Judge(OdeSolution solution, double tolerance)
    {
        var error = moments.Error;
        if (!moments.IsExact && solution.Status != OdeStatus.Diverged) error = Math.Max(error, moments.Refine(flow.Unpack(solution.FinalState)));
        if (error > 1e-8) warnings.Add(FormattableString.Invariant($"the moments are only known to a relative error of {error:g2}"));
        if (solution.Status == OdeStatus.Diverged)
            warnings.Add(FormattableString.Invariant($"the overlaps grow without bound near time {solution.FinalTime:g6}: the learning rate is too large, and later times have no values"));
        else if (HasLeftCone)
            warnings.Add(FormattableString.Invariant($"the overlaps have left the cone of positive matrices: an eigenvalue was {cone.Worst:g2} times the largest norm"));
        var status = solution.Status switch
        {
            OdeStatus.BudgetExhausted => SolverStatus.BudgetExhausted,
            OdeStatus.StepTooSmall => SolverStatus.FloatingPointLimit,
            _ => HasLeftCone || error > SgdInputs.LargestError ? SolverStatus.BudgetExhausted : SolverStatus.Converged,
        };
        return new(status, Math.Max(tolerance, error), solution.Steps, null, [.. warnings]);
    }
}
