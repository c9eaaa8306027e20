using System.Collections.Immutable;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Estimation;

/// <summary>Which fixed point of the Bayes-optimal state evolution is meant.</summary>
public enum BayesBranch
{
    /// <summary>That reached from nothing: what message passing finds.</summary>
    Uninformed,

    /// <summary>That reached from the truth.</summary>
    Informed,

    /// <summary>That of largest free entropy: what the Bayes-optimal estimator attains without regard to computation.</summary>
    Optimal,
}

/// <summary>
/// Bayes-optimal estimation of θ ~ N(0, ρI) from n labels of fields τ = θ·x/√d, x ~ N(0, Σ), when teacher and noise are known. Limit d, n → ∞ at fixed α = n/d.
/// </summary>
public sealed partial record BayesOptimalGlmModel : IModel<BayesOptimalGlmModel, BayesOptimalGlmPrediction>
{
    /// <summary>
    /// Teacher g: if it is ±1 and piecewise constant, y = g(τ + √Δ ξ); otherwise y = g(τ) + √Δ ξ. <see langword="null"/> is the logit teacher, P(y|τ) = 1/(1 + e^{−κ y τ}).
    /// </summary>
    public required ScalarFunction? Teacher { get; init; }

    /// <summary>Inverse temperature κ of the logit teacher, in (0, ∞). Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double InverseTemperature { get; init => field = Guard.In(value, ParameterRange.Positive); } = 1;

    /// <summary>Variance Δ of the noise, in [0, ∞); the logit teacher has none. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Samples per dimension, α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Variance of the entries of θ, in (0, ∞). Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double Signal { get; init => field = Guard.In(value, ParameterRange.Positive); } = 1;

    /// <summary>Eigenvalues σ_j of Σ in [0, ∞), not all 0. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in [0, ∞).</exception>
    public ImmutableArray<double> CovarianceEigenvalues { get; init => field = Tables.In(value, ParameterRange.NonNegative, nameof(CovarianceEigenvalues)); } = [1];

    /// <summary>Their weights w_j, in (0, 1], of sum 1. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in (0, 1].</exception>
    /// <exception cref="ArgumentException">None, or they do not sum to 1.</exception>
    public ImmutableArray<double> AtomWeights { get; init => field = Tables.Law(value, nameof(AtomWeights)); } = [1];

    /// <summary>Which fixed point. Default: that reached from nothing.</summary>
    public BayesBranch Branch { get; init; }

    /// <inheritdoc/>
    public bool Equals(BayesOptimalGlmModel? other) => other is not null
        && (InverseTemperature, Noise, Alpha, Signal, Branch) == (other.InverseTemperature, other.Noise, other.Alpha, other.Signal, other.Branch)
        && Equals(Teacher, other.Teacher) && Tables.Same(CovarianceEigenvalues, other.CovarianceEigenvalues) && Tables.Same(AtomWeights, other.AtomWeights);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Teacher, InverseTemperature, Noise, Alpha, Signal, Branch, CovarianceEigenvalues[0]);
}

/// <summary>The thresholds in α of Bayes-optimal estimation with a given teacher and noise; see <see cref="BayesOptimalGlmModel"/>.</summary>
public sealed partial record BayesOptimalGlmThresholdsModel : IModel<BayesOptimalGlmThresholdsModel, BayesOptimalGlmThresholdsPrediction>
{
    /// <summary>Teacher g, as in <see cref="BayesOptimalGlmModel.Teacher"/>.</summary>
    public required ScalarFunction? Teacher { get; init; }

    /// <summary>Inverse temperature κ of the logit teacher, in (0, ∞). Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double InverseTemperature { get; init => field = Guard.In(value, ParameterRange.Positive); } = 1;

    /// <summary>Variance Δ of the noise, in [0, ∞); the logit teacher has none. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Variance of the entries of θ, in (0, ∞). Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double Signal { get; init => field = Guard.In(value, ParameterRange.Positive); } = 1;

    /// <summary>Eigenvalues σ_j of Σ in [0, ∞), not all 0. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in [0, ∞).</exception>
    public ImmutableArray<double> CovarianceEigenvalues { get; init => field = Tables.In(value, ParameterRange.NonNegative, nameof(CovarianceEigenvalues)); } = [1];

    /// <summary>Their weights w_j, in (0, 1], of sum 1. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in (0, 1].</exception>
    /// <exception cref="ArgumentException">None, or they do not sum to 1.</exception>
    public ImmutableArray<double> AtomWeights { get; init => field = Tables.Law(value, nameof(AtomWeights)); } = [1];

    /// <inheritdoc/>
    public bool Equals(BayesOptimalGlmThresholdsModel? other) => other is not null
        && (InverseTemperature, Noise, Signal) == (other.InverseTemperature, other.Noise, other.Signal)
        && Equals(Teacher, other.Teacher) && Tables.Same(CovarianceEigenvalues, other.CovarianceEigenvalues) && Tables.Same(AtomWeights, other.AtomWeights);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Teacher, InverseTemperature, Noise, Signal, CovarianceEigenvalues[0]);
}
