using Theory.Contract;

namespace Theory.Features;

public sealed partial record RandomFeaturesModel
{
    /// <summary>The system <c>random-features</c>.</summary>
    public static SystemDefinition<RandomFeaturesModel, RandomFeaturesPrediction> System { get; } = new()
    {
        Id = "random-features",
        Title = "Random-feature regression with square loss",
        Summary = "y = g(θ·x) + √Δ ξ with x ~ N(0, I_d), ‖θ‖ = 1; f(x) = (1/√p) Σ a_j σ(w_j·x), rows w_j uniform on the unit sphere; "
            + "minimise Σ(y − f(x))² + λ‖a‖² (no 1/n, no ½) over n samples; d, p, n → ∞ with α = n/d and β = p/d fixed.",
        Family = "features",
        Standing = Standing.Theorem,
        Sources =
        [
            FeatureSources.MeiMontanari("asymptotic test error of random-feature ridge regression; brought to a scalar form in the effective ridge"),
            FeatureSources.Gerace("replica form for general convex losses, of which this is the square-loss case"),
            FeatureSources.Goldt("Gaussian equivalence of random features"),
        ],
        Template = new() { Activation = "z", Target = "z", Alpha = 1, Beta = 1, Lambda = 1 },
        ParameterBindings =
        [
            new(FeatureInputs.Activation("relu(z)"), m => m.Activation.Text, (m, v) => m with { Activation = v.ToText() }),
            new(FeatureInputs.Target("tanh(z)"), m => m.Target.Text, (m, v) => m with { Target = v.ToText() }),
            new(FeatureInputs.Alpha, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(FeatureInputs.Beta, m => m.Beta, (m, v) => m with { Beta = v.ToDouble() }),
            new(FeatureInputs.Lambda with { Meaning = "ridge of the sum convention; 0 is the limit λ → 0⁺", Range = ParameterRange.NonNegative }, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(FeatureInputs.Noise, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(FeatureOutputs.TestError, p => p.TestError),
            new(FeatureOutputs.TrainError, p => p.TrainError),
            new(new() { Name = "nu", Symbol = "ν", Meaning = "effective ridge, λβ = ν(α − df₁)" }, p => p.Nu),
            new(new() { Name = "df1", Symbol = "df₁", Meaning = "first degrees of freedom per dimension, β⟨L/(L+ν)⟩" }, p => p.Df1),
            new(new() { Name = "df2", Symbol = "df₂", Meaning = "second degrees of freedom per dimension, β⟨(L/(L+ν))²⟩" }, p => p.Df2),
            new(new() { Name = "bias", Symbol = "B", Meaning = "squared error left in the linear part of the target" }, p => p.Bias),
            new(new() { Name = "effective_noise", Symbol = "N", Meaning = "variance of all that the features cannot fit at n, p ∝ d" }, p => p.EffectiveNoise),
        ],
        Solve = RandomFeaturesPrediction.Solve,
        Experiment = new()
        {
            Run = RandomFeaturesExperiment.Run,
            Description = "Draws random weights, Gaussian inputs and noisy labels, fits the readout by Cholesky, and measures it on the training set and on 8d fresh samples.",
            DefaultSize = 200,
            // Relative O(1/d) corrections grow with the variance amplification 1/(1 − df₂/α) at the interpolation peak.
            FiniteSizeConstant = (_, p, name) => p.Amplification * (name == "test_error" ? 2 * p.TestError : 4 * p.TrainError),
            FiniteSizeRemark = "c = 2A·error (test) and 4A·error (training) with A = 1/(1 − df₂/α) the variance amplification: up to twice what fits over d = 20, 40, 80 with 3,000 trials gave.",
        },
    };
}
