using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Estimation;

/// <summary>
/// Telling K Gaussians apart by least squares on one-hot labels: x = μ_c/√d + √Δ g in cluster c of probability p_c, y = e_c. Ŵ (K × d) and b̂ minimise
/// ½ Σ_i ‖y_i − W x_i/√d − b‖² + ½λ‖W‖² (no 1/n, b not penalised) over n samples; the guess is the largest component. Limit d, n → ∞ at fixed α = n/d.
/// </summary>
public sealed partial record MulticlassRidgeModel : IModel<MulticlassRidgeModel, MulticlassRidgePrediction>
{
    /// <summary>Probabilities p_c of the clusters, at least two, in (0, 1], of sum 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in (0, 1].</exception>
    /// <exception cref="ArgumentException">None, or they do not sum to 1.</exception>
    public required ImmutableArray<double> Probabilities { get; init => field = Tables.Law(value, nameof(Probabilities)); }

    /// <summary>μ_c·μ_c′/d, K × K, symmetric and positive semi-definite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not finite.</exception>
    public required ImmutableArray<ImmutableArray<double>> MeanGram { get; init => field = Tables.In(value, ParameterRange.Finite, nameof(MeanGram)); }

    /// <summary>Variance Δ of the inputs within a cluster, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Noise { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Samples per dimension, α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Ridge λ of ½λ‖W‖², in [0, ∞); 0 means the limit λ → 0⁺.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public required double Lambda { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Whether an intercept is fitted. Default false.</summary>
    public bool Intercept { get; init; }

    /// <inheritdoc/>
    public bool Equals(MulticlassRidgeModel? other) => other is not null && (Noise, Alpha, Lambda, Intercept) == (other.Noise, other.Alpha, other.Lambda, other.Intercept)
        && Tables.Same(Probabilities, other.Probabilities) && Tables.Same(MeanGram, other.MeanGram);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Noise, Alpha, Lambda, Intercept, Probabilities[0], MeanGram.Length);

    internal void Check()
    {
        var k = Probabilities.Length;
        if (k < 2) throw new InvalidInputException("probabilities", "probabilities must have at least two elements");
        Tables.RequireLength(k, MeanGram.Length, "mean_gram", "probabilities");
        foreach (var row in MeanGram) Tables.RequireLength(k, row.Length, "mean_gram", "probabilities");
        Tables.RequireGram(MeanGram, "mean_gram");
    }
}
