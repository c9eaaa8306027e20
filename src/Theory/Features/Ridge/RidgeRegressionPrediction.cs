using Theory.Contract;

namespace Theory.Features;

/// <summary>Asymptotic errors of ridge regression [Hastie, Montanari, Rosset &amp; Tibshirani 2022, arXiv:1903.08560]. Standing: theorem; a closed form.</summary>
public sealed record RidgeRegressionPrediction : IPrediction
{
    /// <summary>Test error E (y − ŵ·x/√d)² on a fresh sample, label noise included.</summary>
    public required double TestError { get; init; }

    /// <summary>Training error (1/n) Σ_μ (y_μ − ŵ·x_μ/√d)², without the penalty.</summary>
    public required double TrainError { get; init; }

    /// <summary>Effective ridge ν, the positive root of α ν² + (α − 1 − λ) ν − λ = 0.</summary>
    public required double Nu { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Not used: the answer is a closed form.</param>
    /// <returns>The prediction; at α = 1, λ → 0⁺ with noise the errors diverge, and the test error is infinite.</returns>
    public static RidgeRegressionPrediction Solve(RidgeRegressionModel model, SolveOptions? options = null)
    {
        var (alpha, lambda, noise, signal) = (model.Alpha, model.Lambda, model.Noise, model.Signal);
        var b = alpha - 1 - lambda;
        var root = Math.Sqrt(b * b + 4 * alpha * lambda);
        var nu = b >= 0 ? (lambda == 0 ? 0 : 2 * lambda / (b + root)) : (root - b) / (2 * alpha);

        // λ/ν, whose limit for λ → 0⁺ is max(α − 1, 0).
        var ratio = lambda > 0 ? lambda / nu : Math.Max(alpha - 1, 0);

        // α(1+ν)² − 1 = ν + (1+ν)² λ/ν by the equation for ν: a sum of positive terms, where the textbook form 1 − 1/(α(1+ν)²) cancels.
        var power = signal * nu * nu + noise * (1 + nu) * (1 + nu);
        var test = power == 0 ? 0 : alpha * power / (nu + (1 + nu) * (1 + nu) * ratio);
        var train = ratio == 0 ? 0 : test * (ratio / alpha) * (ratio / alpha);
        return new() { TestError = test, TrainError = train, Nu = nu, Diagnostics = Diagnose(test) };
    }

    private static Diagnostics Diagnose(double test) => double.IsFinite(test)
        ? Diagnostics.ClosedForm
        : Diagnostics.ClosedForm with { Warnings = ["alpha = 1 without ridge is the interpolation peak: the test error diverges as lambda^(-1/2)."] };
}
