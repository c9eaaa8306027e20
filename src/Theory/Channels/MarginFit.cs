using MathNet.Numerics.LinearAlgebra;
using Theory.Contract;
using Theory.Numerics.Optimization;

namespace Theory.Channels;

/// <summary>Empirical risk minimisation with a margin loss on labels ±1: what experiments train.</summary>
internal static class MarginFit
{
    /// <summary>argmin Σ_i ℓ(y_i (x_i·w + b)) + ½λ‖w‖².</summary>
    public static ConvexFitResult Solve(Matrix<double> x, double[] labels, IMarginLoss loss, double lambda, bool intercept, string system)
    {
        var smooth = loss is not (HingeLoss or HardMarginLoss);
        var fit = ConvexFit.Solve(x, (i, z, v) => Point(loss, labels[i], z, v), lambda, new() { IsSmooth = smooth, HasIntercept = intercept });
        return fit.Status == Numerics.FixedPoints.SolverStatus.Converged
            ? fit
            : throw new NotConvergedException(system, new(fit.Status, fit.Gap, fit.Steps, null, ["the experiment's fit"]));
    }

    private static EnvelopePoint Point(IMarginLoss loss, double label, double field, double variance)
    {
        // For V = 0 the proximal map at a tiny V is the loss itself, to rounding.
        var at = loss.At(label * field, Math.Max(variance, 1e-300));
        return new(label * at.Point, at.Loss, -label * at.Force, -at.Slope);
    }
}
