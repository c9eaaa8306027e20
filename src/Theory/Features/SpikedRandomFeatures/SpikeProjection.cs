using Theory.Hermite;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>What features and labels are given the projection κ = v·x on the spike, at the nodes of one quadrature over κ ~ N(0, 1).</summary>
internal sealed class SpikeProjection
{
    private const int Order = 10;
    private const double Range = 10;
    private static readonly object SlotKey = new();

    private SpikeProjection(Request request, List<double> ends)
    {
        (Kappa, Weight) = Nodes(ends);
        var n = Kappa.Length;
        (Mu0, Mu1, Mu2Squared, Mu1Squared) = (new double[n], new double[n], new double[n], new double[n]);
        (Target, Slope, Square) = (new double[n], new double[n], new double[n]);
        FillActivation(request);
        FillTarget(request);
        RequireDecay(request);
    }

    public double[] Kappa { get; }

    public double[] Weight { get; }

    /// <summary>μ₀(κ), μ₁(κ), μ₂(κ)², μ₁(κ)²: mean, linear part and noise of a feature.</summary>
    public double[] Mu0 { get; }

    public double[] Mu1 { get; }

    public double[] Mu2Squared { get; }

    public double[] Mu1Squared { get; }

    /// <summary>h̄, h̄₁ and E[g² | κ] (without label noise) of the target.</summary>
    public double[] Target { get; }

    public double[] Slope { get; }

    public double[] Square { get; }

    /// <summary>The relative error of the integrals over κ, as halved panels tell.</summary>
    public double QuadratureError { get; private set; }

    /// <summary>The projection, kept for the last request of every activation.</summary>
    public static SpikeProjection Of(ScalarFunction activation, ScalarFunction target, double spike, double bulk, double alignment)
    {
        var request = new Request(activation, target, spike, bulk, alignment);
        var slot = activation.Memo(SlotKey, static _ => new Slot());
        if (slot.Latest is { } latest && latest.Request == request) return latest.Projection;
        var projection = Create(request);
        slot.Latest = new(request, projection);
        return projection;
    }

    // Panels are halved until the integrals agree. Once they resolve the integrands, halving divides the error of a rule of order 10 by 2²⁰: 2¹⁰ is trusted,
    // and no more than the gain of the last two halvings where there were two.
    private static SpikeProjection Create(Request request)
    {
        const double Trusted = 1.0 / 1024;
        var ends = Panels(request);
        var (coarse, before) = (new SpikeProjection(request, ends), double.NaN);
        for (var round = 0; ; round++)
        {
            ends = Halved(ends);
            var fine = new SpikeProjection(request, ends);
            var distance = Distance(coarse.Integrals(), fine.Integrals());
            var gain = round == 0 ? (distance <= 1e-8 ? Trusted : 1) : Math.Clamp(distance / before, Trusted, 1);
            fine.QuadratureError = distance * gain;
            if (fine.QuadratureError <= 1e-11 || round == 5) return fine;
            (coarse, before) = (fine, distance);
        }
    }

    private void FillActivation(Request request)
    {
        var (n, scale) = (Kappa.Length, Math.Sqrt(request.Bulk));
        var shifts = new double[n];
        for (var i = 0; i < n; i++) shifts[i] = request.Spike * Kappa[i];
        Fill(request.Activation, "Activation", shifts, scale, Mu0, Mu1, Mu2Squared);
        var isAffine = request.Activation.Expression is { } expression && expression.TryGetPolynomial(out var polynomial) && polynomial.Degree <= 1;
        for (var i = 0; i < n; i++)
        {
            Mu2Squared[i] = isAffine ? 0 : Math.Max(0, Mu2Squared[i] - Mu0[i] * Mu0[i] - Mu1[i] * Mu1[i]);
            Mu1[i] /= scale;
            Mu1Squared[i] = Mu1[i] * Mu1[i];
        }
    }

    private void FillTarget(Request request)
    {
        var shifts = new double[Kappa.Length];
        for (var i = 0; i < shifts.Length; i++) shifts[i] = request.Alignment * Kappa[i];
        Fill(request.Target, "Target", shifts, request.Rest, Target, Slope, Square);
    }

    private static void Fill(ScalarFunction f, string name, double[] shifts, double scale, double[] mean, double[] linear, double[] square)
    {
        try
        {
            SmoothedActivation.Of(f).Evaluate(shifts, scale, mean, linear, [], square);
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException)
        {
            throw FeatureFunctions.Unfit(name, f, e.Message);
        }
    }

    // E σ² may be infinite though it is finite for every κ.
    private void RequireDecay(Request request)
    {
        var (features, labels, edgeFeatures, edgeLabels) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < Kappa.Length; i++)
        {
            var (feature, label) = (Weight[i] * (Mu0[i] * Mu0[i] + Mu1Squared[i] + Mu2Squared[i]), Weight[i] * Square[i]);
            features += feature;
            labels += label;
            if (Math.Abs(Kappa[i]) < Range - 0.5) continue;
            edgeFeatures += feature;
            edgeLabels += label;
        }
        if (!(edgeFeatures <= 1e-10 * features)) throw FeatureFunctions.Unfit("Activation", request.Activation, "must be square integrable under a Gaussian of the variance r² + c of the pre-activations");
        if (!(edgeLabels <= 1e-10 * labels)) throw FeatureFunctions.Unfit("Target", request.Target, "must be square integrable under the standard Gaussian");
    }

    private double[] Integrals()
    {
        var sums = new double[9];
        for (var i = 0; i < Kappa.Length; i++)
        {
            var (w, k) = (Weight[i], Kappa[i]);
            var r = w / (1 + Mu1Squared[i] + Mu2Squared[i]);
            ReadOnlySpan<double> terms =
            [
                w * Mu0[i] * Mu0[i], w * Mu1Squared[i], w * Mu2Squared[i], w * Square[i], w * Target[i] * Target[i],
                r * Mu1Squared[i] + r * Mu2Squared[i], r * k * k * Mu1Squared[i], r * Square[i], r * Slope[i] * Slope[i],
            ];
            for (var t = 0; t < terms.Length; t++) sums[t] += terms[t];
        }
        return sums;
    }

    private static double Distance(double[] coarse, double[] fine)
    {
        var (features, labels) = (fine[0] + fine[1] + fine[2], fine[3]);
        ReadOnlySpan<double> scales = [features, features, features, labels, labels, fine[5], fine[6], fine[7], fine[7]];
        var worst = 0.0;
        for (var i = 0; i < fine.Length; i++)
            if (fine[i] != coarse[i]) worst = Math.Max(worst, Math.Abs(fine[i] - coarse[i]) / Math.Max(scales[i], double.Epsilon));
        return worst;
    }

    // 20 panels (40 after the first halving), graded towards the places where a jump or kink is smoothed over less than their width.
    private static List<double> Panels(Request request)
    {
        const double Width = 1;
        var ends = new SortedSet<double>();
        for (var i = 0; i <= 20; i++) ends.Add(-Range + Width * i);
        Grade(request.Target, request.Alignment, request.Rest);
        Grade(request.Activation, request.Spike, Math.Sqrt(request.Bulk));
        return [.. ends];

        void Grade(ScalarFunction f, double slope, double smoothing)
        {
            if (slope == 0) return;
            var finest = Math.Max(smoothing / Math.Abs(slope), 1e-8);
            if (finest >= 2 * Width) return;
            foreach (var split in f.SplitPoints)
            {
                var centre = split / slope;
                if (Math.Abs(centre) >= Range) continue;
                ends.Add(centre);
                for (var step = finest; step < Width; step *= 2)
                {
                    if (centre - step > -Range) ends.Add(centre - step);
                    if (centre + step < Range) ends.Add(centre + step);
                }
            }
        }
    }

    private static List<double> Halved(List<double> ends)
    {
        var result = new List<double>(2 * ends.Count) { ends[0] };
        for (var i = 1; i < ends.Count; i++)
        {
            result.Add((ends[i - 1] + ends[i]) / 2);
            result.Add(ends[i]);
        }
        return result;
    }

    private static (double[] Nodes, double[] Weights) Nodes(List<double> ends)
    {
        var rule = GaussLegendre.Rule(Order);
        var count = (ends.Count - 1) * Order;
        var (nodes, weights) = (new double[count], new double[count]);
        var total = 0.0;
        for (var (panel, k) = (1, 0); panel < ends.Count; panel++)
        {
            var half = (ends[panel] - ends[panel - 1]) / 2;
            for (var i = 0; i < Order; i++, k++)
            {
                nodes[k] = ends[panel - 1] + half * (1 + rule.Nodes[i]);
                weights[k] = half * rule.Weights[i] * Math.Exp(-nodes[k] * nodes[k] / 2);
                total += weights[k];
            }
        }
        for (var k = 0; k < count; k++) weights[k] /= total;
        return (nodes, weights);
    }

    private sealed record Request(ScalarFunction Activation, ScalarFunction Target, double Spike, double Bulk, double Alignment)
    {
        /// <summary>ρ = √(1 − γ²).</summary>
        public double Rest => Math.Sqrt((1 - Alignment) * (1 + Alignment));
    }

    private sealed class Slot
    {
        private volatile Entry? latest;

        public Entry? Latest { get => latest; set => latest = value; }
    }

    private sealed record Entry(Request Request, SpikeProjection Projection);
}
