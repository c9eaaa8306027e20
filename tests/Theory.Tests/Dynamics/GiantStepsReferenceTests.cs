using System.Globalization;
using System.Text.Json;
using Theory.Dynamics;
using Theory.Numerics.Sampling;
using Theory.Systems;
using Theory.Tests.Reference;

namespace Theory.Tests.Dynamics;

/// <summary>Simulations of networks, and the first gradient's formula.</summary>
public class GiantStepsReferenceTests
{
    private static readonly JsonElement Reference =
        ReferenceFile.Read("giant-steps.json");

    public static TheoryData<int> Simulations => [.. Enumerable.Range(0, Reference.GetProperty("steps").GetArrayLength())];

    /// <summary>|u| averaged over random starts and the noise around the map: 4 standard errors of the simulation and of this average, plus 0.02.</summary>
    [Theory]
    [MemberData(nameof(Simulations))]
    public void Random_starts_give_the_overlaps_of_simulated_networks(int index)
    {
        var entry = Reference.GetProperty("steps")[index];
        var (simulated, errors) = (Matrix(entry, "mean_absolute_overlap"), Matrix(entry, "standard_error"));
        var bias = entry.GetProperty("bias").GetDouble();
        var model = new GiantStepsModel
        {
            Target = entry.GetProperty("target").GetString()!,
            Activation = string.Create(CultureInfo.InvariantCulture, $"relu(z - {bias})"),
            LearningRate = entry.GetProperty("learning_rate").GetDouble(),
            Dimension = entry.GetProperty("dimension").GetInt32(),
            BatchSize = entry.GetProperty("batch_size").GetInt32(),
            Steps = entry.GetProperty("steps").GetInt32(),
        };
        var (random, r) = (new RandomStream(71, (ulong)index), simulated[0].Length);
        var means = simulated.Select(row => row.Select(_ => new RunningEstimate()).ToArray()).ToArray();
        var start = new double[model.Dimension];
        for (var sample = 0; sample < 200; sample++)
        {
            random.FillUnitSphere(start);
            var prediction = (model with { InitialOverlaps = [.. start.Take(r)] }).Predict();
            for (var t = 0; t < simulated.Length; t++)
                for (var i = 0; i < r; i++)
                    means[t][i].Add(Math.Abs(prediction.Overlaps[t + 1][i] + prediction.NoiseFloor[t + 1][i] * random.NextGaussian()));
        }
        for (var t = 0; t < simulated.Length; t++)
        {
            for (var i = 0; i < r; i++)
            {
                var allowed = 4 * Math.Sqrt(errors[t][i] * errors[t][i] + Math.Pow(means[t][i].StandardError, 2)) + 0.02;
                Assert.True(Math.Abs(means[t][i].Mean - simulated[t][i]) <= allowed, $"t = {t + 1}, i = {i + 1}: {means[t][i]} against {simulated[t][i]} ± {errors[t][i]}");
            }
        }
    }

    [Fact]
    public void The_first_gradient_for_a_product_has_the_overlap_of_its_formula_and_of_simulations()
    {
        foreach (var entry in Reference.GetProperty("first_gradient").EnumerateArray())
        {
            var d = entry.GetProperty("dimension").GetInt32();
            var overlap = SingleGiantStep.SquaredOverlapOfProduct("relu(z - 1/2)", d, entry.GetProperty("batch_size").GetInt32());
            Assert.Equal(entry.GetProperty("formula").GetDouble(), overlap, 2e-3);
            Assert.Equal(entry.GetProperty("measured").GetDouble(), overlap, 3 * entry.GetProperty("standard_error").GetDouble() + 3.0 / d);
        }
    }

    [Fact]
    public void A_quadratic_batch_keeps_the_overlap_with_a_product_and_a_linear_batch_loses_it()
    {
        double Overlap(int d, int n) => SingleGiantStep.SquaredOverlapOfProduct("relu(z - 1/2)", d, n);
        Assert.Equal(1, Overlap(8000, 8000 * 8000) / Overlap(4000, 4000 * 4000), 5e-3);
        Assert.Equal(0.5, Overlap(8000, 32000) / Overlap(4000, 16000), 5e-3);
        Assert.InRange(Overlap(4, int.MaxValue), 0.99, 1);
    }

    private static double[][] Matrix(JsonElement entry, string name) =>
        [.. entry.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(x => x.GetDouble()).ToArray())];
}
