using System.Collections.Immutable;
using Theory.Channels;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Estimation;

/// <summary>
/// Regression or classification of a mixture of K Gaussians by empirical risk minimisation. In cluster c, of probability p_c, x = μ_c/√d + Σ_c^{1/2} g with g ~ N(0, I_d);
/// labels come from the teacher's field τ = θ·x/√d; ŵ, b̂ minimise Σ_i ℓ(y_i, w·x_i/√d + b) + ½λ‖w‖² (no 1/n, with the ½, b not penalised) over n samples.
/// Limit d, n → ∞ at fixed α = n/d. The covariances commute and are given on J atoms: groups of coordinates, of weight w_j, on which each of them is constant.
/// </summary>
public sealed partial record MixtureErmModel : IModel<MixtureErmModel, MixtureErmPrediction>
{
    /// <summary>Weights w_j of the atoms, in (0, 1], of sum 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in (0, 1].</exception>
    /// <exception cref="ArgumentException">None, or they do not sum to 1.</exception>
    public required ImmutableArray<double> AtomWeights { get; init => field = Tables.Law(value, nameof(AtomWeights)); }

    /// <summary>Eigenvalues σ_cj in [0, ∞) of the covariances, a row for each cluster and a column for each atom.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in [0, ∞).</exception>
    public required ImmutableArray<ImmutableArray<double>> CovarianceEigenvalues { get; init => field = Tables.In(value, ParameterRange.NonNegative, nameof(CovarianceEigenvalues)); }

    /// <summary>Teacher's power ⟨θ²⟩_j in [0, ∞): averages over the coordinates of each atom.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in [0, ∞).</exception>
    public required ImmutableArray<double> TeacherPower { get; init => field = Tables.In(value, ParameterRange.NonNegative, nameof(TeacherPower)); }

    /// <summary>⟨μ_c θ⟩_j, a row for each atom and a column for each cluster.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not finite.</exception>
    public required ImmutableArray<ImmutableArray<double>> MeanTeacherOverlaps { get; init => field = Tables.In(value, ParameterRange.Finite, nameof(MeanTeacherOverlaps)); }

    /// <summary>⟨μ_c μ_c′⟩_j: a K × K matrix for each atom, which together with the teacher is positive semi-definite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not finite.</exception>
    public required ImmutableArray<ImmutableArray<ImmutableArray<double>>> MeanGram { get; init => field = Tables.In(value, nameof(MeanGram)); }

    /// <summary>Probabilities p_c of the clusters, in (0, 1], of sum 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in (0, 1].</exception>
    /// <exception cref="ArgumentException">None, or they do not sum to 1.</exception>
    public required ImmutableArray<double> Probabilities { get; init => field = Tables.Law(value, nameof(Probabilities)); }

    /// <summary>Loss. Square, Huber and custom losses also fit real labels; custom losses only those of an affine teacher.</summary>
    public required LossKind Loss { get; init; }

    /// <summary>Width δ of the Huber loss, in (0, ∞). Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double HuberDelta { get; init => field = Guard.In(value, ParameterRange.Positive); } = 1;

    /// <summary>The loss <see cref="LossKind.Custom"/>, such as a <see cref="ConvexLoss"/>: of the margin y f for labels ±1, of the residual y − f for real labels. <see langword="null"/> with any other loss (the default).</summary>
    public IMarginLoss? CustomLoss { get; init; }

    /// <summary>
    /// Teacher g: if it is ±1 and piecewise constant, y = g(τ + √Δ ξ); otherwise y = g(τ) + √Δ ξ. <see langword="null"/> is the logit teacher, P(y|τ) = 1/(1 + e^{−κ y τ}).
    /// </summary>
    public required ScalarFunction? Teacher { get; init; }

    /// <summary>Inverse temperature κ of the logit teacher, in (0, ∞). Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double InverseTemperature { get; init => field = Guard.In(value, ParameterRange.Positive); } = 1;

    /// <summary>Samples per dimension, α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Ridge λ of ½λ‖w‖², in [0, ∞); 0 means the limit λ → 0⁺. The hard margin does not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public required double Lambda { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Variance Δ of the noise, in [0, ∞); the logit teacher has none. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Whether an intercept is fitted. Default false.</summary>
    public bool Intercept { get; init; }

    /// <summary>Whether the limit λ → 0⁺ is meant; λ is then 0. Default false.</summary>
    public bool Ridgeless { get; init; }

    /// <inheritdoc/>
    public bool Equals(MixtureErmModel? other) => other is not null
        && (Loss, HuberDelta, InverseTemperature, Alpha, Lambda, Noise, Intercept, Ridgeless) == (other.Loss, other.HuberDelta, other.InverseTemperature, other.Alpha, other.Lambda, other.Noise, other.Intercept, other.Ridgeless)
        && Equals(Teacher, other.Teacher) && Equals(CustomLoss, other.CustomLoss) && Tables.Same(AtomWeights, other.AtomWeights) && Tables.Same(CovarianceEigenvalues, other.CovarianceEigenvalues)
        && Tables.Same(TeacherPower, other.TeacherPower) && Tables.Same(MeanTeacherOverlaps, other.MeanTeacherOverlaps) && Tables.Same(MeanGram, other.MeanGram) && Tables.Same(Probabilities, other.Probabilities);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Loss, Alpha, Lambda, Noise, Intercept, Teacher, AtomWeights[0], Probabilities.Length);
}
