using Theory.Contract;

namespace Theory.Features;

/// <summary>Inputs that several feature systems share.</summary>
internal static class FeatureInputs
{
    public static Parameter LearningRate { get; } =
        new() { Name = "learning_rate", Symbol = "η̃", Meaning = "learning rate of the first step per feature, η = η̃p; 0 is no step", Range = ParameterRange.Finite, Example = 2 };

    public static Parameter BatchRatio { get; } =
        new() { Name = "batch_ratio", Symbol = "α₀", Meaning = "samples of the first step per dimension n₀/d, up to infinity", Range = ParameterRange.PositiveOrInfinite, Example = 2 };

    public static Parameter Alpha { get; } =
        new() { Name = "alpha", Symbol = "α", Meaning = "samples of the readout per dimension n/d", Range = ParameterRange.Positive, Example = 1.5 };

    public static Parameter Beta { get; } =
        new() { Name = "beta", Symbol = "β", Meaning = "features per dimension p/d", Range = ParameterRange.Positive, Example = 1 };

    public static Parameter Lambda { get; } =
        new() { Name = "lambda", Symbol = "λ", Meaning = "ridge of the sum convention", Range = ParameterRange.Positive, Example = 0.1 };

    public static Parameter Noise { get; } =
        new() { Name = "noise", Symbol = "Δ", Meaning = "variance of the label noise", Range = ParameterRange.NonNegative, Default = 0, Example = 0.05 };

    public static Parameter Activation(string example) =>
        new() { Name = "activation", Symbol = "σ(z)", Meaning = "activation of the features, a formula in z", Shape = Shape.Expression, Example = example };

    public static Parameter Target(string example) =>
        new() { Name = "target", Symbol = "g(z)", Meaning = "single-index target, a formula in z", Shape = Shape.Expression, Example = example };
}
