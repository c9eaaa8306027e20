using System.Collections.Immutable;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>
/// The first giant step on a batch far larger than the dimension (n₀ ≫ d) as an update of rank one: W₁ ≈ W + u θᵀ with u_i = η̃ h₁ t₁ ζ_i, h₁ = E z σ(z), t₁ = E z g(z),
/// for f(x) = (1/√p) Σ_i a_i σ(w_i·x) with a_i = ζ_i/√p, loss ½(y − f)² and learning rate η = η̃ p. The remainder has operator norm O(√(d/n₀) ‖u‖).
/// Source: Ba et al. 2022, arXiv:2205.01445. Standing: theorem for centred residuals or E σ″ = 0; else see <see cref="Warning"/>.
/// </summary>
public sealed record RankOneUpdate
{
    /// <summary>u for each distinct value ζ_q of the readout.</summary>
    public required ImmutableArray<double> Spikes { get; init; }

    /// <summary>η̃ ζ_q E[σ″] E[y − f] for each ζ_q: the factor by which the step also stretches the rows themselves; 0 where the update has rank one.</summary>
    public required ImmutableArray<double> Stretches { get; init; }

    /// <summary>What keeps the update from being of rank one or makes it vanish; <see langword="null"/> if nothing does.</summary>
    public string? Warning { get; init; }

    /// <summary>Computes the update.</summary>
    /// <param name="activation">The activation σ(z), a formula without jumps.</param>
    /// <param name="target">The target g(z).</param>
    /// <param name="learningRate">η̃, finite.</param>
    /// <param name="readout">The distinct values ζ_q of the readout, finite.</param>
    /// <param name="fractions">The fraction π_q of features with each value, summing to 1.</param>
    /// <returns>The update.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range; the activation jumps or is no formula; a function is not square integrable.</exception>
    /// <exception cref="ArgumentException">The lists differ in length or are empty.</exception>
    public static RankOneUpdate Of(ScalarFunction activation, ScalarFunction target, double learningRate, ReadOnlySpan<double> readout, ReadOnlySpan<double> fractions)
    {
        Guard.NotNull(activation, nameof(activation));
        Guard.NotNull(target, nameof(target));
        Guard.In(learningRate, ParameterRange.Finite, nameof(learningRate));
        if (readout.IsEmpty || readout.Length != fractions.Length)
            throw new ArgumentException($"readout and fractions must be of equal length, at least 1; got {readout.Length} and {fractions.Length}", nameof(fractions));
        var (total, mean) = (0.0, 0.0);
        for (var q = 0; q < readout.Length; q++)
        {
            Guard.In(readout[q], ParameterRange.Finite, nameof(readout));
            total += Guard.In(fractions[q], new(0, false, 1, true), nameof(fractions));
            mean += fractions[q] * readout[q];
        }
        if (Math.Abs(total - 1) > 1e-9) throw Guard.OutOfRange(nameof(fractions), total, "must sum to 1");

        var (sigma, g) = (FeatureFunctions.Moments(activation, nameof(activation)), FeatureFunctions.Moments(target, nameof(target)));
        var curvature = FeatureFunctions.Moments(FirstStep.Slope(activation), nameof(activation)).Linear;
        var residual = g.Mean - sigma.Mean * mean;
        var (spikes, stretches) = (new double[readout.Length], new double[readout.Length]);
        for (var q = 0; q < readout.Length; q++)
        {
            spikes[q] = learningRate * sigma.Linear * g.Linear * readout[q];
            stretches[q] = learningRate * curvature * residual * readout[q];
        }
        return new() { Spikes = [.. spikes], Stretches = [.. stretches], Warning = WarningOf(sigma, g, curvature * residual) };
    }

    private static string? WarningOf(FeatureMoments sigma, FeatureMoments g, double stretch)
    {
        if (sigma.HasZeroLinearPart) return "E z σ(z) = 0: the step has no spike.";
        if (g.HasZeroLinearPart) return "E z g(z) = 0: the step has no spike along the target.";
        return Math.Abs(stretch) > 1e-12
            ? "E[σ″] E[y − f] ≠ 0: the step also stretches the rows by factors of order one, and is not of rank one."
            : null;
    }
}
