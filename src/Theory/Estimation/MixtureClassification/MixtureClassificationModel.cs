using System.Collections.Immutable;
using Theory.Channels;
using Theory.Contract;

namespace Theory.Estimation;

/// <summary>
/// Telling two Gaussians apart: x = y μ/√d + Σ^{1/2} g with the label y = +1 with probability p and −1 otherwise, g ~ N(0, I_d). ŵ, b̂ minimise Σ_i ℓ(y_i (w·x_i/√d + b)) + ½λ‖w‖²
/// (no 1/n, with the ½, b not penalised) over n samples. Limit d, n → ∞ at fixed α = n/d. Σ is given on atoms: groups of coordinates, of weight w_j, on which it is constant;
/// the mean square of μ is the same on all of them.
/// </summary>
public sealed partial record MixtureClassificationModel : IModel<MixtureClassificationModel, MixtureClassificationPrediction>
{
    /// <summary>Weights w_j of the atoms, in (0, 1], of sum 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in (0, 1].</exception>
    /// <exception cref="ArgumentException">None, or they do not sum to 1.</exception>
    public required ImmutableArray<double> AtomWeights { get; init => field = Tables.Law(value, nameof(AtomWeights)); }

    /// <summary>Eigenvalues σ_j in [0, ∞) of the covariance of both clusters, one for each atom, not all 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in [0, ∞).</exception>
    public required ImmutableArray<double> CovarianceEigenvalues { get; init => field = Tables.In(value, ParameterRange.NonNegative, nameof(CovarianceEigenvalues)); }

    /// <summary>‖μ‖²/d = ⟨μ²⟩ on every atom, in [0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public required double MeanPower { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Probability p of the label +1, in (0, 1). Default ½.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public double Probability { get; init => field = Guard.In(value, ParameterRange.Between(0, 1)); } = 0.5;

    /// <summary>Loss.</summary>
    public required LossKind Loss { get; init; }

    /// <summary>Width δ of the Huber loss, in (0, ∞). Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double HuberDelta { get; init => field = Guard.In(value, ParameterRange.Positive); } = 1;

    /// <summary>The loss <see cref="LossKind.Custom"/> of the margin, such as a <see cref="ConvexLoss"/>; <see langword="null"/> with any other loss (the default).</summary>
    public IMarginLoss? CustomLoss { get; init; }

    /// <summary>Samples per dimension, α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Ridge λ of ½λ‖w‖², in [0, ∞); 0 means the limit λ → 0⁺. The hard margin does not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public required double Lambda { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Whether an intercept is fitted. Default false.</summary>
    public bool Intercept { get; init; }

    /// <inheritdoc/>
    public bool Equals(MixtureClassificationModel? other) => other is not null
        && (MeanPower, Probability, Loss, HuberDelta, Alpha, Lambda, Intercept) == (other.MeanPower, other.Probability, other.Loss, other.HuberDelta, other.Alpha, other.Lambda, other.Intercept)
        && Equals(CustomLoss, other.CustomLoss) && Tables.Same(AtomWeights, other.AtomWeights) && Tables.Same(CovarianceEigenvalues, other.CovarianceEigenvalues);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MeanPower, Probability, Loss, Alpha, Lambda, Intercept, AtomWeights[0], CovarianceEigenvalues[0]);
}
