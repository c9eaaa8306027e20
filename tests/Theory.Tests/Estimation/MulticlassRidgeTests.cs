using System.Collections.Immutable;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using Theory.Channels;
using Theory.Contract;
using Theory.Estimation;
using Theory.Numerics.Sampling;
using Theory.Systems;

namespace Theory.Tests.Estimation;

/// <summary>Laws of the classification of K Gaussians by ridge regression.</summary>
[Properties(Arbitrary = [typeof(GlmCases)], MaxTest = 30)]
public class MulticlassRidgeTests
{
    [Theory]
    [InlineData(0.2, 0.5382)]
    [InlineData(0.3, 0.5227)]
    [InlineData(0.5, 0.5168)]
    [InlineData(0.8, 0.5523)]
    public void Three_orthogonal_means_have_the_known_error(double alpha, double error) => Assert.Equal(error, (Three with { Alpha = alpha }).Predict().TestError, 1e-3);

    [Property]
    public void Permuting_clusters_permutes_everything(MulticlassCase c)
    {
        var k = c.Model.Probabilities.Length;
        var order = Enumerable.Range(0, k).Select(i => (i + 1) % k).ToArray();
        var (p, turned) = (c.Model.Predict(), Permuted(c.Model, order).Predict());
        Near(p.TestError, turned.TestError, 1e-9);
        for (var i = 0; i < k; i++)
            for (var j = 0; j < k; j++)
            {
                Near(p.Q[order[i]][order[j]], turned.Q[i][j], 1e-10);
                Near(p.H[order[i]][order[j]], turned.H[i][j], 1e-10);
            }
    }

    [Property]
    public void Scaling_all_inputs_scales_the_ridge(MulticlassCase c)
    {
        const double Scale = 2.5;
        var m = c.Model;
        var scaled = m with { Noise = Scale * m.Noise, Lambda = Scale * m.Lambda, MeanGram = [.. m.MeanGram.Select(row => row.Select(x => Scale * x).ToImmutableArray())] };
        Near(m.Predict().TestError, scaled.Predict().TestError, 1e-9);
        Near(m.Predict().TrainLoss, scaled.Predict().TrainLoss, 1e-10);
        Near(m.Predict().Q[0][0], scaled.Predict().Q[0][0], 1e-10);
    }

    [Property]
    public void With_an_intercept_the_outputs_sum_to_one(MulticlassCase c)
    {
        var p = (c.Model with { Intercept = true }).Predict();
        Near(1, p.Intercept!.Value.Sum(), 1e-10);
        for (var i = 0; i < p.Q.Length; i++)
        {
            Near(0, p.Q.Sum(row => row[i]), 1e-10);
            Near(0, p.H.Sum(row => row[i]), 1e-10);
        }
    }

    [Property]
    public void Two_clusters_at_opposite_means_are_the_binary_problem(MulticlassCase c)
    {
        var (power, probability) = (Math.Abs(c.Model.MeanGram[0][0]), c.Model.Probabilities[0]);
        var many = (c.Model with { Probabilities = [probability, 1 - probability], MeanGram = [[power, -power], [-power, power]], Intercept = true }).Predict();
        var two = new MixtureClassificationModel
        {
            AtomWeights = [1],
            CovarianceEigenvalues = [c.Model.Noise],
            MeanPower = power,
            Probability = probability,
            Loss = LossKind.Square,
            Alpha = c.Model.Alpha,
            Lambda = c.Model.Lambda,
            Intercept = true,
        }.Predict();
        Near(two.TestError, many.TestError, 1e-9);
        Near(two.V, many.V, 1e-9);
        Near(two.Q / 4, many.Q[0][0], 1e-9);
        Near(two.M / 2, many.H[0][0], 1e-9);
    }

    [Property]
    public void Vanishing_ridge_approaches_its_limit(MulticlassCase c)
    {
        var alpha = Math.Abs(c.Model.Alpha - 1) < 0.1 ? 0.5 : c.Model.Alpha;
        var (limit, near) = ((c.Model with { Alpha = alpha, Lambda = 0 }).Predict(), (c.Model with { Alpha = alpha, Lambda = 1e-9 }).Predict());
        Near(limit.TestError, near.TestError, 1e-5);
        Near(limit.Q[0][0], near.Q[0][0], 1e-5);
        Near(limit.TrainLoss, near.TrainLoss, 1e-5);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void Orthant_probabilities_are_those_of_samples(int n)
    {
        var random = new RandomStream(17);
        var factor = Matrix<double>.Build.Dense(n, n, (_, _) => random.NextGaussian());
        var mean = Vector<double>.Build.Dense(n, _ => 0.5 * random.NextGaussian());
        var probability = 1 - new GaussianOrthant().Of(mean, factor * factor.Transpose()).Miss;
        var (estimate, z) = (new RunningEstimate(), Vector<double>.Build.Dense(n));
        for (var i = 0; i < 100_000; i++)
        {
            for (var k = 0; k < n; k++) z[k] = random.NextGaussian();
            estimate.Add((mean + factor * z).All(x => x > 0) ? 1 : 0);
        }
        Assert.True(Math.Abs(probability - estimate.Mean) < 4 * estimate.StandardError, $"{probability} against {estimate.Mean} ± {estimate.StandardError}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    public void Orthants_of_equal_correlation_one_half_are_one_over_the_number_of_corners(double shift)
    {
        for (var n = 1; n <= 6; n++)
        {
            var covariance = Matrix<double>.Build.Dense(n, n, (i, j) => i == j ? 1 : 0.5);
            var (miss, error) = new GaussianOrthant().Of(Vector<double>.Build.Dense(n, shift), covariance);
            if (shift == 0) Assert.Equal(1.0 / (n + 1), 1 - miss, n <= 3 ? 1e-12 : 1e-5);
            Assert.True(error < 1e-5);
        }
    }

    [Theory]
    [InlineData(2, 0.1, true)]
    [InlineData(0.5, 0, false)]
    public void Real_ridge_regression_behaves_as_predicted(double alpha, double lambda, bool intercept) =>
        EstimationVerificationTests.Passes((Three with { Alpha = alpha, Lambda = lambda, Intercept = intercept, Probabilities = [0.5, 0.3, 0.2] }).Verify(size: 100, trials: 12, seed: 4));

    [Fact]
    public void Overlaps_of_no_vectors_are_refused() =>
        Assert.Equal("mean_gram", Assert.Throws<InvalidInputException>(() => (Three with { MeanGram = [[1, 2, 0], [2, 1, 0], [0, 0, 1]] }).Predict()).Parameter);

    private static MulticlassRidgeModel Three => new()
    {
        Probabilities = [1.0 / 3, 1.0 / 3, 1.0 / 3],
        MeanGram = [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        Noise = 0.5,
        Alpha = 1,
        Lambda = 0.001,
        Intercept = true,
    };

    private static MulticlassRidgeModel Permuted(MulticlassRidgeModel m, int[] order) => m with
    {
        Probabilities = [.. order.Select(i => m.Probabilities[i])],
        MeanGram = [.. order.Select(i => order.Select(j => m.MeanGram[i][j]).ToImmutableArray())],
    };

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"expected {expected:R}, got {actual:R}");
}
