using System.Collections.Immutable;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>
/// The eigenvalues of Ĉ = ΦᵀΦ/p above the bulk, for the features of <see cref="LearnedFeaturesSpectrumModel"/> at n samples: those that the means of the features given the
/// projection on w* cause, of order n or of order 1.
/// </summary>
public sealed partial record LearnedFeaturesOutliersModel : IModel<LearnedFeaturesOutliersModel, LearnedFeaturesOutliersPrediction>
{
    /// <summary>Activation σ(z): a formula or a delegate, square integrable under Gaussians of variance 1 + ζ_q², and not constant.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required ScalarFunction Activation { get; init => field = Guard.NotNull(value); }

    /// <summary>Fractions π_q of the features, each in (0, 1], at most 32; they sum to 1 within 1e-9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in (0, 1].</exception>
    /// <exception cref="ArgumentException">There is none, or there are too many.</exception>
    public required ImmutableArray<double> Fractions { get; init => field = VocabularyInputs.In(value, VocabularyInputs.Fraction, nameof(Fractions)); }

    /// <summary>Spikes ζ_q, finite, as many as fractions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not finite.</exception>
    /// <exception cref="ArgumentException">There is none, or there are too many.</exception>
    public required ImmutableArray<double> Spikes { get; init => field = VocabularyInputs.In(value, ParameterRange.Finite, nameof(Spikes)); }

    /// <summary>Samples per dimension, α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Features per dimension, β = p/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Beta { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Number n of samples, at least 1; d = n/α.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public required int Samples { get; init => field = Guard.AtLeast(value, 1); }

    /// <inheritdoc/>
    public bool Equals(LearnedFeaturesOutliersModel? other) => other is not null && Activation.Equals(other.Activation) && Alpha == other.Alpha && Beta == other.Beta
        && Samples == other.Samples && Fractions.AsSpan().SequenceEqual(other.Fractions.AsSpan()) && Spikes.AsSpan().SequenceEqual(other.Spikes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Activation, Alpha, Beta, Samples, Spikes.Length, Spikes[0]);
}
