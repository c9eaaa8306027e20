using Theory.Channels;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Factorization;

/// <summary>
/// Asymptotic error of the LASSO [Bayati &amp; Montanari 2012, arXiv:1008.2581; Donoho, Maleki &amp; Montanari 2009, arXiv:0907.3574]. Standing: theorem.
/// </summary>
public sealed record LassoPrediction : IPrediction
{
    /// <summary>Effective noise τ² = σ² + MSE/δ: the estimate is distributed as η(x₀ + τZ; ατ).</summary>
    public required double TauSquared { get; init; }

    /// <summary>Mean square error ‖x̂ − x₀‖²/N = δ(τ² − σ²).</summary>
    public required double Mse { get; init; }

    /// <summary>Fraction of all N entries that are not 0 in x̂.</summary>
    public required double ActiveFraction { get; init; }

    /// <summary>Penalty λ = ατ(1 − active/δ); negative where the threshold belongs to no LASSO.</summary>
    public required double Lambda { get; init; }

    /// <summary>Threshold α in units of τ.</summary>
    public required double Alpha { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on the relative residual of the equation for τ² (not below 1e-12), and what to do on failure.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">Not exactly one of threshold and penalty is given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not above α_min, below which τ² has no fixed point.</exception>
    /// <exception cref="NotConvergedException">The residual is too large and <paramref name="options"/> ask for an exception.</exception>
    public static LassoPrediction Solve(LassoModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        if (model.Threshold is null == model.Penalty is null)
            throw new InvalidInputException("threshold", "exactly one of threshold and penalty is needed");
        var least = LeastThreshold(model.Delta);
        if (model.Threshold <= least)
            throw Guard.OutOfRange(nameof(model.Threshold), model.Threshold, $"must be above α_min = {least:g6} at this δ");

        var alpha = model.Threshold ?? ThresholdOf(model, least);
        var prediction = At(model, alpha, options);
        if (model.Penalty is { } penalty && Math.Abs(prediction.Lambda / penalty - 1) > Math.Max(options.Tolerance, 1e-9))
            prediction = prediction with { Diagnostics = prediction.Diagnostics with { Status = SolverStatus.FloatingPointLimit, Residual = Math.Abs(prediction.Lambda / penalty - 1) } };
        return prediction.Diagnostics.IsConverged || options.OnFailure == OnFailure.Return
            ? prediction
            : throw new NotConvergedException(LassoModel.System.Id, prediction.Diagnostics);
    }

    /// <summary>α_min: the root of R(0; α) = δ, 0 for δ ≥ 1. Below it, state evolution diverges.</summary>
    internal static double LeastThreshold(double delta) =>
        delta >= 1 ? 0 : RealRoot.Increasing(a => 1 - SoftThreshold.NullRisk(Math.Max(a, 0)) / delta, 1, 0.2);

    /// <summary>One step of state evolution: τ² ↦ σ² + (τ²/δ)[ε E_G R(X/τ; α) + (1 − ε) R(0; α)].</summary>
    internal static double Step(LassoModel model, double alpha, double tauSquared)
    {
        var spikes = model.Signal == SparseSignal.Gaussian
            ? SoftThreshold.GaussianRisk(1 / tauSquared, alpha)
            : SoftThreshold.Risk(1 / Math.Sqrt(tauSquared), alpha);
        return model.Noise + tauSquared / model.Delta * (model.Sparsity * spikes + (1 - model.Sparsity) * SoftThreshold.NullRisk(alpha));
    }

    private static LassoPrediction At(LassoModel model, double alpha, SolveOptions options)
    {
        var tauSquared = Tau(model, alpha);
        double active = Active(model, alpha, tauSquared), residual = tauSquared == 0 ? 0 : Math.Abs(Step(model, alpha, tauSquared) / tauSquared - 1);
        var lambda = alpha * Math.Sqrt(tauSquared) * (1 - active / model.Delta);
        return new()
        {
            TauSquared = tauSquared,
            Mse = Math.Max(0, model.Delta * (tauSquared - model.Noise)),
            ActiveFraction = active,
            Lambda = lambda,
            Alpha = alpha,
            Diagnostics = new(
                residual <= Math.Max(options.Tolerance, 1e-12) ? SolverStatus.Converged : SolverStatus.FloatingPointLimit, residual, 0, null,
                lambda < 0 ? ["lambda is negative: more entries are active than there are measurements, and this threshold belongs to no LASSO."] : []),
        };
    }

    /// <summary>The fixed point: the map is concave, so that map(τ²)/τ² decreases and the root in log τ² is unique.</summary>
    private static double Tau(LassoModel model, double alpha)
    {
        if (model.Noise == 0)
        {
            var slope = (model.Sparsity * (1 + alpha * alpha) + (1 - model.Sparsity) * SoftThreshold.NullRisk(alpha)) / model.Delta;
            if (slope <= 1 || model.Sparsity == 0) return 0;   // perfect recovery
        }

        var start = model.Noise + model.Sparsity / model.Delta;
        return Math.Exp(RealRoot.Increasing(s => s - Math.Log(Step(model, alpha, Math.Exp(s))), Math.Log(start), 0.5));
    }

    private static double Active(LassoModel model, double alpha, double tauSquared)
    {
        var spikes = tauSquared == 0 ? 1
            : model.Signal == SparseSignal.Gaussian ? SoftThreshold.GaussianPasses(1 / tauSquared, alpha)
            : SoftThreshold.Passes(1 / Math.Sqrt(tauSquared), alpha);
        return model.Sparsity * spikes + (1 - model.Sparsity) * SoftThreshold.Passes(0, alpha);
    }

    /// <summary>The threshold of a penalty: λ(α) increases from −∞ (0 for δ ≥ 1) to ∞ on (α_min, ∞).</summary>
    private static double ThresholdOf(LassoModel model, double least)
    {
        double Excess(double s)
        {
            var alpha = least + Math.Exp(s);
            var tauSquared = Tau(model, alpha);
            return alpha * Math.Sqrt(tauSquared) * (1 - Active(model, alpha, tauSquared) / model.Delta) - model.Penalty!.Value;
        }

        return least + Math.Exp(RealRoot.Increasing(Excess, 0, 0.5));
    }
}
