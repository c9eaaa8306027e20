using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Estimation;

/// <summary>
/// Overlap and errors of Bayes-optimal estimation in generalised linear models [Barbier, Krzakala, Macris, Miolane &amp; Zdeborová 2019, arXiv:1708.03395]. Standing: theorem.
/// </summary>
public sealed record BayesOptimalGlmPrediction : IPrediction
{
    /// <summary>q = θ̂ᵀΣθ/d, from 0 to ρ.</summary>
    public required double Q { get; init; }

    /// <summary>Its conjugate q̂ = αI(q); <see langword="null"/> (infinite) at perfect recovery.</summary>
    public required double? Qhat { get; init; }

    /// <summary>Error of the field, (θ̂ − θ)ᵀΣ(θ̂ − θ)/d = ρ − q.</summary>
    public required double Mmse { get; init; }

    /// <summary>Variance ρ of the field.</summary>
    public required double Rho { get; init; }

    /// <summary>On a fresh sample: misclassification probability (of noisy labels) for labels ±1, mean squared error of E[y | data] (noise included) for others.</summary>
    public required double TestError { get; init; }

    /// <summary>Free entropy αΨ(q) + Ψ₀(q̂) − qq̂/2 per dimension; <see langword="null"/> (infinite) at perfect recovery.</summary>
    public required double? FreeEntropy { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on the relative residual of one step of state evolution (not below 1e-10), and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">Inputs do not go together.</exception>
    /// <exception cref="NotConvergedException">The residual is too large and <paramref name="options"/> ask for an exception.</exception>
    public static BayesOptimalGlmPrediction Solve(BayesOptimalGlmModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        var problem = BayesOptimalProblem.Of(model.Teacher, model.InverseTemperature, model.Noise, model.Signal, model.CovarianceEigenvalues, model.AtomWeights);
        lock (problem) return Solve(problem, model, options);
    }

    private static BayesOptimalGlmPrediction Solve(BayesOptimalProblem problem, BayesOptimalGlmModel model, SolveOptions options)
    {
        var (curve, signal) = (problem.Curve, problem.Signal);
        var snr = Choose(curve, model);
        var isPerfect = double.IsPositiveInfinity(snr);
        var (q, error) = isPerfect ? (signal.Rho, 0) : (signal.Overlap(snr), signal.Error(snr));
        var residual = curve.Residual(snr, model.Alpha);
        var diagnostics = new Diagnostics(
            residual <= Math.Max(options.Tolerance, 1e-10) ? SolverStatus.Converged : SolverStatus.FloatingPointLimit, residual, 0, Branches.Name(model.Branch), []);
        if (!diagnostics.IsConverged && options.OnFailure == OnFailure.Throw) throw new NotConvergedException(BayesOptimalGlmModel.System.Id, diagnostics);
        return new()
        {
            Q = q,
            Qhat = isPerfect ? null : snr,
            Mmse = error,
            Rho = signal.Rho,
            TestError = problem.Channel.LeastError(q, error),
            FreeEntropy = isPerfect ? null : curve.FreeEntropy(snr, model.Alpha),
            Diagnostics = diagnostics,
        };
    }

    private static double Choose(BayesOptimalCurve curve, BayesOptimalGlmModel model)
    {
        var stable = curve.All(model.Alpha).Where(p => p.IsStable).Select(p => p.Snr).ToList();
        return model.Branch switch
        {
            BayesBranch.Uninformed => stable[0],
            BayesBranch.Informed => stable[^1],
            _ => stable.MaxBy(s => curve.FreeEntropy(s, model.Alpha)),
        };
    }
}
