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
    public void Values()
    {
        (string, LabelSheet, double)[] cases =
        [
            ("abs", Sheet(Math.Abs, z => Math.Sign(z), 0), 0.5),
            ("z^2", Sheet(z => z * z, z => 2 * z), 0.5),
            ("ind.5", Sheet(z => Math.Abs(z) < 0.5 ? 1 : 0, z => 0, -0.5, 0.5), 1.9063609284991496),
            ("max-.5", Sheet(z => Math.Max(Math.Abs(z) - 0.5, 0), z => Math.Abs(z) > .5 ? Math.Sign(z) : 0, -0.5, 0, 0.5), 0.5005194157566428),
            ("min1", Sheet(z => Math.Min(Math.Abs(z), 1), z => Math.Abs(z) < 1 ? Math.Sign(z) : 0, -1, 0, 1), 0.8806132676077123),
            ("cos.5", Sheet(z => Math.Cos(.5 * z), z => -.5 * Math.Sin(.5 * z)), 0.5000000022858324),
            ("cos1", Sheet(Math.Cos, z => -Math.Sin(z)), 0.5090963825621286),
            ("cos3", Sheet(z => Math.Cos(3 * z), z => -3 * Math.Sin(3 * z)), 50.00052416313312),
            ("He4", Sheet(z => z * z * z * z - 6 * z * z + 3, z => 4 * z * z * z - 12 * z), 0.6448504699023113),
            ("z2e-z2", Sheet(z => z * z * Math.Exp(-z * z), z => (2 * z - 2 * z * z * z) * Math.Exp(-z * z)), double.PositiveInfinity),
            ("He3", Sheet(z => z * z * z - 3 * z, z => 3 * z * z - 3), 0),
            ("z^4", Sheet(z => z * z * z * z, z => 4 * z * z * z), 0.5),
            ("z e-z2/2", Sheet(z => z * Math.Exp(-z * z / 2), z => (1 - z * z) * Math.Exp(-z * z / 2)), 0),
            ("log|z|", Sheet(z => Math.Log(Math.Abs(z)), z => 1 / z, 0), 0.5),
            ("He6", Sheet(z => Math.Pow(z, 6) - 15 * z * z * z * z + 45 * z * z - 15, z => 6 * Math.Pow(z, 5) - 60 * z * z * z + 90 * z), 0.5),
        ];
        foreach (var (name, sheet, expected) in cases)
        {
            BranchQuadrature.Integrate([sheet], 4);
            var w = Stopwatch.StartNew();
            var (q, e) = BranchQuadrature.Integrate([sheet], 4);
            Console.Error.WriteLine($"XX {name}: zeta1 {q[0]:e3} alpha {1 / q[2]:r} vs {expected:r} diff {1 / q[2] - expected:e2} z2 {q[2]:e3} z3 {q[5]:e3} z4 {q[9]:e3} err {e:e1} {w.Elapsed.TotalMilliseconds} ms");
        }
    }

    [Fact]
    public void Noise()
    {
        var abs = Sheet(Math.Abs, z => Math.Sign(z), 0);
        var sq = Sheet(z => z * z, z => 2 * z);
        (LabelSheet, double, double)[] cases = [(sq, .1, 0.5180658121142807), (abs, .1, 0.6042876813868), (sq, 1, 0.6465905984417393), (abs, 1, 1.7620599188238), (sq, 4, 1.0550171762517053), (abs, 4, 6.296259795094),
            (sq, 1e-4, .5), (abs, 1e-4, .5), (sq, 1e-6, .5), (sq, 1e4, .5),(Sheet(z => z * z*z*z, z => 4 * z*z*z), .01, .5)];
        foreach (var (s, v, e) in cases)
        {
            NoisyLabelQuadrature.Integrate([s], 4, v);
            var w = Stopwatch.StartNew();
            GC.Collect(); var (q, err) = NoisyLabelQuadrature.Integrate([s], 4, v);
            Console.Error.WriteLine($"XX noise {v}: zeta1 {q[0]:e3} alpha {1 / q[2]:r} vs {e:r} diff {1 / q[2] - e:e2} err {err:e1} {w.Elapsed.TotalMilliseconds} ms");
        }
    }

    [Fact]
    public void Products()
    {
        (double[], int[], double)[] cases = [([1, 1], [0, 1], 0.593751098222257), ([1, 1], [], 1.461545115873559), ([1, 1, 1], [0, 1, 2], 2.5651804019226323), ([1, 1, 1, 1], [0, 1, 2, 3], 0), ([2, 1], [1], 0), ([0.5, 0.5], [], 1.461545115873559)];
        foreach (var (a, s, v) in cases)
        {
            var w = Stopwatch.StartNew();
            var (q, layout) = ProductLabelQuadrature.Integrate(a, s);
            var alpha = 1 / layout.LargestEigenvalue(q);
            Console.Error.WriteLine($"XX product {string.Join(',', a)}: zeta alpha {alpha:r} vs {v:r} diff {alpha - v:e2} {w.Elapsed.TotalMilliseconds} ms");
        }
    }

    [Fact]
    public void Plane()
    {
        (string, PlaneLabel.Function, PlaneLabel.Function, PlaneLabel.Function, double[], double)[] cases =
        [
            ("z1z2", (x, y) => x * y, (x, y) => y, (x, y) => x, [], 0.593751098222257),
            ("z1^2-z2^2", (x, y) => x * x - y * y, (x, y) => 2 * x, (x, y) => -2 * y, [], 0.593751098222257),
            ("|z1z2|", (x, y) => Math.Abs(x * y), (x, y) => Math.Abs(y) * Math.Sign(x), (x, y) => Math.Abs(x) * Math.Sign(y), [0], 1.461545115873559),
            ("r2", (x, y) => x * x + y * y, (x, y) => 2 * x, (x, y) => 2 * y, [], 1),
            ("|z1|+|z2|", (x, y) => Math.Abs(x) + Math.Abs(y), (x, y) => Math.Sign(x), (x, y) => Math.Sign(y), [0], 1),
            ("max", (x, y) => Math.Max(Math.Abs(x), Math.Abs(y)), (x, y) => Math.Abs(x) > Math.Abs(y) ? Math.Sign(x) : 0, (x, y) => Math.Abs(x) > Math.Abs(y) ? 0 : Math.Sign(y), [0], 1),
            ("z1^2+2z2^2", (x, y) => x * x + 2 * y * y, (x, y) => 2 * x, (x, y) => 4 * y, [], 0.593751098222257),
            ("He2He2", (x, y) => (x * x - 1) * (y * y - 1), (x, y) => 2 * x * (y * y - 1), (x, y) => 2 * y * (x * x - 1), [], 0.593751098222257),
            ("cos+cos", (x, y) => Math.Cos(x) + Math.Cos(y), (x, y) => -Math.Sin(x), (x, y) => -Math.Sin(y), [], 0.593751098222257),
        ];
        foreach (var (name, f, fx, fy, cuts, v) in cases)
        {
            var label = new PlaneLabel
            {
                Value = f,
                SlopeX = fx,
                SlopeY = fy,
                CutsX = [-9, .. cuts, 9],
                CutsY = [-9, .. cuts, 9],
                Densities = (x, y, d) =>
            {
                var p = Phi(x) * Phi(y); d[0] = p; d[1] = p * (x * x - 1); d[2] = p * (y * y - 1); d[3] = p * x * y;
            }
            };
            var w = Stopwatch.StartNew();
            var (q, e) = PlaneLabelQuadrature.Integrate(label, 3);
            var layout = new MomentLayout(2);
            layout.Set(0, 0, 0); layout.Set(1, 1, 1); layout.Set(0, 1, 2);
            var alpha = 1 / layout.LargestEigenvalue(q);
            Console.Error.WriteLine($"XX plane {name}: zeta alpha {alpha:r} vs {v:r} diff {alpha - v:e2} err {e:e2} {w.Elapsed.TotalMilliseconds} ms  {string.Join(' ', q)}");
        }
    }
}
