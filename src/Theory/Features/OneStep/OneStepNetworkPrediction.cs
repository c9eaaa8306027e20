using Theory.Contract;

namespace Theory.Features;

/// <summary>
/// Asymptotic errors of a network after one giant gradient step. The isotropic map takes its weights for a spike and a bulk without preferred directions, that is for spiked
/// random features [Cui et al. 2024, arXiv:2402.04980]; standing: approximation. The refined map keeps the covariance that the first batch gives to the rows; own derivation,
/// verified by Monte Carlo; standing: derived.
/// </summary>
public sealed record OneStepNetworkPrediction : IPrediction
{
    /// <summary>Test error E (y − f(x))² on a fresh sample, label noise Δ included.</summary>
    public required double TestError { get; init; }

    /// <summary>Training error (1/n) Σ_μ (y_μ − f(x_μ))², without the penalty.</summary>
    public required double TrainError { get; init; }

    /// <summary>Strength r of the spike in W ≈ √c W₀ + r 1 vᵀ; it has the sign of η̃ E σ′.</summary>
    public required double Spike { get; init; }

    /// <summary>Mean squared length c of the rows of the bulk.</summary>
    public required double Bulk { get; init; }

    /// <summary>Alignment γ = θ·v of target and spike.</summary>
    public required double Alignment { get; init; }

    /// <summary>m = (1/√p) Σ_j a_j.</summary>
    public required double M { get; init; }

    /// <summary>Θ = aᵀ W̃ v/√p, the fit along the spike.</summary>
    public required double Theta { get; init; }

    /// <summary>ψ = aᵀ W̃ ζ/√p, the fit along the rest ζ of the target's direction, θ = γ v + ρ ζ.</summary>
    public required double Psi { get; init; }

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
    /// <exception cref="ArgumentOutOfRangeException">The activation jumps, is constant or no formula, or a function is not square integrable.</exception>
    /// <exception cref="NotConvergedException">The equations were not solved to the tolerance and <paramref name="options"/> ask for an exception.</exception>
    public static OneStepNetworkPrediction Solve(OneStepNetworkModel model, SolveOptions? options = null)
    {
        var step = FirstStep.Of(model.Activation, model.Target, model.LearningRate, model.BatchRatio, model.Noise);
        // Without a step all rows are alike.
        IBulk bulk = model.Map == FirstStepMap.Isotropic || model.LearningRate == 0
            ? new IsotropicBulk(step.Bulk, model.Beta)
            : new RefinedBulk(StepSpectrum.Of(model), step, model.Beta);
        var readout = SpikedReadout.Solve(
            OneStepNetworkModel.System.Id, model.Activation, model.Target, step.Spike, step.Bulk, step.Alignment,
            new(model.Alpha, model.Beta, model.Lambda, model.Noise), bulk, options ?? SolveOptions.Default);
        var diagnostics = readout.Diagnostics;
        if (model.Map == FirstStepMap.Isotropic && model.LearningRate != 0)
            diagnostics = diagnostics.Warn("the isotropic map is an approximation, off by up to 12% at small batches or for activations that are not odd.");
        return new()
        {
            TestError = readout.TestError,
            TrainError = readout.TrainError,
            Spike = step.Spike,
            Bulk = step.Bulk,
            Alignment = step.Alignment,
            M = readout.M,
            Theta = readout.Theta,
            Psi = readout.Psi,
            V2 = readout.V2,
            Amplification = readout.Amplification,
            QuadratureError = readout.QuadratureError,
            Diagnostics = diagnostics,
        };
    }
}
