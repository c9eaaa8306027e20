using Theory.Contract;

namespace Theory.Estimation;

/// <summary>
/// Thresholds of Bayes-optimal estimation, off the curve α(q̂) of all fixed points [Barbier, Krzakala, Macris, Miolane &amp; Zdeborová 2019, arXiv:1708.03395]. Standing: theorem for the
/// fixed points and their free entropies.
/// </summary>
public sealed record BayesOptimalGlmThresholdsPrediction : IPrediction
{
    /// <summary>α above which message passing leaves q = 0; 0 if q = 0 is no fixed point, <see langword="null"/> if it never leaves it.</summary>
    public required double? AlphaWeakRecovery { get; init; }

    /// <summary>α above which a second stable branch of larger overlap exists; <see langword="null"/> if there never are two.</summary>
    public required double? AlphaSpinodal { get; init; }

    /// <summary>α above which that branch has the larger free entropy; without two branches, α of perfect recovery if there is one, else <see langword="null"/>.</summary>
    public required double? AlphaInformationTheoretic { get; init; }

    /// <summary>α above which message passing reaches that branch: the local maximum of α(q); without two branches, α of perfect recovery if there is one. <see langword="null"/> without either, or if message passing never does.</summary>
    public required double? AlphaAlgorithmic { get; init; }

    /// <summary>The limit of α(q) as q → ρ, above which the field can be recovered without error; <see langword="null"/> if it is infinite.</summary>
    public required double? AlphaPerfectRecovery { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Not needed: extrema are bracketed and found to rounding.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">Inputs do not go together.</exception>
    public static BayesOptimalGlmThresholdsPrediction Solve(BayesOptimalGlmThresholdsModel model, SolveOptions? options = null)
    {
        var problem = BayesOptimalProblem.Of(model.Teacher, model.InverseTemperature, model.Noise, model.Signal, model.CovarianceEigenvalues, model.AtomWeights);
        Channels.BranchThresholds t;
        lock (problem) t = problem.Curve.Thresholds();
        var perfect = problem.Curve.PerfectRecovery;
        return new()
        {
            AlphaWeakRecovery = Finite(t.Spectral ?? 0),
            AlphaSpinodal = t.Dynamical,
            AlphaInformationTheoretic = t.InformationTheoretic ?? perfect,
            AlphaAlgorithmic = t.Algorithmic is { } algorithmic ? Finite(algorithmic) : perfect,
            AlphaPerfectRecovery = perfect,
            Diagnostics = Diagnostics.ClosedForm,
        };
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
