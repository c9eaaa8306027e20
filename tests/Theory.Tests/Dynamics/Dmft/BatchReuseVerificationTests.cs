using Theory.Dynamics;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>The theory beside real gradient descent, seeded: 4 standard errors plus the stated finite-size allowance; and the theory's own error bars.</summary>
public class BatchReuseVerificationTests
{
    private static readonly BatchReuseModel Logistic = new() { Target = "sign(z1)", Loss = StudentLoss.Logistic, Alpha = 2, LearningRate = 0.5, Lambda = 0.1, Steps = 6 };

    public static TheoryData<string> Names => [.. Models.Keys];

    internal static Dictionary<string, BatchReuseModel> Models { get; } = new()
    {
        ["logistic"] = Logistic,
        ["logistic, heavy ball"] = Logistic with { LearningRate = 0.3, Momentum = 0.6, M0 = [[0.2]] },
        ["logistic, persistent minibatches"] = Logistic with { LearningRate = 0.3, BatchFraction = 0.4, Persistence = 3 },
        ["committee, noise"] = new() { Target = "tanh(z1+z2)", Activation = "erf(z/sqrt(2))", Width = 2, Readout = [0.7, -0.7], Alpha = 3, LearningRate = 0.3, Lambda = 0.05, Noise = 0.1, Steps = 4, Accuracy = 1e-3 },
        ["relu, minibatches"] = new() { Target = "tanh(2*z1)", Activation = "relu(z)", Width = 2, Alpha = 2, LearningRate = 0.2, BatchFraction = 0.5, Steps = 4, Accuracy = 1e-3 },
        ["logistic, Nesterov"] = Logistic with { LearningRate = 0.3, Momentum = 0.6, Nesterov = true, M0 = [[0.2]], Accuracy = 1e-3 },
        ["committee, any start"] = new() { Target = "tanh(z1-z2)", Activation = "tanh(z)", Width = 2, Readout = [0.8, -0.5], Alpha = 1.5, LearningRate = 0.3, Lambda = 0.1, Steps = 4, Accuracy = 1e-3, M0 = [[0.3, -0.1], [0.2, 0.4]], Q0 = [[1.2, 0.3], [0.3, 0.8]] },
        ["momentum and persistent minibatches"] = new() { Target = "tanh(2*z1)", Activation = "erf(z/sqrt(2))", Readout = [1], Alpha = 2, LearningRate = 0.2, Momentum = 0.5, BatchFraction = 0.5, Persistence = 4, Steps = 4, Accuracy = 1e-3, UsesQuadrature = false },
        ["a loss of one's own"] = new()
        {
            Target = "z1+z1^3/3",
            Alpha = 2,
            LearningRate = 0.3,
            Lambda = 0.1,
            Steps = 4,
            Accuracy = 1e-3,
            UsesQuadrature = false,
            CustomLoss = new(1, static (h, y) => Math.Sqrt(1 + (h[0] - y) * (h[0] - y)), static (h, y, g) => g[0] = (h[0] - y) / Math.Sqrt(1 + (h[0] - y) * (h[0] - y)), static (h, y, c) => c[0] = Math.Pow(1 + (h[0] - y) * (h[0] - y), -1.5)),
        },
        ["two directions, softplus"] = new() { Target = "z1+z1*z2", Activation = "softplus(z)", Readout = [1], Alpha = 2, LearningRate = 0.3, Steps = 2 },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Real_networks_follow_the_prediction(string name) => Passes(Models[name].Verify(size: 80, trials: 24, seed: 5));

    [Theory(Explicit = true)]
    [MemberData(nameof(Names))]
    public void Real_networks_follow_the_prediction_in_high_dimension(string name) => Passes(Models[name].Verify(size: 1000, trials: 24, seed: 5));

    internal static void Passes(VerificationReport report) =>
        Assert.All(report.Rows, row => Assert.True(row.Agrees, $"{row.Observable}[{row.Element}]: {row.Mean} ± {row.StandardError} against {row.Predicted}, allowance {row.Allowance}"));
}
