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
            ExponentSources.SpectralInitialization("overlap of the spectral method, brought to one equation for the optimal weights"),
            ExponentSources.OptimalErrors("state evolution and its uninformative fixed point"),
        ],
        Template = new() { Expression = Expression.Parse("z") },
        ParameterBindings =
        [
            new(
                new() { Name = "expression", Symbol = "f(z)", Meaning = "noiseless label, a formula in z1, …, z9 (z is z1)", Shape = Shape.Expression, Example = "abs(z)" },
                m => m.Expression.ToString(), (m, v) => m with { Expression = Expression.Parse(v.ToText()) }),
            new(new() { Name = "noise", Symbol = "Δ", Meaning = "variance of the label noise", Range = ParameterRange.NonNegative, Default = 0, Example = 0.1 }, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(
                new() { Name = "alpha", Symbol = "α", Meaning = "samples per dimension at which the spectral method is wanted; none for the threshold alone", Range = ParameterRange.Positive, Default = Value.None, Example = 1.5 },
                m => m.Alpha, (m, v) => m with { Alpha = v is Value.Missing ? null : v.ToDouble() }),
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
            new(new() { Name = "spectral_overlap", Symbol = "q", Meaning = "squared overlap of the label's directions with the top eigenvector of (1/n) Σ T(y) x xᵀ, T = G/(1+G), at the given α; none where G(y) is no multiple of the identity", IsMeasured = true }, p => p.SpectralOverlap),
            new(new() { Name = "spectral_threshold", Symbol = "α_s", Meaning = "the α above which that overlap is positive; α_c where E[z | y] vanishes" }, p => p.SpectralThreshold),
        ],
        Solve = WeakRecoveryPrediction.Solve,
        Experiment = new()
        {
            Run = WeakRecoveryExperiment.Run,
            Description = "Draws αd samples, weighs each by T(y) = G/(1+G), and measures the squared overlap of the top eigenvector of (1/n) Σ T(y) x xᵀ with the label's directions.",
            DefaultSize = 300,
            DefaultTrials = 32,
            FiniteSizeConstant = Allowance,
            FiniteSizeRemark = "c = 4 + 30 (1 − 4q)₊: runs at d = 100 … 600 with 48 trials left at most 4 above twice the threshold, and 25 at and below it, where overlaps shrink slowly with d.",
        },
    };

    private static double Allowance(WeakRecoveryModel model, WeakRecoveryPrediction prediction, string observable) =>
        4 + 30 * Math.Max(0, 1 - 4 * (prediction.SpectralOverlap ?? 0));
}
