using Theory.Contract;

namespace Theory.Features;

public sealed partial record OneStepNetworkModel
{
    /// <summary>The system <c>one-step-network</c>.</summary>
    public static SystemDefinition<OneStepNetworkModel, OneStepNetworkPrediction> System { get; } = new()
    {
        Id = "one-step-network",
        Title = "Two-layer network after one giant gradient step",
        Summary = "one step of rate η = η̃p on the first layer with n₀ = α₀d samples of y = g(θ·x) + √Δ ξ; then f(x) = (1/√p) Σ a_j σ(w_j·x), "
            + "minimise Σ(y − f(x))² + λ‖a‖² (no 1/n, no ½) over n fresh samples; d, p, n, n₀ → ∞ with α = n/d and β = p/d fixed.",
        Family = "features",
        Standing = Standing.Approximation,
        Sources =
        [
            FeatureSources.Cui("one-step networks as spiked random features (isotropic map); the refined map and general β are re-derived"),
            FeatureSources.Ba("one gradient step is a spike of rank one and a bulk"),
            FeatureSources.DandiTwoLayer("Gaussian equivalence given the projection on the spike"),
        ],
        Template = new() { Activation = "z", Target = "z", LearningRate = 1, BatchRatio = 1, Alpha = 1, Beta = 1, Lambda = 1 },
        ParameterBindings =
        [
            new(new() { Name = "activation", Symbol = "σ(z)", Meaning = "activation, a formula in z", Shape = Shape.Expression, Example = "tanh(z)" }, m => m.Activation.Text, (m, v) => m with { Activation = v.ToText() }),
            new(new() { Name = "target", Symbol = "g(z)", Meaning = "single-index target, a formula in z", Shape = Shape.Expression, Example = "sin(z)" }, m => m.Target.Text, (m, v) => m with { Target = v.ToText() }),
            new(new() { Name = "learning_rate", Symbol = "η̃", Meaning = "learning rate of the first step per feature, η = η̃p; 0 is no step", Range = ParameterRange.Finite, Example = 2 }, m => m.LearningRate, (m, v) => m with { LearningRate = v.ToDouble() }),
            new(new() { Name = "batch_ratio", Symbol = "α₀", Meaning = "samples of the first step per dimension n₀/d, up to infinity", Range = ParameterRange.PositiveOrInfinite, Example = 2 }, m => m.BatchRatio, (m, v) => m with { BatchRatio = v.ToDouble() }),
            new(new() { Name = "alpha", Symbol = "α", Meaning = "samples of the readout per dimension n/d", Range = ParameterRange.Positive, Example = 1.5 }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(new() { Name = "beta", Symbol = "β", Meaning = "features per dimension p/d", Range = ParameterRange.Positive, Example = 1 }, m => m.Beta, (m, v) => m with { Beta = v.ToDouble() }),
            new(new() { Name = "lambda", Symbol = "λ", Meaning = "ridge of the sum convention", Range = ParameterRange.Positive, Example = 0.1 }, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(new() { Name = "noise", Symbol = "Δ", Meaning = "variance of the label noise", Range = ParameterRange.NonNegative, Default = 0, Example = 0.05 }, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(
                new() { Name = "map", Symbol = "", Meaning = "model of the weights after the step: isotropic (an approximation) or refined", Shape = Shape.Text, Choices = ["isotropic", "refined"], Default = "refined", Example = "refined" },
                m => m.Map == FirstStepMap.Isotropic ? "isotropic" : "refined", (m, v) => m with { Map = v.ToText() == "isotropic" ? FirstStepMap.Isotropic : FirstStepMap.Refined }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "test_error", Symbol = "ε_test", Meaning = "mean squared error on a fresh sample, label noise included", IsMeasured = true }, p => p.TestError),
            new(new() { Name = "train_error", Symbol = "ε_train", Meaning = "mean squared error on the training samples, without the penalty", IsMeasured = true }, p => p.TrainError),
            new(new() { Name = "spike", Symbol = "r", Meaning = "strength of the spike" }, p => p.Spike),
            new(new() { Name = "bulk", Symbol = "c", Meaning = "mean squared length of the rows of the bulk" }, p => p.Bulk),
            new(new() { Name = "alignment", Symbol = "γ", Meaning = "overlap of target and spike" }, p => p.Alignment),
            new(new() { Name = "m", Symbol = "m", Meaning = "sum of the readout, (1/√p) Σ a_j" }, p => p.M),
            new(new() { Name = "theta", Symbol = "Θ", Meaning = "fit along the spike, aᵀW̃v/√p" }, p => p.Theta),
            new(new() { Name = "psi", Symbol = "ψ", Meaning = "fit along the rest of the target, aᵀW̃ζ/√p" }, p => p.Psi),
            new(new() { Name = "quadrature_error", Symbol = "δ", Meaning = "relative error of the integrals over the projection on the spike" }, p => p.QuadratureError),
        ],
        Solve = OneStepNetworkPrediction.Solve,
        Experiment = new()
        {
            Run = OneStepNetworkExperiment.Run,
            Description = "Takes the step with real weights and a real first batch, fits the readout by Cholesky on fresh samples, and measures it on the training set and on 8d further samples; every trial has its own first batch.",
            DefaultSize = 200,
            FiniteSizeConstant = (_, p, name) => p.Amplification * (name == "test_error" ? 3 * p.TestError : 4 * p.TrainError),
            FiniteSizeRemark = "c = 3A·error (test) and 4A·error (training) with A = 1/det(I − KG) the variance amplification: about twice what fits over d = 60, 120, 240 gave.",
        },
    };
}
