using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>
/// The update of one neuron that repeats its sample, U(l, y) = aσ′(l̃)(y − aσ(l̃)) with l̃ = l + ρ₀aσ′(l)(y − aσ(l)), averaged over l ~ N(μ, s²) at given y:
/// E U, E[U l], E U², by panels that end at the kinks of σ and where l̃ crosses one.
/// </summary>
internal sealed class DisplacedResponse
{
    private const int PanelNodes = 12;
    private const int ScanPoints = 24;
    private const double Range = 8.5;

    private readonly ScalarFunction sigma, slope;
    private readonly double a, displacement;
    private readonly double[] kinks;
    private readonly List<double> crossings = [];
    private readonly double[] edges = new double[16], scan = new double[ScanPoints + 1], scanned = new double[ScanPoints + 1];
    private FocusedPanels panels;
    private double[] l = [], value = [], derivative = [], moved = [], error = [];

    public DisplacedResponse(ScalarFunction activation, ScalarFunction slope, double readout, double displacement)
    {
        (sigma, this.slope, a, this.displacement) = (activation, slope, readout, displacement);
        kinks = [.. activation.SplitPoints.Union(slope.SplitPoints).Order().Take(12)];
        panels = new(PanelNodes, 2.5);
        Labels = [.. KinksInLabel()];
    }

    /// <summary>Labels at which the averages are not smooth: l̃ reaches a kink at a kink.</summary>
    public double[] Labels { get; }

    /// <summary>Sets the widest panel.</summary>
    public void SetWidth(double widest) => panels = new(PanelNodes, widest);

    /// <summary>The three averages.</summary>
    public (double U, double UL, double UU) At(double y, double mean, double deviation)
    {
        panels.Reset(-Range, Range);
        FindCrossings(y, mean - Range * deviation, mean + Range * deviation);
        if (deviation > 0)
        {
            foreach (var kink in kinks) panels.AddBreak((kink - mean) / deviation);
            foreach (var crossing in crossings) panels.AddBreak((crossing - mean) / deviation);
        }

        panels.Build();
        Evaluate(y, mean, deviation);
        var nodes = panels.Nodes;
        var weights = panels.Weights;
        var (u, ul, uu) = (0.0, 0.0, 0.0);
        for (var i = 0; i < nodes.Length; i++)
        {
            var weight = weights[i] * 0.3989422804014327 * Math.Exp(-0.5 * nodes[i] * nodes[i]);
            u += weight * error[i];
            ul += weight * error[i] * l[i];
            uu += weight * error[i] * error[i];
        }

        return (u, ul, uu);
    }

    /// <summary>U at the nodes, left in <see cref="error"/>.</summary>
    private void Evaluate(double y, double mean, double deviation)
    {
        var nodes = panels.Nodes;
        var n = nodes.Length;
        if (l.Length < n) (l, value, derivative, moved, error) = (new double[2 * n], new double[2 * n], new double[2 * n], new double[2 * n], new double[2 * n]);
        for (var i = 0; i < n; i++) l[i] = mean + deviation * nodes[i];
        Move(y, l.AsSpan(0, n), moved.AsSpan(0, n));
        sigma.Evaluate(moved.AsSpan(0, n), value.AsSpan(0, n));
        slope.Evaluate(moved.AsSpan(0, n), derivative.AsSpan(0, n));
        for (var i = 0; i < n; i++) error[i] = a * derivative[i] * (y - a * value[i]);
    }

    /// <summary>l̃ at many l.</summary>
    private void Move(double y, ReadOnlySpan<double> at, Span<double> result)
    {
        var n = at.Length;
        if (value.Length < n) (l, value, derivative, moved, error) = (new double[2 * n], new double[2 * n], new double[2 * n], new double[2 * n], new double[2 * n]);
        sigma.Evaluate(at, value.AsSpan(0, n));
        slope.Evaluate(at, derivative.AsSpan(0, n));
        for (var i = 0; i < n; i++) result[i] = at[i] + displacement * a * derivative[i] * (y - a * value[i]);
    }

    /// <summary>Where l̃ crosses a kink, between the kinks of σ.</summary>
    private void FindCrossings(double y, double lower, double upper)
    {
        crossings.Clear();
        if (kinks.Length == 0 || displacement == 0 || !(upper > lower)) return;
        var count = 0;
        edges[count++] = lower;
        foreach (var kink in kinks)
        {
            if (kink > lower && kink < upper) edges[count++] = kink;
        }

        edges[count++] = upper;
        for (var e = 0; e + 1 < count; e++)
        {
            // Just inside of the region: at a kink itself σ′ may belong to the other side.
            var margin = 1e-13 * (1 + Math.Abs(edges[e]) + Math.Abs(edges[e + 1]));
            var (from, to) = (edges[e] + margin, edges[e + 1] - margin);
            if (!(to > from)) continue;
            for (var i = 0; i <= ScanPoints; i++) scan[i] = from + (to - from) * i / ScanPoints;
            Move(y, scan, scanned);
            for (var i = 0; i < ScanPoints; i++)
            {
                foreach (var kink in kinks)
                {
                    if ((scanned[i] - kink) * (scanned[i + 1] - kink) < 0) crossings.Add(Bisect(y, kink, scan[i], scan[i + 1], scanned[i]));
                }
            }
        }
    }

    private double Bisect(double y, double kink, double from, double to, double atFrom)
    {
        for (var i = 0; i < 60; i++)
        {
            var middle = 0.5 * (from + to);
            if (middle <= from || middle >= to) break;
            var at = middle + displacement * a * slope.Evaluate(middle) * (y - a * sigma.Evaluate(middle));
            if ((at - kink) * (atFrom - kink) > 0) from = middle;
            else to = middle;
        }

        return 0.5 * (from + to);
    }

    private IEnumerable<double> KinksInLabel()
    {
        foreach (var place in kinks)
        {
            foreach (var side in (double[])[-1e-9, 1e-9])
            {
                var pull = displacement * a * slope.Evaluate(place + side);
                if (pull == 0) continue;
                foreach (var reached in kinks) yield return a * sigma.Evaluate(place) + (reached - place) / pull;
            }
        }
    }
}
