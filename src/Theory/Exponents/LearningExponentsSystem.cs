using System.Collections.Immutable;
using Theory.Contract;
using Theory.Symbolics;
using static Theory.Exponents.ExponentValues;

namespace Theory.Exponents;

public sealed partial record LearningExponentsModel
{
    /// <summary>The system <c>exponents</c>.</summary>
    public static SystemDefinition<LearningExponentsModel, LearningExponentsPrediction> System { get; } = new()
    {
        Id = "exponents",
        Title = "Exponents of a target",
        Summary = "f*(x) = f(z), z = Vx, x ~ N(0, I_d), V with orthonormal rows: information exponent, leap, isoLeap and generative leap, the directions that gradient descent learns "
            + "at each step from n = Θ(d^l) samples, and the samples that each way of learning needs, d → ∞ at fixed f. Exact, with a certificate for every quantity.",
        Family = "exponents",
        Standing = Standing.Theorem,
        Sources =
        [
            ExponentSources.BenArous("information exponent and the samples of online SGD for one direction"),
            ExponentSources.MergedStaircase("merged-staircase property"),
            ExponentSources.Leap("leap, isoLeap and the conjecture on the time of SGD"),
            ExponentSources.GradientFlow("growth of the learned subspace, saddle by saddle"),
            ExponentSources.GiantSteps("directions learned at each step with n = Θ(d^l) fresh samples"),
            ExponentSources.BatchReuse("directions learned when a batch is used again"),
            ExponentSources.Repetition("directions of order 2 under reuse"),
            ExponentSources.GenerativeExponent("generative exponent of one direction"),
            ExponentSources.GenerativeLeap("generative leap of several directions"),
        ],
        Template = new() { Expression = Expression.Parse("z") },
        ParameterBindings =
        [
            new(
                new() { Name = "expression", Symbol = "f(z)", Meaning = "target, a formula in z1, …, z9 (z is z1)", Shape = Shape.Expression, Example = "z1+z1*z2" },
                m => m.Expression.ToString(), (m, v) => m with { Expression = Expression.Parse(v.ToText()) }),
            new(
                new() { Name = "activation", Symbol = "σ(z)", Meaning = "activation of the student, a formula in z; without it a generic one, which transmits every order", Shape = Shape.Expression, Default = Value.None, Example = "relu(z)" },
                m => Optional(m.Activation?.ToString()), (m, v) => m with { Activation = v is Value.Missing ? null : Expression.Parse(v.ToText()) }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "information_exponent", Symbol = "k", Meaning = "order of the first Hermite tensor that does not vanish; absent for a constant" }, p => Whole(p.Exponents.InformationExponent)),
            new(new() { Name = "leap", Symbol = "Leap", Meaning = "leap in the given coordinates", Shape = Shape.Integer }, p => Whole(p.Exponents.Leap)),
            new(new() { Name = "merged_staircase", Symbol = "MSP", Meaning = "whether the leap is at most 1", Shape = Shape.Flag }, p => p.Exponents.IsMergedStaircase),
            new(new() { Name = "iso_leap", Symbol = "isoLeap", Meaning = "largest leap over all orthonormal coordinates", Shape = Shape.Integer }, p => Whole(p.Exponents.IsoLeap)),
            new(new() { Name = "dimension", Symbol = "dim V*", Meaning = "number of directions on which the target depends", Shape = Shape.Integer }, p => Whole(p.Exponents.Dimension)),
            new(new() { Name = "generative_leap", Symbol = "k*", Meaning = "isoLeap of the family of all functions of the label; absent for a constant" }, p => Whole(p.Exponents.GenerativeLeap)),
            new(
                new() { Name = "learned_dimensions", Symbol = "dim U_t", Meaning = "for l = 1, 2, 3 the dimensions learned after steps 1, 2, … with n = Θ(d^l) fresh samples each, up to the last step that adds one", Shape = Shape.Table },
                p => PerStep(Learned(p), step => (double)step.Dimension)),
            new(new() { Name = "second_moment", Symbol = "E f²", Meaning = "second moment of a polynomial as an exact fraction", Shape = Shape.Text }, p => Optional(p.Exponents.SecondMoment?.ToString())),
            new(
                new() { Name = "subspace_basis", Symbol = "V*", Meaning = "reduced row echelon basis of the relevant directions of a polynomial, one exact fraction per variable", Shape = Shape.Matrix },
                p => p.Exponents.SecondMoment is null ? Value.None : Basis(p.Exponents.Relevant)),
            new(new() { Name = "flag", Symbol = "k(U_t)", Meaning = "orders at which new directions are found, smallest order first at each stage", Shape = Shape.Vector }, p => Orders(p.Exponents.Flag)),
            new(new() { Name = "generative_flag", Symbol = "k*(U_t)", Meaning = "the same for all functions of the label", Shape = Shape.Vector }, p => Orders(p.Exponents.GenerativeFlag)),
            new(
                new() { Name = "learned_bases", Symbol = "U_t", Meaning = "for l = 1, 2, 3 a basis of what is learned after steps 1, 2, …", Shape = Shape.Table },
                p => PerStep(Learned(p), Basis)),
            new(new() { Name = "one_pass_basis", Symbol = "U_fresh", Meaning = "basis of what O(1) steps on fresh batches of Θ(d) samples learn", Shape = Shape.Matrix }, p => Basis(OnePass(p.Exponents))),
            new(new() { Name = "reuse_basis", Symbol = "U_reuse", Meaning = "basis of what O(1) steps on one batch of Θ(d) samples learn, with the activation if there is one", Shape = Shape.Matrix }, p => Basis(p.Exponents.LearnedByReuseWithActivation ?? p.Exponents.LearnedByReuse)),
            new(new() { Name = "hard_basis", Symbol = "V* ⊖ U_reuse", Meaning = "basis of the directions that they never learn", Shape = Shape.Matrix }, p => Basis(p.Exponents.HardUnderReuse)),
            new(
                new() { Name = "boolean_information_exponent", Symbol = "k_±1", Meaning = "information exponent on the hypercube z_i = ±1, for polynomials" },
                p => Whole(p.Exponents.BooleanInformationExponent)),
            new(new() { Name = "boolean_leap", Symbol = "Leap_±1", Meaning = "leap on the hypercube, for polynomials" }, p => Whole(p.Exponents.BooleanLeap)),
            new(
                new() { Name = "sample_complexities", Symbol = "n", Meaning = "samples that each way of learning needs for all directions", Shape = Shape.Table },
                p => Table(p.SampleComplexities.Select(c => (c.Protocol, (Value)c.Samples)))),
            new(new() { Name = "proved", Symbol = "∎", Meaning = "whether every quantity is proved", Shape = Shape.Flag }, p => p.Exponents.IsProved),
            new(
                new() { Name = "certificates", Symbol = "because", Meaning = "how each quantity was established", Shape = Shape.Table },
                p => Table(p.Exponents.Certificates.Select(c => (c.Quantity, (Value)$"{(c.IsProved ? "proved" : "numerical evidence")}: {c.Reason}")))),
        ],
        Solve = LearningExponentsPrediction.Solve,
        NoExperimentReason = "Exponents are properties of the target, found by exact algebra; simulations at finite d only show powers of d, which constants and logarithms blur.",
    };

    private static Subspace OnePass(LearningExponents exponents) =>
        exponents.LearnedSubspacesWithActivation is not { } aware ? exponents.LearnedInOnePass : aware[1] is [.., var last] ? last : Subspace.Zero(exponents.Relevant.AmbientDimension);

    private static ImmutableSortedDictionary<int, ImmutableArray<Subspace>> Learned(LearningExponentsPrediction prediction) =>
        prediction.Exponents.LearnedSubspacesWithActivation ?? prediction.Exponents.LearnedSubspaces;
}
