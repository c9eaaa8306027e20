using Theory.Contract;

namespace Theory.Features;

public sealed partial record LearnedFeaturesOutliersModel
{
    /// <summary>The system <c>learned-features-outliers</c>.</summary>
    public static SystemDefinition<LearnedFeaturesOutliersModel, LearnedFeaturesOutliersPrediction> System { get; } = new()
    {
        Id = "learned-features-outliers",
        Title = "Outliers in the spectrum of features after a gradient step",
        Summary = "Ĉ = ΦᵀΦ/p, Φ_μj = σ(w_j·x_μ), n samples x ~ N(0, I_d), w_j = w⁰_j + u_j w*, u_j = ζ_q for a fraction π_q of the features; α = n/d, β = p/d: "
            + "the eigenvalues above the bulk, of order n and of order 1, at finite n.",
        Family = "features",
        Standing = Standing.Derived,
        Sources =
        [
            FeatureSources.BenaychGeorgesNadakuditi("outliers of rectangular matrices perturbed at finite rank; applied to the means of the features given the projection on w*"),
            FeatureSources.DandiSpikes("features with a vocabulary of spikes, and their bulk"),
        ],
        Template = new() { Activation = "z", Fractions = [1], Spikes = [0], Alpha = 1, Beta = 1, Samples = 100 },
        ParameterBindings =
        [
            new(new() { Name = "activation", Symbol = "σ(z)", Meaning = "activation, a formula in z", Shape = Shape.Expression, Example = "tanh(z)" }, m => m.Activation.Text, (m, v) => m with { Activation = v.ToText() }),
            new(new() { Name = "fractions", Symbol = "π_q", Meaning = "fractions of the features, of sum 1", Shape = Shape.Vector, Range = VocabularyInputs.Fraction, Example = Value.Vector([0.5, 0.5]) }, m => Value.Vector(m.Fractions.AsSpan()), (m, v) => m with { Fractions = v.ToVector() }),
            new(new() { Name = "spikes", Symbol = "ζ_q", Meaning = "their weights on the learned direction", Shape = Shape.Vector, Range = ParameterRange.Finite, Example = Value.Vector([2, -1]) }, m => Value.Vector(m.Spikes.AsSpan()), (m, v) => m with { Spikes = v.ToVector() }),
            new(new() { Name = "alpha", Symbol = "α", Meaning = "samples per dimension n/d", Range = ParameterRange.Positive, Example = 2 }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(new() { Name = "beta", Symbol = "β", Meaning = "features per dimension p/d", Range = ParameterRange.Positive, Example = 0.8 }, m => m.Beta, (m, v) => m with { Beta = v.ToDouble() }),
            new(new() { Name = "n", Symbol = "n", Meaning = "number of samples", Shape = Shape.Integer, Range = new(1, true, int.MaxValue, true), Example = 400 }, m => m.Samples, (m, v) => m with { Samples = Whole(v) }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "outliers", Symbol = "z_j", Meaning = "eigenvalues above the bulk at n samples, descending", Shape = Shape.Vector, IsMeasured = true }, p => Value.Vector(p.Outliers.AsSpan())),
            new(new() { Name = "limit_outliers", Symbol = "z_j, n → ∞", Meaning = "those that stay of order 1 as n grows, descending", Shape = Shape.Vector }, p => Value.Vector(p.LimitOutliers.AsSpan())),
            new(new() { Name = "giants", Symbol = "eig Π^½E[c₀c₀ᵀ]Π^½", Meaning = "leading order of the eigenvalues of order n, divided by n", Shape = Shape.Vector }, p => Value.Vector(p.Giants.AsSpan())),
            new(new() { Name = "right_edge", Symbol = "x₊", Meaning = "upper edge of the bulk" }, p => p.RightEdge),
            new(new() { Name = "quadrature_error", Symbol = "δ", Meaning = "relative error of the averages over the projection on w*" }, p => p.QuadratureError),
        ],
        Solve = LearnedFeaturesOutliersPrediction.Solve,
        Experiment = new()
        {
            Run = LearnedFeaturesOutliersExperiment.Run,
            Description = "Draws weights with the vocabulary and n Gaussian inputs in d = n/α dimensions, and takes the largest eigenvalues of ΦᵀΦ/p.",
            DefaultSize = 200,
            Dimension = static model => LearnedWeights.AtLeastOne(model.Samples / model.Alpha),
            FiniteSizeConstant = Allowance,
            FiniteSizeRemark = "c = 10 x₊: outliers of order 1 at n = 800, 40 trials, left gaps of up to 4.6 x₊/d.",
        },
    };

    private static double Allowance(LearnedFeaturesOutliersModel model, LearnedFeaturesOutliersPrediction prediction, string observable) => 10 * prediction.RightEdge;

    private static int Whole(Value value) => value.ToInt64() is >= 0 and <= int.MaxValue and var whole
        ? (int)whole
        : throw new FormatException($"must be a whole number of at most {int.MaxValue}; got {value}");
}
