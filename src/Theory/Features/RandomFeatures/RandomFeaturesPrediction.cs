using Theory.Contract;

namespace Theory.Features;

/// <summary>
/// Asymptotic errors of random-feature ridge regression [Mei &amp; Montanari 2022, arXiv:1908.05355; Gerace et al. 2020, arXiv:2002.09339], in a scalar form:
/// the features are equivalent to κ₀ + κ₁ w·x + κ⋆ ξ, and one effective ridge ν decides everything. Standing: theorem.
/// </summary>
public sealed record RandomFeaturesPrediction : IPrediction
{
    /// <summary>Test error E (y − f(x))² on a fresh sample, label noise Δ included.</summary>
    public required double TestError { get; init; }

    /// <summary>Training error (1/n) Σ_μ (y_μ − f(x_μ))², without the penalty.</summary>
    public required double TrainError { get; init; }

    /// <summary>Effective ridge ν, the solution of λβ = ν (α − df₁(ν)).</summary>
    public required double Nu { get; init; }

    /// <summary>First degrees of freedom per dimension, df₁ = β ⟨L/(L+ν)⟩.</summary>
    public required double Df1 { get; init; }

    /// <summary>Second degrees of freedom per dimension, df₂ = β ⟨(L/(L+ν))²⟩.</summary>
    public required double Df2 { get; init; }

    /// <summary>Bias t₁² (1 − u₁ − ν u₂): the squared error left in the linear part of the target.</summary>
    public required double Bias { get; init; }

    /// <summary>Effective noise N = E g² − t₁² − t₀² [κ₀ ≠ 0] + Δ: what the features cannot fit at n, p ∝ d.</summary>
    public required double EffectiveNoise { get; init; }

    /// <summary>Variance amplification 1/(1 − df₂/α) ≥ 1; it peaks at α = β.</summary>
    public required double Amplification { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Test error without the label noise: <see cref="TestError"/> − Δ.</summary>
    /// <param name="noise">The variance Δ of the label noise.</param>
    /// <returns>The excess error.</returns>
    public double ExcessError(double noise) => TestError - noise;

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on |α − df₁ − λβ/ν| relative to α, and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction; at λ = 0 it is the limit λ → 0⁺, infinite at the interpolation threshold.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The activation is constant, or a function is not square integrable.</exception>
    /// <exception cref="NotConvergedException">The equation for ν was not solved to the tolerance and <paramref name="options"/> ask for an exception.</exception>
    public static RandomFeaturesPrediction Solve(RandomFeaturesModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        var sigma = FeatureFunctions.Moments(model.Activation, nameof(model.Activation));
        var g = FeatureFunctions.Moments(model.Target, nameof(model.Target));
        if (sigma.Variance == 0)
            throw FeatureFunctions.Unfit(nameof(model.Activation), model.Activation, "must not be constant: a constant activation has no features");

        var spectrum = new FeatureSpectrum(sigma.Linear * sigma.Linear, sigma.NonlinearVariance, model.Beta);

        // A readout on features with κ₀ ≠ 0 fits the mean of y; with κ₀ = 0 that mean is noise. (A jump of the theory, not of the code.)
        var noise = g.NonlinearVariance + (sigma.HasZeroMean ? g.Mean * g.Mean : 0) + model.Noise;
        var signal = g.Linear * g.Linear;

        var prediction = EffectiveRidge.Solve(spectrum, model.Alpha, model.Beta, model.Lambda, options) is var ridge && ridge.Nu > 0
            ? AtRidge(model, ridge, spectrum, signal, noise)
            : Underparametrised(model, ridge, spectrum, signal, noise);
        return prediction.Diagnostics.IsConverged || options.OnFailure == OnFailure.Return
            ? prediction
            : throw new NotConvergedException(RandomFeaturesModel.System.Id, prediction.Diagnostics);
    }

    private static RandomFeaturesPrediction AtRidge(RandomFeaturesModel model, EffectiveRidge ridge, FeatureSpectrum spectrum, double signal, double noise)
    {
        var averages = spectrum.At(ridge.Nu);
        var df2 = averages.Df1 - averages.Df1MinusDf2;
        // α − df₂ = (α − df₁) + (df₁ − df₂), the first of which is λβ/ν at the solution: no cancellation on the peak.
        var slack = model.Lambda * model.Beta / ridge.Nu;
        return Assemble(model, ridge.Nu, averages.Df1, df2, slack, slack + averages.Df1MinusDf2, signal * averages.Bias, noise, ridge.Diagnostics);
    }

    /// <summary>The limit λ → 0⁺ with α at or above the rank: ν → 0 and df₁, df₂ → rank.</summary>
    private static RandomFeaturesPrediction Underparametrised(RandomFeaturesModel model, EffectiveRidge ridge, FeatureSpectrum spectrum, double signal, double noise)
    {
        var slack = model.Alpha - spectrum.Rank;
        // 1e-30: far below every scale of the smooth function Bias(ν), far above underflow.
        var averages = spectrum.At(1e-30 * spectrum.Mean);
        if (slack > 0)
            return Assemble(model, 0, spectrum.Rank, spectrum.Rank, slack, slack, signal * averages.Bias, noise, ridge.Diagnostics);
        // Exactly on the threshold: finite only if there is nothing but the linear part and all of it is learnt.
        var diverges = noise > 0 || signal * averages.Bias > 1e-12;
        if (!diverges)
            return Assemble(model, 0, spectrum.Rank, spectrum.Rank, 0, averages.RankMinusDf1 + averages.Df1MinusDf2, signal * averages.Bias, 0, ridge.Diagnostics);
        return Assemble(model, 0, spectrum.Rank, spectrum.Rank, 0, 0, signal * averages.Bias, noise, ridge.Diagnostics with
        {
            Warnings = ["alpha is exactly at the interpolation threshold: the test error diverges as lambda^(-1/2)."],
        });
    }

    private static RandomFeaturesPrediction Assemble(
        RandomFeaturesModel model, double nu, double df1, double df2, double slack1, double slack2, double bias, double noise, Diagnostics diagnostics)
    {
        var amplification = model.Alpha / slack2;
        var test = bias + noise == 0 ? 0 : (bias + noise) * amplification;
        var ratio = slack1 / model.Alpha;   // λβ/(αν) = (α − df₁)/α
        return new()
        {
            TestError = test,
            TrainError = ratio == 0 ? 0 : test * ratio * ratio,
            Nu = nu,
            Df1 = df1,
            Df2 = df2,
            Bias = bias,
            EffectiveNoise = noise,
            Amplification = amplification,
            Diagnostics = diagnostics,
        };
    }
}
