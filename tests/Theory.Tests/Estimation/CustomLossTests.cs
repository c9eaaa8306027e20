using FsCheck.Xunit;
using Theory.Channels;
using Theory.Contract;
using Theory.Estimation;
using Theory.Symbolics;
using Theory.Systems;

namespace Theory.Tests.Estimation;

/// <summary>Losses of the user's own: proximal maps, state evolution and fits.</summary>
[Properties(Arbitrary = [typeof(MixtureCases), typeof(GlmCases)], MaxTest = 8)]
public class CustomLossTests
{
    private static readonly string[] Formulas =
    [
        "log(1 + exp(-z))", "max(0, 1 - z)", "exp(-z)", "relu(1 - z)^2", "(1 - z)^2/2", "abs(z - 1)", "sqrt(1 + (1 - z)^2) - 1", "log(cosh(3*(z - 1)))/3",
        "max(0, 1 - z) + max(0, -z)", "z^4/4", "0.3*relu(z) + 0.7*relu(-z)", "relu(abs(z) - 1/2)",
    ];

    public static TheoryData<string> All => [.. Formulas];

    [Theory]
    [MemberData(nameof(All))]
    public void Proximal_points_minimise_loss_and_distance(string formula)
    {
        var loss = ConvexLoss.Of(formula);
        ScalarFunction f = formula;
        foreach (var v in (double[])[1e-8, 1e-3, 0.3, 1, 7, 400, 1e6])
            foreach (var u in (double[])[-400, -29, -3, -1, -0.2, 0, 0.4, 1, 1.1, 2.7, 12, 300])
            {
                var at = loss.At(u, v);
                double Objective(double t) => v * f.Evaluate(t) + (t - u) * (t - u) / 2;
                var best = Objective(at.Point);
                foreach (var step in (double[])[1e-3, 1e-1, 1])
                    foreach (var sign in (double[])[-1, 1])
                        if (double.IsFinite(Objective(at.Point + sign * step)))
                            Assert.True(best <= Objective(at.Point + sign * step) + 1e-9 * Math.Abs(best), $"{formula} at {u}, {v}: {at.Point}");
                Assert.Equal(at.Point, u + v * at.Force, 1e-9 * (1 + Math.Abs(u) + Math.Abs(at.Point)));
                Assert.InRange(at.Slope, -1 / v, 0);
            }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Slopes_are_derivatives_of_the_force_between_kinks(string formula)
    {
        var loss = ConvexLoss.Of(formula);
        var kinks = new double[loss.MostKinks];
        foreach (var v in (double[])[0.01, 1, 30])
        {
            var count = loss.Kinks(v, kinks);
            Assert.Equal(kinks[..count].Order(), kinks[..count]);
            foreach (var u in (double[])[-5.1, -1.3, 0.17, 0.93, 2.4, 31.7])
            {
                var step = 1e-5 * Math.Max(1, Math.Abs(u));
                if (kinks[..count].Any(k => Math.Abs(k - u) < 2 * step)) continue;
                var slope = (loss.At(u + step, v).Force - loss.At(u - step, v).Force) / (2 * step);
                Assert.Equal(slope, loss.At(u, v).Slope, 1e-6 * (1 + Math.Abs(slope)));
            }
        }
    }

    [Theory]
    [InlineData("log(1 + exp(-z))", LossKind.Logistic)]
    [InlineData("max(0, 1 - z)", LossKind.Hinge)]
    [InlineData("(1 - z)^2/2", LossKind.Square)]
    public void Known_losses_are_what_their_formulas_say(string formula, LossKind kind)
    {
        var (own, known) = (ConvexLoss.Of(formula), MarginLosses.Create(kind));
        Assert.Equal(known.IsSmooth, own.IsSmooth);
        foreach (var v in (double[])[1e-6, 0.2, 3, 1e3, 1e7])
            foreach (var u in (double[])[-900, -31, -2, -0.3, 0.5, 1, 3, 80, 3000])
            {
                var (a, b) = (known.At(u, v), own.At(u, v));
                Assert.Equal(a.Point, b.Point, 1e-12 * (1 + Math.Abs(a.Point) + Math.Abs(u)));
                Assert.Equal(a.Force, b.Force, 1e-11 * (1 + Math.Abs(a.Force)));
                Assert.Equal(a.Loss, b.Loss, 1e-11 * (1 + a.Loss));
            }
    }

    [Property(MaxTest = 3)]
    public void A_formula_is_solved_as_the_loss_it_is(MixtureCase mixture)
    {
        var teacher = mixture.Model.Teacher is { Text: "sign(z)" } or null ? mixture.Model.Teacher : (ScalarFunction)"sign(z - 1/3)";
        foreach (var (kind, formula) in new[] { (LossKind.Logistic, "log(1 + exp(-z))"), (LossKind.Hinge, "max(0, 1 - z)"), (LossKind.Square, "(1 - z)^2/2") })
        {
            var known = (mixture.Model with { Loss = kind, Teacher = teacher }).Predict();
            var own = (mixture.Model with { Loss = LossKind.Custom, CustomLoss = ConvexLoss.Of(formula), Teacher = teacher }).Predict();
            Same(known, own, 1e-8);
        }
    }

    [Property(MaxTest = 4)]
    public void Formulas_of_residuals_are_solved_as_the_losses_they_are(MixtureCase mixture)
    {
        var affine = mixture.Model with { Teacher = "2*z - 1", Noise = mixture.Model.Noise + 0.1, HuberDelta = 1 };
        MixtureErmPrediction Own(string formula) => (affine with { Loss = LossKind.Custom, CustomLoss = ConvexLoss.Of(formula) }).Predict();
        Same((affine with { Loss = LossKind.Square }).Predict(), Own("z^2/2"), 1e-8);
        Same((affine with { Loss = LossKind.Huber }).Predict(), Own("z^2/2 - relu(abs(z) - 1)^2/2"), 1e-8);
    }

    [Property(MaxTest = 4)]
    public void A_loss_that_counts_twice_is_half_the_ridge(GlmPoint p)
    {
        var model = MixtureErmPropertyTests.Isotropic(LossKind.Custom, "sign(z)", p.Alpha, p.Lambda, p.Noise) with { CustomLoss = ConvexLoss.Of("exp(-z)") };
        var (one, two) = (model.Predict(), (model with { CustomLoss = ConvexLoss.Of("2*exp(-z)"), Lambda = 2 * p.Lambda }).Predict());
        Assert.Equal(one.TestError, two.TestError, 1e-9);
        Assert.Equal(2 * one.TrainLoss, two.TrainLoss, 1e-9);
    }

    [Property(MaxTest = 3)]
    public void No_loss_beats_the_bayes_error_on_signs(GlmPoint p)
    {
        var bayes = new BayesOptimalGlmModel { Teacher = "sign(z)", Alpha = p.Alpha, Noise = p.Noise }.Predict().TestError;
        foreach (var formula in new[] { "exp(-z)", "relu(1 - z)^2", "abs(z - 1)" })
        {
            var model = MixtureErmPropertyTests.Isotropic(LossKind.Custom, "sign(z)", p.Alpha, p.Lambda, p.Noise) with { CustomLoss = ConvexLoss.Of(formula) };
            Assert.True(model.Predict().TestError >= bayes - 1e-9, formula);
        }
    }

    [Theory]
    [InlineData("exp(-z)", "sign(z)", 2, true)]
    [InlineData("relu(1 - z)^2", "logit", 1.5, false)]
    [InlineData("abs(z)", "z", 2, true)]
    [InlineData("0.2*relu(z) + 0.8*relu(-z)", "z", 3, true)]
    public void Real_fits_behave_as_predicted(string formula, string teacher, double alpha, bool intercept) => EstimationVerificationTests.Passes((EstimationVerificationTests.Mixture with
    {
        Loss = LossKind.Custom,
        CustomLoss = ConvexLoss.Of(formula),
        Teacher = teacher == "logit" ? null : (ScalarFunction)teacher,
        Alpha = alpha,
        Lambda = 0.3,
        Noise = teacher == "logit" ? 0 : 0.3,
        Intercept = intercept,
    }).Verify(size: 100, trials: 12, seed: 31));

    [Theory]
    [InlineData("-z^2 + 10", "convex")]
    [InlineData("z", "negative")]
    [InlineData("sign(z) + 1", "continuous")]
    [InlineData("tanh(-z) + 1", "convex")]
    [InlineData("3", "constant")]
    [InlineData("min(abs(z), 1)", "convex")]
    public void What_is_no_convex_loss_is_refused_with_its_reason(string formula, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => ConvexLoss.Of(formula)).Message);

    [Fact]
    public void A_custom_loss_needs_its_formula_a_ridge_and_an_affine_teacher()
    {
        var model = MixtureErmPropertyTests.Isotropic(LossKind.Custom, "sign(z)", 2, 0.1, 0);
        Assert.Equal("loss_function", Assert.Throws<InvalidInputException>(() => model.Predict()).Parameter);
        model = model with { CustomLoss = ConvexLoss.Of("exp(-z)") };
        Assert.Equal("lambda", Assert.Throws<InvalidInputException>(() => (model with { Lambda = 0 }).Predict()).Parameter);
        Assert.Equal("teacher", Assert.Throws<InvalidInputException>(() => (model with { Teacher = "relu(z)" }).Predict()).Parameter);
        Assert.Equal("loss_function", Assert.Throws<InvalidInputException>(() => (model with { Loss = LossKind.Logistic }).Predict()).Parameter);
    }

    [Theory]
    [InlineData("exp(-z)")]
    [InlineData("max(0, 1 - z)")]
    public void Formulas_come_in_by_name(string formula)
    {
        var inputs = new Dictionary<string, Value>
        {
            ["atom_weights"] = Value.Vector([1.0]),
            ["covariance_eigenvalues"] = Value.Vector([1.0]),
            ["mean_power"] = 1,
            ["loss"] = "custom",
            ["loss_function"] = formula,
            ["alpha"] = 2,
            ["lambda"] = 0.3,
        };
        var p = MixtureClassificationModel.System.Create(inputs).Predict();
        Assert.True(p.Diagnostics.IsConverged);
        inputs["loss_function"] = "-abs(z) + 9";
        Assert.Equal("loss_function", Assert.Throws<InvalidInputException>(() => MixtureClassificationModel.System.Create(inputs)).Parameter);
    }

    private static void Same(MixtureErmPrediction p, MixtureErmPrediction q, double tolerance)
    {
        Assert.Equal(p.TestError, q.TestError, tolerance * (1 + p.TestError));
        Assert.Equal(p.TrainLoss, q.TrainLoss, tolerance * (1 + p.TrainLoss));
        for (var c = 0; c < p.Q.Length; c++) Assert.Equal(p.Q[c], q.Q[c], tolerance * (1 + p.Q[c]));
    }
}
