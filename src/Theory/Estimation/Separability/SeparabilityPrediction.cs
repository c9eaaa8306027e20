using Theory.Contract;

namespace Theory.Estimation;

/// <summary>
/// The number of samples per dimension below which they are separable, and the logistic risk has no minimiser [Candès &amp; Sur 2020, arXiv:1804.09753]. Standing: theorem for one Gaussian,
/// derived for mixtures.
/// </summary>
public sealed record SeparabilityPrediction : IPrediction
{
    /// <summary>α below which samples are separable with probability tending to 1; <see langword="null"/> if they are at any α.</summary>
    public required double? AlphaSep { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on the relative gradient at the minimum (not below 1e-9), and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">Inputs do not go together.</exception>
    /// <exception cref="NotConvergedException">The minimum was not found and <paramref name="options"/> ask for an exception.</exception>
    public static SeparabilityPrediction Solve(SeparabilityModel model, SolveOptions? options = null)
    {
        var (alpha, diagnostics) = model.ToProblem().Threshold(options ?? SolveOptions.Default, SeparabilityModel.System.Id);
        return new() { AlphaSep = alpha, Diagnostics = diagnostics };
    }
}
