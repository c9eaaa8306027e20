using Theory.Exponents;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>
/// Which directions of a target gain an overlap in a finite number of steps of n = αd samples from M^0 = 0 (Dandi et al. 2024, arXiv:2402.03220; Arnaboldi et al. 2024, arXiv:2405.15459). Directions outside
/// <see cref="ByReuse"/> have no overlap at any step: a consequence of the equations. That those inside are learned, for a generic activation and learning rate, is known from examples.
/// </summary>
public sealed record Learnability
{
    /// <summary>All directions on which the target depends, V⋆.</summary>
    public required Subspace Relevant { get; init; }

    /// <summary>What fresh batches can learn, L ← L + span{E[y Φ(P_L z) z]}: the staircase of leaps 1 of what the loss makes of the label.</summary>
    public required Subspace ByFreshBatches { get; init; }

    /// <summary>What a reused batch can learn, G ← G + span{E[Φ(y, P_G z) z]}; functions Φ odd in (y, P_G z) alone if the gradient is odd in (h, y).</summary>
    public required Subspace ByReuse { get; init; }

    /// <summary>What takes reuse: <see cref="ByReuse"/> without <see cref="ByFreshBatches"/>.</summary>
    public Subspace OnlyByReuse => ByReuse.Minus(ByFreshBatches);

    /// <summary>What neither ever learns: <see cref="Relevant"/> without <see cref="ByReuse"/>.</summary>
    public Subspace Hard => Relevant.Minus(ByReuse);

    /// <summary>How <see cref="ByReuse"/> was established: moments that do not vanish, and a symmetry of the target for what is hard.</summary>
    public required Certificate Certificate { get; init; }

    /// <summary>What the student's activation and loss hide, in words; empty if nothing.</summary>
    public required string Restriction { get; init; }

    internal static Learnability Of(BatchReuseModel model)
    {
        if (model.CustomLoss is not null) return Generic(LearningExponents.Of(model.Target), "");

        // −y/(1 + e^{yh}) is odd in (h, y), and no multiple of y.
        if (model.Loss == StudentLoss.Logistic) return Odd(LearningExponents.Of(model.Target), null, "the logistic loss of a linear student is odd in the field and the label together");
        var exponents = LearningExponents.Of(model.Target, new() { Activation = model.Activation });
        var onePass = exponents.LearnedSubspacesWithActivation?[1] is [.., var last] ? last : Subspace.Zero(exponents.Relevant.AmbientDimension);
        if (IsLinear(model.Activation))
        {
            var linear = exponents.LearnedByReuseWithActivation!;
            return new() { Relevant = exponents.Relevant, ByFreshBatches = linear, ByReuse = linear, Certificate = exponents.CertificateOf("learned_dimensions"), Restriction = "a linear student sees the label through E[y z] alone" };
        }
        return model.Activation.Parity == Parity.Odd
            ? Odd(exponents, onePass, $"{model.Activation.Text} is odd: functions of the label and the known directions count that are odd in both together")
            : Generic(exponents, "") with { ByFreshBatches = onePass };
    }

    private static bool IsLinear(ScalarFunction activation) => activation.Expression?.Differentiate().Simplify().VariableCount == 0;

    private static Learnability Generic(LearningExponents exponents, string restriction) => new()
    {
        Relevant = exponents.Relevant,
        ByFreshBatches = exponents.LearnedByReuse,
        ByReuse = exponents.LearnedByReuse,
        Certificate = exponents.CertificateOf("learned_by_reuse"),
        Restriction = restriction,
    };

    private static Learnability Odd(LearningExponents exponents, Subspace? onePass, string restriction) => new()
    {
        Relevant = exponents.Relevant,
        ByFreshBatches = onePass ?? exponents.LearnedByReuseWithOddActivation,
        ByReuse = exponents.LearnedByReuseWithOddActivation,
        Certificate = exponents.CertificateOf("learned_by_reuse_odd_activation"),
        Restriction = restriction,
    };
}
