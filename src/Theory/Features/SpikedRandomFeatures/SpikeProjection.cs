using System.Numerics;
using Theory.Hermite;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>What features and labels are given the projection κ = v·x on the spike, at the nodes of one quadrature over κ ~ N(0, 1).</summary>
internal sealed class SpikeProjection
{
    private const double Range = GaussianPanels.Range;
    private const int Widest = 12;
    private const int Levels = 7;
    private static readonly object RecentKey = new();

    private readonly Request request;
    private readonly List<double> ends;
    private readonly int level;
    private volatile SpikeProjection? finer;

    private SpikeProjection(Request request, List<double> ends, int level)
    {
        (this.request, this.ends, this.level) = (request, ends, level);
        var (nodes, weights) = GaussianPanels.Rule(ends);
        (Kappa, Weight) = (GaussianPanels.Padded(nodes), GaussianPanels.Padded(weights));
        var n = Kappa.Length;
        (Mu0, Mu1, Mu2Squared, Mu1Squared) = (new double[n], new double[n], new double[n], new double[n]);
        (Target, Slope, Square) = (new double[n], new double[n], new double[n]);
        FillActivation();
        FillTarget();
        RequireDecay();
    }

    /// <summary>The nodes: filled up with zeros of weight 0 to a multiple of the length of a <see cref="Vector{T}"/>.</summary>
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

    /// <summary>The same on panels of half the width, or <see langword="null"/> where they are narrow enough for anything.</summary>
    public SpikeProjection? Finer => level == Levels ? null : finer ??= new(request, Halved(ends), level + 1);

    /// <summary>The projection on the widest panels, kept for the last requests of every activation.</summary>
    public static SpikeProjection Of(ScalarFunction activation, ScalarFunction target, double spike, double bulk, double alignment) =>
        activation.Memo(RecentKey, static _ => new Recent<Request, SpikeProjection>())
            .Get(new(activation, target, spike, bulk, alignment), static request => new(request, Panels(request), 0));

    private void FillActivation()
    {
        var (n, scale) = (Kappa.Length, Math.Sqrt(request.Bulk));
        var shifts = new double[n];
        for (var i = 0; i < n; i++) shifts[i] = request.Spike * Kappa[i];
        Fill(request.Activation, "Activation", shifts, scale, Mu0, Mu1, [], Mu2Squared);
        var isAffine = request.Activation.Expression is { } expression && expression.TryGetPolynomial(out var polynomial) && polynomial.Degree <= 1;
        for (var i = 0; i < n; i++)
        {
            if (isAffine) Mu2Squared[i] = 0;
            Mu1[i] /= scale;
            Mu1Squared[i] = Mu1[i] * Mu1[i];
        }
    }

    private void FillTarget()
    {
        var shifts = new double[Kappa.Length];
        for (var i = 0; i < shifts.Length; i++) shifts[i] = request.Alignment * Kappa[i];
        Fill(request.Target, "Target", shifts, request.Rest, Target, Slope, Square, []);
    }

    private static void Fill(ScalarFunction f, string name, double[] shifts, double scale, double[] mean, double[] linear, double[] square, double[] nonlinear)
    {
        try
        {
            SmoothedActivation.Of(f).Evaluate(shifts, scale, mean, linear, [], square, nonlinear);
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException)
        {
            throw FeatureFunctions.Unfit(name, f, e.Message);
        }
    }

    // E σ² may be infinite though it is finite for every κ.
    private void RequireDecay()
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

    // Equal panels, and more towards the places where a jump or kink is smoothed over less than their width.
    private static List<double> Panels(Request request)
    {
        const double Width = 2 * Range / Widest;
        var ends = new SortedSet<double>();
        for (var i = 0; i <= Widest; i++) ends.Add(i * Width - Range);
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

    private sealed record Request(ScalarFunction Activation, ScalarFunction Target, double Spike, double Bulk, double Alignment)
    {
        /// <summary>ρ = √(1 − γ²).</summary>
        public double Rest => Math.Sqrt((1 - Alignment) * (1 + Alignment));
    }
}
