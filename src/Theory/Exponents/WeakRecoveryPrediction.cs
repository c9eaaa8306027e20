using Theory.Contract;

namespace Theory.Exponents;

/// <summary>The weak-recovery threshold of approximate message passing, and the directions by how hard they are to find. Standing: theorem.</summary>
public sealed record WeakRecoveryPrediction : IPrediction
{
    /// <summary>α_c with its error, and the trivial, easy and hard directions.</summary>
    public required WeakRecovery Recovery { get; init; }

    /// <summary>
    /// At the model's α the limit of the squared overlap (0 to 1) of the label's directions with the top eigenvector of (1/n) Σ T(y) x xᵀ, T = G/(1 + G);
    /// <see langword="null"/> without an α, and for labels in which E[zzᵀ − I | y] is no multiple of the identity.
    /// </summary>
    public required double? SpectralOverlap { get; init; }

    /// <summary>The α above which that overlap is positive, 1/E[a(y)²] with G = a I: α_c where E[z | y] vanishes. <see langword="null"/> where the overlap is.</summary>
    public required double? SpectralThreshold { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Finds the threshold.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Not used: the threshold is an eigenvalue of integrals.</param>
    /// <returns>The prediction; the residual of its diagnostics is the larger of the estimated errors of α_c and of the overlap.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The label is not defined almost everywhere or not square integrable.</exception>
    /// <exception cref="UnsupportedException">No method here covers the label.</exception>
    public static WeakRecoveryPrediction Solve(WeakRecoveryModel model, SolveOptions? options = null)
    {
        var recovery = InputFault.Named(nameof(model.Expression), model.Expression, () => WeakRecovery.Of(model.Expression, model.Noise));
        var spectral = model.Alpha is { } alpha ? SpectralMethod.Of(model.Expression, model.Noise, alpha, recovery.Relevant) : null;
        return new()
        {
            Recovery = recovery,
            SpectralOverlap = spectral?.Overlap,
            SpectralThreshold = spectral?.Threshold,
            Diagnostics = Diagnostics.ClosedForm with { Residual = Math.Max(recovery.Error, spectral?.Error ?? 0), Warnings = [.. Warnings(recovery, spectral)] },
        };
    }

    private static IEnumerable<string> Warnings(WeakRecovery recovery, SpectralMethod? spectral)
    {
        if (recovery.Status != ProofStatus.Proved)
            yield return $"The class of the directions rests on numerical evidence: {recovery.Reason}.";
        if (recovery.Error > LargestSilentError * Math.Max(recovery.Threshold, 1))
            yield return FormattableString.Invariant($"alpha_c is known to within {recovery.Error:g2} only: {recovery.Reason}.");
        if (spectral is { Error: > LargestSilentError })
            yield return FormattableString.Invariant($"spectral_overlap is known to within {spectral.Value.Error:g2} only.");
    }

    private const double LargestSilentError = 1e-8;
}
