using FsCheck.Xunit;
using Theory.Dynamics;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>Laws of SGD that repeats its samples.</summary>
[Properties(MaxTest = 12)]
public class SgdDisplacedTests
{
    [Property]
    public void Without_displacement_it_is_plain_SGD(int seed)
    {
        var random = new Numerics.Sampling.RandomStream((ulong)(uint)seed);
        var (q, a, noise) = (0.5 + random.NextUniform(), 0.5 + random.NextUniform(), 0.3 * random.NextUniform());
        var m = Math.Sqrt(q) * (2 * random.NextUniform() - 1) * 0.9;
        var activation = random.NextSign() > 0 ? "relu(z)" : "erf(z/sqrt(2))";
        var displaced = new SgdDisplacedModel { Activation = activation, Target = "He3(z) + z", Displacement = 0, Q = q, M = m, A = a, Noise = noise }.Predict();
        var plain = new SgdMomentsModel { Activation = activation, Target = "He3(z) + z", Q = [[q]], M = [[m]], P = [[1]], A = [a], Noise = noise }.Predict();
        SgdMomentsPropertyTests.Near([plain.F[0][0], plain.G[0][0], plain.H[0][0]], [displaced.F, displaced.G, displaced.H], 1e-7);
    }

    [Fact]
    public void Relu_with_unit_displacement_does_not_move()
    {
        var p = new SgdDisplacedModel { Activation = "relu(z)", Target = "He3(z)", Displacement = 1, M = 0.3 }.Predict();
        Assert.Equal(0, p.F, 1e-12);
        Assert.Contains(p.Diagnostics.Warnings, w => w.Contains("vanishes", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("He3(z)/sqrt(6)", 0, 0, 0)]
    [InlineData("He3(z)/sqrt(6)", 0.3, -0.0410, 0.1051)]
    [InlineData("He4(z)/sqrt(24)", 0, 0, 0)]
    [InlineData("He4(z)/sqrt(24)", 0.3, 0, 0.0121)]
    [InlineData("He2(z)/sqrt(2)", 0, 0, 0.5642)]
    [InlineData("He2(z)/sqrt(2)", 0.3, 0, 0.3914)]
    public void Repetition_opens_directions_to_which_SGD_is_blind(string target, double displacement, double c0, double c1)
    {
        var stability = DisplacedStability.Of("relu(z)", target, displacement);
        Assert.Equal(c0, stability.Constant[0], 1e-4);
        Assert.Equal(c1, stability.Growth[0][0], 1e-4);
    }

    [Fact]
    public void The_critical_noise_of_the_fourth_polynomial_is_small() =>
        Assert.Equal(0.053, DisplacedStability.Of("relu(z)", "He4(z)/sqrt(24)", 0.3).CriticalEta, 1e-3);

    [Fact]
    public void The_drift_at_zero_overlap_has_the_derivative_of_the_expansion()
    {
        var stability = DisplacedStability.Of("relu(z)", "He3(z)/sqrt(6)", 0.3);
        double F(double m) => new SgdDisplacedModel { Activation = "relu(z)", Target = "He3(z)/sqrt(6)", Displacement = 0.3, M = m }.Predict().F;
        double G(double m) => new SgdDisplacedModel { Activation = "relu(z)", Target = "He3(z)/sqrt(6)", Displacement = 0.3, M = m }.Predict().G;
        var slope = (F(1e-3) - F(-1e-3)) / 2e-3 - G(0);
        Assert.Equal(stability.Growth[0][0], slope, 1e-4);
        Assert.Equal(stability.Constant[0], F(0), 1e-6);
    }

    [Theory]
    [InlineData("z1*z2*z3", new[] { 1, 2, 3 })]
    [InlineData("sign(z1*z2*z3)", new int[0])]
    [InlineData("He4(z1) + 5*sign(z1*z2*z3)", new[] { 1 })]
    public void Directions_are_learned_as_their_symmetries_tell(string target, int[] learned) =>
        Assert.Equal(learned, DisplacedStability.Of("relu(z)", target, 0.1).LearnedDirections);

    [Fact]
    public void The_displaced_flow_of_a_relu_is_that_of_truncated_Gaussians()
    {
        // U = b(y − l) on l > max(0, −ρ₀y/b), b = 1 − ρ₀, integrated apart by moments of truncated Gaussians and Runge–Kutta steps.
        var p = new OnlineSgdModel
        {
            Activation = "relu(z)",
            Target = "He3(z)",
            Q0 = [[1]],
            M0 = [[0.05]],
            P = [[1]],
            Eta = 0.01,
            Displacement = 0.1,
            Times = [0.5],
        }.Predict();
        Assert.Equal(0.6706150, p.Q[0][0][0], 1e-6);
        Assert.Equal(-0.0097664, p.M[0][0][0], 1e-6);
    }

    [Fact]
    public void Displaced_networks_learn_as_predicted()
    {
        var model = new OnlineSgdModel
        {
            Activation = "relu(z)",
            Target = "He2(z)/sqrt(2)",
            Q0 = [[1]],
            M0 = [[0.3]],
            P = [[1]],
            Eta = 0.2,
            Displacement = 0.3,
            Spherical = true,
            Times = [1, 4],
        };
        var report = model.Verify(size: 200, trials: 16, seed: 2);
        Assert.All(report.Rows, row => Assert.True(row.Agrees, $"{row.Observable}[{row.Element}]: {row.Mean} ± {row.StandardError} against {row.Predicted}"));
    }
}
