using System.Collections.Immutable;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>
/// Regression on features that have learned a direction. Inputs x ~ N(0, I_d), labels y = g(w*·x) + √Δ ξ with ‖w*‖ = 1; weights w_j = w⁰_j + u_j w*, w⁰_j uniform on the unit
/// sphere, with u_j one of k values ζ_q, the vocabulary, ζ_q for a fraction π_q of the features; φ_j(x) = σ(w_j·x), f(x) = (1/√p) Σ_j a_j φ_j(x); the readout minimises
/// Σ_μ (y_μ − f(x_μ))² + λ‖a‖² (no 1/n, no ½) over n samples. Limit d, p, n → ∞ at fixed α = n/d and β = p/d.
/// </summary>
public sealed partial record LearnedFeaturesRidgeModel : IModel<LearnedFeaturesRidgeModel, LearnedFeaturesRidgePrediction>
{
    /// <summary>Activation σ(z): a formula or a delegate, square integrable under Gaussians of variance 1 + ζ_q², and not constant.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required ScalarFunction Activation { get; init => field = Guard.NotNull(value); }

    /// <summary>Target g(z), the single-index function of the labels: a formula or a delegate, square integrable under the standard Gaussian.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required ScalarFunction Target { get; init => field = Guard.NotNull(value); }

    /// <summary>Fractions π_q of the features, each in (0, 1], at most 32; they sum to 1 within 1e-9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in (0, 1].</exception>
    /// <exception cref="ArgumentException">There is none, or there are too many.</exception>
    public required ImmutableArray<double> Fractions { get; init => field = VocabularyInputs.In(value, VocabularyInputs.Fraction, nameof(Fractions)); }

    /// <summary>Spikes ζ_q, finite, as many as fractions. The limit ζ → 0 is not ζ = 0: a spike however weak lets the readout learn a function of w*·x at no cost.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not finite.</exception>
    /// <exception cref="ArgumentException">There is none, or there are too many.</exception>
    public required ImmutableArray<double> Spikes { get; init => field = VocabularyInputs.In(value, ParameterRange.Finite, nameof(Spikes)); }

    /// <summary>Samples of the readout per dimension, α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Features per dimension, β = p/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Beta { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Ridge λ of the sum convention, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Lambda { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Variance Δ of the label noise, in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>
    /// Dimension d ≥ 2 whose leading corrections are included: a readout that fits functions nearly dependent on each other is large, and terms in ‖a‖²/d are then not small.
    /// <see langword="null"/>, the default, is the limit d → ∞.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public int? Dimension { get; init => field = value is { } d ? Guard.AtLeast(d, 2) : null; }

    /// <inheritdoc/>
    public bool Equals(LearnedFeaturesRidgeModel? other) => other is not null && Activation.Equals(other.Activation) && Target.Equals(other.Target)
        && Alpha == other.Alpha && Beta == other.Beta && Lambda == other.Lambda && Noise == other.Noise && Dimension == other.Dimension
        && Fractions.AsSpan().SequenceEqual(other.Fractions.AsSpan()) && Spikes.AsSpan().SequenceEqual(other.Spikes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Activation, Target, Alpha, Beta, Lambda, Noise, Spikes.Length, Spikes[0]);
}
