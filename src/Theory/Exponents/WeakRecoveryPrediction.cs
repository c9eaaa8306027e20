using Theory.Contract;

namespace Theory.Exponents;

/// <summary>The weak-recovery threshold of approximate message passing, and the directions by how hard they are to find. Standing: theorem.</summary>
public sealed record WeakRecoveryPrediction : IPrediction
{
    /// <summary>α_c with its error, and the trivial, easy and hard directions.</summary>
    public required WeakRecovery Recovery { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Finds the threshold.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Not used: the threshold is an eigenvalue of integrals.</param>
    /// <returns>The prediction; the residual of its diagnostics is the estimated error of α_c.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The label is not defined almost everywhere or not square integrable.</exception>
    /// <exception cref="UnsupportedException">No method here covers the label.</exception>
    public static WeakRecoveryPrediction Solve(WeakRecoveryModel model, SolveOptions? options = null)
    {
        var recovery = InputFault.Named(nameof(model.Expression), model.Expression, () => WeakRecovery.Of(model.Expression, model.Noise));
        return new() { Recovery = recovery, Diagnostics = Diagnostics.ClosedForm with { Residual = recovery.Error, Warnings = [.. Warnings(recovery)] } };
    }

    private static IEnumerable<string> Warnings(WeakRecovery recovery)
    {
        if (recovery.Status != ProofStatus.Proved)
            yield return $"The class of the directions rests on numerical evidence: {recovery.Reason}.";
        if (recovery.Error > LargestSilentError * Math.Max(recovery.Threshold, 1))
            yield return FormattableString.Invariant($"alpha_c is known to within {recovery.Error:g2} only: {recovery.Reason}.");
    }

    private const double LargestSilentError = 1e-8;
}
