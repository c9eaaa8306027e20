using Theory.Contract;

namespace Theory.Factorization;

/// <summary>The thresholds of subspace clustering in the reduced signal-to-noise ratio λ√α/k.</summary>
public sealed partial record SubspaceClusteringThresholdsModel : IModel<SubspaceClusteringThresholdsModel, SubspaceClusteringThresholdsPrediction>
{
    /// <summary>Number of clusters k, at least 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2.</exception>
    public required int Clusters { get; init => field = Guard.AtLeast(value, 2); }

    /// <summary>Samples per dimension α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Fraction ρ of relevant features, in (0, 1].</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1].</exception>
    public required double Sparsity { get; init => field = Guard.In(value, new(0, false, 1, true)); }
}
