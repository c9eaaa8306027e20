using System.Collections.Immutable;
using FsCheck.Xunit;
using Theory.Dynamics;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>Laws of the order-parameter equations of one-pass SGD.</summary>
[Properties(Arbitrary = [typeof(SgdCases)], MaxTest = 20)]
public class OnlineSgdPropertyTests
{
    [Property]
    public void Gradient_flow_lowers_the_risk(ClosedFormCase closed)
    {
        var c = Gentle(closed) with { Loss = SgdLoss.Square };
        var risk = c.Model(0, false, [0, 0.05, 0.1, 0.2, 0.4]).Predict().Risk;
        for (var t = 1; t < risk.Length; t++) Assert.True(risk[t] <= risk[t - 1] + 1e-9 * risk[0]);
    }

    [Property]
    public void On_the_sphere_norms_stay(ClosedFormCase closed)
    {
        var model = Gentle(closed).Model(0.1, true, [0.3]);
        var prediction = model.Predict();
        for (var j = 0; j < model.Q0.Length; j++) Assert.Equal(model.Q0[j][j], prediction.Q[0][j][j], 1e-9);
    }

    [Property]
    public void Small_noise_strength_tends_to_gradient_flow_linearly(ClosedFormCase closed)
    {
        var c = Gentle(closed);
        double At(double eta) => c.Model(eta, true, [0.2]).Predict().M[0][0][0];
        var (flow, small, half) = (At(0), At(1e-3), At(5e-4));
        Assert.True(Math.Abs(small - flow - 2 * (half - flow)) <= 1e-7 + 0.05 * Math.Abs(small - flow), $"{small - flow} against {half - flow}");
    }

    [Property]
    public void Doubling_every_student_changes_no_gradient_flow(ClosedFormCase closed)
    {
        var c = Gentle(closed) with { Width = 1 };
        var one = c.Model(0, false, [0.3]);
        ImmutableArray<double> row = [one.Q0[0][0], one.Q0[0][0]];
        var two = one with { Q0 = [row, row], M0 = [one.M0[0], one.M0[0]], A = [one.A[0], one.A[0]] };
        var (single, twins) = (one.Predict(), two.Predict());
        Assert.Equal(single.M[0][0][0], twins.M[0][1][0], 1e-8);
        Assert.Equal(single.Q[0][0][0], twins.Q[0][0][1], 1e-8);
        Assert.Contains(twins.Diagnostics.Warnings, w => w.Contains("start alike", StringComparison.Ordinal));
    }

    [Property]
    public void The_escape_of_one_student_is_a_logistic(int seed)
    {
        var random = new Numerics.Sampling.RandomStream((ulong)(uint)seed);
        var (rate, noise, m0) = (0.02 + 0.1 * random.NextUniform(), 0.5 * random.NextUniform(), Math.Pow(10, -1 - 3 * random.NextUniform()));
        var model = new PhaseRetrievalEscapeModel { Width = 1, LearningRate = rate, Noise = noise, Dimension = 1e4, M0 = [m0], Threshold = 0.05 };
        var logistic = model.Predict().ExitTime!.Value;
        var run = new OnlineSgdModel
        {
            Activation = "z^2",
            Q0 = [[1]],
            M0 = [[m0]],
            P = [[1]],
            Noise = noise,
            Eta = rate,
            Spherical = true,
            Times = [2 * logistic],
            RiskDrop = 0.05,
        }.Predict();
        Assert.Equal(1, run.EscapeTime!.Value / logistic, 1e-6);
    }

    [Fact]
    public void Steps_that_are_too_large_blow_up_in_finite_time()
    {
        var p = new OnlineSgdModel { Activation = "He3(z)", Q0 = [[1]], M0 = [[0.3]], P = [[1]], Eta = 0.2, Times = [1e-6, 50] }.Predict();
        Assert.Equal(OnlineSgdStatus.Diverged, p.Status);
        Assert.Single(p.Q);
        Assert.InRange(p.BlowUpTime!.Value, 1e-6, 50);
    }

    [Fact]
    public void A_start_without_overlap_never_escapes_an_even_target()
    {
        var p = new OnlineSgdModel { Activation = "z^2", Q0 = [[1]], M0 = [[0]], P = [[1]], Eta = 0.05, Spherical = true, Times = [100] }.Predict();
        Assert.Equal(OnlineSgdStatus.NeverEscapes, p.Status);
        Assert.Equal(0, p.M[0][0][0]);
        Assert.Null(p.WeakRecoveryTime);
    }

    [Fact]
    public void A_steady_state_ends_the_run()
    {
        var p = new OnlineSgdModel { Activation = "erf(z/sqrt(2))", Q0 = [[0.5]], M0 = [[0.3]], P = [[1]], Eta = 0.2, Noise = 0.1, Times = [1, 1e6], Steady = 1e-7 }.Predict();
        Assert.Equal(OnlineSgdStatus.Steady, p.Status);
        Assert.True(p.FinalTime < 1e4);
    }

    [Fact]
    public void The_committee_of_the_classic_limit_learns_as_published()
    {
        // Gradient flow with the noise term only: p = 10, k = 2, η = 0.005, Δ = 1e-3 decays as t⁻¹ between 10 and 1000.
        var w = new SgdCase(10, 2, 4, 0, SgdLoss.Square, "erf(z/sqrt(2))");
        var model = w.Model(0.005, false, [1, 10, 100, 1000]) with { A = [.. Enumerable.Repeat(1.0, 10)], Noise = 1e-3 };
        var p = model.Predict();
        for (var t = 1; t < 4; t++) Assert.True(p.Risk[t] < p.Risk[t - 1]);
        Assert.InRange(p.Risk[3] / p.Risk[0], 0, 1e-2);
    }

    // Overlaps of order 1 blow up fast under cubes; these stay finite up to time 0.4.
    private static SgdCase Gentle(ClosedFormCase closed) => closed.Case with { Activation = closed.Case.Activation == "He3(z)/sqrt(6)" ? "He2(z)/4" : closed.Case.Activation };
}
