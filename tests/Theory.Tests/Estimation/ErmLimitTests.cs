using System.Collections.Immutable;
using FsCheck.Xunit;
using Theory.Channels;
using Theory.Contract;
using Theory.Estimation;
using Theory.Systems;

namespace Theory.Tests.Estimation;

/// <summary>Limits and symmetries of empirical risk minimisation that tie systems and methods to each other.</summary>
[Properties(Arbitrary = [typeof(MixtureCases), typeof(GlmCases)], MaxTest = 8)]
public class ErmLimitTests
{
    [Property]
    public void Least_squares_on_signs_is_the_same_closed_and_iterated(MixtureCase mixture)
    {
        var m = mixture.Model with { Loss = LossKind.Square, Teacher = "sign(z - 1/3)" };
        var closed = m.Predict();
        var geometry = new MixtureGeometry(m);
        var channel = new BinaryErmChannel([new(default(SquareLoss), ThresholdTeacher.TryCreate(m.Teacher!, m.Noise)!)]);
        var iterated = new ErmStateEvolution(geometry.Prior(), channel, geometry.Laws(), m.Intercept).DescendTo(m.Lambda, m.Alpha, hasEdges: false, SolveOptions.Default);
        Near(iterated.TestError, closed.TestError, 1e-9);
        Near(iterated.TrainLoss, closed.TrainLoss, 1e-9);
        for (var c = 0; c < geometry.Clusters; c++)
        {
            Near(iterated.Points[c].V, closed.V[c], 1e-9);
            Near(iterated.Points[c].Q, closed.Q[c], 1e-9);
            Near(iterated.Points[c].M, closed.M[c], 1e-9);
            Near(iterated.Means[c], closed.H[c], 1e-9);
        }
    }

    [Property]
    public void Turning_coordinates_of_equal_eigenvalues_into_each_other_changes_nothing(MixtureCase mixture)
    {
        // All atoms get the eigenvalues of the first; then only averages over all coordinates are left of means and teacher.
        var m = mixture.Model;
        m = m with { CovarianceEigenvalues = [.. m.CovarianceEigenvalues.Select(row => row.Select(_ => row[0]).ToImmutableArray())] };
        double Average(Func<int, double> value) => Enumerable.Range(0, m.AtomWeights.Length).Sum(j => m.AtomWeights[j] * value(j));
        var clusters = Enumerable.Range(0, m.Probabilities.Length).ToArray();
        var turned = m with
        {
            AtomWeights = [1],
            CovarianceEigenvalues = [.. m.CovarianceEigenvalues.Select(row => ImmutableArray.Create(row[0]))],
            TeacherPower = [Average(j => m.TeacherPower[j])],
            MeanTeacherOverlaps = [[.. clusters.Select(c => Average(j => m.MeanTeacherOverlaps[j][c]))]],
            MeanGram = [[.. clusters.Select(c => clusters.Select(e => Average(j => m.MeanGram[j][c][e])).ToImmutableArray())]],
        };
        var (p, q) = (m.Predict(), turned.Predict());
        Near(p.TestError, q.TestError, 1e-8);
        Near(p.TrainLoss, q.TrainLoss, 1e-8);
        Near(p.Q[0], q.Q[0], 1e-8);
    }

    [Property]
    public void The_logistic_minimiser_exists_above_the_separability_threshold_only(GlmPoint p)
    {
        var threshold = new SeparabilityModel { Teacher = "sign(z)", Noise = p.Noise + 0.1 }.Predict().AlphaSep!.Value;
        MixtureErmPrediction At(double alpha) => MixtureErmPropertyTests.Isotropic(LossKind.Logistic, "sign(z)", alpha, 0, p.Noise + 0.1).Predict();
        Assert.Equal(ErmMinimiser.Exists, At(1.05 * threshold).Minimiser);
        var below = At(0.8 * threshold);
        Assert.Equal(ErmMinimiser.Separable, below.Minimiser);
        Assert.Contains("minimiser does not exist", Assert.Single(below.Diagnostics.Warnings));
        var margin = new HardMarginModel { Teacher = "sign(z)", Noise = p.Noise + 0.1, Alpha = 0.8 * threshold }.Predict();
        Near(margin.TestError, below.TestError, 1e-8);
        Near(margin.Q, below.Q[0], 1e-7);
    }

    [Theory]
    [InlineData(LossKind.Logistic, true)]
    [InlineData(LossKind.Hinge, false)]
    public void Two_gaussians_without_ridge_are_told_apart_with_the_largest_margin(LossKind loss, bool intercept)
    {
        var model = new MixtureClassificationModel { AtomWeights = [1], CovarianceEigenvalues = [0.5], MeanPower = 1, Probability = 0.4, Loss = loss, Alpha = 1.5, Lambda = 0, Intercept = intercept };
        var (p, margin) = (model.Predict(), (model with { Loss = LossKind.HardMargin }).Predict());
        Assert.Equal(ErmMinimiser.Separable, p.Minimiser);
        Assert.Equal((margin.TestError, margin.Q, margin.M), (p.TestError, p.Q, p.M));
        EstimationVerificationTests.Passes(model.Verify(size: 100, trials: 10, seed: 2));
    }

    [Fact]
    public void The_hinge_without_ridge_is_refused_where_data_are_not_separable() =>
        Assert.Equal("lambda", Assert.Throws<InvalidInputException>(() => MixtureErmPropertyTests.Isotropic(LossKind.Hinge, "sign(z)", 5, 0, 0.3).Predict()).Parameter);

    [Theory]
    [InlineData(LossKind.Hinge, 5, 100)]
    [InlineData(LossKind.Hinge, 20, 1e4)]
    [InlineData(LossKind.Huber, 0.02, 2e3)]
    [InlineData(LossKind.Huber, 0.004, 7e5)]
    public void Weights_that_hardly_move_sit_at_the_edge_of_the_loss_where_the_intercept_balances_it(LossKind loss, double alpha, double lambda)
    {
        var model = MixtureErmPropertyTests.Isotropic(loss, "sign(z - 1/4)", alpha, lambda, 0.1) with { Intercept = true, HuberDelta = 0.05 };
        var p = model.Predict();
        Assert.True(p.Diagnostics.IsConverged);
        Assert.InRange(p.Intercept!.Value, -1.01, -0.9);
        // The smaller ridge moves the weights in proportion, and labels of the rarer kind are missed.
        var stronger = (model with { Lambda = 10 * lambda }).Predict();
        Near(p.WeightPower, 100 * stronger.WeightPower, 0.3 * p.WeightPower);
    }

    [Theory]
    [InlineData("sign(z^2 - 1)", 100, 0.1, 0.31731050786291)]
    [InlineData("sign(z^2 - 2)", 300, 1e-3, 0.15729920705029)]
    public void The_hinge_gives_up_on_labels_that_many_samples_cannot_teach(string teacher, double alpha, double lambda, double minority)
    {
        // An even teacher: the intercept answers with the majority, at the edge of the loss, and w = 0.
        var model = MixtureErmPropertyTests.Isotropic(LossKind.Hinge, teacher, alpha, lambda, 0) with { Intercept = true };
        var p = model.Predict();
        Assert.True(p.Diagnostics.IsConverged);
        Near(minority, p.TestError, 1e-9);
        Near(2 * minority, p.TrainLoss, 1e-9);
        Near(-1, p.Intercept!.Value, 1e-9);
        Near(0, p.WeightPower, 1e-12);
    }

    [Fact]
    public void Two_gaussians_that_are_almost_one_are_given_up_by_the_hinge_too()
    {
        var p = new MixtureClassificationModel { AtomWeights = [1], CovarianceEigenvalues = [1], MeanPower = 1e-4, Probability = 0.3, Loss = LossKind.Hinge, Alpha = 1e4, Lambda = 1, Intercept = true }.Predict();
        Near(0.3, p.TestError, 1e-9);
        Near(0, p.Q, 1e-12);
    }

    [Theory]
    [InlineData("relu(z)", true)]
    [InlineData("abs(z) + z", false)]
    [InlineData("sin(3*z)", false)]
    public void Real_fits_of_the_huber_loss_to_curved_teachers_behave_as_predicted(string teacher, bool intercept) => EstimationVerificationTests.Passes(
        (EstimationVerificationTests.Mixture with { Loss = LossKind.Huber, HuberDelta = 0.5, Teacher = teacher, Noise = 0.1, Alpha = 2, Lambda = 0.3, Intercept = intercept }).Verify(size: 100, trials: 12, seed: 17));

    [Property]
    public void A_wide_huber_loss_is_the_square_loss_on_any_teacher(MixtureCase mixture)
    {
        var square = mixture.Model with { Loss = LossKind.Square, Teacher = "relu(z) + sin(2*z)", Noise = mixture.Model.Noise };
        var (p, q) = (square.Predict(), (square with { Loss = LossKind.Huber, HuberDelta = 1e5 }).Predict());
        Near(p.TestError, q.TestError, 1e-8);
        Near(p.TrainLoss, q.TrainLoss, 1e-8);
        Near(p.M[0], q.M[0], 1e-8);
    }

    [Property]
    public void An_affine_teacher_and_one_that_is_affine_where_it_matters_are_fitted_alike(MixtureCase mixture)
    {
        var affine = mixture.Model with { Loss = LossKind.Huber, Teacher = "2*z - 1", Noise = mixture.Model.Noise };
        var (p, q) = (affine.Predict(), (affine with { Teacher = "2*z - 1 + relu(z - 60)" }).Predict());
        Near(p.TestError, q.TestError, 1e-8);
        Near(p.TrainLoss, q.TrainLoss, 1e-8);
        Near(p.M[0], q.M[0], 1e-8);
    }

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"expected {expected:R}, got {actual:R}");
}
