using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Theory.Contract;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Channels;

/// <summary>
/// y = g(τ) + √Δ ξ. For each ω the fields ω + √V ζ lie on panels over which g changes by no more than a few √Δ; the density of y is their sum against the kernel of the noise,
/// over those panels whose labels are near y.
/// </summary>
internal sealed class NoisyOutput : IOutputChannel
{
    private const double Range = 7.5;
    private const int PanelNodes = 8;
    private const double WidestPanel = 1.7;

    /// <summary>Largest change of g over a panel, in units of √Δ.</summary>
    private const double LargestChange = 3;

    /// <summary>Noise below this fraction of the variance of g is not resolved.</summary>
    private const double LeastNoise = 1e-4;

    private readonly ScalarFunction g;
    private readonly FieldGrid grid;
    private readonly double rho;
    private readonly double noise;
    private readonly double deviation;
    private readonly double[] splits;
    private readonly double[] critical;
    private readonly QuadratureRule rule = GaussLegendre.Rule(PanelNodes);
    private readonly FieldPanels omegas;
    private readonly FocusedPanels labels = new(10, 1.9);
    private readonly List<(double Low, double High)> ranges = [];
    private readonly List<double> cuts = [];
    private double[] points = new double[64 * PanelNodes];
    private double[] values = new double[64 * PanelNodes];
    private double[] weights = new double[64 * PanelNodes];
    private double[] moments = new double[64 * PanelNodes];
    private int count;

    public NoisyOutput(ScalarFunction g, double noise, double rho)
    {
        (this.g, this.noise, this.rho, deviation, splits) = (g, noise, rho, Math.Sqrt(noise), [.. g.SplitPoints]);
        var moments = Hermite.SmoothedMoments.Of(g, 0, Math.Sqrt(rho));
        var power = Math.Max(0, moments.SecondMoment - moments.Mean * moments.Mean);
        if (noise < LeastNoise * power)
            throw new InvalidInputException("noise", FormattableString.Invariant($"noise must be 0, or at least {LeastNoise * power:g3} (1e-4 of the variance of the teacher's output), where it can be resolved; got {noise:R}"));
        var pieces = new LabelPieces(g, 9.5 * Math.Sqrt(rho));
        critical = Apart(pieces.CriticalValues(), 0.2 * deviation);
        omegas = new(g, rho, Range);
        grid = new(g, pieces, critical, noise, rho);
        var steepest = Enumerable.Range(-12, 25).Max(i => pieces.Slope(0.5 * (i + 0.1) * Math.Sqrt(rho)));
        SmallestScale = steepest > 0 ? noise / (steepest * steepest) : rho;
        IsTrivialAtOrigin = g.Parity == Parity.Even || Information(0, rho) * rho < 1e-20;
    }

    public bool IsTrivialAtOrigin { get; }

    public double DeterminedFraction => 0;

    public double SmallestScale { get; }

    public double Information(double q, double variance) => Average(q, variance, evidence: false) / (variance * variance);

    public double Evidence(double q, double variance) => Average(q, variance, evidence: true);

    public double LeastError(double q, double variance) => noise + (variance > 0 ? ConditionalSpread.Of(g, q, variance) : 0);

    private double Average(double q, double variance, bool evidence)
    {
        var (root, width) = (Math.Sqrt(q), Math.Sqrt(variance));
        var isEven = g.Parity == Parity.Even;
        var fields = omegas.Lay(q, variance, isEven);
        double sum = 0;
        var isWide = variance >= FieldGrid.LeastVariance * rho;
        for (var i = 0; i < fields.Nodes.Length; i++)
        {
            var omega = root * fields.Nodes[i];
            var term = isWide ? grid.OverLabels(omega, variance, evidence) : OverLabels(omega, width, evidence);
            sum += (isEven ? 2 : 1) * fields.Weights[i] * GaussianTail.Density(fields.Nodes[i]) * term;
        }

        return sum;
    }

    /// <summary>∫ dy (E (τ − ω) K)²/E K, or ∫ dy E K log E K, for the kernel K = N(y; g(ω + √V ζ), Δ).</summary>
    private double OverLabels(double omega, double width, bool evidence)
    {
        var spread = Spread(omega, width);
        if (spread.Deviation == 0 && !evidence) return 0;
        var unit = Math.Sqrt(noise + spread.Deviation * spread.Deviation);
        labels.Reset((spread.Low - Range * deviation) / unit, (spread.High + Range * deviation) / unit);
        foreach (var value in critical)
            if (value > spread.Low - Range * deviation && value < spread.High + Range * deviation) labels.AddFocus(value / unit, 1.5 * deviation / unit);
        labels.Build();
        double sum = 0;
        for (var i = 0; i < labels.Nodes.Length; i++)
        {
            var (mass, moment) = Kernel(unit * labels.Nodes[i]);
            if (mass <= 0) continue;
            sum += unit * labels.Weights[i] * (evidence ? mass * Math.Log(mass) : width * width * moment * moment / mass);
        }
        return sum;
    }

    private (double Mass, double Moment) Kernel(double label)
    {
        var (reach, scale) = (Range * deviation, Vector256.Create(-0.5 / noise));
        var (mass, moment, centre) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256.Create(label));
        var v = Vectors(values);
        var w = Vectors(weights);
        var m = Vectors(moments);
        for (var p = 0; p < ranges.Count; p++)
        {
            if (label < ranges[p].Low - reach || label > ranges[p].High + reach) continue;
            for (var k = p * PanelNodes / 4; k < (p + 1) * PanelNodes / 4; k++)
            {
                var gap = v[k] - centre;
                var kernel = Vector256.Exp(gap * gap * scale);
                mass += w[k] * kernel;
                moment += m[k] * kernel;
            }
        }
        var norm = 1 / Math.Sqrt(2 * Math.PI * noise);
        return (norm * Vector256.Sum(mass), norm * Vector256.Sum(moment));
    }

    /// <summary>Lays the panels over ζ, and returns the range of g on them and its standard deviation.</summary>
    private (double Low, double High, double Deviation) Spread(double omega, double width)
    {
        (count, double low, double high) = (0, double.PositiveInfinity, double.NegativeInfinity);
        ranges.Clear();
        cuts.Clear();
        foreach (var split in splits)
            if (Math.Abs(split - omega) < Range * width) cuts.Add((split - omega) / width);
        cuts.Add(Range);
        var from = -Range;
        foreach (var to in cuts)
        {
            Divide(omega, width, from, to, 0);
            from = to;
        }
        double mean = 0, square = 0;
        for (var i = 0; i < count; i++)
        {
            mean += weights[i] * values[i];
            square += weights[i] * values[i] * values[i];
        }
        foreach (var range in ranges) (low, high) = (Math.Min(low, range.Low), Math.Max(high, range.High));
        return (low, high, Math.Sqrt(Math.Max(0, square - mean * mean)));
    }

    private void Divide(double omega, double width, double from, double to, int depth)
    {
        var edge = 1e-9 * (to - from);
        var (a, b, c) = (g.Evaluate(omega + width * (from + edge)), g.Evaluate(omega + width * (to - edge)), g.Evaluate(omega + width * 0.5 * (from + to)));
        var change = Math.Max(a, Math.Max(b, c)) - Math.Min(a, Math.Min(b, c));
        if (depth < 30 && (to - from > WidestPanel || change > LargestChange * deviation))
        {
            Divide(omega, width, from, 0.5 * (from + to), depth + 1);
            Divide(omega, width, 0.5 * (from + to), to, depth + 1);
            return;
        }
        if (count + PanelNodes > points.Length) Grow();
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        var (centre, half) = (0.5 * (from + to), 0.5 * (to - from));
        for (var i = 0; i < PanelNodes; i++)
        {
            var zeta = centre + half * rule.Nodes[i];
            weights[count + i] = half * rule.Weights[i] * GaussianTail.Density(zeta);
            moments[count + i] = weights[count + i] * zeta;
            points[count + i] = omega + width * zeta;
        }
        g.Evaluate(points.AsSpan(count, PanelNodes), values.AsSpan(count, PanelNodes));
        for (var i = count; i < count + PanelNodes; i++) (low, high) = (Math.Min(low, values[i]), Math.Max(high, values[i]));
        count += PanelNodes;
        ranges.Add((low, high));
    }

    private void Grow()
    {
        var size = 2 * points.Length;
        Array.Resize(ref points, size);
        Array.Resize(ref values, size);
        Array.Resize(ref weights, size);
        Array.Resize(ref moments, size);
    }

    // Values closer than the noise are one.
    private static double[] Apart(double[] values, double distance)
    {
        Array.Sort(values);
        var kept = new List<double>();
        foreach (var value in values)
            if (kept.Count == 0 || value - kept[^1] > distance) kept.Add(value);
        return [.. kept];
    }

    private static ReadOnlySpan<Vector256<double>> Vectors(double[] array) => MemoryMarshal.Cast<double, Vector256<double>>(array.AsSpan());
}
