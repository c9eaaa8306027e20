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
        Standing = Standing.Derived,
        StandingOf = m => m.Map == FirstStepMap.Isotropic && m.LearningRate != 0 ? Standing.Approximation : Standing.Derived,
        Sources =
        [
            FeatureSources.Cui("one-step networks as spiked random features (isotropic map); the refined map and general β are re-derived"),
            FeatureSources.Ba("one gradient step is a spike of rank one and a bulk"),
            FeatureSources.DandiTwoLayer("Gaussian equivalence given the projection on the spike"),
        ],
        Template = new() { Activation = "z", Target = "z", LearningRate = 1, BatchRatio = 1, Alpha = 1, Beta = 1, Lambda = 1 },
        ParameterBindings =
        [
            new(FeatureInputs.Activation("tanh(z)"), m => m.Activation.Text, (m, v) => m with { Activation = v.ToText() }),
            new(FeatureInputs.Target("sin(z)"), m => m.Target.Text, (m, v) => m with { Target = v.ToText() }),
            new(FeatureInputs.LearningRate, m => m.LearningRate, (m, v) => m with { LearningRate = v.ToDouble() }),
            new(FeatureInputs.BatchRatio, m => m.BatchRatio, (m, v) => m with { BatchRatio = v.ToDouble() }),
            new(FeatureInputs.Alpha, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(FeatureInputs.Beta, m => m.Beta, (m, v) => m with { Beta = v.ToDouble() }),
            new(FeatureInputs.Lambda, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(FeatureInputs.Noise, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(
                new() { Name = "map", Symbol = "", Meaning = "model of the weights after the step: isotropic (standing: approximation) or refined (standing: derived)", Shape = Shape.Text, Choices = ["isotropic", "refined"], Default = "refined", Example = "refined" },
                m => m.Map == FirstStepMap.Isotropic ? "isotropic" : "refined", (m, v) => m with { Map = v.ToText() == "isotropic" ? FirstStepMap.Isotropic : FirstStepMap.Refined }),
        ],
        ObservableBindings =
        [
            new(FeatureOutputs.TestError, p => p.TestError),
            new(FeatureOutputs.TrainError, p => p.TrainError),
            new(FeatureOutputs.Spike, p => p.Spike),
            new(FeatureOutputs.Bulk, p => p.Bulk),
            new(FeatureOutputs.Alignment, p => p.Alignment),
            new(FeatureOutputs.M, p => p.M),
            new(FeatureOutputs.Theta, p => p.Theta),
            new(FeatureOutputs.Psi, p => p.Psi),
            new(FeatureOutputs.QuadratureError, p => p.QuadratureError),
        ],
        Solve = OneStepNetworkPrediction.Solve,
        Experiment = new()
        {
            Run = OneStepNetworkExperiment.Run,
            Description = "Takes the step with real weights and a real first batch, fits the readout by Cholesky on fresh samples, and measures it on the training set and on 8d further samples; every trial has its own first batch.",
            DefaultSize = 200,
            FiniteSizeConstant = (m, p, name) => SpikedReadout.FiniteSizeConstant(name, p.TestError, p.TrainError, p.M, p.V2, p.Amplification, m.Alpha),
            FiniteSizeRemark = SpikedReadout.FiniteSizeRemark,
        },
    };
}
