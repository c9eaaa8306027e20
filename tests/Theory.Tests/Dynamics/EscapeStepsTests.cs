using FsCheck.Xunit;
using Theory.Dynamics;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>Escape of one neuron: counts, limits, and simulations.</summary>
[Properties(Arbitrary = [typeof(BatchMapCases)], MaxTest = 40)]
public class EscapeStepsTests
{
    [Property]
    public void The_steps_are_the_first_time_that_the_map_passes_the_threshold(NeuronCase neuron)
    {
        var path = neuron.Model(3000).Predict().Path!.Value;
        var first = path.Select((m, t) => (m, t)).FirstOrDefault(x => x.m >= 0.5, (0, -1)).Item2;
        var steps = neuron.Escape().Predict().Steps;
        if (first >= 0) Assert.Equal(first, steps);
        else Assert.True(steps is null or > 3000);
    }

    [Property]
    public void Larger_thresholds_take_longer(NeuronCase neuron)
    {
        var (low, high) = (neuron.Escape(0.4).Predict().Steps, neuron.Escape(0.6).Predict().Steps);
        Assert.True(high is null || low <= high);
    }

    [Property]
    public void At_the_same_learning_rate_larger_batches_escape_no_later(NeuronCase neuron)
    {
        var small = neuron with { M0 = 0.05, Noise = 0 };
        var (few, many) = (small.Escape().Predict().Steps, (small with { BatchSize = 4 * small.BatchSize }).Escape().Predict().Steps);
        // Beyond the leading order the autocorrelation grows with 1 − 1/n.
        if (few is { } t) Assert.True(many <= t * (1 + 0.3 / small.BatchSize) + 1, $"{many} after {t}");
    }

    [Theory]
    [InlineData(3, 1e6, 1e6, 4.467e-5, 1e-3)]
    [InlineData(4, 1e4, 1e6, 4e-5, 1e-2)]
    [InlineData(2, 1e5, 10, 1e-6, 3e-3)]
    [InlineData(1, 1e6, 1, 1e-7, 1e-3)]
    [InlineData(5, 1000, 1e4, 3e-5, 0.2)]
    public void The_integral_of_the_inverse_drift_counts_the_steps(int order, double d, double n, double rate, double m0)
    {
        var model = new EscapeStepsModel { HermiteOrder = order, Dimension = d, BatchSize = n, LearningRate = rate, M0 = m0 };
        var map = model.Map();
        var (counted, integrated) = (EscapeTime.Of(map.Drift, m0, 0.5, 100_000_000), EscapeTime.Of(map.Drift, m0, 0.5, 10));
        Assert.True(counted.IsIterated && !integrated.IsIterated && double.IsFinite(counted.Steps));
        Assert.Equal(1, integrated.Steps / counted.Steps, 1e-6 + 1.5 / counted.Steps);
    }

    [Fact]
    public void Drifts_keep_their_digits_at_the_smallest_overlaps()
    {
        // v = γ(1 − m²)ℓm^{ℓ−1} − m γ² V/(2 + …): at n = ∞ and small γ the first term alone.
        foreach (var order in new[] { 2, 3, 4, 6 })
        {
            var map = new HermiteNeuronMap(order, SgdLoss.Square, 1e8, double.PositiveInfinity, 1e-9, 0, new(Gradient: true));
            Assert.Equal(1, map.Drift(1e-4) / (1e-9 * order * Math.Pow(1e-4, order - 1)), 1e-7);
        }
    }

    [Fact]
    public void Beyond_the_critical_rate_there_is_no_escape_and_at_zero_overlap_there_is_no_drift()
    {
        var model = new EscapeStepsModel { HermiteOrder = 3, Dimension = 1e4, BatchSize = 1, LearningRate = 1e-3, M0 = 0.01 };
        Assert.Null(model.Predict().Steps);
        Assert.Null((model with { M0 = 0 }).Predict().Steps);
        Assert.Equal(0, (model with { M0 = 0.6 }).Predict().Steps);
        Assert.NotNull((model with { HermiteOrder = 1, M0 = 0, LearningRate = 1e-6 }).Predict().Steps);
    }

    [Theory]
    [InlineData(2, 1e5, 1, 5e-7, SgdLoss.Square)]
    [InlineData(3, 1e4, 100, 3e-5, SgdLoss.Square)]
    [InlineData(3, 1e4, 1000, 3e-3, SgdLoss.Correlation)]
    public void Simulated_neurons_escape_after_the_predicted_time(int order, double d, int n, double rate, SgdLoss loss)
    {
        var model = new EscapeStepsModel { HermiteOrder = order, Dimension = d, BatchSize = n, LearningRate = rate, M0 = 0.2, Loss = loss };
        var report = model.Verify(trials: 10, seed: 3);
        Assert.All(report.Rows, row => Assert.True(row.Agrees, $"{row.Observable}: {row.Mean} ± {row.StandardError} against {row.Predicted}, allowance {row.Allowance}"));
        Assert.True(report.Rows[0].Allowance < 0.2 * report.Rows[0].Predicted, "the allowance leaves nothing to test");
    }
}
