using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>
/// The support of the spectrum of a sample covariance matrix S = Σ^{1/2} X Xᵀ Σ^{1/2}/n. X is p × n with independent standard entries;
/// limit p, n → ∞ at fixed c = p/n; the eigenvalues of Σ are t_l with weights w_l.
/// </summary>
public sealed partial record SampleCovarianceSupportModel : IModel<SampleCovarianceSupportModel, SampleCovarianceSupportPrediction>
{
    /// <summary>Population eigenvalues t_l, each in [0, ∞), not all 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in [0, ∞).</exception>
    public required ImmutableArray<double> Eigenvalues { get; init => field = SpectralInputs.In(value, ParameterRange.NonNegative, nameof(Eigenvalues)); }

    /// <summary>Weights w_l ≥ 0 of the eigenvalues; they sum to 1 within 1e-9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in [0, 1].</exception>
    public required ImmutableArray<double> Weights { get; init => field = SpectralInputs.In(value, ParameterRange.Closed(0, 1), nameof(Weights)); }

    /// <summary>Aspect ratio c = p/n in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double AspectRatio { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <inheritdoc/>
    public bool Equals(SampleCovarianceSupportModel? other) => other is not null && AspectRatio == other.AspectRatio
        && Eigenvalues.AsSpan().SequenceEqual(other.Eigenvalues.AsSpan()) && Weights.AsSpan().SequenceEqual(other.Weights.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Eigenvalues.Length, Eigenvalues[0], AspectRatio);

    internal SampleCovariance ToDysonModel() => new(SpectralInputs.Law(Eigenvalues, Weights, "eigenvalues", "weights"), AspectRatio);
}
