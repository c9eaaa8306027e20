using Theory.Dynamics;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>The order-parameter equations beside real SGD, seeded: 4 standard errors plus the stated finite-size allowance.</summary>
public class OnlineSgdVerificationTests
{
    public static TheoryData<string, string?, double, bool, SgdLoss> Cases => new()
    {
        { "erf(z/sqrt(2))", null, 1, false, SgdLoss.Square },
        { "relu(z)", null, 0.5, true, SgdLoss.Square },
        { "tanh(z)", "z1 + z1*z2", 0.3, true, SgdLoss.Correlation },
        { "erf(z/sqrt(2))", null, 0, false, SgdLoss.Square },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Networks_learn_as_predicted(string activation, string? target, double eta, bool spherical, SgdLoss loss)
    {
        var model = new OnlineSgdModel
        {
            Activation = activation,
            Target = target is null ? null : global::Theory.Symbolics.Expression.Parse(target),
            Q0 = [[1, 0.2], [0.2, 1]],
            M0 = [[0.3, -0.1], [0.05, 0.4]],
            P = [[1, 0], [0, 1]],
            A = [1, -0.7],
            Noise = 0.1,
            Eta = eta,
            Spherical = spherical,
            Loss = loss,
            Times = [0.5, 2],
            BatchSize = 4,
        };
        Passes(model.Verify(size: eta > 0 ? 200 : 40, trials: 12, seed: 3));
    }

    [Fact]
    public void Phase_retrieval_escapes_when_predicted() =>
        Passes(new PhaseRetrievalEscapeModel { Width = 2, LearningRate = 0.08, Dimension = 150, M0 = [0.4, 0.2], Noise = 0.1, Threshold = 0.3 }.Verify(trials: 24, seed: 3));

    [Fact]
    public void Single_steps_of_phase_retrieval_fluctuate_as_predicted() =>
        Passes(new PhaseRetrievalDiffusionModel { Q = 1, M = 0.35, LearningRate = 0.08, Noise = 0.2 }.Verify(size: 100, trials: 16, seed: 3));

    [Fact]
    public void The_diffusion_has_the_mean_and_spread_of_real_runs()
    {
        // d = 200, t = 0.2: SGD has mean 0.2927 ± 0.0023 and standard deviation 0.0731 over an ensemble.
        var ensemble = PhaseRetrievalEnsemble.Run(0.08, 0.2, 200, 0.2, [0.2], 4000, 1);
        Assert.Equal(0.2927, ensemble.Mean[0], 0.008);
        Assert.Equal(0.0731, ensemble.Deviation[0], 0.004);
    }

    [Theory]
    [InlineData("relu(z)", "He3(z)/sqrt(6)", 0.1, 0)]
    [InlineData("relu(z)", "He2(z)", 0.3, 0.2)]
    [InlineData("tanh(z)", "z + He3(z)/3", -0.3, 0.1)]
    public void Repeated_samples_push_as_predicted(string activation, string target, double displacement, double noise) => Passes(
        new SgdDisplacedModel { Activation = activation, Target = target, Displacement = displacement, M = 0.3, Q = 0.9, Noise = noise }.Verify(size: 150, trials: 16, seed: 3));

    private static void Passes(VerificationReport report) =>
        Assert.All(report.Rows, row => Assert.True(row.Agrees, $"{row.Observable}[{row.Element}]: {row.Mean} ± {row.StandardError} against {row.Predicted}, allowance {row.Allowance}"));
}
