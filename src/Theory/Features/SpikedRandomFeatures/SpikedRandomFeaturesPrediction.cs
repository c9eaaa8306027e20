using Theory.Contract;

namespace Theory.Features;

/// <summary>
/// Asymptotic errors of ridge regression on spiked random features [Cui et al. 2024, arXiv:2402.04980]. Given the projection κ = v·x on the spike the features are
/// equivalent to μ₀(κ) + μ₁(κ) w̃·x + μ₂(κ) ξ [Dandi et al. 2023, arXiv:2305.18270]; equations for any β are re-derived. Standing: derived.
/// </summary>
public sealed record SpikedRandomFeaturesPrediction : IPrediction
{
    /// <summary>Test error E (y − f(x))² on a fresh sample, label noise Δ included.</summary>
    public required double TestError { get; init; }

    /// <summary>Training error (1/n) Σ_μ (y_μ − f(x_μ))², without the penalty.</summary>
    public required double TrainError { get; init; }

    /// <summary>m = (1/√p) Σ_j a_j.</summary>
    public required double M { get; init; }

    /// <summary>Θ = aᵀ W̃ v/√p, the fit along the spike.</summary>
    public required double Theta { get; init; }

    /// <summary>ψ = aᵀ W̃ ζ/√p, the fit along the rest ζ of the target's direction, θ = γ v + ρ ζ.</summary>
    public required double Psi { get; init; }

    /// <summary>q₁ = aᵀ W̃ (I − v vᵀ) W̃ᵀ a/p.</summary>
    public required double Q1 { get; init; }

    /// <summary>q₂ = ‖a‖²/p.</summary>
    public required double Q2 { get; init; }

    /// <summary>Susceptibility V₁ of the readout to the linear parts of the features, (1/p) tr W̃W̃ᵀ(λ + V̂₂ + V̂₁W̃W̃ᵀ)⁻¹.</summary>
    public required double V1 { get; init; }

    /// <summary>Susceptibility V₂ of the readout to the noise of the features, (1/p) tr (λ + V̂₂ + V̂₁W̃W̃ᵀ)⁻¹.</summary>
    public required double V2 { get; init; }

    /// <summary>Variance amplification 1/det(I − KG) ≥ 1, the gain of q₁ and q₂; it peaks at α = β.</summary>
    public required double Amplification { get; init; }

    /// <summary>Relative error of both errors that comes from the integrals over the projection on the spike, as halved panels tell.</summary>
    public required double QuadratureError { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Test error without the label noise: <see cref="TestError"/> − Δ.</summary>
    /// <param name="noise">The variance Δ of the label noise.</param>
    /// <returns>The excess error.</returns>
    public double ExcessError(double noise) => TestError - noise;

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on the logarithms of the equations for V₁ and V₂, and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The activation is constant, or a function is not square integrable.</exception>
    /// <exception cref="NotConvergedException">The equations were not solved to the tolerance and <paramref name="options"/> ask for an exception.</exception>
    public static SpikedRandomFeaturesPrediction Solve(SpikedRandomFeaturesModel model, SolveOptions? options = null)
    {
        var readout = SpikedReadout.Solve(
            SpikedRandomFeaturesModel.System.Id, model.Activation, model.Target, model.Spike, model.Bulk, model.Alignment,
            new(model.Alpha, model.Beta, model.Lambda, model.Noise), new IsotropicBulk(model.Bulk, model.Beta), options ?? SolveOptions.Default);
        return new()
        {
            TestError = readout.TestError,
            TrainError = readout.TrainError,
            M = readout.M,
            Theta = readout.Theta,
            Psi = readout.Psi,
            Q1 = readout.Q1,
            Q2 = readout.Q2,
            V1 = readout.V1,
            V2 = readout.V2,
            Amplification = readout.Amplification,
            QuadratureError = readout.QuadratureError,
            Diagnostics = readout.Diagnostics,
        };
    }
}
