using Theory.Contract;

namespace Theory.Features;

public sealed partial record SpikedRandomFeaturesModel
{
    /// <summary>The system <c>spiked-random-features</c>.</summary>
    public static SystemDefinition<SpikedRandomFeaturesModel, SpikedRandomFeaturesPrediction> System { get; } = new()
    {
        Id = "spiked-random-features",
        Title = "Ridge regression on random features with a spike",
        Summary = "y = g(θ·x) + √Δ ξ, x ~ N(0, I_d); f(x) = (1/√p) Σ a_j σ(w_j·x) with W = √c W₀ + r 1 vᵀ, rows of W₀ uniform on the unit sphere, θ·v = γ; "
            + "minimise Σ(y − f(x))² + λ‖a‖² (no 1/n, no ½) over n samples; d, p, n → ∞ with α = n/d and β = p/d fixed.",
        Family = "features",
        Standing = Standing.Derived,
        Sources =
        [
            FeatureSources.Cui("asymptotic errors of spiked random features; brought to a closed form in the Marchenko–Pastur law, for any β"),
            FeatureSources.DandiTwoLayer("Gaussian equivalence given the projection on the spike"),
        ],
        Template = new() { Activation = "z", Target = "z", Spike = 1, Alignment = 1, Alpha = 1, Beta = 1, Lambda = 1 },
        ParameterBindings =
        [
            new(FeatureInputs.Activation("tanh(z)"), m => m.Activation.Text, (m, v) => m with { Activation = v.ToText() }),
            new(FeatureInputs.Target("sin(z)"), m => m.Target.Text, (m, v) => m with { Target = v.ToText() }),
            new(new() { Name = "spike", Symbol = "r", Meaning = "strength of the spike", Range = ParameterRange.Finite, Example = 1.2 }, m => m.Spike, (m, v) => m with { Spike = v.ToDouble() }),
            new(new() { Name = "bulk", Symbol = "c", Meaning = "squared length of the rows of the bulk", Range = ParameterRange.Positive, Default = 1, Example = 1.3 }, m => m.Bulk, (m, v) => m with { Bulk = v.ToDouble() }),
            new(new() { Name = "alignment", Symbol = "γ", Meaning = "overlap of target and spike", Range = ParameterRange.Closed(-1, 1), Example = 0.8 }, m => m.Alignment, (m, v) => m with { Alignment = v.ToDouble() }),
            new(FeatureInputs.Alpha, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(FeatureInputs.Beta, m => m.Beta, (m, v) => m with { Beta = v.ToDouble() }),
            new(FeatureInputs.Lambda, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(FeatureInputs.Noise, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(FeatureOutputs.TestError, p => p.TestError),
            new(FeatureOutputs.TrainError, p => p.TrainError),
            new(new() { Name = "q1", Symbol = "q₁", Meaning = "squared fit orthogonal to the spike, aᵀW̃(I − vvᵀ)W̃ᵀa/p" }, p => p.Q1),
            new(new() { Name = "q2", Symbol = "q₂", Meaning = "squared norm of the readout, ‖a‖²/p" }, p => p.Q2),
            new(FeatureOutputs.M, p => p.M),
            new(FeatureOutputs.Theta, p => p.Theta),
            new(FeatureOutputs.Psi, p => p.Psi),
            new(new() { Name = "v1", Symbol = "V₁", Meaning = "susceptibility to the linear parts of the features" }, p => p.V1),
            new(new() { Name = "v2", Symbol = "V₂", Meaning = "susceptibility to the noise of the features" }, p => p.V2),
            new(FeatureOutputs.QuadratureError, p => p.QuadratureError),
        ],
        Solve = SpikedRandomFeaturesPrediction.Solve,
        Experiment = new()
        {
            Run = SpikedRandomFeaturesExperiment.Run,
            Description = "Draws weights with the spike, Gaussian inputs and noisy labels, fits the readout by Cholesky, and measures it on the training set and on 8d fresh samples.",
            DefaultSize = 200,
            FiniteSizeConstant = (m, p, name) => SpikedReadout.FiniteSizeConstant(name, p.TestError, p.TrainError, p.M, p.V2, p.Amplification, m.Alpha),
            FiniteSizeRemark = SpikedReadout.FiniteSizeRemark,
        },
    };
}
