using System.Diagnostics;
using Theory.Exponents;

namespace Theory.Tests.Exponents;

public sealed class WeakRecoveryScratch
{
    private static double Phi(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    private static LabelSheet Sheet(Func<double, double> f, Func<double, double> d, params double[] breaks) => new()
    {
        Value = f,
        Slope = d,
        Breakpoints = [.. breaks],
        Densities = (z, w) => { var p = Phi(z); w[0] = p; w[1] = z * p; w[2] = (z * z - 1) * p; w[3] = (z * z * z - 3 * z) * p; w[4] = (z * z * z * z - 6 * z * z + 3) * p; },
    };

    [Fact]
    public void Reference()
    {
        foreach (var point in ReferencePoints.All("amp-weak-recovery"))
        {
            try
            {
            var noise = point.GetProperty("inputs").TryGetProperty("noise", out var n) ? n.GetDouble() : 0;
            var w = Stopwatch.StartNew();
            var e = WeakRecovery.Of(Theory.Symbolics.Expression.Parse(point.Expression()), noise);
            var t = w.Elapsed.TotalMilliseconds;
            var v = point.GetProperty("outputs").GetProperty("alpha_c") is { ValueKind: System.Text.Json.JsonValueKind.Number } q ? q.GetDouble() : double.PositiveInfinity;
            Console.Error.WriteLine($"XX {point.Text("id")} {e.Threshold:r} diff {e.Threshold - v:e2} err {e.Error:e1} {t:f1} ms {e.Reason[..Math.Min(e.Reason.Length, 60)]} {(Math.Abs(e.Threshold - v) < 1e-8 * Math.Max(1, v) || e.Threshold == v ? "" : "BAD")}");
            }
            catch (Exception x) { Console.Error.WriteLine($"XX {point.Text("id")} {x.GetType().Name} {x.Message} {x.StackTrace!.Split('\n')[0]} BAD"); }
        }
    }

    [Fact]
    public void More()
    {
        foreach (var (text, noise) in new[] { ("abs(z1)+abs(z2)", 0.0), ("max(abs(z1),abs(z2))", 0), ("z1^2-z2^2", 0), ("z1^2+2*z2^2", 0), ("z1*z2+z2*z3+z1*z3", 0), ("sign(z1*z2)+sign(z3*z4)", 0), ("z1*z2*z3*z4", 0), ("abs(z1*z2*z3)", 0),
            ("tanh(z1*z2)", 0), ("log(abs(z1*z2))", 0), ("(z1^2+z2^2)^2", 0), ("cos(z1^2+z2^2)", 0), ("He2(z1)*He2(z2)", 0), ("cos(z1)+cos(z2)", 0), ("z1^2+z2^4", 0), ("z1*z2", 0.1), ("sign(z1*z2)", 0.5), ("z1^2+z2^2", 0.3), ("(z1+z2)^2", 0), ("z1*z2+z3*z1", 0), ("abs(z1)+abs(z2)+abs(z3)", 0), ("z1*z2+z3*z4", 0), ("z1+z2^2",0), ("He6(z)", 0), ("abs(z1+z2)", 0), ("z1^2*z2^2", 0), ("min(abs(z1),abs(z2))", 0), ("z1^2+sign(z1*z2)", 0), ("z1*z2+He3(z1)*z2", 0), ("cos(z1*z2)", 0), ("cos(z1+z2)", 0), ("z1*z2*z3", 0.5) })
        {
            try
            {
            var w = Stopwatch.StartNew();
            var e = WeakRecovery.Of(Theory.Symbolics.Expression.Parse(text), noise);
            Console.Error.WriteLine($"XX {text} +{noise} {e.Threshold:r} err {e.Error:e1} {w.Elapsed.TotalMilliseconds:f1} ms {e.Reason[..Math.Min(e.Reason.Length, 60)]}");
            }
            catch (Exception x) { Console.Error.WriteLine($"XX {text} {x.GetType().Name} {x.Message} {x.StackTrace!.Split('\n')[0]} BAD"); }
        }
    }
}
