using System.Numerics;
using Theory.Contract;
using Theory.Hermite;
using Theory.Numerics.FixedPoints;
using Theory.Spectra;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>
/// The upper edge of the bulk: where the real branch from ∞ folds, or where 1 + δ(κ) first vanishes for some κ, however improbable; infinite if the features of improbable
/// inputs have unbounded variance.
/// </summary>
internal sealed class BulkEdge
{
    /// <summary>Shifts at which a smoothed activation has reached its behaviour at infinity, and growth there that is no rounding.</summary>
    private const double FarShift = 30, Growth = 1.05, Noticeable = 1e-3;

    private static readonly object GrowthKey = new();

    private readonly LearnedFeaturesResolvent resolvent;
    private readonly DysonPath path;
    private readonly RealSums[] checks;
    private readonly double[] values, averages;

    public BulkEdge(ScalarFunction activation, LearnedFeaturesResolvent resolvent, SolveOptions options)
    {
        this.resolvent = resolvent;
        path = new(resolvent, options);
        (values, averages) = (new double[resolvent.Unknowns], new double[resolvent.Unknowns]);
        checks = [];
        if (resolvent.Projection.Spikes.Any(s => s != 0) && activation.Memo(GrowthKey, static f => (object)IsUnbounded(f)) is true)
        {
            Position = double.PositiveInfinity;
            return;
        }
        checks = [new(resolvent.FunctionsOn(resolvent.Projection.Finer)), new(resolvent.FunctionsOn(resolvent.Projection.Tail))];
        Position = Find();
    }

    /// <summary>The edge; NaN if it was not found.</summary>
    public double Position { get; private set; }

    public SolverStatus Status { get; private set; }

    public double Residual { get; private set; }

    public int Iterations { get; private set; }

    /// <summary>Whether features of inputs far along w* vary more and more.</summary>
    private static bool IsUnbounded(ScalarFunction activation)
    {
        try
        {
            var near = Math.Max(Largest(activation, 1, 0), Largest(activation, -1, 0));
            return new[] { 1, -1 }.Any(sign => Largest(activation, sign, 2 * FarShift) is var far && far > Growth * Largest(activation, sign, FarShift) && far > Noticeable * near);
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException)
        {
            return true;
        }
    }

    // The largest c₁² + c⋆² over a window of shifts: an activation may oscillate.
    private static double Largest(ScalarFunction activation, double sign, double shift)
    {
        const int Points = 64;
        var (shifts, mean, square) = (new double[Points], new double[Points], new double[Points]);
        for (var i = 0; i < Points; i++) shifts[i] = sign * (shift + 0.17 * i);
        SmoothedActivation.Of(activation).Evaluate(shifts, 1, mean, [], [], square);
        var largest = 0.0;
        for (var i = 0; i < Points; i++) largest = Math.Max(largest, square[i] - mean[i] * mean[i]);
        return largest;
    }

    private double Find()
    {
        var fold = Fold();
        if (double.IsNaN(fold)) return Fail();
        // Next to a fold the least 1 + δ is well above 0; where it is not, the quadrature has cut the true edge off.
        var low = fold * (1 + 1e-9);
        if (!TryLeast(low, out var atLow)) return Fail();
        if (atLow > 0) return fold;
        var high = 2 * fold;
        while (TryLeast(high, out var least) && least <= 0 && high < 1e12 * fold) high *= 2;
        for (var i = 0; i < 200 && Status == SolverStatus.Converged && high - low > 1e-13 * high; i++)
        {
            var middle = 0.5 * (low + high);
            if (!TryLeast(middle, out var least)) return Fail();
            if (least > 0) high = middle;
            else low = middle;
        }
        return Status == SolverStatus.Converged ? high : double.NaN;
    }

    private double Fold()
    {
        var start = new Complex[resolvent.Unknowns];
        for (var x = 100 * resolvent.Scale; x < 1e12 * resolvent.Scale; x *= 10)
        {
            resolvent.Start(x, start);
            if (!Note(path.StartFrom(x, start))) continue;
            Status = SolverStatus.Converged;
            path.Values.CopyTo(start);
            for (var largest = RealBranch.LargestStep; largest > 1e-3; largest /= 10)
            {
                var (end, edge, _) = new RealBranch(resolvent).Trace(start, x, -1, largest);
                if (end == BranchEnd.Fold) return edge;
            }
            return double.NaN;
        }
        return double.NaN;
    }

    /// <summary>min 1 + δ(κ) at a real point above the bulk.</summary>
    private bool TryLeast(double x, out double least)
    {
        least = double.PositiveInfinity;
        if (!Note(path.MoveTo(x))) return false;
        for (var i = 0; i < values.Length; i++) values[i] = path.Values[i].Real;
        foreach (var check in checks)
        {
            check.Evaluate(values, averages);
            foreach (var shrinkage in check.Shrinkage) least = Math.Min(least, 1 / shrinkage);
        }
        return true;
    }

    private bool Note(DysonReport report)
    {
        Iterations += report.Iterations;
        if (report.IsConverged) Residual = Math.Max(Residual, report.Residual);
        else Status = report.Status.ToSolverStatus();
        return report.IsConverged;
    }

    private double Fail()
    {
        if (Status == SolverStatus.Converged) Status = SolverStatus.Diverged;
        return double.NaN;
    }
}
