using System.Collections.Immutable;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Estimation;

/// <summary>
/// Whether n labelled samples in d dimensions can be separated by a hyperplane: x ~ N(0, I_d), or a mixture of N(±μ/√d, I_d), with labels of the teacher's field τ = θ·x/√d.
/// Limit d, n → ∞ at fixed α = n/d.
/// </summary>
public sealed partial record SeparabilityModel : IModel<SeparabilityModel, SeparabilityPrediction>
{
    /// <summary>
    /// Teacher g, ±1 and piecewise constant: y = g(τ + √Δ ξ). <see langword="null"/> is the logit teacher, P(y|τ) = 1/(1 + e^{−κ y τ}).
    /// </summary>
    public required ScalarFunction? Teacher { get; init; }

    /// <summary>Inverse temperature κ of the logit teacher, in (0, ∞). Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double InverseTemperature { get; init => field = Guard.In(value, ParameterRange.Positive); } = 1;

    /// <summary>Variance Δ of the noise in the field, in [0, ∞); the logit teacher has none. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>ρ = ‖θ‖²/d, in (0, ∞). Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double Signal { get; init => field = Guard.In(value, ParameterRange.Positive); } = 1;

    /// <summary>Probabilities of the clusters at μ and −μ, or 1 for a single Gaussian (the default).</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in (0, 1].</exception>
    /// <exception cref="ArgumentException">None, or they do not sum to 1.</exception>
    public ImmutableArray<double> Probabilities { get; init => field = Tables.Law(value, nameof(Probabilities)); } = [1];

    /// <summary>‖μ‖²/d, in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double MeanPower { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Cosine of θ and μ, in [−1, 1]. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [−1, 1].</exception>
    public double Alignment { get; init => field = Guard.In(value, new ParameterRange(-1, true, 1, true)); }

    /// <summary>Whether the hyperplane need not pass through the origin. Default false.</summary>
    public bool Intercept { get; init; }

    /// <inheritdoc/>
    public bool Equals(SeparabilityModel? other) => other is not null
        && (InverseTemperature, Noise, Signal, MeanPower, Alignment, Intercept) == (other.InverseTemperature, other.Noise, other.Signal, other.MeanPower, other.Alignment, other.Intercept)
        && Equals(Teacher, other.Teacher) && Tables.Same(Probabilities, other.Probabilities);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Teacher, InverseTemperature, Noise, Signal, MeanPower, Alignment, Intercept);

    internal MarginProblem ToProblem() => MarginProblem.Of(Teacher, InverseTemperature, Noise, Signal, Probabilities, MeanPower, Alignment, Intercept);
}
