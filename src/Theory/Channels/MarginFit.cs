using MathNet.Numerics.LinearAlgebra;
using Theory.Contract;
using Theory.Numerics.FixedPoints;
using Theory.Numerics.Optimization;

namespace Theory.Channels;

/// <summary>Empirical risk minimisation: what experiments train.</summary>
internal static class MarginFit
{
    /// <summary>argmin Σ_i ℓ(y_i (x_i·w + b)) + ½λ‖w‖² for labels ±1.</summary>
    public static ConvexFitResult Solve(Matrix<double> x, double[] labels, IMarginLoss loss, double lambda, bool intercept, string system) =>
        Checked(Fit(x, labels, loss, lambda, intercept), system);

    /// <summary>argmin Σ_i ρ(y_i − x_i·w − b) + ½λ‖w‖² for real labels, the loss being ρ as a function of the margin 1 − r.</summary>
    public static ConvexFitResult Regression(Matrix<double> x, double[] labels, IMarginLoss loss, double lambda, bool intercept, string system) =>
        Checked(ConvexFit.Solve(x, (i, z, v) => Residual(loss, labels[i], z, v), lambda, new() { IsSmooth = loss.IsSmooth, HasIntercept = intercept }), system);

    /// <summary>The weights of least norm with all margins at least 1: the hinge fit at a λ so small that it makes no errors.</summary>
    /// <exception cref="UnsupportedException">The sample is not separable as far as can be told.</exception>
    public static (Vector<double> Weights, double Intercept) HardMargin(Matrix<double> x, double[] labels, bool intercept, string system)
    {
        for (var lambda = 1e-2; lambda > 1e-9; lambda *= 1e-2)
        {
            var fit = Fit(x, labels, default(HingeLoss), lambda, intercept);
            if (fit.Status != SolverStatus.Converged) continue;
            var least = double.PositiveInfinity;
            for (var i = 0; i < labels.Length; i++) least = Math.Min(least, labels[i] * fit.Fields[i]);
            if (least > 1 - 1e-4) return (fit.Weights / least, fit.Intercept / least);
        }
        throw new UnsupportedException($"{system}: the sample has no margin; separable data are likely only well below the separability threshold");
    }

    private static ConvexFitResult Fit(Matrix<double> x, double[] labels, IMarginLoss loss, double lambda, bool intercept) => ConvexFit.Solve(
        x, (i, z, v) => Margin(loss, labels[i], z, v), lambda, new() { IsSmooth = loss.IsSmooth, HasIntercept = intercept });

    private static ConvexFitResult Checked(ConvexFitResult fit, string system) => fit.Status == SolverStatus.Converged
        ? fit
        : throw new NotConvergedException(system, new(fit.Status, fit.Gap, fit.Steps, null, ["The experiment's fit did not close its duality gap."]));

    private static EnvelopePoint Margin(IMarginLoss loss, double label, double field, double variance)
    {
        // For V = 0 the proximal map at a tiny V is the loss itself, to rounding.
        var at = loss.At(label * field, Math.Max(variance, 1e-300));
        return new(label * at.Point, at.Loss, -label * at.Force, -at.Slope);
    }

    // The margin 1 − r of a residual r.
    private static EnvelopePoint Residual(IMarginLoss loss, double label, double field, double variance)
    {
        var at = loss.At(1 - (label - field), Math.Max(variance, 1e-300));
        return new(at.Point - 1 + label, at.Loss, -at.Force, -at.Slope);
    }
}
