using System.Collections.Immutable;
using FsCheck.Xunit;
using Theory.Channels;
using Theory.Estimation;
using Theory.Systems;

namespace Theory.Tests.Estimation;

/// <summary>When a Gaussian can stand in for a mixture: known numbers, conditions and experiments.</summary>
[Properties(Arbitrary = [typeof(MixtureCases)], MaxTest = 8)]
public class UniversalityTests
{
    public static TheoryData<string, double[]> Table => new()
    {
        { "ridge uncorrelated", [.315789, .315789, .315789, .053728, .053728, .053728] },
        { "ridge oblique", [.297895, .297895, .315789, .050683, .050683, .053728] },
        { "ridge correlated", [.280702, .280702, .315789, .047758, .047758, .053728] },
        { "huber correlated", [.485862, .497892, .508513, .082706, .084719, .086419] },
        { "logistic uncorrelated", [.179662, .179662, .179662, .182150, .182150, .182150] },
        { "logistic oblique", [.141918, .149265, .179662, .150507, .155435, .182150] },
        { "logistic correlated", [.111776, .130049, .179662, .131242, .141416, .182150] },
        { "hinge correlated", [.205455, .223885, .282615, .024455, .034710, .087489] },
        { "ridge heteroscedastic", [.985377, .873057, .873057, .130972, .128338, .128338] },
        { "logistic heteroscedastic", [.310232, .266660, .266660, .313718, .233691, .233691] },
        { "logistic blocks", [.266660, .266660, .266660, .233691, .233691, .233691] },
        { "logistic blocks, teacher in one", [.323776, .266660, .266660, .274140, .233691, .233691] },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Errors_of_mixture_and_gaussians_are_the_known_numbers(string name, double[] expected)
    {
        var p = Case(name).Predict();
        double[] errors = [p.Mixture.TestError, p.MatchedGaussian.TestError, p.BulkGaussian.TestError, p.Mixture.TrainLoss, p.MatchedGaussian.TrainLoss, p.BulkGaussian.TrainLoss];
        for (var i = 0; i < errors.Length; i++) Assert.Equal(expected[i], errors[i], 6e-7);
        Assert.Equal(Math.Abs(expected[0] - expected[1]) < 1e-5 && Math.Abs(expected[3] - expected[4]) < 1e-5, p.Verdict == UniversalityVerdict.Universal);
        Assert.Empty(p.Diagnostics.Warnings);
    }

    [Theory]
    [InlineData("ridge uncorrelated", true, true, true)]
    [InlineData("ridge correlated", false, true, false)]
    [InlineData("logistic uncorrelated", true, false, true)]
    [InlineData("logistic correlated", false, false, false)]
    [InlineData("logistic blocks", false, false, true)]
    [InlineData("logistic blocks, teacher in one", false, false, false)]
    public void Conditions_are_told_with_the_verdict(string name, bool uncorrelated, bool secondMoments, bool symmetric)
    {
        var p = Case(name).Predict();
        Assert.Equal(new UniversalityConditions(uncorrelated, secondMoments, false, symmetric), p.Conditions);
        Assert.Equal(uncorrelated, p.Reasons.Any(r => r.StartsWith("U1", StringComparison.Ordinal)));
        Assert.Equal(symmetric, p.Reasons.Any(r => r.StartsWith("U4", StringComparison.Ordinal)));
    }

    [Fact]
    public void Training_error_of_ridge_grows_from_the_correlated_to_the_uncorrelated_teacher_as_published()
    {
        foreach (var (omega, twiceTrain, test) in new[] { (0, .095517, .280702), (.3, .096591, .283860), (.6, .099815, .293333), (.9, .105188, .309123), (1, .107456, .315789) })
        {
            var p = Pair(LossKind.Square, "z", 1.2, 0.7, 0, Math.Sqrt(1 - omega * omega)).Predict();
            Assert.Equal(twiceTrain, 2 * p.Mixture.TrainLoss, 6e-7);
            Assert.Equal(test, p.Mixture.TestError, 6e-7);
        }
    }

    [Property]
    public void Clusters_that_the_teacher_does_not_see_are_universal_for_any_loss(HomoscedasticCase mixture, bool logistic)
    {
        var m = mixture.Model with { MeanTeacherOverlaps = [.. mixture.Model.MeanTeacherOverlaps.Select(row => row.Select(_ => 0.0).ToImmutableArray())], Intercept = true };
        if (logistic) m = m with { Loss = LossKind.Logistic, Teacher = "sign(z)" };
        var p = new UniversalityModel { Mixture = m }.Predict();
        Assert.True(p.Conditions.UncorrelatedTeacher);
        Assert.Equal(UniversalityVerdict.Universal, p.Verdict);
    }

    [Property]
    public void Ridge_on_a_linear_teacher_is_universal_for_clusters_of_one_covariance(HomoscedasticCase mixture)
    {
        var p = new UniversalityModel { Mixture = mixture.Model }.Predict();
        Assert.True(p.Conditions.SecondMoments);
        Assert.Equal(UniversalityVerdict.Universal, p.Verdict);
    }

    [Property]
    public void Least_squares_without_ridge_has_a_universal_training_loss_on_linear_teachers(MixtureCase mixture)
    {
        var m = mixture.Model with { Loss = LossKind.Square, Teacher = "2*z - 1", Lambda = 0, Alpha = 1.2 + mixture.Model.Alpha, Intercept = true };
        var p = new UniversalityModel { Mixture = m }.Predict();
        Assert.True(p.Conditions.Interpolation);
        Assert.True(p.TrainDeviation <= 1e-6 || p.Mixture.TrainLoss < 1e-12);
        Assert.Equal(0.5 * m.Noise * (1 - 1 / m.Alpha), p.Mixture.TrainLoss, 1e-9);
    }

    [Property]
    public void No_sufficient_condition_is_contradicted(MixtureCase mixture) => Assert.Empty(new UniversalityModel { Mixture = mixture.Model, Tolerance = 1e-5 }.Predict().Diagnostics.Warnings);

    [Theory]
    [InlineData("logistic correlated")]
    [InlineData("ridge heteroscedastic")]
    public void Real_fits_tell_the_three_laws_apart_as_predicted(string name) => EstimationVerificationTests.Passes(Case(name).Verify(size: 100, trials: 12, seed: 6));

    private static UniversalityModel Case(string name)
    {
        var alignment = name.EndsWith("uncorrelated", StringComparison.Ordinal) ? 0 : name.EndsWith("oblique", StringComparison.Ordinal) ? Math.Sqrt(0.51) : 1;
        return name.Split(' ') switch
        {
            ["ridge", "heteroscedastic"] => Blocks([[0.2], [1.8]], [1], [1], LossKind.Square, "z", 0.5),
            ["logistic", "heteroscedastic"] => Blocks([[0.2], [1.8]], [1], [1], LossKind.Logistic, "sign(z)", 0.3),
            ["logistic", "blocks"] => Blocks([[1.8, 0.2], [0.2, 1.8]], [0.5, 0.5], [1, 1], LossKind.Logistic, "sign(z)", 0.3),
            ["logistic", "blocks,", ..] => Blocks([[0.2, 1.8], [1.8, 0.2]], [0.5, 0.5], [2, 0], LossKind.Logistic, "sign(z)", 0.3),
            ["ridge", ..] => Pair(LossKind.Square, "z", 1.2, 0.7, 0, alignment),
            ["huber", ..] => Pair(LossKind.Huber, "z", 1.2, 0.7, 0.1, alignment),
            ["hinge", ..] => Pair(LossKind.Hinge, "sign(z)", 2, 0.1, 0.3, alignment),
            _ => Pair(LossKind.Logistic, "sign(z)", 2, 0.1, 0, alignment),
        };
    }

    private static UniversalityModel Pair(LossKind loss, string teacher, double alpha, double lambda, double noise, double alignment) => new()
    {
        Mixture = MixtureErmPropertyTests.Isotropic(loss, teacher, alpha, lambda, noise) with
        {
            HuberDelta = 0.5,
            Probabilities = [0.5, 0.5],
            CovarianceEigenvalues = [[1], [1]],
            MeanTeacherOverlaps = [[alignment, -alignment]],
            MeanGram = [[[1, -1], [-1, 1]]],
        },
    };

    private static UniversalityModel Blocks(ImmutableArray<ImmutableArray<double>> eigenvalues, double[] weights, double[] power, LossKind loss, string teacher, double noise) => new()
    {
        Mixture = MixtureErmPropertyTests.Isotropic(loss, teacher, 2, 0.1, noise) with
        {
            AtomWeights = [.. weights],
            Probabilities = [0.5, 0.5],
            CovarianceEigenvalues = eigenvalues,
            TeacherPower = [.. power],
            MeanTeacherOverlaps = [.. weights.Select(_ => ImmutableArray.Create(0.0, 0.0))],
            MeanGram = [.. weights.Select(_ => ImmutableArray.Create(ImmutableArray.Create(0.0, 0.0), ImmutableArray.Create(0.0, 0.0)))],
        },
    };
}
