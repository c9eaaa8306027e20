using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Channels;

/// <summary>
/// y = g(τ) without noise. A level of g is a label of positive probability; any other label leaves a few fields possible, one on each monotone piece of g that reaches it:
/// P(τ_j | y, ω) ∝ N(τ_j; ω, V)/|g′(τ_j)|. Labels that leave one field are closed; the rest is a quadrature over y, and over ω given each of the fields.
/// </summary>
internal sealed class NoiselessOutput : IOutputChannel
{
    /// <summary>Fields beyond it, in units of √ρ, have no weight.</summary>
    private const double Reach = 9.5;

    /// <summary>Fields further apart than this, in units of √V, are told apart by ω.</summary>
    private const double Apart = 18;

    /// <summary>Trapezoidal rule of ω in units of its spread: the poles of the posterior lie far enough for e^−25.</summary>
    private const double Step = 0.15;
    private const int Half = 47;

    /// <summary>Nodes of smaller weight are left out.</summary>
    private const double Negligible = 1e-18;

    private readonly double rho;
    private readonly LevelOutput levels;
    private readonly List<(double From, double To, double LogSlope)> single = [];
    private readonly List<Fibre> fibres = [];
    private readonly double[] offsets = new double[2 * Half + 1];
    private readonly double[] masses = new double[2 * Half + 1];
    private readonly ScalarFunction g;

    public NoiselessOutput(ScalarFunction g, double rho)
    {
        (this.g, this.rho) = (g, rho);
        var pieces = new LabelPieces(g, Reach * Math.Sqrt(rho));
        levels = new(pieces.Levels, rho);
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = Step * (i - Half);
            masses[i] = Step * GaussianTail.Density(offsets[i]);
        }
        Collect(pieces);
        DeterminedFraction = Math.Max(0, 1 - levels.Mass);
        var splits = g.SplitPoints;
        var gap = Enumerable.Range(1, Math.Max(0, splits.Length - 1)).Select(i => splits[i] - splits[i - 1]).Append(Math.Sqrt(rho)).Min();
        SmallestScale = gap * gap;
        IsTrivialAtOrigin = g.Parity == Parity.Even || Information(0, rho) * rho < 1e-20;
    }

    public bool IsTrivialAtOrigin { get; }

    public double DeterminedFraction { get; }

    public double SmallestScale { get; }

    public double Information(double q, double variance)
    {
        double sum = 0;
        foreach (var (from, to, _) in single) sum += Shift(q, variance, from, to);
        foreach (var fibre in fibres) sum += Information(fibre, q, variance);
        return sum / (variance * variance) + levels.Information(q, variance);
    }

    public double Evidence(double q, double variance)
    {
        double sum = 0;
        var constant = -0.5 * Math.Log(2 * Math.PI * variance);
        foreach (var (from, to, logSlope) in single)
            sum += Mass(from, to) * constant - Shift(q, variance, from, to) / (2 * variance) - logSlope;
        foreach (var fibre in fibres) sum += Evidence(fibre, q, variance);
        return sum + levels.Evidence(q, variance);
    }

    public double LeastError(double q, double variance) => variance > 0 ? ConditionalSpread.Of(g, q, variance) : 0;

    private double Mass(double from, double to) => GaussianTail.Between(from / Math.Sqrt(rho), to / Math.Sqrt(rho));

    /// <summary>E (τ − ω)² over the fields of an interval: given τ the mean of τ − ω is τV/ρ and its variance qV/ρ.</summary>
    private double Shift(double q, double variance, double from, double to)
    {
        var root = Math.Sqrt(rho);
        return variance * variance / rho * GaussianTail.SquareBetween(from / root, to / root) + q * variance / rho * GaussianTail.Between(from / root, to / root);
    }

    private double Information(Fibre fibre, double q, double variance)
    {
        if (fibre.Fields.Length > 2 && variance > 0.01 * rho) return fibre.Information(q, variance, rho);
        double sum = 0;
        var spread = Math.Sqrt(q * variance / rho);
        for (var j = 0; j < fibre.Fields.Length; j++)
        {
            var (field, weight) = (fibre.Fields[j], fibre.Weights[j]);
            if (weight < Negligible) continue;
            if (fibre.Gap > Apart * Math.Sqrt(variance))
            {
                sum += weight * (field * field * variance * variance / (rho * rho) + spread * spread);
                continue;
            }
            for (var i = 0; i < offsets.Length; i++)
            {
                // ω = τq/ρ + spread·z; distances from τ_j without cancellation.
                var shift = spread * offsets[i] - field * variance / rho;
                var mean = fibre.MeanShift(j, shift, variance).Mean - shift;
                sum += weight * masses[i] * mean * mean;
            }
        }
        return sum;
    }

    private double Evidence(Fibre fibre, double q, double variance)
    {
        double sum = 0;
        var spread = Math.Sqrt(q * variance / rho);
        for (var j = 0; j < fibre.Fields.Length; j++)
        {
            if (fibre.Weights[j] < Negligible) continue;
            for (var i = 0; i < offsets.Length; i++)
            {
                var shift = spread * offsets[i] - fibre.Fields[j] * variance / rho;
                var (_, sumOfWeights, largest) = fibre.MeanShift(j, shift, variance);
                var own = -0.5 * shift * shift / variance - 0.5 * Math.Log(2 * Math.PI * variance) - fibre.LogSlopes[j];
                sum += fibre.Weights[j] * masses[i] * (own + largest + Math.Log(sumOfWeights));
            }
        }
        return sum;
    }

    private void Collect(LabelPieces pieces)
    {
        var ends = pieces.Pieces.SelectMany(p => (double[])[p.Least, p.Most]).Distinct().Order().ToArray();
        for (var i = 0; i + 1 < ends.Length; i++)
        {
            var (low, high) = (ends[i], ends[i + 1]);
            if (high - low <= 1e-13 * (1 + Math.Abs(low))) continue;
            var above = pieces.Pieces.Where(p => p.Least <= low && p.Most >= high).ToArray();
            if (above.Length == 1) AddSingle(pieces, above[0], low, high);
            else if (above.Length > 1) AddFibres(pieces, above, low, high);
        }
    }

    private void AddSingle(LabelPieces pieces, LabelPiece piece, double low, double high)
    {
        var (a, b) = (pieces.FieldOf(piece, low), pieces.FieldOf(piece, high));
        if (a > b) (a, b) = (b, a);
        double logSlope = 0;
        var panels = new FocusedPanels(16, Math.Sqrt(rho));
        panels.Reset(a, b);
        panels.AddFocus(a, 1e-4 * Math.Sqrt(rho));
        panels.AddFocus(b, 1e-4 * Math.Sqrt(rho));
        panels.Build();
        for (var i = 0; i < panels.Nodes.Length; i++)
            logSlope += panels.Weights[i] * GaussianTail.Density(panels.Nodes[i] / Math.Sqrt(rho)) / Math.Sqrt(rho) * Math.Log(Math.Max(1e-300, pieces.Slope(panels.Nodes[i])));
        single.Add((a, b, logSlope));
    }

    /// <summary>y = low + (high − low) sin²(φ/2): square roots at both ends, as at extrema of g, are smooth in φ.</summary>
    private void AddFibres(LabelPieces pieces, LabelPiece[] above, double low, double high)
    {
        var panels = new FocusedPanels(12, 0.4);
        panels.Reset(0, Math.PI);
        panels.AddFocus(0, 1e-5);
        panels.AddFocus(Math.PI, 1e-5);
        foreach (var split in pieces.Inside(g.SplitPoints))
            if ((g.Evaluate(split) - low) / (high - low) is > 0 and < 1 and var part) panels.AddBreak(2 * Math.Asin(Math.Sqrt(part)));
        panels.Build();
        for (var i = 0; i < panels.Nodes.Length; i++)
        {
            var half = Math.Sin(panels.Nodes[i] / 2);
            var label = low + (high - low) * half * half;
            var measure = panels.Weights[i] * (high - low) * half * Math.Cos(panels.Nodes[i] / 2);
            var fields = Array.ConvertAll(above, p => pieces.FieldOf(p, label));
            var slopes = Array.ConvertAll(fields, pieces.Slope);
            var fibre = new Fibre(fields, slopes, measure, rho, g.Parity == Parity.Even);
            if (slopes.All(s => s > 0 && double.IsFinite(s)) && fibre.Weights.Any(w => w > Negligible)) fibres.Add(fibre);
        }
    }

    /// <summary>The fields that give one label.</summary>
    private sealed class Fibre
    {
        private readonly double measure;
        private readonly bool isEven;

        public Fibre(double[] fields, double[] slopes, double measure, double rho, bool isEven)
        {
            (Fields, LogSlopes, this.measure, this.isEven) = (fields, Array.ConvertAll(slopes, Math.Log), measure, isEven);
            Weights = [.. fields.Zip(slopes).Select(f => measure * GaussianTail.Density(f.First / Math.Sqrt(rho)) / (Math.Sqrt(rho) * f.Second))];
            // Of two opposite fields one stands for both.
            for (var j = 0; isEven && j < fields.Length; j++) Weights[j] *= fields[j] > 0 ? 2 : 0;
            Gap = double.PositiveInfinity;
            foreach (var a in fields)
                foreach (var b in fields)
                    if (a != b) Gap = Math.Min(Gap, Math.Abs(a - b));
        }

        public double[] Fields { get; }

        public double[] LogSlopes { get; }

        /// <summary>Probability density of each field, times the weight of the node of y.</summary>
        public double[] Weights { get; }

        /// <summary>Least distance of two fields.</summary>
        public double Gap { get; }

        /// <summary>E_ω Z (E[τ | y, ω] − ω)², times the weight of the node of y, on one grid of ω for all fields.</summary>
        public double Information(double q, double variance, double rho)
        {
            double sum = 0;
            var step = Step * Math.Sqrt(variance / rho);
            var half = (int)Math.Ceiling(7 / step);
            var norm = 1 / Math.Sqrt(2 * Math.PI * variance);
            for (var i = isEven ? 0 : -half; i <= half; i++)
            {
                double mass = 0, moment = 0;
                var omega = Math.Sqrt(q) * step * i;
                for (var k = 0; k < Fields.Length; k++)
                {
                    var gap = Fields[k] - omega;
                    var weight = Math.Exp(-0.5 * gap * gap / variance - LogSlopes[k]);
                    mass += weight;
                    moment += weight * gap;
                }
                if (mass > 0) sum += (isEven && i > 0 ? 2 : 1) * step * GaussianTail.Density(step * i) * norm * moment * moment / mass;
            }
            return measure * sum;
        }

        /// <summary>E[τ | y, ω] − τ_j at ω = τ_j + shift, and all weights over that of τ_j: a sum times the exponential of the largest exponent.</summary>
        public (double Mean, double Sum, double Largest) MeanShift(int j, double shift, double variance)
        {
            double sum = 1, moved = 0, largest = 0;
            for (var k = 0; k < Fields.Length; k++)
            {
                if (k == j) continue;
                var gap = Fields[k] - Fields[j];
                var exponent = gap * (shift - 0.5 * gap) / variance + LogSlopes[j] - LogSlopes[k];
                if (exponent > largest)
                {
                    var factor = Math.Exp(largest - exponent);
                    (sum, moved, largest) = (sum * factor, moved * factor, exponent);
                }
                var weight = Math.Exp(exponent - largest);
                sum += weight;
                moved += weight * gap;
            }
            return (moved / sum, sum, largest);
        }
    }
}
