using Theory.Dynamics;
using Theory.Numerics.Quadrature;

namespace Theory.Tests.Dynamics;

/// <summary>Least squares mode by mode: averages over the Marchenko–Pastur law of XᵀX/d of w^t = P0(s) w^0 + P1(s)(s w⋆ + √(Δs) ζ). Full batch only.</summary>
internal sealed class MarchenkoPasturDynamics
{
    private readonly LinearDmftModel model;
    private readonly (double S, double Weight)[] bulk;
    private readonly double[][] p0, p1;   // by mode, then time; the last mode is s = 0

    public MarchenkoPasturDynamics(LinearDmftModel model)
    {
        this.model = model;
        var (lower, upper) = (Math.Pow(1 - Math.Sqrt(model.Alpha), 2), Math.Pow(1 + Math.Sqrt(model.Alpha), 2));
        var (rule, length) = (GaussLegendre.Rule(400, 0, Math.PI / 2), upper - lower);
        bulk = [.. rule.Nodes.Zip(rule.Weights, (phi, w) =>
        {
            var (sin, cos) = Math.SinCos(phi);
            var s = lower + length * sin * sin;
            return (s, w * 2 * length * length * sin * sin * cos * cos / (2 * Math.PI * s));
        })];
        (p0, p1) = ([.. bulk.Select(b => Mode(b.S, 1, 0)), Mode(0, 1, 0)], [.. bulk.Select(b => Mode(b.S, 0, 1)), Mode(0, 0, 1)]);
    }

    public double Overlap(int t) => model.M0 * Average((i, _) => p0[i][t]) + Root * Average((i, s) => s * p1[i][t]);

    public double Correlation(int t, int u) =>
        model.Q0 * Average((i, _) => p0[i][t] * p0[i][u]) + Average((i, s) => (s * s * model.Rho + model.Noise * s) * p1[i][t] * p1[i][u])
        + model.M0 * Root * Average((i, s) => s * (p0[i][t] * p1[i][u] + p0[i][u] * p1[i][t]));

    public double TrainLoss(int t)
    {
        var sum = 0.0;
        for (var i = 0; i < bulk.Length; i++)
        {
            var (s, weight) = bulk[i];
            var rest = 1 - s * p1[i][t];
            sum += weight * (s * model.Q0 * p0[i][t] * p0[i][t] + s * model.Rho * rest * rest - 2 * s * model.M0 * Root * p0[i][t] * rest + model.Noise * rest * rest);
        }
        return (sum + Math.Max(model.Alpha - 1, 0) * model.Noise) / (2 * model.Alpha);
    }

    /// <summary>E s/(s + λ), which the overlap over √ρ tends to from M⁰ = 0.</summary>
    public double Limit() => Average((_, s) => s == 0 ? 0 : s / (s + model.Lambda));

    private double Root => Math.Sqrt(model.Rho);

    private double Average(Func<int, double, double> f)
    {
        var sum = Math.Max(1 - model.Alpha, 0) * f(bulk.Length, 0);
        for (var i = 0; i < bulk.Length; i++) sum += bulk[i].Weight * f(i, bulk[i].S);
        return sum;
    }

    private double[] Mode(double s, double start, double source)
    {
        var (path, eta, beta) = (new double[model.Steps + 1], model.LearningRate, model.Momentum);
        path[0] = start;
        for (var t = 0; t < model.Steps; t++)
        {
            var step = t == 0 ? 0 : path[t] - path[t - 1];
            var query = path[t] + (model.Nesterov ? beta * step : 0);
            path[t + 1] = path[t] + beta * step - eta * ((s + model.Lambda) * query - source);
        }
        return path;
    }
}
