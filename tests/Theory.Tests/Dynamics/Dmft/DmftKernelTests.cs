using System.Text.Json;
using Theory.Dynamics;
using Theory.Symbolics;
using Theory.Systems;
using Theory.Tests.Reference;

namespace Theory.Tests.Dynamics;

/// <summary>Kernels, two-time overlaps and glasses beside tabulated values.</summary>
public class DmftKernelTests
{
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
        ["z1z2+he3(z1)/6"] = "z1*z2+He3(z1)/6",
        ["lin"] = "z",
    };

    public static TheoryData<string> Kernels => [.. Quadratures.Where(id => !DmftReferenceTests.Slow.Contains(id))];

    public static TheoryData<string> OtherKernels => [.. Quadratures.Where(DmftReferenceTests.Slow.Contains)];

    public static TheoryData<string> LinearKernels => [.. Ids.Where(id => id.StartsWith("lin-", StringComparison.Ordinal))];

    public static TheoryData<string> Glasses => ["ck-p2-T0.0-dt0.05", "ck-p3-T0.0-dt0.05", "ck-p3-T1.0-dt0.05"];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Noise_and_response_kernels_meet_the_reference_values(string id) => CheckKernels(id);

    [Theory(Explicit = true)]
    [MemberData(nameof(OtherKernels))]
    public void Noise_and_response_kernels_of_larger_integrals_meet_the_reference_values(string id) => CheckKernels(id);

    [Theory]
    [MemberData(nameof(LinearKernels))]
    public void Kernels_of_least_squares_meet_the_reference_values(string id)
    {
        var (inputs, outputs) = (Point(id).GetProperty("inputs"), Point(id).GetProperty("outputs"));
        double Input(string name, double otherwise = 0) => inputs.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;
        var steps = inputs.GetProperty("T").GetInt32();
        var model = new LinearDmftModel
        {
            Alpha = Input("alpha"),
            LearningRate = Input("eta"),
            Lambda = Input("lam"),
            Noise = Input("Delta"),
            Steps = steps,
            M0 = Input("m0"),
            Q0 = Input("q0", 1),
            Momentum = Input("beta"),
            Nesterov = inputs.TryGetProperty("nesterov", out var ahead) && ahead.GetBoolean(),
            BatchFraction = Input("b", 1),
        };
        var (closure, prediction) = (new LinearClosure(model), model.Predict());
        void Near(string name, double actual) => Assert.Equal(0, (actual - outputs.GetProperty(name).GetDouble()) / Math.Max(1, Math.Abs(actual)), 1e-9);
        Near("Q_T_halfT", prediction.Correlation[steps][steps / 2]);
        Near("B_T1_0", closure.Response(steps - 1, 0));
        Near("B_T1_T1", closure.Response(steps - 1, steps - 1));
        Near("C_T1_0", closure.Weights.Noise(steps - 1, 0, 0, 0));
        Near("A_T_0", closure.Weights.Memory(steps, 0)[0]);
        if (!outputs.TryGetProperty("train", out var train)) return;
        for (var i = 0; i < prediction.Times.Length; i++) Assert.Equal(0, (train[i].GetDouble() - prediction.TrainLoss[i]) / Math.Max(1, Math.Abs(train[i].GetDouble())), 1e-9);
    }

    [Fact]
    public void The_linear_glass_meets_the_reference_values()
    {
        var outputs = Point("goe-linear").GetProperty("outputs");
        var c = SemicircleDynamics.Correlation(0.1, 30);
        foreach (var (t, s) in new[] { (1, 1), (20, 10), (30, 30) }) Assert.Equal(1, c[t][s] / outputs.GetProperty($"C_{s}_{t}").GetDouble(), 1e-10);
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

    private static IEnumerable<string> Ids => ReferenceFile.Read("dmft-kernels.json").EnumerateArray().Select(p => p.GetProperty("id").GetString()!);

    private static IEnumerable<string> Quadratures => Ids.Where(id => id.StartsWith("q-", StringComparison.Ordinal));

    private static void CheckKernels(string id)
    {
        var (inputs, outputs) = (Point(id).GetProperty("inputs"), Point(id).GetProperty("outputs"));
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
            Noise = Input("label_noise"),
            Steps = inputs.GetProperty("T").GetInt32(),
            M0 = Input("M0") == 0 ? [] : [[Input("M0")]],
        };
        var p = model.Predict();
        Assert.Equal(model.Steps, p.QuadratureSteps);
        var tolerance = Math.Max(Point(id).GetProperty("tol_B_C_train").GetDouble(), 1e-5);
        for (var t = 0; t < model.Steps; t++)
        {
            for (var s = 0; s <= t; s++)
            {
                Near(outputs.GetProperty("B")[t][s], p.ResponseKernel!.Value[t][s][0][0]);
                Near(outputs.GetProperty("C")[t][s], p.NoiseKernel[t][s][0][0]);
            }
        }
        Near(outputs.GetProperty("Q_T_Tm1"), p.Correlation[model.Steps][model.Steps - 1][0][0]);

        void Near(JsonElement expected, double actual) => Assert.Equal(0, (actual - expected.GetDouble()) / Math.Max(1, Math.Abs(actual)), tolerance);
    }

    private static JsonElement Point(string id) => ReferenceFile.Read("dmft-kernels.json").EnumerateArray().Single(p => p.GetProperty("id").GetString() == id);
}
