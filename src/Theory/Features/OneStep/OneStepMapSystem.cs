using Theory.Contract;

namespace Theory.Features;

public sealed partial record OneStepMapModel
{
    /// <summary>The system <c>one-step-map</c>.</summary>
    public static SystemDefinition<OneStepMapModel, OneStepMapPrediction> System { get; } = new()
    {
        Id = "one-step-map",
        Title = "Spike, bulk and alignment after one giant gradient step",
        Summary = "f(x) = (1/p) Σ σ(w_j·x), rows uniform on the unit sphere; one step of rate η = η̃p on (1/2n₀) Σ (y − f(x))² over n₀ = α₀d samples of y = g(θ·x) + √Δ ξ; "
            + "then W ≈ √c W₀ + r 1 vᵀ with θ·v = γ; d, p, n₀ → ∞.",
        Family = "features",
        Standing = Standing.Derived,
        Sources =
        [
            FeatureSources.Cui("map from the step to spiked random features, for odd activations; extended to others"),
            FeatureSources.Ba("one gradient step is a spike of rank one and a bulk"),
        ],
        Template = new() { Activation = "z", Target = "z", LearningRate = 1, BatchRatio = 1 },
        ParameterBindings =
        [
            new(FeatureInputs.Activation("tanh(z)"), m => m.Activation.Text, (m, v) => m with { Activation = v.ToText() }),
            new(FeatureInputs.Target("sin(z)"), m => m.Target.Text, (m, v) => m with { Target = v.ToText() }),
            new(FeatureInputs.LearningRate, m => m.LearningRate, (m, v) => m with { LearningRate = v.ToDouble() }),
            new(FeatureInputs.BatchRatio, m => m.BatchRatio, (m, v) => m with { BatchRatio = v.ToDouble() }),
            new(FeatureInputs.Noise, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(FeatureOutputs.Spike with { IsMeasured = true }, p => p.Spike),
            new(FeatureOutputs.Bulk with { IsMeasured = true }, p => p.Bulk),
            new(FeatureOutputs.Alignment with { IsMeasured = true }, p => p.Alignment),
        ],
        Solve = OneStepMapPrediction.Solve,
        Experiment = new()
        {
            Run = OneStepMapExperiment.Run,
            Description = "Takes the step with real weights (p = 4d) and a real batch, and measures the mean row of the step, the overlap of the batch's mean gradient with the target's direction, and the spread of the rows.",
            DefaultSize = 200,
            FiniteSizeConstant = (m, p, name) => (1 + 1 / m.BatchRatio) * (name switch { "spike" => 3 * (Math.Abs(p.Spike) + 0.3), "bulk" => 1.5 * p.Bulk, _ => 1.5 }),
            FiniteSizeRemark = "c = 1 + 1/α₀ times 3(|r| + 0.3) for the spike, 1.5c for the bulk and 1.5 for the alignment: about twice what fits over d = 60, 120, 240 gave.",
        },
    };
}
