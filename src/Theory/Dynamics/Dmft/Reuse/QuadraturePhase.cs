namespace Theory.Dynamics;

/// <summary>The first steps of a sweep by deterministic quadrature, as long as the integral has few dimensions and its error can be resolved.</summary>
internal static class QuadraturePhase
{
    private const double Acceptable = 1e-5, Budget = 4e7;
    private const double FirstTargetSpacing = 0.5, FirstFieldSpacing = 0.7, Refinement = 1.5, Exponential = 1.3;

    /// <summary>Averages of the steps that could be integrated, and the largest error left in them.</summary>
    public static (List<StepAverages> Steps, double Error) Run(ReuseProblem problem)
    {
        var sweep = new ReuseSweep(problem);
        var (steps, error) = (new List<StepAverages>(), 0.0);
        for (var t = 0; t < problem.Steps && IsSmall(problem, t); t++)
        {
            sweep.Factor.Extend(t, sweep.Weights.QueryCovariance);
            var (averages, own) = Converged(sweep, problem, t);
            if (!(own <= Acceptable)) break;
            error = Math.Max(error, own);
            steps.Add(averages);
            sweep.Advance(averages);
        }
        return (steps, error);
    }

    /// <summary>Whether quadrature is tried at step t; it does not depend on how many steps follow.</summary>
    private static bool IsSmall(ReuseProblem problem, int t) => Dimension(problem, t) <= (problem.Loss.Width == 1 ? 4 : 3);

    private static int Dimension(ReuseProblem problem, int t) => problem.Target.Directions + (problem.Target.IsNoisy ? 1 : 0) + problem.Loss.Width * (t + 1);

    /// <summary>
    /// The error after a refinement of the fields by 1.5, between whose kinks all is smooth: exponential convergence e^{−c/h} makes it the change to the power 1.5. Where two changes show such convergence (to the power 1.3), that power of the last is taken;
    /// else the change itself.
    /// </summary>
    private static double Remaining(double before, double change) => before < 0.1 && change <= Math.Pow(before, Exponential) ? Math.Pow(change, Exponential) : change;

    /// <summary>Refines the grid of z, then that of the fields, until neither changes the averages.</summary>
    private static (StepAverages Averages, double Error) Converged(ReuseSweep sweep, ReuseProblem problem, int t)
    {
        var (z, x) = (FirstTargetSpacing, FirstFieldSpacing);
        var now = At(z, x);
        var (error, goal) = (0.0, Dimension(problem, t) > 3 ? 2e-7 : 1e-9);
        foreach (var isField in (ReadOnlySpan<bool>)[false, true])
        {
            var (change, left) = (double.PositiveInfinity, double.PositiveInfinity);
            while (left > goal)
            {
                var (nextZ, nextX) = isField ? (z, x / Refinement) : (z / Refinement, x);
                if (QuadratureTree.Cost(sweep.Side, problem.Target, t, nextZ, nextX) > Budget) break;
                var next = At(nextZ, nextX);
                var (before, own) = (change, next.Distance(now));
                (change, left) = (own, isField ? Remaining(before, own) : own);
                (z, x, now) = (nextZ, nextX, next);
            }
            error += left;
            if (error > Acceptable) break;
        }
        return (now, error);

        StepAverages At(double targetSpacing, double fieldSpacing) => new QuadratureTree(sweep.Side, problem.Target, targetSpacing, fieldSpacing).Average(t);
    }
}
