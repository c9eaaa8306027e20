using Theory.Contract;
using Theory.Symbolics;
using static Theory.Exponents.ExponentValues;

namespace Theory.Exponents;

public sealed partial record WeakRecoveryModel
{
    /// <summary>The system <c>amp-weak-recovery</c>.</summary>
    public static SystemDefinition<WeakRecoveryModel, WeakRecoveryPrediction> System { get; } = new()
    {
        Id = "amp-weak-recovery",
        Title = "Weak recovery by approximate message passing",
        Summary = "y = f(z) + √Δ ξ, z = Vx, x ~ N(0, I_d), V with orthonormal rows; the ratio α = n/d above which approximate message passing, the best first-order method known, finds a "
            + "direction from nothing: 1/α_c is the largest eigenvalue of M ↦ E[G M G], G(y) = E[zzᵀ − I | y]. 0 if E[z | y] is not identically 0, ∞ if Θ(d) samples are never enough.",
        Family = "exponents",
        Standing = Standing.Theorem,
        Sources =
        [
            ExponentSources.WeakLearnability("threshold of several directions; trivial, easy and hard subspaces"),
            ExponentSources.WeakRecovery("threshold of one direction and the spectral method that attains it"),
            ExponentSources.OptimalErrors("state evolution and its uninformative fixed point"),
        ],
        Template = new() { Expression = Expression.Parse("z") },
        ParameterBindings =
        [
            new(
                new() { Name = "expression", Symbol = "f(z)", Meaning = "noiseless label, a formula in z1, …, z9 (z is z1)", Shape = Shape.Expression, Example = "z1*z2" },
                m => m.Expression.ToString(), (m, v) => m with { Expression = Expression.Parse(v.ToText()) }),
            new(new() { Name = "noise", Symbol = "Δ", Meaning = "variance of the label noise", Range = ParameterRange.NonNegative, Default = 0, Example = 0.1 }, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "alpha_c", Symbol = "α_c", Meaning = "samples per dimension above which a direction is found; 0 if some are found at any ratio, infinite if none ever is" }, p => p.Recovery.Threshold),
            new(new() { Name = "alpha_c_error", Symbol = "±", Meaning = "estimate of the absolute error of α_c" }, p => p.Recovery.Error),
            new(new() { Name = "trivial_dimension", Symbol = "dim T", Meaning = "number of directions found at any α > 0", Shape = Shape.Integer }, p => Whole(p.Recovery.Trivial.Dimension)),
            new(new() { Name = "easy_dimension", Symbol = "dim E", Meaning = "number of further directions found above some finite α", Shape = Shape.Integer }, p => Whole(p.Recovery.Easy.Dimension)),
            new(new() { Name = "hard_dimension", Symbol = "dim H", Meaning = "number of directions that Θ(d) samples never show", Shape = Shape.Integer }, p => Whole(p.Recovery.Hard.Dimension)),
            new(new() { Name = "trivial_basis", Symbol = "T", Meaning = "basis of the trivial directions, one exact fraction per variable", Shape = Shape.Matrix }, p => Basis(p.Recovery.Trivial)),
            new(new() { Name = "easy_basis", Symbol = "E", Meaning = "basis of the easy directions", Shape = Shape.Matrix }, p => Basis(p.Recovery.Easy)),
            new(new() { Name = "hard_basis", Symbol = "H", Meaning = "basis of the hard directions", Shape = Shape.Matrix }, p => Basis(p.Recovery.Hard)),
            new(new() { Name = "proved", Symbol = "∎", Meaning = "whether the class of every direction is proved", Shape = Shape.Flag }, p => p.Recovery.Status == ProofStatus.Proved),
            new(new() { Name = "reason", Symbol = "because", Meaning = "how class and value were established", Shape = Shape.Text }, p => p.Recovery.Reason),
        ],
        Solve = WeakRecoveryPrediction.Solve,
        NoExperimentReason = "A threshold of the limit d → ∞ is no mean of anything measured at finite d: overlaps grow smoothly through α_c there, over a width that shrinks slowly with d.",
    };
}
