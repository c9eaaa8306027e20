using Theory.Dynamics;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>The error bars of sampled paths.</summary>
public class BatchReuseErrorTests
{
    private static Dictionary<string, BatchReuseModel> Models => BatchReuseVerificationTests.Models;

    /// <summary>Of a hundred solutions, ninety have the value of quadrature within two of their standard errors.</summary>
    [Theory]
    [InlineData("logistic", 256)]
    [InlineData("two directions, softplus", 256)]
    public void Standard_errors_are_honest(string name, int paths)
    {
        var model = Models[name] with { Steps = 2 };
        Honest(model with { UsesQuadrature = false, Paths = paths }, model.Predict());
    }

    /// <summary>The same over many steps, beside one solution with a hundred times as many paths, and with the paths that the accuracy asks for.</summary>
    [Theory(Explicit = true)]
    [InlineData("logistic", 1024)]
    [InlineData("logistic", null)]
    [InlineData("committee, noise", 1024)]
    [InlineData("committee, noise", null)]
    [InlineData("relu, minibatches", 1024)]
    [InlineData("relu, minibatches", null)]
    [InlineData("logistic, persistent minibatches", 1024)]
    [InlineData("momentum and persistent minibatches", 1024)]
    public void Standard_errors_are_honest_over_many_steps(string name, int? paths)
    {
        var model = Models[name] with { Accuracy = 2e-3 };
        Honest(model with { Paths = paths }, (model with { Paths = 1 << 16, Seed = 999 }).Predict());
    }

    private static void Honest(BatchReuseModel model, BatchReusePrediction reference)
    {
        var within = new Dictionary<string, int>();
        for (var seed = 1; seed <= 100; seed++)
        {
            var p = (model with { Seed = (ulong)seed }).Predict();
            Count("m", p.M[^1][0][0], p.MError[^1][0][0], reference.M[^1][0][0], reference.MError[^1][0][0]);
            Count("q", p.Q[^1][0][0], p.QError[^1][0][0], reference.Q[^1][0][0], reference.QError[^1][0][0]);
            Count("train", p.TrainLoss[^1], p.TrainLossError[^1], reference.TrainLoss[^1], reference.TrainLossError[^1]);
        }
        Assert.All(within, pair => Assert.InRange(pair.Value, 90, 100));

        void Count(string name, double value, double error, double exact, double own) =>
            within[name] = within.GetValueOrDefault(name) + (Math.Abs(value - exact) <= 2 * Math.Sqrt(error * error + own * own) ? 1 : 0);
    }
}
