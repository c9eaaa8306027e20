using System.Collections.Immutable;
using System.Numerics;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>
/// The Stieltjes transform of a separable covariance matrix S = A^{1/2} X B Xᵀ A^{1/2}/n at one point. X is p × n with independent standard entries;
/// limit p, n → ∞ at fixed c = p/n; A and B have given eigenvalues and weights.
/// </summary>
public sealed partial record SeparableCovarianceStieltjesModel : IModel<SeparableCovarianceStieltjesModel, SeparableCovarianceStieltjesPrediction>
{
    /// <summary>Eigenvalues of A, the covariance between rows, each in [0, ∞), not all 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in [0, ∞).</exception>
    public required ImmutableArray<double> RowEigenvalues { get; init => field = SpectralInputs.In(value, ParameterRange.NonNegative, nameof(RowEigenvalues)); }

    /// <summary>Their weights ≥ 0; they sum to 1 within 1e-9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in [0, 1].</exception>
    public required ImmutableArray<double> RowWeights { get; init => field = SpectralInputs.In(value, ParameterRange.Closed(0, 1), nameof(RowWeights)); }

    /// <summary>Eigenvalues of B, the covariance between columns, each in [0, ∞), not all 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in [0, ∞).</exception>
    public required ImmutableArray<double> ColumnEigenvalues { get; init => field = SpectralInputs.In(value, ParameterRange.NonNegative, nameof(ColumnEigenvalues)); }

    /// <summary>Their weights ≥ 0; they sum to 1 within 1e-9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in [0, 1].</exception>
    public required ImmutableArray<double> ColumnWeights { get; init => field = SpectralInputs.In(value, ParameterRange.Closed(0, 1), nameof(ColumnWeights)); }

    /// <summary>Aspect ratio c = p/n in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double AspectRatio { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>The point z ≠ 0, finite; real only outside the support.</summary>
    /// <exception cref="ArgumentOutOfRangeException">0 or not finite.</exception>
    public required Complex Z { get; init => field = SpectralInputs.FinitePoint(value, nameof(Z)); }

    /// <inheritdoc/>
    public bool Equals(SeparableCovarianceStieltjesModel? other) => other is not null && AspectRatio == other.AspectRatio && Z == other.Z
        && RowEigenvalues.AsSpan().SequenceEqual(other.RowEigenvalues.AsSpan()) && RowWeights.AsSpan().SequenceEqual(other.RowWeights.AsSpan())
        && ColumnEigenvalues.AsSpan().SequenceEqual(other.ColumnEigenvalues.AsSpan()) && ColumnWeights.AsSpan().SequenceEqual(other.ColumnWeights.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RowEigenvalues[0], ColumnEigenvalues[0], AspectRatio, Z);

    internal SeparableCovariance ToDysonModel() => new(
        SpectralInputs.Law(RowEigenvalues, RowWeights, "row_eigenvalues", "row_weights"),
        SpectralInputs.Law(ColumnEigenvalues, ColumnWeights, "column_eigenvalues", "column_weights"),
        AspectRatio);
}
