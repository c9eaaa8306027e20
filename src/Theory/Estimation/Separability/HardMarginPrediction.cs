using Theory.Contract;

namespace Theory.Estimation;

/// <summary>
/// The largest margin and what its hyperplane has learnt [Aubin et al. 2020, arXiv:2006.06560; Loureiro et al. 2021, arXiv:2106.03791]. Standing: theorem.
/// </summary>
public sealed record HardMarginPrediction : IPrediction
{
    /// <summary>κ = 1/√q: the least y(w·x/√d + b) when ‖w‖² = d.</summary>
    public required double Margin { get; init; }

    /// <summary>q = ‖w‖²/d when the least margin is 1.</summary>
    public required double Q { get; init; }

    /// <summary>Cosine r of w and θ.</summary>
    public required double Cosine { get; init; }

    /// <summary>P(y ≠ sign(w·x/√d + b)) on a fresh sample.</summary>
    public required double TestError { get; init; }

    /// <summary>The intercept b when the least margin is 1, if there is one.</summary>
    public required double? Intercept { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on the relative residuals of gradient and α (not below 1e-9), and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">Inputs do not go together, or α is not below the separability threshold, which the message names.</exception>
    /// <exception cref="NotConvergedException">The margin was not found and <paramref name="options"/> ask for an exception.</exception>
    public static HardMarginPrediction Solve(HardMarginModel model, SolveOptions? options = null)
    {
        var problem = model.ToProblem();
        var (kappa, x, diagnostics) = problem.Margin(model.Alpha, options ?? SolveOptions.Default, HardMarginModel.System.Id);
        return new()
        {
            Margin = kappa,
            Q = 1 / (kappa * kappa),
            Cosine = problem.Cosine(x),
            TestError = problem.TestError(x),
            Intercept = model.Intercept ? x[2] / (kappa * Math.Sqrt(1 + x[0] * x[0] + x[1] * x[1])) : null,
            Diagnostics = diagnostics,
        };
    }
}
