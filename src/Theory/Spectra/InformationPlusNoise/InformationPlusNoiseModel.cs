using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>
/// A signal in information and noise: S = (R + σX)(R + σX)ᵀ/n, X p × n with independent standard entries, the eigenvalues of RRᵀ/n being t_l with weights w_l and one more, t;
/// limit p, n → ∞ at fixed c = p/n.
/// </summary>
public sealed partial record InformationPlusNoiseModel : IModel<InformationPlusNoiseModel, InformationPlusNoisePrediction>
{
    /// <summary>Eigenvalues t_l of RRᵀ/n, each in [0, ∞). For c &gt; 1 a fraction 1 − 1/c of them is 0 at least.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in [0, ∞).</exception>
    public required ImmutableArray<double> Eigenvalues { get; init => field = SpectralInputs.In(value, ParameterRange.NonNegative, nameof(Eigenvalues)); }

    /// <summary>Weights w_l ≥ 0 of the eigenvalues; they sum to 1 within 1e-9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in [0, 1].</exception>
    public required ImmutableArray<double> Weights { get; init => field = SpectralInputs.In(value, ParameterRange.Closed(0, 1), nameof(Weights)); }

    /// <summary>Aspect ratio c = p/n in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double AspectRatio { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>The signal t in (0, ∞): one more eigenvalue of RRᵀ/n, of vanishing weight.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Signal { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>The variance σ² of the noise in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.Positive); } = 1;

    /// <inheritdoc/>
    public bool Equals(InformationPlusNoiseModel? other) => other is not null && AspectRatio == other.AspectRatio && Signal == other.Signal && Noise == other.Noise
        && Eigenvalues.AsSpan().SequenceEqual(other.Eigenvalues.AsSpan()) && Weights.AsSpan().SequenceEqual(other.Weights.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Eigenvalues[0], AspectRatio, Signal, Noise);

    internal InformationPlusNoise ToDysonModel()
    {
        var law = SpectralInputs.Law(Eigenvalues, Weights, "eigenvalues", "weights", mayVanish: true);
        var atZero = Eigenvalues.Zip(Weights).Where(a => a.First == 0).Sum(a => a.Second);
        return AspectRatio * (1 - atZero) <= 1 + 1e-9
            ? new(law, AspectRatio, Noise)
            : throw new InvalidInputException("weights", FormattableString.Invariant($"weights: the eigenvalue 0 must have weight 1 − 1/c = {1 - 1 / AspectRatio:g6} at least, since R has rank n at most; got {atZero:R}"));
    }
}
