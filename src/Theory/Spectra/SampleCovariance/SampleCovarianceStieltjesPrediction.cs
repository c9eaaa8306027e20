using System.Numerics;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>Stieltjes transforms of a sample covariance matrix and of its companion [Silverstein &amp; Bai 1995]. Standing: theorem.</summary>
public sealed record SampleCovarianceStieltjesPrediction : IPrediction
{
    /// <summary>m(z) = lim (1/p) Tr (S − z)⁻¹.</summary>
    public required Complex M { get; init; }

    /// <summary>m̲(z) = lim (1/n) Tr (XᵀΣX/n − z)⁻¹ = −(1 − c)/z + c m(z).</summary>
    public required Complex Companion { get; init; }

    /// <summary>Distance |1 − J| to a branch point of the equation: 0 at an edge of the support.</summary>
    public required double Stability { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on |T(m̲) − m̲|/|m̲|, and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">The weights are not as they must be, or z is real and in the support.</exception>
    /// <exception cref="NotConvergedException">The equation was not solved and <paramref name="options"/> ask for an exception.</exception>
    public static SampleCovarianceStieltjesPrediction Solve(SampleCovarianceStieltjesModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        var covariance = model.ToDysonModel();
        ReadOnlySpan<Complex> start = model.Z.Imaginary == 0 ? [covariance.RealCompanion(model.Z.Real) ?? throw SpectralInputs.InSupport(model.Z.Real)] : [];
        var solution = DysonSolver.Solve(covariance, model.Z, options with { OnFailure = OnFailure.Return }, start);
        var diagnostics = SpectralInputs.Diagnose(solution);
        if (!diagnostics.IsConverged && options.OnFailure == OnFailure.Throw) throw new NotConvergedException(SampleCovarianceStieltjesModel.System.Id, diagnostics);
        return new() { M = solution.StieltjesTransform, Companion = solution.Unknowns[0], Stability = solution.Stability, Diagnostics = diagnostics };
    }
}
