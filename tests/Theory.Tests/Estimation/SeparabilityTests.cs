using FsCheck.Xunit;
using Google.OrTools.LinearSolver;
using Theory.Channels;
using Theory.Contract;
using Theory.Estimation;
using Theory.Numerics.Sampling;
using Theory.Systems;

namespace Theory.Tests.Estimation;

/// <summary>Separability thresholds and margins: numbers, laws, and real samples.</summary>
[Properties(Arbitrary = [typeof(GlmCases)], MaxTest = 15)]
public class SeparabilityTests
{
    [Theory]
    [InlineData(3, 2.254868)]
    [InlineData(0.3, 3.863532)]
    [InlineData(0.1, 6.070553)]
    [InlineData(1e9, 2)]
    public void Noisy_signs_have_the_known_threshold(double noise, double alpha) =>
        Assert.Equal(alpha, new SeparabilityModel { Teacher = "sign(z)", Noise = noise }.Predict().AlphaSep!.Value, 1e-6);

    [Theory]
    [InlineData("sign(z)", false, true)]
    [InlineData("-sign(z)", false, true)]
    [InlineData("sign(z - 1/2)", true, true)]
    [InlineData("sign(z - 1/2)", false, false)]
    [InlineData("sign(z^2 - 1)", true, false)]
    public void Noiseless_labels_of_a_hyperplane_are_separable_at_any_number(string teacher, bool intercept, bool always) =>
        Assert.Equal(always, new SeparabilityModel { Teacher = teacher, Intercept = intercept }.Predict().AlphaSep is null);

    [Theory]
    [InlineData(0.3, 0.56260420)]
    [InlineData(0.5, 0.30227011)]
    [InlineData(0.7, 0.14898142)]
    public void Margins_of_a_mixture_are_those_of_its_state_evolution(double fraction, double kappa)
    {
        var mixture = new SeparabilityModel { Teacher = "sign(z)", Noise = 0.3, Probabilities = [0.5, 0.5], MeanPower = 1, Alignment = 1 };
        var threshold = mixture.Predict().AlphaSep!.Value;
        Assert.Equal(5.577572012, threshold, 1e-8);
        Assert.Equal(kappa, Margin(mixture, fraction * threshold).Predict().Margin, 1e-8);
    }

    [Property]
    public void The_margin_is_that_of_the_state_evolution_at_the_hard_margin(GlmPoint p, bool hasMeans, bool intercept)
    {
        var alignment = Math.Cos(7 * p.Lambda);
        var data = new SeparabilityModel
        {
            Teacher = "sign(z - 1/4)",
            Noise = p.Noise,
            Signal = p.Signal,
            Probabilities = hasMeans ? [0.4, 0.6] : [1],
            MeanPower = hasMeans ? p.Lambda : 0,
            Alignment = hasMeans ? alignment : 0,
            Intercept = intercept,
        };
        var alpha = 0.6 * data.Predict().AlphaSep!.Value;
        var margin = Margin(data, alpha).Predict();
        var (power, overlap) = (data.MeanPower, alignment * Math.Sqrt(data.MeanPower * p.Signal));
        var evolution = new MixtureErmModel
        {
            AtomWeights = [1],
            CovarianceEigenvalues = hasMeans ? [[1], [1]] : [[1]],
            TeacherPower = [p.Signal],
            MeanTeacherOverlaps = hasMeans ? [[overlap, -overlap]] : [[0]],
            MeanGram = hasMeans ? [[[power, -power], [-power, power]]] : [[[0]]],
            Probabilities = data.Probabilities,
            Loss = LossKind.HardMargin,
            Teacher = data.Teacher,
            Alpha = alpha,
            Lambda = 0,
            Noise = p.Noise,
            Intercept = intercept,
        }.Predict();
        Near(evolution.Q[0], margin.Q, 1e-7);
        Near(evolution.TestError, margin.TestError, 1e-7);
        Near(evolution.M[0] / Math.Sqrt(evolution.Q[0] * p.Signal), margin.Cosine, 1e-7);
        if (intercept) Near(evolution.Intercept!.Value, margin.Intercept!.Value, 1e-6);
    }

    [Property]
    public void The_margin_shrinks_to_nothing_at_the_threshold_and_with_more_samples(GlmPoint p)
    {
        var data = new SeparabilityModel { Teacher = "sign(z)", Noise = p.Noise, Signal = p.Signal };
        var threshold = data.Predict().AlphaSep!.Value;
        var margins = new[] { 0.1, 0.5, 0.9, 0.9999 }.Select(f => Margin(data, f * threshold).Predict().Margin).ToArray();
        Assert.Equal(margins.OrderDescending(), margins);
        Assert.True(margins[^1] < 1e-3);
        Assert.Equal("alpha", Assert.Throws<InvalidInputException>(() => Margin(data, threshold).Predict()).Parameter);
    }

    [Property]
    public void An_intercept_never_lowers_the_threshold_and_is_of_no_use_to_symmetric_data(GlmPoint p)
    {
        var data = new SeparabilityModel { Teacher = "sign(z)", Noise = p.Noise, Probabilities = [0.3, 0.7], MeanPower = p.Signal, Alignment = 0.5 };
        Assert.True((data with { Intercept = true }).Predict().AlphaSep >= data.Predict().AlphaSep - 1e-9);
        var symmetric = data with { Probabilities = [0.5, 0.5] };
        Near(symmetric.Predict().AlphaSep!.Value, (symmetric with { Intercept = true }).Predict().AlphaSep!.Value, 1e-9);
    }

    [Property]
    public void Only_the_ratio_of_signal_and_noise_counts(GlmPoint p) => Near(
        new SeparabilityModel { Teacher = "sign(z)", Noise = p.Noise, Signal = p.Signal }.Predict().AlphaSep!.Value,
        new SeparabilityModel { Teacher = "sign(z)", Noise = p.Noise / p.Signal }.Predict().AlphaSep!.Value,
        1e-9);

    [Theory]
    [InlineData(0.3, false)]
    [InlineData(3, true)]
    public void Real_samples_are_separable_below_the_threshold_and_not_above_it(double noise, bool intercept)
    {
        const int D = 60;
        var data = new SeparabilityModel { Teacher = "sign(z)", Noise = noise, Intercept = intercept };
        var threshold = data.Predict().AlphaSep!.Value;
        int Separable(double alpha) => Enumerable.Range(0, 10).Count(trial => IsSeparable(Margin(data, alpha), D, (ulong)trial));
        Assert.True(Separable(0.75 * threshold) >= 9);
        Assert.True(Separable(1.3 * threshold) <= 1);
    }

    [Fact]
    public void Real_samples_of_a_mixture_are_separable_below_the_threshold_and_not_above_it()
    {
        const int D = 50;
        var data = new SeparabilityModel { Teacher = "sign(z)", Noise = 0.5, Probabilities = [0.3, 0.7], MeanPower = 1.5, Alignment = 0.7 };
        var threshold = data.Predict().AlphaSep!.Value;
        int Separable(double alpha) => Enumerable.Range(0, 10).Count(trial => IsSeparable(Margin(data, alpha), D, (ulong)trial));
        Assert.True(Separable(0.75 * threshold) >= 9);
        Assert.True(Separable(1.35 * threshold) <= 1);
    }

    [Theory]
    [InlineData(2, 0, false)]
    [InlineData(1.2, 0.5, true)]
    public void Real_margins_are_as_predicted(double alpha, double noise, bool hasMeans) => EstimationVerificationTests.Passes(new HardMarginModel
    {
        Teacher = "sign(z)",
        Noise = noise,
        Alpha = alpha,
        Probabilities = hasMeans ? [0.3, 0.7] : [1],
        MeanPower = hasMeans ? 1 : 0,
        Alignment = hasMeans ? 0.5 : 0,
        Intercept = hasMeans,
    }.Verify(size: 100, trials: 12, seed: 8));

    private static HardMarginModel Margin(SeparabilityModel m, double alpha) => new()
    {
        Teacher = m.Teacher,
        InverseTemperature = m.InverseTemperature,
        Noise = m.Noise,
        Signal = m.Signal,
        Probabilities = m.Probabilities,
        MeanPower = m.MeanPower,
        Alignment = m.Alignment,
        Intercept = m.Intercept,
        Alpha = alpha,
    };

    /// <summary>Whether max t, t ≤ 1, subject to y(w·x + b) ≥ t and |w_j| ≤ 1, is positive.</summary>
    private static bool IsSeparable(HardMarginModel model, int d, ulong seed)
    {
        var random = new RandomStream(seed, 77);
        var overlap = model.Alignment * Math.Sqrt(model.Signal * model.MeanPower);
        var vectors = GramVectors.Draw(MathNet.Numerics.LinearAlgebra.Double.DenseMatrix.OfArray(new[,] { { model.Signal, overlap }, { overlap, model.MeanPower } }), d, random);
        var (x, y) = HardMarginExperiment.Sample(model, vectors[0], vectors[1], (int)Math.Round(model.Alpha * d), random);
        using var solver = Solver.CreateSolver("GLOP");
        var weights = solver.MakeNumVarArray(d, -1, 1);
        var intercept = model.Intercept ? solver.MakeNumVar(-100, 100, "b") : solver.MakeNumVar(0, 0, "b");
        var least = solver.MakeNumVar(0, 1, "t");
        for (var i = 0; i < y.Length; i++)
        {
            var constraint = solver.MakeConstraint(0, double.PositiveInfinity);
            constraint.SetCoefficient(least, -1);
            constraint.SetCoefficient(intercept, y[i]);
            for (var j = 0; j < d; j++) constraint.SetCoefficient(weights[j], y[i] * x[i, j]);
        }
        solver.Maximize(least);
        Assert.Equal(Solver.ResultStatus.OPTIMAL, solver.Solve());
        return least.SolutionValue() > 1e-7;
    }

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"expected {expected:R}, got {actual:R}");
}
