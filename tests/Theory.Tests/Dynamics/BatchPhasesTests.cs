using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Theory.Contract;
using Theory.Dynamics;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>The phase diagram of the batch size: its lines, and the exponents that optimised maps and simulations measure.</summary>
public class BatchPhasesTests
{
    [Theory]
    [InlineData(3, SgdLoss.Square, 0.5, 1e6, 1e8, 1.500)]
    [InlineData(3, SgdLoss.Square, 1, 1e6, 1e8, 1.000)]
    [InlineData(3, SgdLoss.Square, 1.25, 1e6, 1e8, 0.750)]
    [InlineData(3, SgdLoss.Square, 1.5, 1e6, 1e8, 0.500)]
    [InlineData(3, SgdLoss.Square, 1.75, 1e6, 1e8, 0.485)]
    [InlineData(3, SgdLoss.Square, 2, 1e6, 1e8, 0.498)]
    [InlineData(3, SgdLoss.Square, 3, 1e6, 1e8, 0.499)]
    [InlineData(3, SgdLoss.Correlation, 0.5, 1e6, 1e8, 1.500)]
    [InlineData(3, SgdLoss.Correlation, 1, 1e6, 1e8, 1.000)]
    [InlineData(3, SgdLoss.Correlation, 1.5, 1e6, 1e8, 0.496)]
    [InlineData(3, SgdLoss.Correlation, 1.75, 1e6, 1e8, 0.201)]
    [InlineData(4, SgdLoss.Square, 1.5, 1e4, 1e5, 1.500)]
    [InlineData(4, SgdLoss.Square, 2, 1e4, 1e5, 1.000)]
    [InlineData(4, SgdLoss.Square, 2.5, 1e4, 1e5, 0.953)]
    [InlineData(4, SgdLoss.Correlation, 2.5, 1e4, 1e5, 0.431)]
    [InlineData(1, SgdLoss.Square, 0, 1e6, 1e8, 1.002)]
    [InlineData(1, SgdLoss.Square, 0.5, 1e6, 1e8, 0.500)]
    public void Optimised_maps_have_the_exponents_of_independent_fits(int order, SgdLoss loss, double mu, double from, double to, double expected) =>
        Assert.Equal(expected, new BatchPhases(order).MapExponent(loss, mu, from, to)!.Value, 0.015);

    [Theory]
    [InlineData(SgdLoss.Square, 1e6, 1, 13.1, 0.0447)]
    [InlineData(SgdLoss.Correlation, 1e6, 1, 0.409, 1.413)]
    public void Constants_of_order_three_are_those_of_independent_fits(SgdLoss loss, double d, double mu, double steps, double rate)
    {
        var n = Math.Pow(d, mu);
        var best = new BatchPhases(3).Optimal(loss, d, n);
        Assert.Equal(1, best.Steps * n / (d * d) / steps, 0.02);
        Assert.Equal(1, best.LearningRate / (n * Math.Pow(d, -1.5)) / rate, 0.1);
    }

    [Property(MaxTest = 100)]
    public Property The_exponent_falls_with_the_batch_and_is_never_larger_for_the_correlation_loss() =>
        Prop.ForAll(Gen.Choose(1, 6).Two().ToArbitrary(), Gen.Choose(0, 800).Two().ToArbitrary(), (orders, mus) =>
        {
            var (phases, low, high) = (new BatchPhases(orders.Item1), Math.Min(mus.Item1, mus.Item2) / 100.0, Math.Max(mus.Item1, mus.Item2) / 100.0);
            foreach (var loss in new[] { SgdLoss.Square, SgdLoss.Correlation })
            {
                Assert.True(phases.Exponent(loss, high) <= phases.Exponent(loss, low));
                // Samples never fall with the batch.
                Assert.True(high + phases.Exponent(loss, high) >= low + phases.Exponent(loss, low) - 1e-12);
            }
            Assert.True(phases.Exponent(SgdLoss.Correlation, low) <= phases.Exponent(SgdLoss.Square, low));
        });

    [Fact]
    public void Corners_of_the_diagram_are_where_they_were_published()
    {
        var phases = new BatchPhases(3);
        Assert.Equal(BatchPhase.Learned, phases.Phase(1.5, 0.5));
        Assert.Equal(BatchPhase.CorrelationOnly, phases.Phase(2.001, 0.499));
        Assert.Equal(BatchPhase.NotLearned, phases.Phase(1.4, 0.5));
        Assert.Equal(BatchPhase.NotLearned, phases.Phase(1.9, 0.05));
        Assert.Equal(BatchPhase.CorrelationOnly, phases.Phase(2, 0));
        Assert.Equal(BatchPhase.OneStep, phases.Phase(3, 0));
        Assert.Equal(BatchPhase.NotLearned, phases.Phase(4, -0.1));
        Assert.Equal(1, new BatchPhases(1).Exponent(SgdLoss.Square, 0));
        Assert.Equal(1, new BatchPhases(2).Exponent(SgdLoss.Square, 0));
    }

    [Theory]
    [InlineData(1, 0, 1e5, 1e4)]
    [InlineData(1, 0.5, 1e6, 1e5)]
    [InlineData(2, 0.5, 1e4, 1e3)]
    public void Simulations_exact_in_law_have_the_exponents_of_the_map(int order, double mu, double d, double from)
    {
        var report = new BatchExponentsModel { HermiteOrder = order, BatchExponent = mu, Dimension = d, FromDimension = from }.Verify(trials: 16, seed: 4);
        Assert.All(report.Rows, row => Assert.True(row.Agrees, $"{row.Observable}: {row.Mean} ± {row.StandardError} against {row.Predicted}"));
    }

    [Fact]
    public void Illegal_inputs_are_named()
    {
        var model = new BatchExponentsModel { HermiteOrder = 3, BatchExponent = 1 };
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { HermiteOrder = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { BatchExponent = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { Dimension = 10 });
        Assert.Equal("from_dimension", Assert.Throws<InvalidInputException>(() => (model with { Dimension = 1000, FromDimension = 2000 }).Predict()).Parameter);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchPhases(21));
    }
}
