using Theory.Contract;

namespace Theory.Dynamics;

public sealed partial record SgdDisplacedModel
{
    /// <summary>The system <c>sgd-displaced-moments</c>.</summary>
    public static SystemDefinition<SgdDisplacedModel, SgdDisplacedPrediction> System { get; } = new()
    {
        Id = "sgd-displaced-moments",
        Title = "Moments of SGD that repeats its samples",
        Summary = "w ← w − γ∇L(w − ρ∇L(w; z); z), ρ = ρ₀/d, one neuron f = aσ(w·z) and y = g(w*·z) + √Δ ξ: U = aσ′(l̃)(y − aσ(l̃)) at the displaced field l̃ = l + ρ₀aσ′(l)(y − aσ(l)), for d → ∞.",
        Family = "online-dynamics",
        Standing = Standing.Derived,
        Sources = [DynamicsSources.ArnaboldiRepetita("extragradient and sharpness-aware steps; the moments and the linear stability are re-derived")],
        Template = new() { Activation = "relu(z)", Target = "z", Displacement = 0, M = 0 },
        ParameterBindings =
        [
            new(SgdInputs.Activation with { Example = "relu(z)" }, m => m.Activation.Text, (m, v) => m with { Activation = v.ToText() }),
            new(SgdInputs.Target with { Symbol = "g(z)", Meaning = "target, a formula in z", Default = null, Example = "He3(z)/sqrt(6)" }, m => m.Target.Text, (m, v) => m with { Target = v.ToText() }),
            new(new() { Name = "displacement", Symbol = "ρ₀ = ρd", Meaning = "displacement: positive extragradient, negative sharpness-aware, 0 plain SGD", Range = ParameterRange.Finite, Example = 0.1 }, m => m.Displacement, (m, v) => m with { Displacement = v.ToDouble() }),
            new(new() { Name = "m", Symbol = "m = w·w*", Meaning = "overlap with the teacher, m² ≤ q", Range = ParameterRange.Finite, Example = 0.1 }, m => m.M, (m, v) => m with { M = v.ToDouble() }),
            new(new() { Name = "q", Symbol = "q = |w|²", Meaning = "squared norm of the student", Range = ParameterRange.Positive, Default = 1, Example = 1 }, m => m.Q, (m, v) => m with { Q = v.ToDouble() }),
            new(new() { Name = "a", Symbol = "a", Meaning = "readout", Range = ParameterRange.Finite, Default = 1, Example = 1 }, m => m.A, (m, v) => m with { A = v.ToDouble() }),
            new(SgdInputs.Noise, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "f", Symbol = "F = E[U s]", Meaning = "drift of m", IsMeasured = true }, p => p.F),
            new(new() { Name = "g", Symbol = "G = E[U l]", Meaning = "half the drift of q", IsMeasured = true }, p => p.G),
            new(new() { Name = "h", Symbol = "H = E U²", Meaning = "variance of the gradient per dimension", IsMeasured = true }, p => p.H),
            new(new() { Name = "c0", Symbol = "c₀", Meaning = "E[U s] at m = 0, q = 1: if not 0, the direction is learned in O(d) samples" }, p => p.Stability.Constant[0]),
            new(new() { Name = "c1", Symbol = "c₁(η = 0)", Meaning = "E[U l (s² − 1)] at m = 0, q = 1: growth rate of m if c₀ = 0, less ½ηE U²" }, p => p.Stability.Growth[0][0]),
            new(new() { Name = "critical_eta", Symbol = "η_c", Meaning = "noise strength 2c₁/E U² below which m grows from 0; 0 if it never does" }, p => p.Stability.CriticalEta),
        ],
        Solve = SgdDisplacedPrediction.Solve,
        Experiment = new()
        {
            Run = SgdDisplacedExperiment.Run,
            Description = "Displaces a real neuron along the gradient of each of 20,000 samples in d dimensions, and averages the gradients there on the same samples.",
            DefaultSize = 200,
            DefaultTrials = 24,
            FiniteSizeConstant = static (model, prediction, name) => 10 * Math.Abs(model.Displacement) * (1 + Math.Abs(model.Displacement)) * (name == "h" ? 4 * prediction.H : 2 * Math.Sqrt(prediction.H)),
            FiniteSizeRemark = "|z|²/d fluctuates by √(2/d): relative corrections of order ρ₀/d.",
        },
    };
}
