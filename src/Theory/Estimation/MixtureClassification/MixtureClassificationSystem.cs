using Theory.Channels;
using Theory.Contract;

namespace Theory.Estimation;

public sealed partial record MixtureClassificationModel
{
    /// <summary>The system <c>mixture-classification</c>.</summary>
    public static SystemDefinition<MixtureClassificationModel, MixtureClassificationPrediction> System { get; } = new()
    {
        Id = "mixture-classification",
        Title = "Classification of two Gaussians",
        Summary = "x = y μ/√d + Σ^{1/2} g with the label y = ±1; minimise Σ ℓ(y (w·x/√d + b)) + ½λ‖w‖² (no 1/n; with the ½) over n samples; d, n → ∞ with α = n/d fixed.",
        Family = "estimation",
        Standing = Standing.Theorem,
        Sources = [EstimationSources.Mixtures("state evolution of convex empirical risk minimisation on Gaussian mixtures, two clusters")],
        Template = new() { AtomWeights = [1], CovarianceEigenvalues = [1], MeanPower = 1, Loss = LossKind.Square, Alpha = 1, Lambda = 1 },
        ParameterBindings =
        [
            new(new() { Name = "atom_weights", Symbol = "w_j", Meaning = "fraction of the coordinates in each atom", Shape = Shape.Vector, Range = new(0, false, 1, true), Example = Value.Vector([0.5, 0.5]) }, m => Tables.ToValue(m.AtomWeights), (m, v) => m with { AtomWeights = v.ToVector() }),
            new(new() { Name = "covariance_eigenvalues", Symbol = "σ_j", Meaning = "eigenvalues of the covariance of both clusters", Shape = Shape.Vector, Range = ParameterRange.NonNegative, Example = Value.Vector([0.1, 0.5]) }, m => Tables.ToValue(m.CovarianceEigenvalues), (m, v) => m with { CovarianceEigenvalues = v.ToVector() }),
            new(new() { Name = "mean_power", Symbol = "‖μ‖²/d", Meaning = "mean square of the coordinates of μ", Range = ParameterRange.NonNegative, Example = 1 }, m => m.MeanPower, (m, v) => m with { MeanPower = v.ToDouble() }),
            new(new() { Name = "probability", Symbol = "p", Meaning = "probability of the label +1", Range = ParameterRange.Between(0, 1), Default = 0.5, Example = 0.3 }, m => m.Probability, (m, v) => m with { Probability = v.ToDouble() }),
            new(new() { Name = "huber_delta", Symbol = "δ", Meaning = "width of the quadratic part of the Huber loss", Range = ParameterRange.Positive, Default = 1, Example = 1 }, m => m.HuberDelta, (m, v) => m with { HuberDelta = v.ToDouble() }),
            new(new() { Name = "loss", Symbol = "ℓ", Meaning = "loss of the margin", Shape = Shape.Text, Choices = MarginLosses.Choices(Enum.GetValues<LossKind>()), Example = "logistic" }, m => MarginLosses.NameOf(m.Loss), (m, v) => m with { Loss = MarginLosses.Named(v.ToText()) }),
            new(new() { Name = "loss_function", Symbol = "ℓ(z)", Meaning = "the loss custom, a convex formula in the margin z = y·f", Shape = Shape.Expression, Default = Value.None, Example = Value.None }, m => m.CustomLoss?.Name is { } name ? name : Value.None, (m, v) => m with { CustomLoss = CustomLosses.Read(v) }),
            new(new() { Name = "alpha", Symbol = "α", Meaning = "samples per dimension n/d", Range = ParameterRange.Positive, Example = 1.5 }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(new() { Name = "lambda", Symbol = "λ", Meaning = "ridge of the penalty ½λ‖w‖²; 0 is the limit λ → 0⁺", Range = ParameterRange.NonNegative, Example = 0.1 }, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(new() { Name = "intercept", Symbol = "b", Meaning = "whether an intercept, not penalised, is fitted", Shape = Shape.Flag, Default = false, Example = true }, m => m.Intercept, (m, v) => m with { Intercept = v.ToBoolean() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "test_error", Symbol = "ε_test", Meaning = "misclassification probability on a fresh sample", IsMeasured = true }, p => p.TestError),
            new(new() { Name = "train_loss", Symbol = "ℓ_train", Meaning = "mean loss on the training samples, without the penalty", IsMeasured = true }, p => p.TrainLoss),
            new(new() { Name = "v", Symbol = "V", Meaning = "variance of the proximal map; λV for interpolation and the hard margin" }, p => p.V),
            new(new() { Name = "q", Symbol = "q", Meaning = "wᵀΣw/d", IsMeasured = true }, p => p.Q),
            new(new() { Name = "m", Symbol = "m", Meaning = "μ·w/d", IsMeasured = true }, p => p.M),
            new(new() { Name = "intercept", Symbol = "b", Meaning = "the intercept, if fitted" }, p => p.Intercept),
            new(new() { Name = "minimiser", Symbol = "ŵ", Meaning = "exists; or separable: at lambda = 0 there is none, and the values are those of the hard margin, the limit of its direction", Shape = Shape.Text }, p => ErmMinimisers.Name(p.Minimiser)),
        ],
        Solve = MixtureClassificationPrediction.Solve,
        Experiment = new()
        {
            Run = MixtureClassificationExperiment.Run,
            Description = "Draws μ and a sample of the two Gaussians, minimises the empirical risk to a duality gap of 1e-8, and measures overlaps, the training set and 10d fresh samples.",
            DefaultSize = 200,
            FiniteSizeConstant = (m, p, name) => (m.Loss == LossKind.HardMargin || m.Lambda == 0 ? 4 : 1) * name switch
            {
                "test_error" => 5 * p.TestError,
                "train_loss" => 8 * p.TrainLoss + 1e-6,
                "q" => 5 * p.Q,
                _ => 5 * Math.Sqrt(p.Q) + 2 * Math.Abs(p.M),
            },
            FiniteSizeRemark = "c = 5 times the test error and q, 8 times the training loss (and 1e-6 for the gap of the fit), 5√q + 2m for m; four times that for λ = 0 and the hard margin.",
        },
    };
}
