using Theory.Channels;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Estimation;

public sealed partial record LabelledMixtureModel
{
    /// <summary>The system <c>labelled-mixture</c>.</summary>
    public static SystemDefinition<LabelledMixtureModel, LabelledMixturePrediction> System { get; } = new()
    {
        Id = "labelled-mixture",
        Title = "Empirical risk minimisation on Gaussians estimated from data",
        Summary = "x ~ N(m_c, Σ_c) with probability p_c and any matrices Σ_c; labels ±1 of the clusters, or of a teacher with any link; minimise Σ ℓ(y, w·x/√d + b) + ½λ‖w‖² (no 1/n; with the ½); "
            + "theory estimate-covariance writes such models.",
        Family = "estimation",
        Standing = Standing.Theorem,
        Sources =
        [
            EstimationSources.Mixtures("state evolution of convex empirical risk minimisation on Gaussian mixtures"),
            EstimationSources.Covariates("ridge regression with the covariances of real data and a linear teacher"),
        ],
        Template = new() { Probabilities = [1], Labels = [1], Means = [[0]], Covariances = [[[1]]], Loss = LossKind.Square, Alpha = 1, Lambda = 1 },
        ParameterBindings =
        [
            new(new() { Name = "probabilities", Symbol = "p_c", Meaning = "probability of each cluster", Shape = Shape.Vector, Range = new(0, false, 1, true), Example = Value.Vector([0.4, 0.6]) }, m => Tables.ToValue(m.Probabilities), (m, v) => m with { Probabilities = v.ToVector() }),
            new(new() { Name = "labels", Symbol = "y_c", Meaning = "label of each cluster, ±1; with a teacher its mean label", Shape = Shape.Vector, Range = ParameterRange.Finite, Example = Value.Vector([1, -1]) }, m => Tables.ToValue(m.Labels), (m, v) => m with { Labels = v.ToVector() }),
            new(new() { Name = "means", Symbol = "m_c", Meaning = "mean of the samples of each cluster, K × d", Shape = Shape.Matrix, Example = Tables.ToValue([[0.8, 0.1, 0.3], [-0.5, 0.4, 0]]) }, m => Tables.ToValue(m.Means), (m, v) => m with { Means = Tables.ToMatrix(v) }),
            new(new() { Name = "covariances", Symbol = "Σ_c", Meaning = "covariance of the samples of each cluster, K × d × d", Shape = Shape.Matrix, Example = Tables.ToValue([[[1, 0.3, 0], [0.3, 0.8, 0], [0, 0, 0.5]], [[0.6, 0, 0.2], [0, 1, 0], [0.2, 0, 1.2]]]) }, m => Tables.ToValue(m.Covariances), (m, v) => m with { Covariances = Tables.ToTables(v) }),
            new(new() { Name = "teacher", Symbol = "θ", Meaning = "teacher of real labels y = y_c + θ·(x − m_c)/√d + √Δ ξ", Shape = Shape.Vector, Default = Value.None, Example = Value.None, Range = ParameterRange.Finite }, m => m.Teacher is { } t ? Tables.ToValue(t) : Value.None, (m, v) => m with { Teacher = v is Value.Missing ? null : v.ToVector() }),
            new(new() { Name = "link", Symbol = "g(z)", Meaning = "link of the teacher: y = g(θ·x/√d) with noise, in the field for links ±1, on the label for any other; without it real labels as above", Shape = Shape.Expression, Default = Value.None, Example = Value.None }, m => m.Link is { } link ? link.Text : Value.None, (m, v) => m with { Link = v is Value.Missing ? null : (ScalarFunction)v.ToText() }),
            new(new() { Name = "loss_function", Symbol = "ℓ(z)", Meaning = "the loss custom, a convex formula in z: z is the margin y·f for labels ±1, the residual y − f for real labels", Shape = Shape.Expression, Default = Value.None, Example = Value.None }, m => m.CustomLoss?.Name is { } name ? name : Value.None, (m, v) => m with { CustomLoss = CustomLosses.Read(v) }),
            new(new() { Name = "noise", Symbol = "Δ", Meaning = "variance of the noise of real labels", Range = ParameterRange.NonNegative, Default = 0, Example = 0 }, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(new() { Name = "huber_delta", Symbol = "δ", Meaning = "width of the quadratic part of the Huber loss", Range = ParameterRange.Positive, Default = 1, Example = 1 }, m => m.HuberDelta, (m, v) => m with { HuberDelta = v.ToDouble() }),
            new(new() { Name = "loss", Symbol = "ℓ", Meaning = "loss: square, logistic, hinge, huber or custom", Shape = Shape.Text, Choices = MarginLosses.Choices([LossKind.Square, LossKind.Logistic, LossKind.Hinge, LossKind.Huber, LossKind.Custom]), Example = "logistic" }, m => MarginLosses.NameOf(m.Loss), (m, v) => m with { Loss = MarginLosses.Named(v.ToText()) }),
            new(new() { Name = "alpha", Symbol = "α", Meaning = "samples per dimension n/d", Range = ParameterRange.Positive, Example = 3 }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(new() { Name = "lambda", Symbol = "λ", Meaning = "ridge of the penalty ½λ‖w‖²", Range = ParameterRange.Positive, Example = 0.1 }, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(new() { Name = "intercept", Symbol = "b", Meaning = "whether an intercept, not penalised, is fitted", Shape = Shape.Flag, Default = false, Example = true }, m => m.Intercept, (m, v) => m with { Intercept = v.ToBoolean() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "test_error", Symbol = "ε_test", Meaning = "misclassification probability on a fresh sample; with a teacher the mean squared error", IsMeasured = true }, p => p.TestError),
            new(new() { Name = "train_loss", Symbol = "ℓ_train", Meaning = "mean loss on the training samples, without the penalty", IsMeasured = true }, p => p.TrainLoss),
            new(new() { Name = "v", Symbol = "V_c", Meaning = "variance of the proximal map in each cluster", Shape = Shape.Vector }, p => Tables.ToValue(p.V)),
            new(new() { Name = "q", Symbol = "q_c", Meaning = "wᵀΣ_c w/d", Shape = Shape.Vector }, p => Tables.ToValue(p.Q)),
            new(new() { Name = "h", Symbol = "h_c", Meaning = "w·m_c/√d", Shape = Shape.Vector }, p => Tables.ToValue(p.H)),
            new(new() { Name = "intercept", Symbol = "b", Meaning = "the intercept, if fitted" }, p => p.Intercept),
            new(new() { Name = "weight_power", Symbol = "‖w‖²/d", Meaning = "mean square of the weights" }, p => p.WeightPower),
        ],
        Solve = LabelledMixturePrediction.Solve,
        Experiment = new()
        {
            Run = LabelledMixtureExperiment.Run,
            Description = "Draws samples of the mixture in several independent copies of its coordinates, minimises the empirical risk to a duality gap of 1e-8, and measures the training set and 4,000 fresh samples.",
            DefaultSize = 200,
            FiniteSizeConstant = (m, p, name) => name == "test_error" ? 8 * p.TestError : 8 * p.TrainLoss + 1e-6,
            FiniteSizeRemark = "c = 8 times the test error, and 8 times the training loss (and 1e-6 for the gap of the fit).",
        },
    };
}
