using FsCheck.Xunit;
using Theory.Channels;
using Theory.Contract;
using Theory.Estimation;
using Theory.Exponents;
using Theory.Systems;

namespace Theory.Tests.Estimation;

/// <summary>Numbers and laws of Bayes-optimal estimation.</summary>
[Properties(Arbitrary = [typeof(GlmCases)], MaxTest = 8)]
public class BayesOptimalGlmTests
{
    [Theory]
    [InlineData("abs(z)", 0.6, 0.0518203)]
    [InlineData("abs(z)", 0.8, 0.2162275)]
    [InlineData("relu(z)", 0.5, 0.3816280)]
    [InlineData("relu(z)", 1, 0.6927939)]
    [InlineData("sign(z)", 1, 0.4862636)]
    [InlineData("sign(z)", 2, 0.7282982)]
    [InlineData("sign(z)", 4, 0.9002573)]
    [InlineData("z", 0.3, 0.3)]
    [InlineData("abs(z)", 0.45, 0)]
    [InlineData("abs(z)", 1.2, 1)]
    [InlineData("relu(z)", 2.5, 1)]
    public void Overlap_of_a_noiseless_teacher_is_the_known_number(string teacher, double alpha, double q) => Assert.Equal(q, Solve(teacher, alpha).Q, 1e-7);

    [Theory]
    [InlineData("abs(z)", 0.5, 1.0, 1.128471, 1.0)]
    [InlineData("z^2", 0.5, 1.0, 1.128471, 1.0)]
    [InlineData("relu(z)", 0.0, 2.0, 2.0, 2.0)]
    [InlineData("z", 0.0, 1.0, 1.0, 1.0)]
    public void Thresholds_of_perfect_recovery_are_the_known_numbers(string teacher, double weak, double informationTheoretic, double algorithmic, double perfect)
    {
        var p = new BayesOptimalGlmThresholdsModel { Teacher = teacher }.Predict();
        Assert.Equal(weak, p.AlphaWeakRecovery!.Value, 1e-8);
        Assert.Equal(informationTheoretic, p.AlphaInformationTheoretic!.Value, 1e-6);
        Assert.Equal(algorithmic, p.AlphaAlgorithmic!.Value, 1e-6);
        Assert.Equal(perfect, p.AlphaPerfectRecovery!.Value, 1e-9);
    }

    [Fact]
    public void The_sign_alone_never_determines_the_field()
    {
        var p = new BayesOptimalGlmThresholdsModel { Teacher = "sign(z)" }.Predict();
        Assert.Equal((0, null, null, null), (p.AlphaWeakRecovery, p.AlphaAlgorithmic, p.AlphaInformationTheoretic, p.AlphaPerfectRecovery));
    }

    [Fact]
    public void A_label_of_generative_exponent_four_is_never_recovered_weakly_by_message_passing() =>
        Assert.Null(new BayesOptimalGlmThresholdsModel { Teacher = "z^2*exp(-z^2)" }.Predict().AlphaWeakRecovery);

    [Theory]
    [InlineData("abs(z)", 0)]
    [InlineData("abs(z)", 0.2)]
    [InlineData("z^2", 0.1)]
    [InlineData("sign(z^2 - 1/2)", 0)]
    [InlineData("cos(2*z)", 0.1)]
    public void Weak_recovery_begins_where_the_spectral_theory_says(string teacher, double noise)
    {
        var known = new WeakRecoveryModel { Expression = teacher, Noise = noise }.Predict().Recovery.Threshold;
        Assert.Equal(known, new BayesOptimalGlmThresholdsModel { Teacher = teacher, Noise = noise }.Predict().AlphaWeakRecovery!.Value, 1e-6 * known);
    }

    [Fact]
    public void Little_noise_splits_the_transition_of_the_modulus_in_three()
    {
        var model = new BayesOptimalGlmThresholdsModel { Teacher = "abs(z)", Noise = 1e-4 };
        var t = model.Predict();
        Assert.True(1 < t.AlphaSpinodal && t.AlphaSpinodal < t.AlphaInformationTheoretic && t.AlphaInformationTheoretic < t.AlphaAlgorithmic);
        foreach (var (alpha, informedWins) in new[] { (t.AlphaInformationTheoretic!.Value - 0.005, false), (t.AlphaInformationTheoretic!.Value + 0.005, true) })
        {
            BayesOptimalGlmPrediction At(BayesBranch branch) => new BayesOptimalGlmModel { Teacher = model.Teacher, Noise = 1e-4, Alpha = alpha, Branch = branch }.Predict();
            var (from, to, best) = (At(BayesBranch.Uninformed), At(BayesBranch.Informed), At(BayesBranch.Optimal));
            Assert.True(from.Q < to.Q);
            Assert.Equal(informedWins, to.FreeEntropy > from.FreeEntropy);
            Assert.Equal(informedWins ? to.Q : from.Q, best.Q, 1e-12);
        }
    }

    [Theory]
    [InlineData("sign(z)", 0.3)]
    [InlineData("sign(z^2 - 1)", 0.1)]
    [InlineData("relu(z)", 0)]
    [InlineData("abs(z)", 0)]
    [InlineData("z^3 - 3*z", 0)]
    [InlineData("step(z) + step(z - 1)", 0)]
    [InlineData("hardtanh(z)", 0)]
    [InlineData("hardtanh(z)", 0.05)]
    [InlineData("abs(z)", 0.01)]
    [InlineData("relu(z)", 0.3)]
    [InlineData("z^2", 0.1)]
    [InlineData("tanh(2*z)", 0.02)]
    [InlineData("sin(3*z)", 0.05)]
    public void The_evidence_grows_by_half_the_information(string teacher, double noise)
    {
        const double Rho = 1.3;
        var channel = OutputChannels.Create(teacher, noise, 1, Rho);
        foreach (var q in new[] { 0.02, 0.4, 1.0, 1.25, 1.295 })
        {
            var step = 2e-4 * Math.Min(q, Rho - q);
            var derivative = (channel.Evidence(q + step, Rho - q - step) - channel.Evidence(q - step, Rho - q + step)) / (2 * step);
            var half = 0.5 * channel.Information(q, Rho - q);
            Assert.True(Math.Abs(derivative - half) <= 3e-6 * (1 + half), $"q = {q}: Ψ' = {derivative:R}, I/2 = {half:R}");
        }
    }

    [Theory]
    [InlineData("abs(z)", 0.1)]
    [InlineData("relu(z)", 0.01)]
    [InlineData("hardtanh(2*z)", 0.3)]
    public void Linear_pieces_and_grids_agree(string teacher, double noise)
    {
        var (pieces, grid) = (SegmentedOutput.TryCreate(teacher, noise, 1)!, new NoisyOutput(teacher, noise, 1));
        foreach (var q in new[] { 0.01, 0.5, 0.97, 0.995, 0.9999 })
        {
            Assert.Equal(1, grid.Information(q, 1 - q) / pieces.Information(q, 1 - q), 1e-7);
            Assert.Equal(pieces.Evidence(q, 1 - q), grid.Evidence(q, 1 - q), 1e-7);
        }
    }

    [Property]
    public void A_linear_teacher_is_learnt_best_by_ridge_regression_at_the_noise(GlmPoint p)
    {
        var bayes = Model("z", p).Predict();
        var ridge = (MixtureErmPropertyTests.Isotropic(LossKind.Square, "z", p.Alpha, p.Noise / p.Signal, p.Noise) with { TeacherPower = [p.Signal] }).Predict();
        Near(ridge.TestError, bayes.TestError, 1e-9);
        Near(ridge.Q[0], bayes.Q, 1e-9);
        Near(ridge.M[0], bayes.Q, 1e-9);
    }

    [Property]
    public void No_empirical_risk_minimiser_beats_the_bayes_error_on_signs(GlmPoint p)
    {
        var bayes = (Model("sign(z)", p) with { Signal = 1 }).Predict();
        foreach (var loss in new[] { LossKind.Square, LossKind.Logistic, LossKind.Hinge })
            Assert.True(MixtureErmPropertyTests.Isotropic(loss, "sign(z)", p.Alpha, p.Lambda, p.Noise).Predict().TestError >= bayes.TestError - 1e-9, loss.ToString());
    }

    [Property(MaxTest = 5)]
    public void No_ridge_regression_beats_the_bayes_error_on_rectified_fields(GlmPoint p)
    {
        var bayes = (Model("relu(z)", p) with { Signal = 1, Branch = BayesBranch.Optimal }).Predict();
        Assert.True(MixtureErmPropertyTests.Isotropic(LossKind.Square, "relu(z)", p.Alpha, p.Lambda, p.Noise).Predict().TestError >= bayes.TestError - 1e-9);
    }

    [Property]
    public void Only_the_ratio_of_signal_and_noise_counts_for_signs(GlmPoint p)
    {
        var (one, other) = (Model("sign(z)", p).Predict(), (Model("sign(z)", p) with { Signal = 1, Noise = p.Noise / p.Signal }).Predict());
        Near(other.Q, one.Q / p.Signal, 1e-9);
        Near(other.TestError, one.TestError, 1e-9);
    }

    [Property(MaxTest = 3)]
    public void Turning_all_labels_over_changes_nothing(GlmPoint p)
    {
        Near(Model("sign(z - 1/2)", p).Predict().Q, Model("-sign(z - 1/2)", p).Predict().Q, 1e-10);
        Near(Model("relu(z)", p).Predict().Q, Model("-relu(z)", p).Predict().Q, 1e-9);
        Near(Model("relu(z)", p).Predict().Q, Model("relu(-z)", p).Predict().Q, 1e-9);
    }

    [Property]
    public void Eigenvalues_of_one_size_are_a_signal_of_that_size(GlmPoint p)
    {
        var one = Model("sign(z)", p);
        var other = one with { Signal = 1, CovarianceEigenvalues = [p.Signal, p.Signal], AtomWeights = [0.3, 0.7] };
        Near(one.Predict().Q, other.Predict().Q, 1e-9);
        Near(one.Predict().FreeEntropy!.Value, other.Predict().FreeEntropy!.Value, 1e-9);
    }

    [Property]
    public void Free_entropy_grows_with_samples_by_the_evidence(GlmPoint p)
    {
        var step = 1e-4 * p.Alpha;
        var model = Model("sign(z)", p);
        double At(double alpha) => (model with { Alpha = alpha }).Predict().FreeEntropy!.Value;
        var q = model.Predict().Q;
        var evidence = OutputChannels.Create(model.Teacher, model.Noise, 1, p.Signal).Evidence(q, p.Signal - q);
        Near(evidence, (At(p.Alpha + step) - At(p.Alpha - step)) / (2 * step), 1e-6);
    }

    [Theory]
    [InlineData("sign(z)", 2, 0.1)]
    [InlineData("relu(z)", 1, 0)]
    [InlineData("logit", 2, 0)]
    public void Message_passing_finds_the_overlap(string teacher, double alpha, double noise) => EstimationVerificationTests.Passes(new BayesOptimalGlmModel
    {
        Teacher = teacher == "logit" ? null : (Theory.Symbolics.ScalarFunction)teacher,
        InverseTemperature = 2,
        Alpha = alpha,
        Noise = noise,
        CovarianceEigenvalues = [0.5, 1.5],
        AtomWeights = [0.5, 0.5],
    }.Verify(size: 100, trials: 10, seed: 5));

    [Theory]
    [InlineData("z^2")]
    [InlineData("z + sin(3*z)")]
    [InlineData("abs(z) + z/3")]
    [InlineData("z^3 - z")]
    public void Fields_of_a_noiseless_label_are_all_found(string teacher)
    {
        Theory.Symbolics.ScalarFunction g = teacher;
        FieldPosterior Cut(int cells) => new(g, 0, 1, 1) { Cells = cells };
        var (coarse, fine, finest) = (Cut(120), Cut(240), Cut(3840));
        foreach (var field in (double[])[-2.1, -0.6, -0.01, 0.003, 0.58, 1.3])
            foreach (var (omega, variance) in ((double, double)[])[(0, 1), (field + 0.1, 0.04), (field - 0.3, 0.3)])
            {
                var (mean, spread) = finest.Of(g.Evaluate(field), omega, variance);
                foreach (var posterior in (FieldPosterior[])[coarse, fine])
                {
                    var (m, s) = posterior.Of(g.Evaluate(field), omega, variance);
                    Near(mean, m, 1e-6 * Math.Sqrt(variance));
                    Near(spread, s, 1e-6 * variance);
                }
            }
    }

    [Fact]
    public void The_posterior_of_a_field_given_its_square_has_two_values()
    {
        var posterior = new FieldPosterior("z^2", 0, 1, 1);
        foreach (var field in (double[])[0.02, 0.3, 1.7])
        {
            const double Omega = 0.4;
            const double Variance = 0.5;
            var mean = field * Math.Tanh(field * Omega / Variance);
            var (m, s) = posterior.Of(field * field, Omega, Variance);
            Near(mean, m, 1e-8);
            Near(field * field - mean * mean, s, 1e-8);
        }
    }

    [Theory]
    [InlineData("noise", 1e-9)]
    [InlineData("noise", -1)]
    [InlineData("signal", 0)]
    [InlineData("alpha", 0)]
    public void Illegal_values_are_named(string parameter, double value)
    {
        var inputs = new Dictionary<string, Value> { ["teacher"] = "z^2", ["alpha"] = 1, [parameter] = value };
        Assert.Equal(parameter, Assert.Throws<InvalidInputException>(() => BayesOptimalGlmModel.System.Create(inputs).Predict()).Parameter);
    }

    private static BayesOptimalGlmPrediction Solve(string teacher, double alpha) => new BayesOptimalGlmModel { Teacher = teacher, Alpha = alpha }.Predict();

    private static BayesOptimalGlmModel Model(string teacher, GlmPoint p) => new() { Teacher = teacher, Alpha = p.Alpha, Noise = p.Noise, Signal = p.Signal };

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"expected {expected:R}, got {actual:R}");
}
