using System.Numerics;
using Theory.Contract;
using Theory.Numerics.FixedPoints;
using Theory.Numerics.Quadrature;
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
        var near = Math.Max(Largest(activation, 1, 0), Largest(activation, -1, 0));
        return new[] { 1, -1 }.Any(sign => Largest(activation, sign, 2 * FarShift) is var far && !(far <= Growth * Largest(activation, sign, FarShift)) && !(far <= Noticeable * near));
    }

    // The largest c₁² + c⋆² over a window of shifts, for an activation may oscillate; to the accuracy that tells growth from none.
    private static double Largest(ScalarFunction activation, int sign, double shift)
    {
        const int Points = 64;
        var rule = GaussHermite.Rule(24);
        var (x, y, largest) = (new double[rule.Count], new double[rule.Count], 0.0);
        for (var i = 0; i < Points; i++)
        {
            for (var n = 0; n < x.Length; n++) x[n] = sign * (shift + 0.17 * i) + rule.Nodes[n];
            activation.Evaluate(x, y);
            var (mean, square) = (0.0, 0.0);
            for (var n = 0; n < x.Length; n++) mean += rule.Weights[n] * y[n];
            for (var n = 0; n < x.Length; n++) square += rule.Weights[n] * (y[n] - mean) * (y[n] - mean);
            largest = Math.Max(largest, square);
        }
        return largest;
    }

    private double Find()
    {
        var fold = Fold();
        if (double.IsNaN(fold)) return Fail();
        // Next to a fold the least 1 + δ is well above 0; where it is not, the quadrature has cut the true edge off, or the walk has stepped over the fold of a sliver of the bulk.
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

    /// <summary>min 1 + δ(κ) at a real point above the bulk; −∞ inside it.</summary>
    private bool TryLeast(double x, out double least)
    {
        least = double.PositiveInfinity;
        if (!Note(path.MoveTo(x))) return false;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = path.Values[i].Real;
            if (path.Values[i].Imaginary != 0) least = double.NegativeInfinity;
        }
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
