using System.Collections.Immutable;
using FsCheck.Xunit;
using Theory.Channels;
using Theory.Estimation;
using Theory.Systems;

namespace Theory.Tests.Estimation;

/// <summary>Known numbers of limits, and identities that every solution obeys.</summary>
[Properties(Arbitrary = [typeof(MixtureCases)], MaxTest = 8)]
public class EstimationNumbersTests
{
    [Theory]
    [InlineData(1e-1, .17966)]
    [InlineData(1e-2, .17478)]
    [InlineData(1e-3, .17763)]
    [InlineData(1e-4, .18013)]
    [InlineData(1e-5, .18184)]
    [InlineData(1e-6, .18302)]
    [InlineData(1e-7, .18387)]
    [InlineData(0, .188479)]
    public void The_logistic_loss_approaches_the_largest_margin_only_logarithmically(double lambda, double error) =>
        Assert.Equal(error, MixtureErmPropertyTests.Isotropic(LossKind.Logistic, "sign(z)", 2, lambda, 0).Predict().TestError, lambda > 0 ? 6e-6 : 6e-7);

    [Theory]
    [InlineData(0, 2, .45457756, .18847861)]
    [InlineData(0.3, 1.5, .44742246, .31283276)]
    [InlineData(0.3, 3, .10569108, .27195046)]
    [InlineData(0.3, 3.7, .01744060, .26097676)]
    public void Margins_of_noisy_signs_are_the_known_numbers(double noise, double alpha, double margin, double error)
    {
        var p = new HardMarginModel { Teacher = "sign(z)", Noise = noise, Alpha = alpha }.Predict();
        Assert.Equal(margin, p.Margin, 6e-9);
        Assert.Equal(error, p.TestError, 6e-9);
        if (noise == 0) Assert.Equal(.82975764, p.Cosine, 6e-9);
    }

    [Fact]
    public void Labels_of_pure_chance_are_separable_up_to_two_samples_per_dimension_and_teach_nothing()
    {
        Assert.Equal(2, new SeparabilityModel { Teacher = null, InverseTemperature = 1e-9 }.Predict().AlphaSep!.Value, 1e-8);
        foreach (var loss in new[] { LossKind.Square, LossKind.Logistic, LossKind.Hinge })
        {
            var model = MixtureErmPropertyTests.Isotropic(loss, "sign(z)", 1.5, 0.1, 0) with { Teacher = null, InverseTemperature = 1e-9 };
            Assert.Equal(0.5, model.Predict().TestError, 1e-8);
        }
    }

    [Theory]
    [InlineData(0.6, 0)]
    [InlineData(1.5, 1.0 / 6)]
    [InlineData(4, 3.0 / 8)]
    public void Interpolators_of_chance_train_to_half_of_one_less_one_over_alpha(double alpha, double train)
    {
        var model = MixtureErmPropertyTests.Isotropic(LossKind.Square, "sign(z)", alpha, 0, 0) with { Teacher = null, InverseTemperature = 1e-9 };
        Assert.Equal(train, model.Predict().TrainLoss, 1e-9);
    }

    [Fact]
    public void What_a_linear_fit_leaves_of_a_curved_teacher_is_trained_universally_on_one_covariance_only()
    {
        var one = MixtureErmPropertyTests.Isotropic(LossKind.Square, "relu(z)", 1.5, 0, 0.5);
        Assert.Equal(0.125, one.Predict().TrainLoss, 1e-9);
        var two = one with { Probabilities = [0.5, 0.5], CovarianceEigenvalues = [[0.2], [1.8]], MeanTeacherOverlaps = [[0, 0]], MeanGram = [[[0, 0], [0, 0]]] };
        Assert.Equal(0.103537, two.Predict().TrainLoss, 6e-7);
        var linear = (two with { Teacher = "z" }).Predict();
        Assert.Equal(1.0 / 12, linear.TrainLoss, 1e-10);
        Assert.Equal(2.5623413613605694, linear.TestError, 1e-10);
        Assert.Equal(2.56228, (two with { Teacher = "z", Lambda = 1e-6 }).Predict().TestError, 6e-6);
        Assert.Equal(1.5, (one with { Teacher = "z" }).Predict().TestError, 1e-10);
    }

    [Theory]
    [InlineData(1, .254373)]
    [InlineData(2, .174534)]
    [InlineData(4, .102280)]
    public void Bayes_errors_of_signs_are_the_known_numbers(double alpha, double error) =>
        Assert.Equal(error, new BayesOptimalGlmModel { Teacher = "sign(z)", Alpha = alpha }.Predict().TestError, 6e-7);

    [Fact]
    public void A_linear_teacher_and_a_modulus_have_the_known_overlaps()
    {
        var linear = new BayesOptimalGlmModel { Teacher = "z", Alpha = 2, Noise = 0.5 }.Predict();
        Assert.Equal(.7192235936, linear.Q, 6e-11);
        Assert.Equal(.2807764064, linear.Mmse, 6e-11);
        Assert.Equal(.0231, new BayesOptimalGlmModel { Teacher = "abs(z)", Alpha = 0.55 }.Predict().Q, 6e-5);
        // The lower branch ends at q = .84665.
        Assert.Equal(.84665, new BayesOptimalGlmModel { Teacher = "abs(z)", Alpha = 1.128471 - 1e-9 }.Predict().Q, 1e-3);
    }

    [Property]
    public void The_penalty_balances_the_forces(MixtureCase mixture)
    {
        // λ‖w‖²/d + Σ V̂ q = Σ (q̂ V + m̂ m + ĥ h): the weights are linear in the forces.
        if (MixtureErmProblem.BinaryTeacherOf(mixture.Model) is not { } teacher) return;
        var (m, p) = (mixture.Model, mixture.Model.Predict());
        var channel = new MarginChannel(MarginLosses.Create(m.Loss, m.HuberDelta), teacher);
        var laws = new MixtureGeometry(m).Laws();
        double left = m.Lambda * p.WeightPower, right = 0;
        for (var c = 0; c < laws.Length; c++)
        {
            var variance = laws[c].TeacherVariance - p.M[c] * p.M[c] / p.Q[c];
            var at = channel.At(new(p.V[c], p.Q[c], p.M[c], variance, p.H[c] + (p.Intercept ?? 0), laws[c].TeacherMean));
            var samples = m.Alpha * m.Probabilities[c];
            left += samples * at.Stiffness * p.Q[c];
            right += samples * (at.ForceSquare * p.V[c] + at.Teaching * p.M[c] + at.Force * p.H[c]);
        }
        Assert.Equal(left, right, 1e-8 * (1 + Math.Abs(left)));
    }

    [Property]
    public void Without_samples_there_is_no_weight(MixtureCase mixture)
    {
        var p = (mixture.Model with { Alpha = 1e-6, Intercept = false }).Predict();
        Assert.True(p.WeightPower < 1e-3 * (1 + 1 / (mixture.Model.Lambda * mixture.Model.Lambda)));
    }

    [Property]
    public void Hinge_and_logistic_losses_do_not_know_which_label_is_which(MixtureCase mixture, bool hinge)
    {
        // y → −y with θ → −θ: the same data, so that all but the sign of m stays as it is; with y → −y alone the weights turn.
        var model = mixture.Model with { Loss = hinge ? LossKind.Hinge : LossKind.Logistic, Teacher = "sign(z - 1/4)", Noise = mixture.Model.Noise };
        var (p, q) = (model.Predict(), (model with { Teacher = "-sign(z - 1/4)" }).Predict());
        Assert.Equal(p.TestError, q.TestError, 1e-8);
        Assert.Equal(p.TrainLoss, q.TrainLoss, 1e-8 * (1 + p.TrainLoss));
        for (var c = 0; c < p.M.Length; c++) Assert.Equal(-p.M[c], q.M[c], 1e-7 * (1 + Math.Abs(p.M[c])));
    }

    [Property]
    public void A_mixture_of_equal_clusters_is_one_gaussian(MixtureCase mixture)
    {
        var m = mixture.Model;
        var one = m with
        {
            Probabilities = [1],
            CovarianceEigenvalues = [m.CovarianceEigenvalues[0]],
            MeanTeacherOverlaps = [.. m.MeanTeacherOverlaps.Select(row => ImmutableArray.Create(row[0]))],
            MeanGram = [.. m.MeanGram.Select(g => ImmutableArray.Create(ImmutableArray.Create(g[0][0])))],
        };
        var three = one with
        {
            Probabilities = [0.2, 0.3, 0.5],
            CovarianceEigenvalues = [.. Enumerable.Repeat(m.CovarianceEigenvalues[0], 3)],
            MeanTeacherOverlaps = [.. m.MeanTeacherOverlaps.Select(row => ImmutableArray.Create(row[0], row[0], row[0]))],
            MeanGram = [.. m.MeanGram.Select(g => ImmutableArray.CreateRange(Enumerable.Repeat(ImmutableArray.Create(g[0][0], g[0][0], g[0][0]), 3)))],
        };
        var (p, q) = (one.Predict(), three.Predict());
        Assert.Equal(p.TestError, q.TestError, 1e-8 * (1 + p.TestError));
        Assert.Equal(p.TrainLoss, q.TrainLoss, 1e-8 * (1 + p.TrainLoss));
        Assert.Equal(q.TestError, q.MatchedGaussian!.Value.TestError, 1e-8 * (1 + p.TestError));
        Assert.Equal(p.Q[0], q.Q[2], 1e-8 * (1 + p.Q[0]));
    }
}
