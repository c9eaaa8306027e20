using Theory.Contract;

namespace Theory.Features;

public sealed partial record LearnedFeaturesRidgeModel
{
    /// <summary>The system <c>learned-features-ridge</c>.</summary>
    public static SystemDefinition<LearnedFeaturesRidgeModel, LearnedFeaturesRidgePrediction> System { get; } = new()
    {
        Id = "learned-features-ridge",
        Title = "Ridge regression on features after a gradient step",
        Summary = "y = g(w*·x) + √Δ ξ, x ~ N(0, I_d); f(x) = (1/√p) Σ a_j σ(w_j·x) with w_j = w⁰_j + u_j w*, w⁰_j uniform on the unit sphere, u_j = ζ_q for a fraction π_q of the features; "
            + "minimise Σ(y − f(x))² + λ‖a‖² (no 1/n, no ½) over n samples; d, p, n → ∞ with α = n/d and β = p/d fixed.",
        Family = "features",
        Standing = Standing.Derived,
        Sources =
        [
            FeatureSources.DandiSpikes("deterministic equivalent and test error of features with a vocabulary of spikes; re-derived by a cavity argument, with the corrections at finite d"),
            FeatureSources.Cui("the case of one spike, by the replica method"),
            FeatureSources.Ba("the rank-one update of one large gradient step"),
        ],
        Template = new() { Activation = "z", Target = "z", Fractions = [1], Spikes = [1], Alpha = 1, Beta = 1, Lambda = 1 },
        ParameterBindings =
        [
            new(new() { Name = "activation", Symbol = "σ(z)", Meaning = "activation, a formula in z", Shape = Shape.Expression, Example = "relu(z)" }, m => m.Activation.Text, (m, v) => m with { Activation = v.ToText() }),
            new(new() { Name = "target", Symbol = "g(z)", Meaning = "single-index target, a formula in z", Shape = Shape.Expression, Example = "tanh(z)" }, m => m.Target.Text, (m, v) => m with { Target = v.ToText() }),
            new(new() { Name = "fractions", Symbol = "π_q", Meaning = "fractions of the features, of sum 1", Shape = Shape.Vector, Range = VocabularyInputs.Fraction, Example = Value.Vector([0.7, 0.3]) }, m => Value.Vector(m.Fractions.AsSpan()), (m, v) => m with { Fractions = v.ToVector() }),
            new(new() { Name = "spikes", Symbol = "ζ_q", Meaning = "their weights on the learned direction", Shape = Shape.Vector, Range = ParameterRange.Finite, Example = Value.Vector([1, -1]) }, m => Value.Vector(m.Spikes.AsSpan()), (m, v) => m with { Spikes = v.ToVector() }),
            new(new() { Name = "alpha", Symbol = "α", Meaning = "samples of the readout per dimension n/d", Range = ParameterRange.Positive, Example = 2 }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(new() { Name = "beta", Symbol = "β", Meaning = "features per dimension p/d", Range = ParameterRange.Positive, Example = 1.5 }, m => m.Beta, (m, v) => m with { Beta = v.ToDouble() }),
            new(new() { Name = "lambda", Symbol = "λ", Meaning = "ridge of the sum convention", Range = ParameterRange.Positive, Example = 0.1 }, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(new() { Name = "noise", Symbol = "Δ", Meaning = "variance of the label noise", Range = ParameterRange.NonNegative, Default = 0, Example = 0.05 }, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(new() { Name = "dimension", Symbol = "d", Meaning = "dimension whose leading corrections are included; none means the limit", Shape = Shape.Integer, Range = new(2, true, int.MaxValue, true), Default = Value.None, Example = 400 },
                m => m.Dimension is { } d ? d : Value.None,
                (m, v) => m with { Dimension = v is Value.Missing ? null : Whole(v) }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "test_error", Symbol = "ε_test", Meaning = "mean squared error on a fresh sample, label noise included", IsMeasured = true }, p => p.TestError),
            new(new() { Name = "train_error", Symbol = "ε_train", Meaning = "mean squared error on the training samples, without the penalty", IsMeasured = true }, p => p.TrainError),
            new(new() { Name = "objective_per_sample", Symbol = "E/α", Meaning = "minimum of loss and penalty over n" }, p => p.ObjectivePerSample),
            new(new() { Name = "readout_norm", Symbol = "‖a‖²/p", Meaning = "squared norm of the readout" }, p => p.ReadoutNorm),
            new(new() { Name = "bias", Symbol = "E(g − m)²", Meaning = "squared error of the mean of f given the projection on w*" }, p => p.Bias),
            new(new() { Name = "variance", Symbol = "v", Meaning = "variance of f given the projection on w*" }, p => p.Variance),
            new(new() { Name = "coherent", Symbol = "E(M·c₂)²/2d", Meaning = "fluctuation of f with the length of x; 0 in the limit" }, p => p.Coherent),
            new(new() { Name = "floor", Symbol = "min_θ E(g − θ·ψ)²", Meaning = "the least bias of any readout on this vocabulary" }, p => p.Floor),
            new(new() { Name = "m", Symbol = "M_q", Meaning = "sums of the readout, (1/√p) Σ a_j over each part", Shape = Shape.Vector }, p => Value.Vector(p.M.AsSpan())),
            new(new() { Name = "s", Symbol = "S_q", Meaning = "fits along w*, (1/√p) Σ a_j w⁰_j·w* over each part", Shape = Shape.Vector }, p => Value.Vector(p.S.AsSpan())),
            new(new() { Name = "chi", Symbol = "χ_q", Meaning = "diagonal of (ΦᵀΦ/p + λ)⁻¹ in each part", Shape = Shape.Vector }, p => Value.Vector(p.Chi.AsSpan())),
            new(new() { Name = "crossover_dimension", Symbol = "d*", Meaning = "dimension in which the corrections in 1/d would be as large as the labels" }, p => p.CrossoverDimension),
            new(new() { Name = "degenerate", Symbol = "rank E c₀c₀ᵀh < k", Meaning = "whether the functions E σ(z + ζ_qκ) are so nearly dependent that the limit is of no practical meaning", Shape = Shape.Flag }, p => p.IsDegenerate),
            new(new() { Name = "quadrature_error", Symbol = "δ", Meaning = "relative error of the averages over the projection on w*" }, p => p.QuadratureError),
        ],
        Solve = LearnedFeaturesRidgePrediction.Solve,
        Experiment = new()
        {
            Run = LearnedFeaturesRidgeExperiment.Run,
            Description = "Draws weights with the vocabulary, Gaussian inputs and noisy labels, fits the readout by Cholesky, and measures it on the training set and on 8d fresh samples.",
            DefaultSize = 200,
            Dimension = static model => model.Dimension,
            FiniteSizeConstant = Allowance,
            FiniteSizeRemark = "c = 2 d′|difference of the errors at d′ = 200 and in the limit| + 4A·error (test) or 6A·error (training), A = 1 + v/E r² being the amplification by the variance.",
        },
    };

    private static double Allowance(LearnedFeaturesRidgeModel model, LearnedFeaturesRidgePrediction prediction, string observable)
    {
        const int Dimension = 200;
        var isTest = observable == "test_error";
        var rest = prediction.TestError - prediction.Variance;
        var amplification = rest > 0 ? prediction.TestError / rest : 1;
        var own = amplification * (isTest ? 4 * prediction.TestError : 6 * prediction.TrainError);
        if (model.Dimension is not null) return own;
        var dressed = LearnedFeaturesRidgePrediction.Solve(model with { Dimension = Dimension });
        return own + 2 * Dimension * Math.Abs(isTest ? dressed.TestError - prediction.TestError : dressed.TrainError - prediction.TrainError);
    }

    private static int Whole(Value value) => value.ToInt64() is >= 0 and <= int.MaxValue and var whole
        ? (int)whole
        : throw new FormatException($"must be a whole number of at most {int.MaxValue}; got {value}");
}
