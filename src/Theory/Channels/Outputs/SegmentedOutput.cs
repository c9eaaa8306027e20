using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Channels;

/// <summary>y = g(τ) + √Δ ξ for a piecewise linear g: given the piece, field and label are jointly Gaussian, so that only the label and ω remain to be integrated over.</summary>
internal sealed class SegmentedOutput : IOutputChannel
{
    private const double Range = 7.5;

    /// <summary>Pieces of smaller probability are left out.</summary>
    private const double Negligible = 1e-22;

    private readonly ScalarFunction g;
    private readonly Segment[] segments;
    private readonly double noise;
    private readonly double deviation;
    private readonly double[] splits;
    private readonly double[] kinks;
    private readonly bool isEven;
    private readonly FocusedPanels fields = new(10, 2);
    private readonly FocusedPanels labels = new(10, 1.9);

    private SegmentedOutput(ScalarFunction g, Segment[] segments, double noise, double rho)
    {
        (this.g, this.segments, this.noise, deviation, isEven) = (g, segments, noise, Math.Sqrt(noise), g.Parity == Parity.Even);
        splits = [.. g.Breakpoints];
        kinks = [.. segments.SelectMany(s => (double[])[s.Slope * s.From + s.Offset, s.Slope * s.To + s.Offset]).Where(double.IsFinite).Distinct()];
        var steepest = segments.Max(s => Math.Abs(s.Slope));
        SmallestScale = steepest > 0 ? noise / (steepest * steepest) : rho;
        IsTrivialAtOrigin = isEven || Information(0, rho) * rho < 1e-20;
    }

    public bool IsTrivialAtOrigin { get; }

    public double DeterminedFraction => 0;

    public double SmallestScale { get; }

    /// <summary>Recognises a piecewise linear function; <see langword="null"/> when it is none.</summary>
    public static SegmentedOutput? TryCreate(ScalarFunction g, double noise, double rho)
    {
        var segments = new List<Segment>();
        for (var cell = 0; cell <= g.Breakpoints.Length; cell++)
        {
            if (SegmentOn(g, cell) is not { } segment) return null;
            segments.Add(segment);
        }
        return new(g, [.. segments], noise, rho);
    }

    public double Information(double q, double variance) => Average(q, variance, evidence: false) / (variance * variance);

    public double Evidence(double q, double variance) => Average(q, variance, evidence: true);

    public double LeastError(double q, double variance) => noise + (variance > 0 ? ConditionalSpread.Of(g, q, variance) : 0);

    private double Average(double q, double variance, bool evidence)
    {
        var (root, width) = (Math.Sqrt(q), Math.Sqrt(variance));
        fields.Reset(isEven ? 0 : -Range, Range);
        if (root > 0)
            foreach (var split in splits) fields.AddFocus(split / root, 1.5 * width / root);
        fields.Build();
        double sum = 0;
        for (var i = 0; i < fields.Nodes.Length; i++)
            sum += (isEven ? 2 : 1) * fields.Weights[i] * GaussianTail.Density(fields.Nodes[i]) * OverLabels(root * fields.Nodes[i], width, evidence);
        return sum;
    }

    /// <summary>∫ dy (E (τ − ω) K)²/E K, or ∫ dy E K log E K, for the kernel K = N(y; g(τ), Δ).</summary>
    private double OverLabels(double omega, double width, bool evidence)
    {
        var (low, high, unit) = (double.PositiveInfinity, double.NegativeInfinity, deviation);
        for (var i = 0; i < segments.Length; i++)
        {
            ref var s = ref segments[i];
            s.Prepare(omega, width, noise);
            if (s.Mass < Negligible) continue;
            low = Math.Min(low, s.Lowest(omega, width, Range) - Range * deviation);
            high = Math.Max(high, s.Highest(omega, width, Range) + Range * deviation);
            unit = Math.Max(unit, s.Width);
        }
        labels.Reset(low / unit, high / unit);
        foreach (var kink in kinks)
            if (kink > low && kink < high) labels.AddFocus(kink / unit, 1.5 * deviation / unit);
        foreach (var s in segments)
            if (s.Mass >= Negligible && s.Width < 0.5 * unit) labels.AddFocus(s.Centre / unit, s.Width / unit);
        labels.Build();
        double sum = 0;
        for (var k = 0; k < labels.Nodes.Length; k++)
        {
            double mass = 0, moment = 0;
            for (var i = 0; i < segments.Length; i++)
                if (segments[i].Mass >= Negligible) segments[i].Add(unit * labels.Nodes[k], ref mass, ref moment);
            if (mass > 0) sum += unit * labels.Weights[k] * (evidence ? mass * Math.Log(mass) : moment * moment / mass);
        }
        return sum;
    }

    private static Segment? SegmentOn(ScalarFunction g, int cell)
    {
        var breaks = g.Breakpoints;
        var from = cell == 0 ? double.NegativeInfinity : breaks[cell - 1];
        var to = cell == breaks.Length ? double.PositiveInfinity : breaks[cell];
        var lower = double.IsFinite(from) ? from : (breaks.Length > 0 ? breaks[0] : 0) - 40;
        var upper = double.IsFinite(to) ? to : (breaks.Length > 0 ? breaks[^1] : 0) + 40;
        double At(double part) => lower + part * (upper - lower);
        var (first, last) = (g.Evaluate(At(0.0625)), g.Evaluate(At(0.9375)));
        var slope = (last - first) / (0.875 * (upper - lower));
        var offset = first - slope * At(0.0625);
        var scale = Math.Abs(first) + Math.Abs(last) + Math.Abs(slope) * (upper - lower);
        for (var i = 1; i <= 15; i++)
            if (!(Math.Abs(g.Evaluate(At(i / 16.0)) - slope * At(i / 16.0) - offset) <= 1e-13 * scale)) return null;
        return new(from, to, slope, offset);
    }

    /// <summary>A piece aτ + b on (from, to).</summary>
    private struct Segment(double from, double to, double slope, double offset)
    {
        private double omega;
        private double gain;
        private double spread;
        private double norm;
        private double scale;

        public readonly double From => from;

        public readonly double To => to;

        public readonly double Slope => slope;

        public readonly double Offset => offset;

        /// <summary>Its probability given ω.</summary>
        public double Mass { get; private set; }

        /// <summary>Mean and standard deviation of the label, the piece being endless.</summary>
        public double Centre { get; private set; }

        public double Width { get; private set; }

        public void Prepare(double field, double width, double noise)
        {
            var square = slope * slope * width * width + noise;
            (omega, Centre, Width) = (field, slope * field + offset, Math.Sqrt(square));
            (gain, spread, norm, scale) = (slope * width * width / square, width * Math.Sqrt(noise / square), 1 / Math.Sqrt(2 * Math.PI * square), -0.5 / square);
            Mass = GaussianTail.Between((from - field) / width, (to - field) / width);
        }

        public readonly double Lowest(double field, double width, double range)
        {
            var (a, b) = (Math.Max(from, field - range * width), Math.Min(to, field + range * width));
            return Math.Min(slope * a, slope * b) + offset;
        }

        public readonly double Highest(double field, double width, double range)
        {
            var (a, b) = (Math.Max(from, field - range * width), Math.Min(to, field + range * width));
            return Math.Max(slope * a, slope * b) + offset;
        }

        /// <summary>Adds ∫ K and ∫ (τ − ω) K over the piece.</summary>
        public readonly void Add(double label, ref double mass, ref double moment)
        {
            var gap = label - Centre;
            var density = norm * Math.Exp(scale * gap * gap);
            if (density == 0) return;
            var shift = gain * gap;
            var (a, b) = ((from - omega - shift) / spread, (to - omega - shift) / spread);
            var part = GaussianTail.Between(a, b);
            mass += density * part;
            moment += density * (shift * part + spread * (GaussianTail.Density(a) - GaussianTail.Density(b)));
        }
    }
}
