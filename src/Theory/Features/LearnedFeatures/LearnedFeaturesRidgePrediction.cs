using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Features;

/// <summary>
/// Asymptotic errors of ridge regression on features that have learned a direction [Dandi et al. 2024, arXiv:2410.18938]; the equations are re-derived by a cavity argument
/// given the projection κ = w*·x and agree with Monte Carlo. Standing: derived.
/// </summary>
public sealed record LearnedFeaturesRidgePrediction : IPrediction
{
    /// <summary>Test error E (y − f(x))² on a fresh sample, label noise Δ included: bias + Δ + variance, at finite d also <see cref="Coherent"/>.</summary>
    public required double TestError { get; init; }

    /// <summary>Training error (1/n) Σ_μ (y_μ − f(x_μ))², without the penalty.</summary>
    public required double TrainError { get; init; }

    /// <summary>Least value of (1/n) (Σ_μ (y_μ − f(x_μ))² + λ‖a‖²).</summary>
    public required double ObjectivePerSample { get; init; }

    /// <summary>‖a‖²/p.</summary>
    public required double ReadoutNorm { get; init; }

    /// <summary>E (g(κ) − m(κ))², m(κ) being the mean of f(x) given κ.</summary>
    public required double Bias { get; init; }

    /// <summary>Mean variance of f(x) given κ.</summary>
    public required double Variance { get; init; }

    /// <summary>E (Σ_q M_q c₂(ζ_qκ))²/(2d), the fluctuation of f(x) with ‖x‖² at finite d; 0 in the limit.</summary>
    public required double Coherent { get; init; }

    /// <summary>min_θ E (g − θ·ψ)² over the functions c₀(ζ_qκ), κc₁(ζ_qκ): <see cref="Bias"/> is at least that, whatever α and λ.</summary>
    public required double Floor { get; init; }

    /// <summary>M_q = (1/√p) Σ a_j over the features with spike ζ_q.</summary>
    public required ImmutableArray<double> M { get; init; }

    /// <summary>S_q = (1/√p) Σ a_j w⁰_j·w* over the features with spike ζ_q.</summary>
    public required ImmutableArray<double> S { get; init; }

    /// <summary>χ_q, the diagonal of (ΦᵀΦ/p + λ)⁻¹ for features with spike ζ_q.</summary>
    public required ImmutableArray<double> Chi { get; init; }

    /// <summary>The dimension in which the corrections in 1/d, with the readout of this prediction, would be as large as the power of the labels: the limit needs d far beyond it.</summary>
    public required double CrossoverDimension { get; init; }

    /// <summary>Whether the functions c₀(ζ_qκ) are so nearly dependent that the limit d → ∞ is of no practical meaning; give a dimension then.</summary>
    public required bool IsDegenerate { get; init; }

    /// <summary>Relative error of the averages over κ, as panels of half the width tell.</summary>
    public required double QuadratureError { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Test error without the label noise: <see cref="TestError"/> − Δ.</summary>
    /// <param name="noise">The variance Δ of the label noise.</param>
    /// <returns>The excess error.</returns>
    public double ExcessError(double noise) => TestError - noise;

    /// <inheritdoc/>
    public bool Equals(LearnedFeaturesRidgePrediction? other) => other is not null && TestError.Equals(other.TestError) && TrainError.Equals(other.TrainError)
        && Diagnostics == other.Diagnostics && M.AsSpan().SequenceEqual(other.M.AsSpan()) && S.AsSpan().SequenceEqual(other.S.AsSpan()) && Chi.AsSpan().SequenceEqual(other.Chi.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(TestError, TrainError, Diagnostics);

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on the relative residual max|T(v) − v|/max|v| of the equations for χ and X, and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">Fractions and spikes do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The activation is constant, or a function is not square integrable.</exception>
    /// <exception cref="NotConvergedException">The equations were not solved to the tolerance and <paramref name="options"/> ask for an exception.</exception>
    public static LearnedFeaturesRidgePrediction Solve(LearnedFeaturesRidgeModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        VocabularyInputs.Require(model.Fractions, model.Spikes);
        var projection = VocabularyProjection.Of(model.Activation, model.Target, model.Spikes.AsSpan());
        VocabularyInputs.RequireFeatures(projection, model.Activation);
        var point = VocabularyFixedPoint.Solve(projection, [.. model.Fractions], model.Alpha, model.Beta, model.Lambda, options);
        var readout = new VocabularyReadout(point, model.Fractions.AsSpan(), model.Alpha, model.Noise, model.Dimension);
        var response = new VocabularyResponse(point, readout, model.Alpha, model.Beta);
        var prediction = new LearnedFeaturesRidgePrediction
        {
            TestError = readout.Bias + model.Noise + readout.Coherent + response.Variance,
            TrainError = response.TrainError,
            ObjectivePerSample = response.Objective,
            ReadoutNorm = response.ReadoutNorm,
            Bias = readout.Bias,
            Variance = response.Variance,
            Coherent = readout.Coherent,
            Floor = projection.Floor,
            M = [.. readout.M],
            S = [.. readout.S],
            Chi = [.. point.Chi],
            CrossoverDimension = readout.CrossoverDimension,
            IsDegenerate = readout.IsDegenerate,
            QuadratureError = point.QuadratureError,
            Diagnostics = Diagnose(point, readout, response),
        };
        return prediction.Diagnostics.IsConverged || options.OnFailure == OnFailure.Return
            ? prediction
            : throw new NotConvergedException(LearnedFeaturesRidgeModel.System.Id, prediction.Diagnostics);
    }

    private static Diagnostics Diagnose(VocabularyFixedPoint point, VocabularyReadout readout, VocabularyResponse response)
    {
        var diagnostics = point.Diagnostics;
        if (diagnostics.IsConverged && !response.IsSound) diagnostics = diagnostics with { Status = Numerics.FixedPoints.SolverStatus.FloatingPointLimit };
        if (readout.IsDegenerate)
            diagnostics = diagnostics with { Warnings = diagnostics.Warnings.Add(FormattableString.Invariant($"Degenerate vocabulary: the functions E σ(z + ζκ) are nearly dependent, and the limit holds only in dimensions far above {readout.CrossoverDimension:g2}. Give a dimension.")) };
        if (point.QuadratureError > 1e-9)
            diagnostics = diagnostics with { Warnings = diagnostics.Warnings.Add(FormattableString.Invariant($"Averages over the projection on the learned direction are known to a relative accuracy of about {point.QuadratureError:g1} only.")) };
        return diagnostics;
    }
}
