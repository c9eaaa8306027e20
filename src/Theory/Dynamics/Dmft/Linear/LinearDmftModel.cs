using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>
/// Least squares learned by reusing one batch: x_μ ~ N(0, I_d), n = αd samples, y_μ = w⋆·x_μ/√d + √Δ ξ_μ with |w⋆|²/d = ρ, h_μ = w·x_μ/√d,
/// w ← w − η[Σ_μ m_μ (h_μ − y_μ) x_μ/√d + λ w], a sum over samples, not a mean; with momentum β and Bernoulli minibatches, m_μ ∈ {0, 1/b}. Limit d → ∞ at fixed α and T.
/// </summary>
public sealed partial record LinearDmftModel : IModel<LinearDmftModel, LinearDmftPrediction>
{
    /// <summary>Samples per dimension, α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Learning rate η of the sum over samples, in (0, ∞); with the mean loss and normalised weights it is αη.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double LearningRate { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Ridge λ of the penalty (λ/2)|w|², in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Lambda { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Variance Δ of the label noise, in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Number of steps T, from 1 to 1,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in this range.</exception>
    public required int Steps { get; init => field = DmftInputs.InSteps(value, 1000); }

    /// <summary>Initial overlap M^0 = w·w⋆/(d√ρ). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public double M0 { get; init => field = Guard.In(value, ParameterRange.Finite); }

    /// <summary>Initial squared norm Q^0 = |w|²/d, at least M0². Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Q0 { get; init => field = Guard.In(value, ParameterRange.NonNegative); } = 1;

    /// <summary>Squared norm ρ = |w⋆|²/d of the teacher, in [0, ∞). Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Rho { get; init => field = Guard.In(value, ParameterRange.NonNegative); } = 1;

    /// <summary>Momentum β, in [0, 1). Default 0: gradient descent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, 1).</exception>
    public double Momentum { get; init => field = Guard.In(value, DmftInputs.Momenta); }

    /// <summary>Whether gradients are taken at the point ahead, w + β(w − w₋) (Nesterov), instead of at w (heavy ball). Default no.</summary>
    public bool Nesterov { get; init; }

    /// <summary>Fraction b of the samples in each step's minibatch, drawn independently (Bernoulli), in (0, 1]. Default 1: the full batch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1].</exception>
    public double BatchFraction { get; init => field = Guard.In(value, DmftInputs.Fractions); } = 1;

    /// <summary>The largest mode x = η(s₊ + λ) of the Hessian relative to where the iteration turns unstable: below 1 it is stable.</summary>
    internal double Stiffness
    {
        get
        {
            var root = 1 + Math.Sqrt(Alpha);
            var limit = Nesterov ? (2 + 2 * Momentum) / (1 + 2 * Momentum) : 2 * (1 + Momentum);
            return LearningRate * (root * root + Lambda) / limit;
        }
    }
}
