using FsCheck.Xunit;
using Theory.Contract;
using Theory.Dynamics;
using Theory.Numerics.Sampling;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>One ReLU neuron that repeats its samples, with several teachers.</summary>
[Properties(MaxTest = 8)]
public class RepetitionStaircaseTests
{
    [Property]
    public void Truncated_Gaussians_give_what_nested_panels_give(int seed)
    {
        var random = new RandomStream((ulong)(uint)seed);
        var (q, a, rho) = (0.5 + random.NextUniform(), 0.5 + random.NextUniform(), 0.6 * random.NextUniform() - 0.4);
        var task = new SgdTask { Activation = "relu(z)", Target = global::Theory.Symbolics.Expression.Parse("z1 + He3(z1)/3"), Readout = [a], Teachers = 1, Noise = 0 };
        double[] omega = [q, 0.4 * Math.Sqrt(q), 0.4 * Math.Sqrt(q), 1];
        var (closed, nested) = (new MomentValues(1, 1), new MomentValues(1, 1));
        Assert.True(DisplacedReluMoments.TryCreate(task, rho)!.Refine(omega, 1e-9, closed) < 1e-7);
        new DisplacedMoments(task, rho).Refine(omega, 1e-9, nested);
        SgdMomentsPropertyTests.Near([nested.F[0], nested.G[0], nested.H[0], nested.Risk], [closed.F[0], closed.G[0], closed.H[0], closed.Risk], 1e-6);
    }

    [Property]
    public void Without_displacement_several_teachers_give_plain_SGD(int seed)
    {
        var random = new RandomStream((ulong)(uint)seed);
        var (m1, m2, noise) = (random.NextUniform() - 0.5, random.NextUniform() - 0.5, random.NextSign() > 0 ? 0 : 0.3);
        var task = new SgdTask { Activation = "relu(z)", Target = global::Theory.Symbolics.Expression.Parse("z1 + z1*z2"), Readout = [0.8], Teachers = 2, Noise = noise };
        double[] omega = [1, m1, m2, m1, 1.2, 0, m2, 0, 0.9];
        var (plain, repeated) = (SgdCase.Evaluate(task, omega), new MomentValues(1, 2));
        Assert.True(DisplacedReluMoments.TryCreate(task, 0)!.Refine(omega, 1e-8, repeated) < 1e-6);
        SgdMomentsPropertyTests.Near(plain.F, repeated.F, 1e-6);
        SgdMomentsPropertyTests.Near([plain.G[0], plain.H[0], plain.Risk], [repeated.G[0], repeated.H[0], repeated.Risk], 1e-6);
    }

    [Fact]
    public void Hidden_directions_are_learned_after_the_one_that_opens_them()
    {
        var p = Staircase().Predict();
        var (early, late) = (p.M[0][0], p.M[1][0]);
        // z1 has doubled while z2 and z3 have hardly moved; then these overtake it.
        Assert.True(early[0] > 0.35 && early[1] < 0.2);
        Assert.True(late[1] > 0.5 && Math.Abs(late[1] - late[2]) < 1e-9);
        var alone = (Staircase() with { Target = global::Theory.Symbolics.Expression.Parse("sign(z1*z2*z3)"), M0 = [[0.05, 0.05, 0.05]], Times = [40] }).Predict();
        Assert.All(alone.M[0][0], x => Assert.InRange(Math.Abs(x), 0, 0.06));
    }

    [Fact]
    public void Real_neurons_follow_the_staircase()
    {
        var report = (Staircase() with { M0 = [[0.4, 0.3, 0.3]], Times = [4], Eta = 0.1, BatchSize = 10 }).Verify(size: 100, trials: 12, seed: 3);
        Assert.All(report.Rows, row => Assert.True(row.Agrees, $"{row.Observable}[{row.Element}]: {row.Mean} ± {row.StandardError} against {row.Predicted}"));
    }

    [Fact]
    public void Other_activations_with_several_teachers_are_refused() =>
        Assert.Throws<UnsupportedException>(() => (Staircase() with { Activation = "tanh(z)" }).Predict());

    private static OnlineSgdModel Staircase() => new()
    {
        Activation = "relu(z)",
        Target = global::Theory.Symbolics.Expression.Parse("He4(z1)/sqrt(24) + sign(z1*z2*z3)"),
        M0 = [[0.2, 0.12, 0.12]],
        Eta = 0.02,
        Displacement = 0.3,
        Spherical = true,
        Times = [40, 160],
    };
}
