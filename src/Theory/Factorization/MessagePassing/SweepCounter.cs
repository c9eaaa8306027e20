using System.Numerics.Tensors;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Factorization;

/// <summary>Counts the sweeps of message passing on an instance and says when it has converged.</summary>
/// <param name="system">The system's id, for the exception.</param>
/// <param name="scale">Total variance of the estimated rows under their prior.</param>
internal sealed class SweepCounter(string system, double scale)
{
    /// <summary>Sweeps after which an experiment counts as not converged.</summary>
    public const int Limit = 4000;

    /// <summary>Largest mean square change of a sweep at convergence, in units of the prior's variance.</summary>
    private const double Tolerance = 1e-10;

    // A start from nothing grows by a factor a sweep, and must not be taken for a fixed point before.
    private const int Least = 30;
    private const int Undamped = 100;
    private const double MostDamping = 0.9;
    private double[] lastStep = [];
    private int done;

    /// <summary>Weight of the old fields in the new ones: 0, but for instances that oscillate. It moves no fixed point.</summary>
    public double Damping { get; private set; }

    /// <summary>Counts a sweep.</summary>
    /// <param name="estimate">The estimates after it.</param>
    /// <param name="before">Those before it.</param>
    /// <returns>Whether another sweep is needed.</returns>
    /// <exception cref="NotConvergedException">Too many sweeps, or estimates that are no numbers.</exception>
    public bool GoOn(ReadOnlySpan<double> estimate, ReadOnlySpan<double> before)
    {
        var change = Math.Pow(TensorPrimitives.Distance(estimate, before), 2) / scale;
        if (++done > Least && change < Tolerance) return false;
        if (done > Undamped) Adapt(estimate, before);
        if (done < Limit && double.IsFinite(change)) return true;
        throw new NotConvergedException(system, new(
            double.IsFinite(change) ? SolverStatus.BudgetExhausted : SolverStatus.Diverged, Math.Sqrt(change), done, null, ["Message passing on this instance did not settle; other seeds or sizes may."]));
    }

    /// <summary>More damping for every step that undoes the one before, and with time for what goes round in longer cycles.</summary>
    private void Adapt(ReadOnlySpan<double> estimate, ReadOnlySpan<double> before)
    {
        var step = new double[estimate.Length];
        TensorPrimitives.Subtract(estimate, before, step);
        if (lastStep.Length > 0 && TensorPrimitives.Dot<double>(step, lastStep) < 0) Damping = Math.Min(MostDamping, Damping + 0.05);
        lastStep = step;
        Damping = Math.Max(Damping, done switch { < 600 => 0, < 1500 => 0.4, < 2500 => 0.7, _ => MostDamping });
    }
}
