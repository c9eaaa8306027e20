using System.Collections.Immutable;
using FsCheck.Xunit;
using Theory.Channels;
using Theory.Contract;
using Theory.Estimation;
using Theory.Systems;

namespace Theory.Tests.Estimation;

[Properties(Arbitrary = [typeof(MixtureCases)], MaxTest = 8)]
public class MixtureErmPropertyTests
{
    [Property]
    public void The_state_evolution_is_solved_and_its_overlaps_are_realisable(MixtureCase mixture)
    {
        var p = mixture.Model.Predict();
        Assert.True(p.Diagnostics.IsConverged && p.Diagnostics.Residual <= 1e-12);
        Assert.True(p.TrainLoss >= 0 && p.WeightPower > 0);
        for (var c = 0; c < p.Q.Length; c++)
        {
            var rho = Average(mixture.Model, j => mixture.Model.CovarianceEigenvalues[c][j] * mixture.Model.TeacherPower[j]);
            var trace = Average(mixture.Model, j => mixture.Model.CovarianceEigenvalues[c][j]);
            Assert.True(p.M[c] * p.M[c] <= rho * p.Q[c] * (1 + 1e-12));
            Assert.InRange(p.V[c], 0, trace / mixture.Model.Lambda);
        }
    }

    [Property]
    public void Ridge_meets_its_closed_form(MixtureCase mixture)
    {
        var model = mixture.Model with { Loss = LossKind.Square, Teacher = mixture.Model.Loss == LossKind.Square ? mixture.Model.Teacher : "relu(z)" };
        var (p, closed) = (model.Predict(), ClosedRidge.Solve(model));
        for (var c = 0; c < p.Q.Length; c++)
        {
            Near(closed.V[c], p.V[c], 1e-9);
            Near(closed.H[c], p.H[c], 1e-8);
            Near(closed.M[c], p.M[c], 1e-8);
            Near(closed.Q[c], p.Q[c], 1e-8 * (1 + closed.Q[c]));
        }
        Near(closed.TrainLoss, p.TrainLoss, 1e-8 * (1 + closed.TrainLoss));
    }

    [Property]
    public void A_cluster_split_in_two_halves_changes_nothing(MixtureCase mixture)
    {
        var m = mixture.Model;
        var split = m with
        {
            Probabilities = [m.Probabilities[0] / 2, .. m.Probabilities[1..], m.Probabilities[0] / 2],
            CovarianceEigenvalues = m.CovarianceEigenvalues.Add(m.CovarianceEigenvalues[0]),
            MeanTeacherOverlaps = [.. m.MeanTeacherOverlaps.Select(row => row.Add(row[0]))],
            MeanGram = [.. m.MeanGram.Select(g => g.Select(row => row.Add(row[0])).Append(g[0].Add(g[0][0])).ToImmutableArray())],
        };
        Same(m.Predict(), split.Predict());
    }

    [Property]
    public void The_order_of_clusters_does_not_matter(MixtureCase mixture)
    {
        var m = mixture.Model;
        var turned = m with
        {
            Probabilities = [.. m.Probabilities.Reverse()],
            CovarianceEigenvalues = [.. m.CovarianceEigenvalues.Reverse()],
            MeanTeacherOverlaps = [.. m.MeanTeacherOverlaps.Select(row => row.Reverse().ToImmutableArray())],
            MeanGram = [.. m.MeanGram.Select(g => g.Reverse().Select(row => row.Reverse().ToImmutableArray()).ToImmutableArray())],
        };
        var (p, q) = (m.Predict(), turned.Predict());
        Same(p, q);
        for (var c = 0; c < p.Q.Length; c++) Near(p.Q[c], q.Q[p.Q.Length - 1 - c], 1e-8 * (1 + p.Q[c]));
    }

    [Property]
    public void Inputs_scaled_by_s_with_the_ridge_by_s_squared_change_nothing(MixtureCase mixture)
    {
        var m = mixture.Model;
        const double Square = 2.25;
        var scaled = m with
        {
            CovarianceEigenvalues = [.. m.CovarianceEigenvalues.Select(row => row.Select(s => Square * s).ToImmutableArray())],
            MeanGram = [.. m.MeanGram.Select(g => g.Select(row => row.Select(x => Square * x).ToImmutableArray()).ToImmutableArray())],
            TeacherPower = [.. m.TeacherPower.Select(x => x / Square)],
            Lambda = Square * m.Lambda,
        };
        Same(m.Predict(), scaled.Predict());
    }

    [Property]
    public void Training_loss_increases_and_weights_shrink_with_the_ridge(MixtureCase mixture)
    {
        var (p, q) = (mixture.Model.Predict(), (mixture.Model with { Lambda = 1.5 * mixture.Model.Lambda }).Predict());
        Assert.True(p.TrainLoss <= q.TrainLoss * (1 + 1e-9) + 1e-13);
        Assert.True(q.WeightPower <= p.WeightPower * (1 + 1e-9));
    }

    [Property]
    public void Ridge_on_a_linear_teacher_cannot_tell_clusters_of_equal_covariance_from_one_gaussian(HomoscedasticCase mixture)
    {
        var p = mixture.Model.Predict();
        Near(p.TestError, p.MatchedGaussian!.Value.TestError, 1e-8 * (1 + p.TestError));
        Near(p.TrainLoss, p.MatchedGaussian!.Value.TrainLoss, 1e-8 * (1 + p.TrainLoss));
    }

    [Property]
    public void Clusters_without_means_and_of_equal_covariance_are_one_gaussian_for_any_loss(HomoscedasticCase mixture)
    {
        var m = mixture.Model with
        {
            Loss = LossKind.Logistic,
            Teacher = "sign(z)",
            Intercept = false,
            MeanTeacherOverlaps = [.. mixture.Model.MeanTeacherOverlaps.Select(row => row.Select(_ => 0.0).ToImmutableArray())],
            MeanGram = [.. mixture.Model.MeanGram.Select(g => g.Select(row => row.Select(_ => 0.0).ToImmutableArray()).ToImmutableArray())],
        };
        var p = m.Predict();
        Near(p.TestError, p.MatchedGaussian!.Value.TestError, 1e-9);
        Near(p.TestError, p.BulkGaussian!.Value.TestError, 1e-9);
        Near(p.TrainLoss, p.BulkGaussian!.Value.TrainLoss, 1e-9);
    }

    [Property]
    public void Least_squares_without_ridge_trains_to_the_universal_loss_on_linear_teachers(MixtureCase mixture)
    {
        var m = mixture.Model with { Loss = LossKind.Square, Teacher = "z", Lambda = 0, Ridgeless = true };
        if (Math.Abs(m.Alpha - 1) < 0.05) return;
        Near(0.5 * m.Noise * Math.Max(0, 1 - 1 / m.Alpha), m.Predict().TrainLoss, 1e-9);
    }

    [Property]
    public void Labels_of_opposite_sign_turn_the_weights(MixtureCase mixture)
    {
        if (mixture.Model.Teacher is not { Text: "sign(z)" }) return;
        var (p, q) = (mixture.Model.Predict(), (mixture.Model with { Teacher = "-sign(z)" }).Predict());
        Same(p, q);
        for (var c = 0; c < p.M.Length; c++) Near(-p.M[c], q.M[c], 1e-8 * (1 + Math.Abs(p.M[c])));
    }

    [Property]
    public void A_wide_huber_loss_is_the_square_loss(MixtureCase mixture)
    {
        var teacher = mixture.Model.Loss == LossKind.Huber ? mixture.Model.Teacher : "sign(z)";
        var square = mixture.Model with { Loss = LossKind.Square, Teacher = teacher };
        Same(square.Predict(), (square with { Loss = LossKind.Huber, HuberDelta = 1e7 }).Predict());
    }

    [Theory]
    [InlineData(0.3, 0.2)]
    [InlineData(0.8, 1)]
    [InlineData(1.7, 0.5)]
    [InlineData(4, 0)]
    public void Least_squares_without_ridge_has_its_closed_form_on_one_gaussian(double alpha, double noise)
    {
        var p = Isotropic(LossKind.Square, "z", alpha, 0, noise).Predict();
        Near(alpha < 1 ? 1 - alpha + noise / (1 - alpha) : noise * alpha / (alpha - 1), p.TestError, 1e-10);
        Near(alpha < 1 ? 1 - alpha : 1 / (alpha - 1), p.V[0], 1e-10);
    }

    [Fact]
    public void The_hinge_at_small_ridge_is_the_hard_margin()
    {
        var (hinge, hard) = (Isotropic(LossKind.Hinge, "sign(z)", 2, 1e-4, 0.1).Predict(), Isotropic(LossKind.HardMargin, "sign(z)", 2, 0, 0.1).Predict());
        Near(hard.TestError, hinge.TestError, 1e-10);
        Near(hard.Q[0], hinge.Q[0], 1e-8);
        Near(hard.V[0], 1e-4 * hinge.V[0], 1e-10);
    }

    [Theory]
    [InlineData("sign(z)", 0.0, 1)]
    [InlineData("sign(z)", 0.3, 2)]
    public void Hinge_and_square_losses_do_not_beat_the_optimal_error_of_a_noiseless_teacher(string teacher, double noise, double alpha)
    {
        // q of the optimal estimator solves q = q̂/(1 + q̂): 0.4862636 and 0.7282982 at α = 1 and 2 without noise, which only makes it worse.
        var optimal = Math.Acos(Math.Sqrt(alpha == 1 ? 0.4862636 : 0.7282982)) / Math.PI;
        foreach (var loss in new[] { LossKind.Square, LossKind.Logistic, LossKind.Hinge })
            Assert.True(Isotropic(loss, teacher, alpha, 0.1, noise).Predict().TestError >= optimal);
    }

    [Theory]
    [InlineData("probabilities", "[0.5, 0.4]")]
    [InlineData("mean_gram", "[[[0.1]]]")]
    [InlineData("teacher_power", "[1, 1]")]
    [InlineData("covariance_eigenvalues", "[[0]]")]
    [InlineData("alpha", "0")]
    [InlineData("lambda", "-1")]
    [InlineData("teacher", "\"z\"")]
    [InlineData("loss", "\"cubic\"")]
    public void Bad_inputs_are_named(string parameter, string json)
    {
        var problem = (Isotropic(LossKind.Logistic, "sign(z)", 2, 0.1, 0) with { MeanTeacherOverlaps = [[0.5]], MeanGram = [[[1]]] }).AsProblem();
        var e = Assert.Throws<InvalidInputException>(() => problem.With(parameter, Theory.Systems.Json.ValueJson.Parse(json)).Predict());
        Assert.Equal(parameter, e.Parameter);
    }

    [Fact]
    public void A_hard_margin_beyond_the_separability_threshold_is_refused_with_the_threshold()
    {
        var e = Assert.Throws<InvalidInputException>(() => Isotropic(LossKind.HardMargin, "sign(z)", 5, 0, 0.3).Predict());
        Assert.Contains("3.86", e.Message);
    }

    internal static MixtureErmModel Isotropic(LossKind loss, string teacher, double alpha, double lambda, double noise) => new()
    {
        AtomWeights = [1],
        CovarianceEigenvalues = [[1]],
        TeacherPower = [1],
        MeanTeacherOverlaps = [[0]],
        MeanGram = [[[0]]],
        Probabilities = [1],
        Loss = loss,
        Teacher = teacher,
        Alpha = alpha,
        Lambda = lambda,
        Noise = noise,
    };

    private static double Average(MixtureErmModel model, Func<int, double> term) => Enumerable.Range(0, model.AtomWeights.Length).Sum(j => model.AtomWeights[j] * term(j));

    private static void Same(MixtureErmPrediction p, MixtureErmPrediction q)
    {
        Near(p.TestError, q.TestError, 1e-7 * (1 + p.TestError));
        Near(p.TrainLoss, q.TrainLoss, 1e-7 * (1 + p.TrainLoss));
    }

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"expected {expected:R}, got {actual:R}, tolerance {tolerance:g3}");
}
