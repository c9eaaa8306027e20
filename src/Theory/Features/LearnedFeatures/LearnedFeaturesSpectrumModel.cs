using System.Collections.Immutable;
using System.Numerics;
using Theory.Contract;
using Theory.Spectra;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>
/// The bulk spectrum of the features of <see cref="LearnedFeaturesRidgeModel"/>: Ĉ = ΦᵀΦ/p, p × p, with Φ_μj = σ(w_j·x_μ), x_μ ~ N(0, I_d), w_j = w⁰_j + u_j w*, u_j = ζ_q for a
/// fraction π_q of the features. Limit d, p, n → ∞ at fixed α = n/d and β = p/d.
/// </summary>
public sealed partial record LearnedFeaturesSpectrumModel : IModel<LearnedFeaturesSpectrumModel, LearnedFeaturesSpectrumPrediction>
{
    /// <summary>Most points z.</summary>
    public const int MostPoints = 10_000;

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

    /// <summary>The points z ≠ 0, finite, at most 10,000; real only outside the support. Default none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is 0 or not finite, or there are too many.</exception>
    public ImmutableArray<Complex> Z { get; init => field = Check(value); } = [];

    /// <summary>The equations of the model.</summary>
    /// <returns>A Dyson model, for densities and more.</returns>
    /// <exception cref="ArgumentException">The inputs do not fit together.</exception>
    public LearnedFeaturesResolvent ToDysonModel() => new(Activation, Fractions, Spikes, Alpha, Beta);

    /// <inheritdoc/>
    public bool Equals(LearnedFeaturesSpectrumModel? other) => other is not null && Activation.Equals(other.Activation) && Alpha == other.Alpha && Beta == other.Beta
        && Fractions.AsSpan().SequenceEqual(other.Fractions.AsSpan()) && Spikes.AsSpan().SequenceEqual(other.Spikes.AsSpan()) && Z.AsSpan().SequenceEqual(other.Z.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Activation, Alpha, Beta, Spikes.Length, Spikes[0], Z.Length);

    private static ImmutableArray<Complex> Check(ImmutableArray<Complex> points)
    {
        if (points.IsDefault) return [];
        if (points.Length > MostPoints) throw Guard.OutOfRange(nameof(Z), points.Length, $"must have at most {MostPoints} points");
        foreach (var z in points) SpectralInputs.FinitePoint(z, nameof(Z));
        return points;
    }
}
