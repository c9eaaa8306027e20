using System.Numerics;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>The Stieltjes transform of a separable covariance matrix [Paul &amp; Silverstein 2009]. Standing: theorem.</summary>
public sealed record SeparableCovarianceStieltjesPrediction : IPrediction
{
    /// <summary>m(z) = lim (1/p) Tr (S − z)⁻¹.</summary>
    public required Complex M { get; init; }

    /// <summary>Distance of I − J to a singular matrix: 0 at an edge of the support.</summary>
    public required double Stability { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on max|T(v) − v|/max|v|, and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">The weights are not as they must be, or z is real and in the support.</exception>
    /// <exception cref="NotConvergedException">The equations were not solved and <paramref name="options"/> ask for an exception.</exception>
    public static SeparableCovarianceStieltjesPrediction Solve(SeparableCovarianceStieltjesModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        var solution = DysonSolver.Solve(model.ToDysonModel(), model.Z, options with { OnFailure = OnFailure.Return });
        if (model.Z.Imaginary == 0 && solution.IsConverged && solution.StieltjesTransform.Imaginary > 0) throw SpectralInputs.InSupport(model.Z.Real);
        var diagnostics = SpectralInputs.Diagnose(solution);
        if (!diagnostics.IsConverged && options.OnFailure == OnFailure.Throw) throw new NotConvergedException(SeparableCovarianceStieltjesModel.System.Id, diagnostics);
        return new() { M = solution.StieltjesTransform, Stability = solution.Stability, Diagnostics = diagnostics };
    }
}
