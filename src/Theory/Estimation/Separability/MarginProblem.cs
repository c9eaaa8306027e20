using System.Collections.Immutable;
using Theory.Channels;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Estimation;

/// <summary>What both systems of separability are given, checked, and their solutions.</summary>
internal sealed class MarginProblem
{
    private static readonly double[] Origin = [0, 0, 0];
    private readonly MarginVariation variation;

    private MarginProblem(MarginVariation variation) => this.variation = variation;

    public static MarginProblem Of(
        ScalarFunction? teacher, double inverseTemperature, double noise, double signal, ImmutableArray<double> probabilities, double meanPower, double alignment, bool intercept)
    {
        if (probabilities.Length > 2) throw new InvalidInputException("probabilities", $"probabilities must have one element (a single Gaussian) or two (means ±μ); got {probabilities.Length}");
        if (probabilities.Length == 1 && meanPower > 0)
            throw new InvalidInputException("probabilities", "probabilities must have two elements, of the clusters at μ and −μ, when mean_power is positive");
        var labels = Labels(teacher, inverseTemperature, noise);
        var mean = Math.Sqrt(meanPower);
        (double, double)[] clusters = probabilities.Length == 1 ? [(1, 0)] : [(probabilities[0], mean), (probabilities[1], -mean)];
        // Without means only the direction of θ counts.
        return new(new(labels, signal, meanPower > 0 ? alignment : 1, clusters, intercept));
    }

    /// <summary>α below which a sample is separable; <see langword="null"/> if any is.</summary>
    public (double? Alpha, Diagnostics Diagnostics) Threshold(SolveOptions options, string system)
    {
        if (variation.IsAlwaysSeparable) return (null, Diagnostics.ClosedForm);
        var minimum = variation.Minimise(0, Origin);
        return (1 / minimum.Value, Report(minimum.Residual, minimum.Steps, options, system));
    }

    /// <summary>The margin κ at α, by Newton's method from above on the convex function 1/α(κ).</summary>
    public (double Kappa, double[] X, Diagnostics Diagnostics) Margin(double alpha, SolveOptions options, string system)
    {
        var (threshold, _) = Threshold(options with { OnFailure = OnFailure.Return }, system);
        if (alpha >= threshold)
            throw new InvalidInputException("alpha", FormattableString.Invariant($"alpha must be below the separability threshold {threshold:g8} for a margin to exist; got {alpha:R}"));
        var (kappa, steps) = (1.0, 0);
        var minimum = variation.Minimise(kappa, Origin);
        for (; minimum.Value < 1 / alpha && kappa < 1e9; steps += minimum.Steps)
        {
            kappa *= 2;
            minimum = variation.Minimise(kappa, minimum.X);
        }
        for (var i = 0; i < 200; i++)
        {
            var change = (minimum.Value - 1 / alpha) / minimum.Slope;
            // Rounding may overshoot the root by little; the margin is positive below the threshold.
            kappa = Math.Max(0.1 * kappa, kappa - change);
            minimum = variation.Minimise(kappa, minimum.X);
            steps += minimum.Steps;
            if (Math.Abs(change) <= 1e-13 * kappa) break;
        }
        var residual = Math.Max(minimum.Residual, Math.Abs((minimum.Value - 1 / alpha) / (minimum.Slope * kappa)));
        return (kappa, minimum.X, Report(residual, steps, options, system));
    }

    public double Cosine(double[] x) => variation.Cosine(x);

    public double TestError(double[] x) => variation.TestError(x);

    private static IBinaryTeacher Labels(ScalarFunction? teacher, double inverseTemperature, double noise)
    {
        if (teacher is not null)
            return ThresholdTeacher.TryCreate(teacher, noise) ?? throw new InvalidInputException("teacher", $"teacher must have labels ±1 (sign(z) or logit); got {teacher.Text}");
        return noise == 0
            ? new LogitTeacher(inverseTemperature)
            : throw new InvalidInputException("noise", FormattableString.Invariant($"noise must be 0 with the teacher logit, whose randomness is its inverse_temperature; got {noise:R}"));
    }

    private static Diagnostics Report(double residual, int steps, SolveOptions options, string system)
    {
        var diagnostics = new Diagnostics(
            residual <= Math.Max(options.Tolerance, 1e-9) ? Numerics.FixedPoints.SolverStatus.Converged : Numerics.FixedPoints.SolverStatus.FloatingPointLimit, residual, steps, null, []);
        return diagnostics.IsConverged || options.OnFailure == OnFailure.Return ? diagnostics : throw new NotConvergedException(system, diagnostics);
    }
}
