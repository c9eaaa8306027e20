using System.Text.Json;
using Theory.Dynamics;
using Theory.Symbolics;
using Theory.Tests.Reference;

namespace Theory.Tests.Dynamics;

public class DmftReferenceTests
{
    private static readonly string[] Slow = ["q-he3-erf-T3", "q-sin3-noise", "mc-he3-erf-T6", "mc-committee-erf", "q-z1+z1z2", "q-z1z2-parity", "q-z1z2+he3", "q-linear-target-erf"];

    private static readonly Dictionary<string, string> Formulas = new()
    {
        ["he3"] = "He3(z)/sqrt(6)",
        ["he2"] = "He2(z)/sqrt(2)",
        ["tanh_he3"] = "tanh(z^3-3z)",
        ["he2+he3"] = "He2(z)/2+He3(z)/6",
        ["sin3"] = "sin(3z)",
        ["erf"] = "erf(z/sqrt(2))",
        ["tanh"] = "tanh(z)",
        ["softplus"] = "softplus(z)",
        ["z1z2"] = "z1*z2",
        ["z1+z1z2"] = "z1+z1*z2",
    };

    public static TheoryData<string> Quick => [.. ReferenceFile.Ids("dmft.json").Select(row => row.Data).Where(id => !Slow.Contains(id))];

    public static TheoryData<string> Others => [.. Slow];

    public static TheoryData<string> Kernels => ["q-he3-erf", "q-tanhhe3-erf", "q-he3-corr", "q-he2-erf-m0", "q-z1+z1z2-softplus"];

    public static TheoryData<string> Glasses => ["ck-p2-T0.0-dt0.05", "ck-p3-T0.0-dt0.05", "ck-p3-T1.0-dt0.05"];

    [Theory]
    [MemberData(nameof(Quick))]
    public void Prediction_meets_the_reference_value(string id) => ReferenceFile.Check(id, "dmft.json");

    [Theory(Explicit = true)]
    [MemberData(nameof(Others))]
    public void Prediction_meets_the_reference_value_of_a_larger_integral(string id) => ReferenceFile.Check(id, "dmft.json");

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Noise_and_response_kernels_meet_the_reference_values(string id)
    {
        var point = Point(id);
        var inputs = point.GetProperty("inputs");
        double Input(string name) => inputs.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
        var model = new BatchReuseModel
        {
            Target = Expression.Parse(Formulas[inputs.GetProperty("target").GetString()!]),
            Activation = Formulas[inputs.GetProperty("activation").GetString()!],
            Readout = [1],
            Loss = Enum.Parse<StudentLoss>(inputs.GetProperty("loss").GetString()!, true),
            Alpha = Input("alpha"),
            LearningRate = Input("eta"),
            Lambda = Input("lam"),
            Steps = inputs.GetProperty("T").GetInt32(),
            M0 = [[Input("M0")]],
        };
        var problem = model.Problem();
        var sweep = new ReuseSweep(problem);
        foreach (var averages in QuadraturePhase.Run(problem).Steps)
        {
            var t = averages.T;
            sweep.Factor.Extend(t, sweep.Weights.QueryCovariance);
            sweep.Advance(averages);
            for (var s = 0; s <= t; s++)
            {
                Assert.Equal(point.GetProperty("outputs").GetProperty("B")[t][s].GetDouble(), sweep.Responses[^1][0][s], 1e-5);
                Assert.Equal(point.GetProperty("outputs").GetProperty("C")[t][s].GetDouble(), sweep.Weights.Noise(t, 0, s, 0), 1e-5);
            }
        }
        Assert.Equal(model.Steps, sweep.Train.Count);
    }

    [Theory]
    [MemberData(nameof(Glasses))]
    public void The_spherical_glass_meets_the_reference_scheme(string id)
    {
        var (inputs, outputs) = (Point(id).GetProperty("inputs"), Point(id).GetProperty("outputs"));
        var n = inputs.GetProperty("n").GetInt32();
        var glass = SphericalPSpin.Solve(inputs.GetProperty("p").GetInt32(), inputs.GetProperty("Temp").GetDouble(), inputs.GetProperty("dt").GetDouble(), n);
        double Expected(string name) => outputs.GetProperty(name).GetDouble();
        Assert.Equal(Expected("E_half"), glass.Energy[n / 2], 1e-9);
        Assert.Equal(Expected("E_end"), glass.Energy[n], 1e-9);
        Assert.Equal(Expected("C_n_half"), glass.Correlation(n, n / 2), 1e-9);
        Assert.Equal(Expected("R_n_half"), glass.Response(n, n / 2), 1e-9);
        Assert.Equal(Expected("mu_nm1"), glass.Multiplier[n - 1], 1e-9);
    }

    [Fact]
    public void The_spherical_two_spin_glass_tends_to_its_closed_form_at_first_order()
    {
        var exact = Point("ck-p2-exact").GetProperty("outputs").GetProperty("E").GetDouble();
        double Error(double dt) => Math.Abs(SphericalPSpin.Solve(2, 0, dt, (int)Math.Round(5 / dt)).Energy[^1] - exact);
        Assert.InRange(Error(0.05) / Error(0.025), 1.8, 2.2);
        Assert.InRange(Error(0.025), 0, 4e-4);
    }

    private static JsonElement Point(string id) => ReferenceFile.Read("dmft-kernels.json").EnumerateArray().Single(p => p.GetProperty("id").GetString() == id);
}
