using FsCheck.Xunit;
using Theory.Dynamics;
using Theory.Numerics.Sampling;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>Escape from mediocrity in phase retrieval: its rates, its optimum, and the published comparisons.</summary>
[Properties(MaxTest = 40)]
public class EscapeNumbersTests
{
    [Property]
    public void The_best_learning_rate_grows_at_rate_two(int seed)
    {
        var random = new RandomStream((ulong)(uint)seed);
        var (p, noise) = (1 + (int)(30 * random.NextUniform()), random.NextUniform());
        var model = Model(p, 1e4, 1e-3) with { Noise = noise };
        var best = model.Predict().BestLearningRate;
        Assert.Equal(1 / (2 + 2.0 / p + 8.0 / (p * p) + noise), best / p, 1e-12);
        Assert.Equal(2, (model with { LearningRate = best }).Predict().GrowthRate, 1e-12);
        // Rates beyond twice the best one never escape.
        Assert.Null((model with { LearningRate = 2.001 * best }).Predict().ExitTime);
    }

    [Theory]
    [InlineData(1, 1e8, 1.0, 1.01)]
    [InlineData(2, 1e8, 1.0, 1.01)]
    [InlineData(5, 1e8, 1.0, 1.01)]
    [InlineData(2, 1e3, 0.95, 1.13)]
    public void The_formula_is_the_exit_time_up_to_a_constant(int p, double d, double least, double most)
    {
        var prediction = Model(p, d, 1 / Math.Sqrt(d)).Predict();
        Assert.InRange(prediction.ExitTime!.Value / prediction.ExitTimeFormula!.Value, least, most);
    }

    [Fact]
    public void Width_saves_a_factor_of_six_at_most()
    {
        double Samples(int p)
        {
            var model = Model(p, 1e8, 1e-4);
            model = model with { LearningRate = model.Predict().BestLearningRate };
            return model.Predict().ExitTimeFormula!.Value * p / model.LearningRate;
        }

        Assert.InRange(Samples(1) / Samples(20), 5, 6);
    }

    [Fact]
    public void The_drop_is_counted_from_the_risk_of_the_start()
    {
        // p = 1, γ_c = 0.08, m0² = 10⁻³: u = 1 − (1 − T)(1 − u₀), not T.
        var model = Model(1, 1e4, Math.Sqrt(1e-3)) with { LearningRate = 0.08 };
        var (a, u0) = (4 * (1 - 6 * 0.08), 1e-3);
        double Logistic(double u) => Math.Log(u * (1 - u0) / (u0 * (1 - u))) / (2 * a);
        Assert.Equal(Logistic(1 - 0.95 * (1 - u0)), model.Predict().ExitTime!.Value, 1e-9);
    }

    [Fact]
    public void Random_starts_of_a_thousand_dimensions_exit_as_published()
    {
        // d = 1000, γ_c = 1/12, 20 starts: the equation gives 1.087, simulations 1.13 ± 0.12.
        var times = Enumerable.Range(1, 400).Select(seed => Model(1, 1000, Math.Abs(RandomStart.Draw(1, 1, 1000, (ulong)seed).M[0][0])) with { LearningRate = 1.0 / 12 })
            .Select(m => m.Predict().ExitTime!.Value).ToArray();
        var annealed = Model(1, 1000, 0.01) with { LearningRate = 1.0 / 12 };
        Assert.Equal(annealed.Predict().AnnealedExitTime!.Value + 1.2704 / 4, times.Average(), 0.1);
    }

    private static PhaseRetrievalEscapeModel Model(int p, double d, double m0) =>
        new() { Width = p, LearningRate = 0.05, Dimension = d, M0 = [.. Enumerable.Repeat(m0, p)], Threshold = 0.05 };
}
