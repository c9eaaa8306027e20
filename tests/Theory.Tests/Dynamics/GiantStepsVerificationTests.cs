using Theory.Dynamics;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>The map beside real neurons, seeded: 4 standard errors plus the stated finite-size allowance.</summary>
public class GiantStepsVerificationTests
{
    public static TheoryData<string, string, double, int> Cases => new()
    {
        { "z1 + z1*z2 + z1*z2*z3", "relu(z - 1/2)", 4, 20 },
        { "z1 + z1*z2", "relu(z)", 2, 10 },
        { "z1*z2 + He2(z1)", "softplus(z)", 2, 40 },
        { "z1 + He3(z2)/2", "tanh(z + 1/2)", -3, 20 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Neurons_step_as_predicted(string target, string activation, double rate, int ratio) => Passes(Model(target, activation, rate, ratio, 64), 48);

    [Theory(Explicit = true)]
    [MemberData(nameof(Cases))]
    public void Neurons_step_as_predicted_in_high_dimension(string target, string activation, double rate, int ratio) => Passes(Model(target, activation, rate, ratio, 400), 48);

    /// <summary>The bias that the map leaves, beside the allowance of four times the largest Σ_i ς_i².</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(Cases))]
    public void What_the_map_leaves_out_is_of_the_order_of_the_squared_noise_floor(string target, string activation, double rate, int ratio)
    {
        foreach (var d in new[] { 32, 64, 128 })
        {
            var report = Model(target, activation, rate, ratio, d).Verify(trials: 2000, seed: 23);
            var unit = report.Rows[0].Allowance;
            var worst = report.Rows.MaxBy(row => Math.Abs(row.Gap))!;
            TestContext.Current.TestOutputHelper?.WriteLine($"{target} {activation} d={d}: {worst.Observable}[{worst.Element}] gap {worst.Gap:g3} ± {worst.StandardError:g2} of {worst.Predicted:g3}, allowance {unit:g3}");
            Assert.True(Math.Abs(worst.Gap) <= 4 * worst.StandardError + unit);
        }
    }

    private static void Passes(GiantStepsModel model, int trials)
    {
        var report = model.Verify(trials: trials, seed: 21);
        Assert.All(report.Rows, row => Assert.True(row.Agrees, $"{row.Observable}[{row.Element}]: {row.Mean} ± {row.StandardError} against {row.Predicted}, allowance {row.Allowance}"));
        Assert.True(report.Rows.Min(row => row.Allowance) < 0.5 * report.Rows.Max(row => row.Predicted), "the allowance leaves nothing to test");
    }

    private static GiantStepsModel Model(string target, string activation, double rate, int ratio, int dimension) => new()
    {
        Target = target,
        Activation = activation,
        LearningRate = rate,
        Dimension = dimension,
        BatchSize = ratio * dimension,
        Steps = 4,
    };
}
