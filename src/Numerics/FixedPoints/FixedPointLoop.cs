using System.Numerics.Tensors;

namespace Theory.Numerics.FixedPoints;

/// <summary>The one loop of all methods. Allocates its workspace once.</summary>
internal sealed class FixedPointLoop
{
    /// <summary>A residual of this many units in the last place of the largest component cannot be told from rounding.</summary>
    private const double RoundingLevel = 64 * 2.220446049250313e-16;

    /// <summary>Steps at the level of rounding without a better residual before giving up.</summary>
    private const int Patience = 20;

    /// <summary>Where iterates are on their way to infinity.</summary>
    private const double Infinity = 1e150;

    private readonly FixedPointProblem problem;
    private readonly IFixedPointStepper stepper;
    private readonly double[] best;
    private double[] x;
    private double[] image;
    private double[] candidate;
    private double[] candidateImage;

    public FixedPointLoop(FixedPointProblem problem, IFixedPointMethod method, ReadOnlySpan<double> start)
    {
        (this.problem, stepper) = (problem, method.Start(problem));
        (x, best) = (start.ToArray(), start.ToArray());
        (image, candidate, candidateImage) = (new double[start.Length], new double[start.Length], new double[start.Length]);
    }

    public Solution<double[]> Run()
    {
        if (!problem.TryEvaluate(x, image)) return Report(SolverStatus.Diverged, double.PositiveInfinity, 0);
        var residual = problem.Residual(x, image, x);
        var (least, sinceBest) = (residual, 0);
        for (var iteration = 0; ; iteration++)
        {
            if (residual <= problem.Options.Tolerance) return Report(SolverStatus.Converged, least, iteration);
            if (sinceBest >= Patience && IsRounding()) return Report(SolverStatus.FloatingPointLimit, least, iteration);
            if (iteration == problem.Options.MaxIterations) return Report(SolverStatus.BudgetExhausted, least, iteration);
            if (!TryStep(residual)) return Report(SolverStatus.Diverged, least, iteration);
            residual = problem.Residual(x, image, x);
            sinceBest++;
            if (!(residual < least)) continue;
            (least, sinceBest) = (residual, 0);
            x.CopyTo(best, 0);
        }
    }

    private bool TryStep(double residual)
    {
        for (var trial = 0; stepper.TryPropose(trial, x, image, candidate); trial++)
        {
            if (!problem.TryEvaluate(candidate, candidateImage)) continue;
            if (!stepper.Accepts(trial, residual, problem.Residual(candidate, candidateImage, x))) continue;
            (x, candidate, image, candidateImage) = (candidate, x, candidateImage, image);
            return Largest(x) < Infinity;
        }

        return false;
    }

    private bool IsRounding()
    {
        TensorPrimitives.Subtract(image, x, candidate);
        return Largest(candidate) <= RoundingLevel * Math.Max(Largest(x), Largest(image));
    }

    private static double Largest(ReadOnlySpan<double> v) => Math.Abs(TensorPrimitives.MaxMagnitude(v));

    private Solution<double[]> Report(SolverStatus status, double residual, int iterations) =>
        new(best, status, residual, iterations, problem.Evaluations);
}
