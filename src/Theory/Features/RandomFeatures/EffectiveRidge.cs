using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Features;

/// <summary>The effective ridge ν of a feature spectrum, the root of h(ν) = α − df₁(ν) − λβ/ν, which increases strictly.</summary>
internal readonly record struct EffectiveRidge(double Nu, Diagnostics Diagnostics)
{
    /// <summary>Newton's method in log ν, safeguarded by a bracket; ν = 0 stands for the limit λ → 0⁺ with α at or above the rank.</summary>
    public static EffectiveRidge Solve(FeatureSpectrum spectrum, double alpha, double beta, double lambda, SolveOptions options)
    {
        if (lambda == 0 && alpha >= spectrum.Rank) return new(0, Diagnostics.ClosedForm);

        // α ν = λβ + ν df₁ ≤ λβ + β⟨L⟩, and ν ≥ λβ/α.
        var upper = beta * (lambda + spectrum.Mean) / alpha;
        var lower = lambda > 0 ? lambda * beta / alpha : double.Epsilon;
        var nu = Math.Clamp(Concentrated(spectrum.Mean, alpha, beta, lambda), lower, upper);

        var (best, least, iterations) = (nu, double.PositiveInfinity, 0);
        while (iterations < options.MaxIterations)
        {
            iterations++;
            var averages = spectrum.At(nu);
            var slack = lambda * beta / nu;
            // α − df₁ as (α − rank) + (rank − df₁): exact cancellation on the interpolation threshold.
            var h = alpha - spectrum.Rank + averages.RankMinusDf1 - slack;
            var residual = Math.Abs(h) / alpha;
            if (residual < least) (best, least) = (nu, residual);
            if (residual <= 1e-16) break;
            if (h > 0) upper = nu;
            else lower = nu;

            var step = Math.Exp(-h / (averages.Df1MinusDf2 + slack));
            var next = nu * step;
            if (!(next > lower && next < upper)) next = Math.Sqrt(lower) * Math.Sqrt(upper);
            if (Math.Abs(next - nu) <= 2e-16 * nu || !(next > lower && next < upper)) break;
            nu = next;
        }
        var status = least <= options.Tolerance ? SolverStatus.Converged
            : iterations >= options.MaxIterations ? SolverStatus.BudgetExhausted
            : SolverStatus.FloatingPointLimit;
        return new(best, new Diagnostics(status, least, iterations, null, []));
    }

    // The root when all eigenvalues equal their mean L: α ν² + (αL − βL − λβ) ν − λβL = 0.
    private static double Concentrated(double mean, double alpha, double beta, double lambda)
    {
        var b = (alpha - beta) * mean - lambda * beta;
        var root = Math.Sqrt(b * b + 4 * alpha * lambda * beta * mean);
        return b >= 0 ? 2 * lambda * beta * mean / (b + root) : (root - b) / (2 * alpha);
    }
}
