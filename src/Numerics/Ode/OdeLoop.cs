using System.Numerics.Tensors;
using MathNet.Numerics.RootFinding;

namespace Theory.Numerics.Ode;

/// <summary>The loop that all methods share: step lengths, outputs, events, the change to a stiff method, and the reasons to stop.</summary>
internal sealed class OdeLoop
{
    // Looking at a few points within a step finds events that come and go between its ends.
    private const int EventSamples = 4;

    private const double Safety = 0.9;
    private const double MaxGrowth = 5;
    private const double MaxShrinking = 0.2;

    private readonly OdeProblem problem;
    private readonly OdeOptions options;
    private readonly double end;
    private readonly double[] outputs;
    private readonly double[] state;
    private readonly double[] derivative;
    private readonly double[] next;
    private readonly double[] nextDerivative;
    private readonly double[] probe;
    private readonly double[] eventValues;
    private readonly List<double> times = [];
    private readonly List<double[]> states = [];
    private readonly List<OdeEventHit> hits = [];
    private double time;
    private double previousError = 1e-4;
    private double largestError;
    private double? stiffFrom;
    private int steps;
    private int rejections;

    public OdeLoop(OdeProblem problem, double startTime, ReadOnlySpan<double> start, double endTime, ReadOnlySpan<double> outputs)
    {
        this.problem = problem;
        options = problem.Options;
        time = startTime;
        end = endTime;
        this.outputs = outputs.ToArray();
        state = start.ToArray();
        derivative = new double[start.Length];
        next = new double[start.Length];
        nextDerivative = new double[start.Length];
        probe = new double[start.Length];
        eventValues = [.. options.Events.Select(e => e.Function(startTime, state))];
    }

    public OdeSolution Run()
    {
        WriteOutputsAtStart();
        if (!problem.TryEvaluate(time, state, derivative)) return Finish(OdeStatus.Diverged);
        var method = options.Method;
        var stepper = method.Start(problem);
        var step = options.InitialStep ?? InitialStep(method.ErrorOrder);
        while (time < end)
        {
            if (steps + rejections >= options.MaxSteps) return Finish(OdeStatus.BudgetExhausted);
            if (stepper.IsStiff && options.StiffMethod is { } stiff && stiffFrom is null)
            {
                (method, stepper, stiffFrom) = (stiff, stiff.Start(problem), time);
            }

            // Do not leave a last step of rounding size.
            var remaining = end - time;
            var length = step >= remaining ? remaining : step > 0.5 * remaining ? 0.5 * remaining : step;
            var error = stepper.Attempt(time, state, derivative, length, next, nextDerivative);
            if (error <= 1)
            {
                stepper.Accept();
                var status = Advance(stepper, length, length == remaining);
                if (status is { } final) return Finish(final);
                largestError = Math.Max(largestError, error);
                step = Math.Max(length * Factor(error, method.ErrorOrder, true), length < step ? step : 0);
                previousError = Math.Max(error, 1e-4);
                continue;
            }

            rejections++;
            step = length * (double.IsFinite(error) ? Factor(error, method.ErrorOrder, false) : 0.1);
            if (step <= 4 * (Math.BitIncrement(Math.Abs(time)) - Math.Abs(time)))
                return Finish(double.IsFinite(error) ? OdeStatus.StepTooSmall : OdeStatus.Diverged);
        }

        return Finish(OdeStatus.Completed);
    }

    /// <summary>Proportional–integral control of the step length.</summary>
    private double Factor(double error, int order, bool accepted)
    {
        var beta = accepted ? 0.4 / order : 0;
        var factor = Safety * Math.Pow(Math.Max(error, 1e-10), -(1.0 / order - 0.75 * beta)) * Math.Pow(previousError, beta);
        return Math.Clamp(factor, MaxShrinking, accepted ? MaxGrowth : 1);
    }

    private OdeStatus? Advance(IOdeStepper stepper, double length, bool isLast)
    {
        var nextTime = isLast ? end : time + length;
        var stop = FindEvents(stepper, length);
        var reached = stop ?? nextTime;
        while (times.Count < outputs.Length && outputs[times.Count] <= reached)
        {
            var output = new double[state.Length];
            if (outputs[times.Count] == nextTime) next.CopyTo(output, 0);
            else stepper.Interpolate((outputs[times.Count] - time) / length, output);
            Write(output);
        }

        steps++;
        if (stop is { } at)
        {
            time = at;
            hits[^1].State.CopyTo(state, 0);
            return OdeStatus.EventHit;
        }

        time = nextTime;
        next.CopyTo(state, 0);
        nextDerivative.CopyTo(derivative, 0);
        if (options.Projection is { } project && project(time, state) && !problem.TryEvaluate(time, state, derivative)) return OdeStatus.Diverged;
        return Math.Abs(TensorPrimitives.MaxMagnitude<double>(state)) > options.DivergenceBound ? OdeStatus.Diverged : null;
    }

    /// <summary>Records the events of the step in their order; returns the time of a terminal one.</summary>
    private double? FindEvents(IOdeStepper stepper, double length)
    {
        if (options.Events.IsEmpty) return null;
        List<OdeEventHit> found = [];
        for (var e = 0; e < options.Events.Length; e++)
        {
            var (fraction, value) = (0.0, eventValues[e]);
            for (var sample = 1; sample <= EventSamples; sample++)
            {
                var nextFraction = (double)sample / EventSamples;
                var nextValue = ValueAt(stepper, e, nextFraction, length);
                if (IsCrossing(options.Events[e].Crossing, value, nextValue)) found.Add(Locate(stepper, e, fraction, nextFraction, length));
                if (nextValue != 0) (fraction, value) = (nextFraction, nextValue);
            }

            eventValues[e] = value;
        }

        foreach (var hit in found.OrderBy(h => h.Time))
        {
            hits.Add(hit);
            if (hit.Event.IsTerminal) return hit.Time;
        }

        return null;
    }

    private static bool IsCrossing(Crossing crossing, double before, double after) =>
        (before < 0 && after > 0 && crossing != Crossing.Falling) || (before > 0 && after < 0 && crossing != Crossing.Rising);

    private double ValueAt(IOdeStepper stepper, int e, double fraction, double length)
    {
        if (fraction == 1) next.CopyTo(probe, 0);
        else stepper.Interpolate(fraction, probe);
        return options.Events[e].Function(time + fraction * length, probe);
    }

    private OdeEventHit Locate(IOdeStepper stepper, int e, double low, double high, double length)
    {
        var fraction = Brent.FindRoot(x => ValueAt(stepper, e, x, length), low, high, 1e-15, 200);
        ValueAt(stepper, e, fraction, length);
        return new(options.Events[e], time + fraction * length, [.. probe]);
    }

    private void WriteOutputsAtStart()
    {
        while (times.Count < outputs.Length && outputs[times.Count] == time) Write([.. state]);
    }

    private void Write(double[] output)
    {
        times.Add(outputs[times.Count]);
        states.Add(output);
    }

    /// <summary>A step whose explicit Euler error is about a hundredth of the tolerance. Source: Hairer, Nørsett and Wanner 1993, II.4.</summary>
    private double InitialStep(int order)
    {
        var remaining = end - time;
        if (remaining == 0) return 0;
        var (d0, d1) = (problem.Norm(state, state, state), problem.Norm(derivative, state, state));
        var h = Math.Min(d0 < 1e-5 || d1 < 1e-5 ? 1e-6 : 0.01 * d0 / d1, remaining);
        TensorPrimitives.MultiplyAdd(derivative, h, state, next);
        if (!problem.TryEvaluate(time + h, next, nextDerivative)) return 0.01 * h;
        TensorPrimitives.Subtract(nextDerivative, derivative, probe);
        var d2 = problem.Norm(probe, state, state) / h;
        var largest = Math.Max(d1, d2);
        var h1 = largest <= 1e-15 ? Math.Max(1e-6, 1e-3 * h) : Math.Pow(0.01 / largest, 1.0 / order);
        return Math.Min(Math.Min(100 * h, h1), remaining);
    }

    private OdeSolution Finish(OdeStatus status) => new()
    {
        Status = status,
        Times = [.. times],
        States = [.. states],
        FinalTime = time,
        FinalState = state,
        Events = [.. hits],
        Steps = steps,
        Rejections = rejections,
        Evaluations = problem.Evaluations,
        StiffFrom = stiffFrom,
        LargestLocalError = largestError,
    };
}
