using Theory.Contract;

namespace Theory.Estimation;

public sealed partial record MulticlassRidgeModel
{
    /// <summary>The system <c>multiclass-ridge</c>.</summary>
    public static SystemDefinition<MulticlassRidgeModel, MulticlassRidgePrediction> System { get; } = new()
    {
        Id = "multiclass-ridge",
        Title = "Classification of K Gaussians by ridge regression",
        Summary = "x = μ_c/√d + √Δ g in cluster c of probability p_c, with the one-hot label e_c; minimise ½ Σ ‖y − Wx/√d − b‖² + ½λ‖W‖² (no 1/n) over n samples; d, n → ∞ with α = n/d fixed.",
        Family = "estimation",
        Standing = Standing.Theorem,
        Sources = [EstimationSources.Mixtures("state evolution on K clusters, square loss")],
        Template = new() { Probabilities = [0.5, 0.5], MeanGram = [[1, 0], [0, 1]], Noise = 1, Alpha = 1, Lambda = 1 },
        ParameterBindings =
        [
            new(new() { Name = "probabilities", Symbol = "p_c", Meaning = "probabilities of the clusters", Shape = Shape.Vector, Range = new(0, false, 1, true), Example = Value.Vector([0.5, 0.3, 0.2]) }, m => Tables.ToValue(m.Probabilities), (m, v) => m with { Probabilities = v.ToVector() }),
            new(new() { Name = "mean_gram", Symbol = "μ_c·μ_c′/d", Meaning = "overlaps of the means", Shape = Shape.Matrix, Example = Value.ListOf([Value.Vector([1.0, 0, 0]), Value.Vector([0, 1.0, 0]), Value.Vector([0, 0, 1.0])]) }, m => Tables.ToValue(m.MeanGram), (m, v) => m with { MeanGram = Tables.ToMatrix(v) }),
            new(new() { Name = "noise", Symbol = "Δ", Meaning = "variance of the inputs within a cluster", Range = ParameterRange.Positive, Example = 0.5 }, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(new() { Name = "alpha", Symbol = "α", Meaning = "samples per dimension n/d", Range = ParameterRange.Positive, Example = 2 }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(new() { Name = "lambda", Symbol = "λ", Meaning = "ridge of the penalty ½λ‖W‖²; 0 is the limit λ → 0⁺", Range = ParameterRange.NonNegative, Example = 0.1 }, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(new() { Name = "intercept", Symbol = "b", Meaning = "whether an intercept, not penalised, is fitted", Shape = Shape.Flag, Default = false, Example = true }, m => m.Intercept, (m, v) => m with { Intercept = v.ToBoolean() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "test_error", Symbol = "ε_test", Meaning = "misclassification probability on a fresh sample", IsMeasured = true }, p => p.TestError),
            new(new() { Name = "train_loss", Symbol = "ℓ_train", Meaning = "mean of ½‖y − ν‖² on the training samples, without the penalty", IsMeasured = true }, p => p.TrainLoss),
            new(new() { Name = "v", Symbol = "V", Meaning = "variance of the proximal map; λV for interpolation" }, p => p.V),
            new(new() { Name = "q", Symbol = "Q", Meaning = "ΔWWᵀ/d", Shape = Shape.Matrix, IsMeasured = true }, p => Tables.ToValue(p.Q)),
            new(new() { Name = "h", Symbol = "h_kc", Meaning = "(Wμ_c)_k/d, a row for each output", Shape = Shape.Matrix, IsMeasured = true }, p => Tables.ToValue(p.H)),
            new(new() { Name = "intercept", Symbol = "b", Meaning = "the intercept, if fitted", Shape = Shape.Vector }, p => p.Intercept is { } b ? Tables.ToValue(b) : Value.None),
        ],
        Solve = MulticlassRidgePrediction.Solve,
        Experiment = new()
        {
            Run = MulticlassRidgeExperiment.Run,
            Description = "Draws means with exactly the given overlaps and a sample of the clusters, solves the ridge regression of each one-hot component, and measures overlaps, the training set and 10d fresh samples.",
            DefaultSize = 200,
            FiniteSizeConstant = MulticlassRidgeExperiment.Allowance,
            FiniteSizeRemark = "c = 5 times the test error, the largest q and its root (for h), 8 times the training loss; four times that without ridge.",
        },
    };
}
