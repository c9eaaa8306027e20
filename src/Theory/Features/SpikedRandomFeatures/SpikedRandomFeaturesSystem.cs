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
            new(new() { Name = "activation", Symbol = "σ(z)", Meaning = "activation, a formula in z", Shape = Shape.Expression, Example = "tanh(z)" }, m => m.Activation.Text, (m, v) => m with { Activation = v.ToText() }),
            new(new() { Name = "target", Symbol = "g(z)", Meaning = "single-index target, a formula in z", Shape = Shape.Expression, Example = "sin(z)" }, m => m.Target.Text, (m, v) => m with { Target = v.ToText() }),
            new(new() { Name = "spike", Symbol = "r", Meaning = "strength of the spike", Range = ParameterRange.Finite, Example = 1.2 }, m => m.Spike, (m, v) => m with { Spike = v.ToDouble() }),
            new(new() { Name = "bulk", Symbol = "c", Meaning = "squared length of the rows of the bulk", Range = ParameterRange.Positive, Default = 1, Example = 1.3 }, m => m.Bulk, (m, v) => m with { Bulk = v.ToDouble() }),
            new(new() { Name = "alignment", Symbol = "γ", Meaning = "overlap of target and spike", Range = ParameterRange.Closed(-1, 1), Example = 0.8 }, m => m.Alignment, (m, v) => m with { Alignment = v.ToDouble() }),
            new(new() { Name = "alpha", Symbol = "α", Meaning = "samples of the readout per dimension n/d", Range = ParameterRange.Positive, Example = 1.5 }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(new() { Name = "beta", Symbol = "β", Meaning = "features per dimension p/d", Range = ParameterRange.Positive, Example = 1 }, m => m.Beta, (m, v) => m with { Beta = v.ToDouble() }),
            new(new() { Name = "lambda", Symbol = "λ", Meaning = "ridge of the sum convention", Range = ParameterRange.Positive, Example = 0.1 }, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(new() { Name = "noise", Symbol = "Δ", Meaning = "variance of the label noise", Range = ParameterRange.NonNegative, Default = 0, Example = 0.05 }, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "test_error", Symbol = "ε_test", Meaning = "mean squared error on a fresh sample, label noise included", IsMeasured = true }, p => p.TestError),
            new(new() { Name = "train_error", Symbol = "ε_train", Meaning = "mean squared error on the training samples, without the penalty", IsMeasured = true }, p => p.TrainError),
            new(new() { Name = "q1", Symbol = "q₁", Meaning = "squared fit orthogonal to the spike, aᵀW̃(I − vvᵀ)W̃ᵀa/p" }, p => p.Q1),
            new(new() { Name = "q2", Symbol = "q₂", Meaning = "squared norm of the readout, ‖a‖²/p" }, p => p.Q2),
            new(new() { Name = "m", Symbol = "m", Meaning = "sum of the readout, (1/√p) Σ a_j" }, p => p.M),
            new(new() { Name = "theta", Symbol = "Θ", Meaning = "fit along the spike, aᵀW̃v/√p" }, p => p.Theta),
            new(new() { Name = "psi", Symbol = "ψ", Meaning = "fit along the rest of the target, aᵀW̃ζ/√p" }, p => p.Psi),
            new(new() { Name = "v1", Symbol = "V₁", Meaning = "susceptibility to the linear parts of the features" }, p => p.V1),
            new(new() { Name = "v2", Symbol = "V₂", Meaning = "susceptibility to the noise of the features" }, p => p.V2),
            new(new() { Name = "quadrature_error", Symbol = "δ", Meaning = "relative error of the integrals over the projection on the spike" }, p => p.QuadratureError),
        ],
        Solve = SpikedRandomFeaturesPrediction.Solve,
        Experiment = new()
        {
            Run = SpikedRandomFeaturesExperiment.Run,
            Description = "Draws weights with the spike, Gaussian inputs and noisy labels, fits the readout by Cholesky, and measures it on the training set and on 8d fresh samples.",
            DefaultSize = 200,
            FiniteSizeConstant = (_, p, name) => p.Amplification * (name == "test_error" ? 3 * p.TestError : 4 * p.TrainError),
            FiniteSizeRemark = "c = 3A·error (test) and 4A·error (training) with A = 1/det(I − KG) the variance amplification: about twice what fits over d = 60, 120, 240 gave.",
        },
    };
}
