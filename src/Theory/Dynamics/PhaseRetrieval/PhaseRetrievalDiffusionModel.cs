using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>
/// Fluctuations of one-pass SGD in phase retrieval with one student and one teacher, y = (w*·z)² + √Δ ξ, f = (w·z)², at q = |w|², m = w·w*, ρ = |w*|²:
/// per step of length ε = γ_c/d in time, (q, m) moves by ε times rates with these means and covariances.
/// </summary>
public sealed partial record PhaseRetrievalDiffusionModel : IModel<PhaseRetrievalDiffusionModel, PhaseRetrievalDiffusionPrediction>
{
    /// <summary>q = |w|², in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Q { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>m = w·w*, with m² ≤ qρ.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public required double M { get; init => field = Guard.In(value, ParameterRange.Finite); }

    /// <summary>ρ = |w*|², the squared norm of the teacher, in (0, ∞). Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double TeacherNorm { get; init => field = Guard.In(value, ParameterRange.Positive); } = 1;

    /// <summary>Learning rate γ_c = η, in [0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public required double LearningRate { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Variance Δ of the label noise, in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    internal void Check()
    {
        if (M * M > Q * TeacherNorm * (1 + 1e-12))
            throw new InvalidInputException("m", FormattableString.Invariant($"m must have a square of at most q·teacher_norm = {Q * TeacherNorm}; got m = {M}"));
    }
}
