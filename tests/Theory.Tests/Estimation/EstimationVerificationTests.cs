using Theory.Channels;
using Theory.Estimation;
using Theory.Systems;

namespace Theory.Tests.Estimation;

/// <summary>Theory beside real fits, seeded: 4 standard errors (more for several numbers) plus the stated finite-size allowance c/d.</summary>
public class EstimationVerificationTests
{
    [Theory]
    [InlineData("logistic", "sign(z)", 2, 0.1, 0.1, true)]
    [InlineData("hinge", "logit", 2, 0.1, 0, false)]
    [InlineData("square", "relu(z)", 1.5, 0.2, 0.2, true)]
    [InlineData("huber", "z", 1.5, 0.2, 0.5, false)]
    [InlineData("square", "sign(z)", 1.5, 0.2, 0.2, true)]
    public void Fits_of_a_mixture_behave_as_predicted(string loss, string teacher, double alpha, double lambda, double noise, bool intercept) =>
        Passes((Mixture with
        {
            Loss = MarginLosses.Named(loss),
            Teacher = teacher == "logit" ? null : (Theory.Symbolics.ScalarFunction)teacher,
            InverseTemperature = 2,
            Alpha = alpha,
            Lambda = lambda,
            Noise = noise,
            Intercept = intercept,
        }).Verify(size: 100, trials: 12, seed: 21));

    [Theory]
    [InlineData("square", "z", 0.5, 0.3)]
    [InlineData("square", "z", 2, 0.3)]
    [InlineData("hard-margin", "sign(z)", 1.5, 0)]
    public void Fits_without_ridge_behave_as_predicted(string loss, string teacher, double alpha, double noise) =>
        Passes(MixtureErmPropertyTests.Isotropic(MarginLosses.Named(loss), teacher, alpha, 0, noise).Verify(size: 100, trials: 12, seed: 22));

    internal static MixtureErmModel Mixture => new()
    {
        AtomWeights = [0.4, 0.6],
        CovarianceEigenvalues = [[1, 0.5], [0.3, 2]],
        TeacherPower = [1.2, 0.8],
        MeanTeacherOverlaps = [[0.5, -0.3], [0.2, 0.4]],
        MeanGram = [[[1, 0.1], [0.1, 0.9]], [[0.7, -0.2], [-0.2, 1.1]]],
        Probabilities = [0.35, 0.65],
        Loss = LossKind.Square,
        Teacher = "z",
        Alpha = 1,
        Lambda = 1,
    };

    internal static void Passes(VerificationReport report) => Assert.All(report.Rows, r =>
        Assert.True(r.Agrees, $"{r.Observable}[{r.Element}]: predicted {r.Predicted:g6}, measured {r.Mean:g6} ± {r.StandardError:g2}, allowance {r.Allowance:g2}"));
}
