using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>
/// F = E[U s], G = E[U l], H = E U² of one neuron that repeats its sample (<see cref="DisplacedResponse"/>), by nested panels over s, the label noise, and l given s.
/// </summary>
internal sealed class DisplacedMoments : IMomentRule
{
    private const int MaxLevel = 12;
    private const double Range = 8.5;
    private readonly ScalarFunction target;
    private readonly double noise;
    private readonly DisplacedResponse response;
    private readonly MomentValues coarse = new(1, 1);
    private readonly IMomentRule plain;
    private readonly double[] breaks;
    private FocusedPanels overTeacher, overNoise;
    private int level = -1;

    public DisplacedMoments(SgdTask task, double displacement)
    {
        target = task.Target is { } g ? ScalarFunction.Of(g) : task.Activation;
        noise = Math.Sqrt(task.Noise);
        response = new(task.Activation, task.Slope, task.Readout[0], displacement);
        plain = MomentRules.For(task);
        breaks = [.. target.SplitPoints, .. response.Labels.SelectMany(Roots)];
        (overTeacher, overNoise) = (new(10, 1), new(10, 1));
    }

    public string Name => "nested quadrature";

    public bool IsExact => false;

    public double Refine(ReadOnlySpan<double> omega, double tolerance, MomentValues values)
    {
        if (!plain.IsExact) plain.Refine(omega, tolerance, coarse);
        var error = double.PositiveInfinity;
        SetLevel(0);
        Evaluate(omega, coarse);
        for (var next = 1; next <= (noise > 0 ? MaxLevel - 3 : MaxLevel); next++)
        {
            SetLevel(next);
            Evaluate(omega, values);
            error = Difference(values);
            if (error <= tolerance) break;
            values.CopyTo(coarse);
        }

        return error;
    }

    public double Risk(ReadOnlySpan<double> omega) => plain.Risk(omega);

    public void Evaluate(ReadOnlySpan<double> omega, MomentValues values)
    {
        var (q, m, rho) = (omega[0], omega[1], omega[3]);
        var (pull, spread, scale) = (m / rho, Math.Sqrt(Math.Max(q - m * m / rho, 0)), Math.Sqrt(rho));
        overTeacher.Reset(-Range, Range);
        foreach (var place in breaks) overTeacher.AddBreak(place / scale);
        overTeacher.Build();
        values.Clear();
        var nodes = overTeacher.Nodes;
        for (var i = 0; i < nodes.Length; i++)
        {
            var s = scale * nodes[i];
            var weight = overTeacher.Weights[i] * 0.3989422804014327 * Math.Exp(-0.5 * nodes[i] * nodes[i]);
            var (u, ul, uu) = OverNoise(target.Evaluate(s), pull * s, spread);
            values.F[0] += weight * u * s;
            values.G[0] += weight * ul;
            values.H[0] += weight * uu;
        }

        values.Risk = plain.Risk(omega);
    }

    private (double U, double UL, double UU) OverNoise(double label, double mean, double spread)
    {
        if (noise == 0) return response.At(label, mean, spread);
        if (response.Labels.Length == 0) return OverSmoothNoise(label, mean, spread);
        overNoise.Reset(-Range, Range);
        foreach (var kink in response.Labels) overNoise.AddBreak((kink - label) / noise);
        overNoise.Build();
        var nodes = overNoise.Nodes;
        var (u, ul, uu) = (0.0, 0.0, 0.0);
        for (var i = 0; i < nodes.Length; i++)
        {
            var weight = overNoise.Weights[i] * 0.3989422804014327 * Math.Exp(-0.5 * nodes[i] * nodes[i]);
            var (one, two, three) = response.At(label + noise * nodes[i], mean, spread);
            u += weight * one;
            ul += weight * two;
            uu += weight * three;
        }

        return (u, ul, uu);
    }

    private (double U, double UL, double UU) OverSmoothNoise(double label, double mean, double spread)
    {
        var rule = GaussHermite.Rule(12 + 6 * level);
        var (u, ul, uu) = (0.0, 0.0, 0.0);
        for (var i = 0; i < rule.Count; i++)
        {
            var (one, two, three) = response.At(label + noise * rule.Nodes[i], mean, spread);
            u += rule.Weights[i] * one;
            ul += rule.Weights[i] * two;
            uu += rule.Weights[i] * three;
        }

        return (u, ul, uu);
    }

    private void SetLevel(int chosen)
    {
        if (chosen == level) return;
        level = chosen;
        var widest = 3 * Math.Pow(2, -0.5 * level);
        response.SetWidth(widest);
        (overTeacher, overNoise) = (new(10, widest), new(10, widest));
    }

    // All three on the scale that √H sets, H on its own.
    private double Difference(MomentValues fine)
    {
        var size = Math.Sqrt(Math.Max(fine.H[0], 1e-300));
        var difference = Math.Max(Math.Max(Math.Abs(fine.F[0] - coarse.F[0]), Math.Abs(fine.G[0] - coarse.G[0])) / size, Math.Abs(fine.H[0] - coarse.H[0]) / (size * size));
        return fine.H[0] < 1e-25 ? 0 : difference;
    }

    /// <summary>Where the target takes a value, for |s| up to 12.</summary>
    private IEnumerable<double> Roots(double label)
    {
        const int Points = 960;
        var before = target.Evaluate(-12) - label;
        for (var i = 1; i <= Points; i++)
        {
            var (from, to) = (-12 + 24.0 * (i - 1) / Points, -12 + 24.0 * i / Points);
            var after = target.Evaluate(to) - label;
            if (after == 0) yield return to;
            else if (before * after < 0) yield return MathNet.Numerics.RootFinding.Bisection.FindRoot(s => target.Evaluate(s) - label, from, to, 1e-14, 200);
            before = after;
        }
    }
}
