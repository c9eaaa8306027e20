using Theory.Contract;

namespace Theory.Features;

public sealed partial record RidgeRegressionModel
{
    /// <summary>The system <c>ridge-regression</c>.</summary>
    public static SystemDefinition<RidgeRegressionModel, RidgeRegressionPrediction> System { get; } = new()
    {
        Id = "ridge-regression",
        Title = "Ridge regression on Gaussian inputs",
        Summary = "y = θ·x + √σ² ξ with x ~ N(0, I_d) and ‖θ‖² = r²; minimise Σ(y − w·x/√d)² + λ‖w‖² (no 1/n, no ½); n, d → ∞ with α = n/d fixed.",
        Family = "features",
        Standing = Standing.Theorem,
        Sources = [FeatureSources.Hastie("test and training error of ridge(less) regression with isotropic features")],
        Template = new() { Alpha = 1, Lambda = 1 },
        ParameterBindings =
        [
            new(new() { Name = "alpha", Symbol = "α", Meaning = "samples per dimension n/d", Range = ParameterRange.Positive, Example = 2 }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(new() { Name = "lambda", Symbol = "λ", Meaning = "ridge of the sum convention; 0 is the limit λ → 0⁺", Range = ParameterRange.NonNegative, Example = 0.01 }, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(new() { Name = "noise", Symbol = "σ²", Meaning = "variance of the label noise", Range = ParameterRange.NonNegative, Default = 0, Example = 0.1 }, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(new() { Name = "signal", Symbol = "r²", Meaning = "signal power ‖θ‖²", Range = ParameterRange.NonNegative, Default = 1, Example = 1 }, m => m.Signal, (m, v) => m with { Signal = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "test_error", Symbol = "ε_test", Meaning = "mean squared error on a fresh sample, label noise included", IsMeasured = true }, p => p.TestError),
            new(new() { Name = "train_error", Symbol = "ε_train", Meaning = "mean squared error on the training samples, without the penalty", IsMeasured = true }, p => p.TrainError),
            new(new() { Name = "nu", Symbol = "ν", Meaning = "effective ridge" }, p => p.Nu),
        ],
        Solve = RidgeRegressionPrediction.Solve,
        Experiment = new()
        {
            Run = RidgeRegressionExperiment.Run,
            Description = "Draws θ, n Gaussian inputs and noisy labels, fits the ridge exactly, and averages the test error of the fit over fresh inputs in closed form.",
            DefaultSize = 200,
            // Relative O(1/d) corrections grow with the amplification α(1+ν)²/(α(1+ν)² − 1) of the noise at the interpolation peak.
            FiniteSizeConstant = Allowance,
            FiniteSizeRemark = "c = A·error (test) and 2A·error (training) with A = 1/(1 − df₂/α) the variance amplification: twice what fits over d = 20, 40, 80 with 4,000 trials gave.",
        },
    };

    private static double Allowance(RidgeRegressionModel model, RidgeRegressionPrediction prediction, string observable)
    {
        var df2 = 1 / ((1 + prediction.Nu) * (1 + prediction.Nu));
        var amplification = 1 / Math.Max(1 - df2 / model.Alpha, 1e-3);
        return amplification * (observable == "test_error" ? prediction.TestError : 2 * prediction.TrainError);
    }
}
