using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>
/// A target f*(x) = f(z), z = Vx, of Gaussian inputs x ~ N(0, I_d) through a fixed number of directions (the orthonormal rows of V), learned by
/// gradient descent from n = Θ(d^l) samples, d → ∞.
/// </summary>
public sealed partial record LearningExponentsModel : IModel<LearningExponentsModel, LearningExponentsPrediction>
{
    /// <summary>The target f in z1, …, z9; as many variables count as the highest index written.</summary>
    public required Expression Expression { get; init => field = Guard.NotNull(value); }

    /// <summary>
    /// The student's activation σ(z), or <see langword="null"/> for a generic one, all of whose Hermite coefficients differ from 0.
    /// </summary>
    /// <exception cref="ArgumentException">The formula has more than one variable.</exception>
    public Expression? Activation
    {
        get;
        init => field = value is not { VariableCount: > 1 }
            ? value
            : throw new ArgumentException($"must be a formula in z alone; got {value}", nameof(Activation));
    }
}
