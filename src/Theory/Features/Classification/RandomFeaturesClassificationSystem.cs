using Theory.Channels;
using Theory.Contract;

namespace Theory.Features;

public sealed partial record RandomFeaturesClassificationModel
{
    /// <summary>The system <c>random-features-classification</c>.</summary>
    public static SystemDefinition<RandomFeaturesClassificationModel, RandomFeaturesClassificationPrediction> System { get; } = new()
    {
        Id = "random-features-classification",
        Title = "Random-feature classification with a convex loss",
        Summary = "y = g(θ·x + √Δ ξ) = ±1 with x ~ N(0, I_d), ‖θ‖ = 1; f(x) = (1/√p) Σ a_j σ(w_j·x), rows w_j uniform on the unit sphere; "
            + "minimise Σ ℓ(y f(x)) + ½λ‖a‖² (no 1/n; with the ½) over n samples; d, p, n → ∞ with α = n/d and β = p/d fixed.",
        Family = "features",
        Standing = Standing.Derived,
        Sources =
        [
            FeatureSources.Gerace("state evolution of convex losses on random features; brought to three scalar equations"),
            FeatureSources.Loureiro("proof for Gaussian covariates with a convex loss"),
            FeatureSources.Goldt("Gaussian equivalence of random features"),
        ],
        Template = new() { Activation = "z", Teacher = "sign(z)", Loss = LossKind.Square, Alpha = 1, Beta = 1, Lambda = 1 },
        ParameterBindings =
        [
            new(FeatureInputs.Activation("tanh(z)"), m => m.Activation.Text, (m, v) => m with { Activation = v.ToText() }),
            new(new() { Name = "teacher", Symbol = "g(z)", Meaning = "odd function with values ±1 that labels the teacher's field", Shape = Shape.Expression, Default = "sign(z)", Example = "sign(z)" }, m => m.Teacher.Text, (m, v) => m with { Teacher = v.ToText() }),
            new(new() { Name = "loss", Symbol = "ℓ", Meaning = "loss of the margin", Shape = Shape.Text, Choices = MarginLosses.Choices(LossKind.Square, LossKind.Logistic, LossKind.Hinge, LossKind.Huber), Example = "logistic" }, m => MarginLosses.NameOf(m.Loss), (m, v) => m with { Loss = MarginLosses.Named(v.ToText()) }),
            new(new() { Name = "huber_delta", Symbol = "δ", Meaning = "width of the quadratic part of the Huber loss", Range = ParameterRange.Positive, Default = 1, Example = 1 }, m => m.HuberDelta, (m, v) => m with { HuberDelta = v.ToDouble() }),
            new(FeatureInputs.Alpha, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(FeatureInputs.Beta, m => m.Beta, (m, v) => m with { Beta = v.ToDouble() }),
            new(FeatureInputs.Lambda with { Meaning = "ridge of the penalty ½λ‖a‖²" }, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(FeatureInputs.Noise with { Meaning = "variance of the noise in the teacher's field" }, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "test_error", Symbol = "ε_test", Meaning = "probability that sign f differs from the label of a fresh sample", IsMeasured = true }, p => p.TestError),
            new(new() { Name = "train_loss", Symbol = "ℓ_train", Meaning = "mean loss on the training samples, without the penalty", IsMeasured = true }, p => p.TrainLoss),
            new(new() { Name = "test_loss", Symbol = "ℓ_test", Meaning = "mean loss on a fresh sample", IsMeasured = true }, p => p.TestLoss),
            new(new() { Name = "v", Symbol = "V", Meaning = "variance of the proximal map" }, p => p.V),
            new(new() { Name = "q", Symbol = "q", Meaning = "variance of the prediction, E f²" }, p => p.Q),
            new(new() { Name = "m", Symbol = "M", Meaning = "covariance of prediction and teacher field" }, p => p.M),
        ],
        Solve = RandomFeaturesClassificationPrediction.Solve,
        Experiment = new()
        {
            Run = RandomFeaturesClassificationExperiment.Run,
            Description = "Draws random weights, Gaussian inputs and labels, minimises the empirical risk to a duality gap of 1e-8, and measures it on the training set and on 8d fresh samples.",
            DefaultSize = 200,
            FiniteSizeConstant = (_, p, name) => name switch { "test_error" => 3 * p.TestError, "train_loss" => 6 * p.TrainLoss + 1e-6, _ => 4 * p.TestLoss },
            FiniteSizeRemark = "c = 3 times the test error, 6 times the training loss (and 1e-6 for the duality gap of the fit) and 4 times the test loss.",
        },
    };
}
