using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>
/// F = E[U s], G = E[U l], H = E U² of one ReLU neuron that repeats its samples, for targets of up to three orthogonal directions. U = a b (y − a l) with b = 1 − ρ₀a², on the l &gt; 0
/// with l̃ = b l + ρ₀ a y &gt; 0; given s, l is Gaussian, so that its averages are moments of a truncated Gaussian. Nodes over s and the noise do not depend on the overlaps. The risk is computed on refinement only.
/// </summary>
internal sealed class DisplacedReluMoments : IMomentRule
{
    private const double Range = 7.5, LeastWeight = 1e-15, Density = 0.3989422804014327;
    private const int ScanPoints = 120;
    private static readonly int[][] PanelNodes = [[], [8, 12, 16, 24], [7, 10, 14, 20], [6, 8, 11, 14]];

    private readonly Expression target;
    private readonly int k;
    private readonly double a, displacement, noise;
    private readonly MomentValues coarse;
    private double[] nodes = [], labels = [], clean = [], weights = [];
    private int count;

    private DisplacedReluMoments(SgdTask task, double displacement)
    {
        (target, k, a, this.displacement, noise) = (task.Target ?? Expression.Parse("relu(z1)"), task.Teachers, task.Readout[0], displacement, Math.Sqrt(task.Noise));
        coarse = new(1, k);
    }

    public string Name => "truncated Gaussians over panels";

    public bool IsExact => false;

    public static DisplacedReluMoments? TryCreate(SgdTask task, double displacement) =>
        task.Teachers <= 3 && task.Activation.Expression?.Simplify().Equals(Expression.Parse("relu(z)").Simplify()) == true && (task.Target is not null || task.Teachers == 1)
            ? new(task, displacement)
            : null;

    public double Refine(ReadOnlySpan<double> omega, double tolerance, MomentValues values)
    {
        var error = double.PositiveInfinity;
        for (var level = 0; level < PanelNodes[k].Length; level++)
        {
            Place(omega, PanelNodes[k][level]);
            Evaluate(omega, values);
            if (level > 0) error = Difference(values);
            if (error <= tolerance) break;
            values.CopyTo(coarse);
        }

        values.Risk = Risk(omega);
        return error;
    }

    public double Risk(ReadOnlySpan<double> omega)
    {
        var (spread, n) = (Spread(omega), k + 1);
        var (cross, square) = (0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            var mean = 0.0;
            for (var r = 0; r < k; r++) mean += omega[1 + r] / omega[(1 + r) * n + 1 + r] * nodes[i * k + r];
            var (_, first, _) = Truncated(mean, spread, 0, double.PositiveInfinity);
            cross += weights[i] * clean[i] * first;
            square += weights[i] * clean[i] * clean[i];
        }

        return 0.5 * (square - 2 * a * cross + a * a * omega[0] / 2);
    }

    public void Evaluate(ReadOnlySpan<double> omega, MomentValues values)
    {
        values.Clear();
        var (spread, n, b) = (Spread(omega), k + 1, 1 - displacement * a * a);
        if (b == 0) return;
        Span<double> pull = stackalloc double[k];
        for (var r = 0; r < k; r++) pull[r] = omega[1 + r] / omega[(1 + r) * n + 1 + r];
        for (var i = 0; i < count; i++)
        {
            var (y, mean) = (labels[i], 0.0);
            for (var r = 0; r < k; r++) mean += pull[r] * nodes[i * k + r];
            var turn = -displacement * a * y / b;
            var (low, high) = b > 0 ? (Math.Max(turn, 0), double.PositiveInfinity) : (0.0, turn);
            if (!(high > low)) continue;
            var (zeroth, first, second) = Truncated(mean, spread, low, high);
            var u = weights[i] * a * b * (y * zeroth - a * first);
            for (var r = 0; r < k; r++) values.F[r] += u * nodes[i * k + r];
            values.G[0] += weights[i] * a * b * (y * first - a * second);
            values.H[0] += weights[i] * a * a * b * b * (y * y * zeroth - 2 * a * y * first + a * a * second);
        }
    }

    /// <summary>E[1], E[l], E[l²] over l in (low, high) for l ~ N(mean, spread²).</summary>
    private static (double Zeroth, double First, double Second) Truncated(double mean, double spread, double low, double high)
    {
        if (spread < 1e-12) return mean > low && mean < high ? (1, mean, mean * mean) : (0, 0, 0);
        var (alpha, beta) = ((low - mean) / spread, (high - mean) / spread);
        var (atLow, atHigh) = (Density * Math.Exp(-0.5 * alpha * alpha), double.IsFinite(beta) ? Density * Math.Exp(-0.5 * beta * beta) : 0);
        var mass = 0.5 * MathNet.Numerics.SpecialFunctions.Erfc(alpha / Math.Sqrt(2)) - (double.IsFinite(beta) ? 0.5 * MathNet.Numerics.SpecialFunctions.Erfc(beta / Math.Sqrt(2)) : 0);
        var one = atLow - atHigh;
        var two = mass + alpha * atLow - (atHigh == 0 ? 0 : beta * atHigh);
        return (mass, mean * mass + spread * one, mean * mean * mass + 2 * mean * spread * one + spread * spread * two);
    }

    private double Spread(ReadOnlySpan<double> omega)
    {
        var variance = omega[0];
        for (var r = 0; r < k; r++) variance -= omega[1 + r] * omega[1 + r] / omega[(1 + r) * (k + 1) + 1 + r];
        return Math.Sqrt(Math.Max(variance, 0));
    }

    /// <summary>Nodes over s: panels along the last axes, and along the first one panels that also end where the label changes sign; then the noise.</summary>
    private void Place(ReadOnlySpan<double> omega, int panelNodes)
    {
        var n = k + 1;
        var scales = new double[k];
        for (var r = 0; r < k; r++)
        {
            scales[r] = Math.Sqrt(omega[(1 + r) * n + 1 + r]);
            for (var t = 0; t < r; t++)
            {
                if (omega[(1 + r) * n + 1 + t] != 0) throw new Contract.InvalidInputException("p", "p must be diagonal when samples are repeated");
            }
        }

        var breaks = Breaks(scales);
        List<double> points = [], values = [], noiseless = [], masses = [];
        var s = new double[k];
        Along(k - 1, 1);
        (nodes, labels, clean, weights, count) = ([.. points], [.. values], [.. noiseless], [.. masses], masses.Count);

        void Along(int axis, double weight)
        {
            var panels = new FocusedPanels(panelNodes, k == 1 ? 1.5 : 3.75);
            panels.Reset(-Range, Range);
            foreach (var place in breaks[axis]) panels.AddBreak(place);
            if (axis == 0) foreach (var place in SignChanges(s, scales[0])) panels.AddBreak(place);
            panels.Build();
            var (x, w) = (panels.Nodes.ToArray(), panels.Weights.ToArray());
            for (var i = 0; i < x.Length; i++)
            {
                var mass = weight * w[i] * Density * Math.Exp(-0.5 * x[i] * x[i]);
                if (mass < LeastWeight) continue;
                s[axis] = scales[axis] * x[i];
                if (axis > 0) Along(axis - 1, mass);
                else AddNoise(mass, panelNodes);
            }
        }

        void AddNoise(double mass, int panelNodes)
        {
            var label = target.Evaluate(s);
            if (noise == 0)
            {
                Add(label, label, mass);
                return;
            }

            var panels = new FocusedPanels(panelNodes, 3.75);
            panels.Reset(-Range, Range);
            panels.AddBreak(-label / noise);
            panels.Build();
            for (var x = 0; x < panels.Nodes.Length; x++) Add(label + noise * panels.Nodes[x], label, mass * panels.Weights[x] * Density * Math.Exp(-0.5 * panels.Nodes[x] * panels.Nodes[x]));
        }

        void Add(double label, double withoutNoise, double mass)
        {
            if (mass < LeastWeight) return;
            points.AddRange(s);
            values.Add(label);
            noiseless.Add(withoutNoise);
            masses.Add(mass);
        }
    }

    private List<double>[] Breaks(double[] scales)
    {
        var result = Enumerable.Range(0, k).Select(_ => new List<double>()).ToArray();
        foreach (var form in KinkForms.Of(target, k))
        {
            var axes = Enumerable.Range(0, k).Where(r => form.Coefficients[r] != 0).ToArray();
            if (axes.Length == 1) result[axes[0]].Add(form.Offset / form.Coefficients[axes[0]] / scales[axes[0]]);
        }

        // Products change sign at 0.
        if (k > 1) foreach (var list in result) list.Add(0);
        return result;
    }

    private IEnumerable<double> SignChanges(double[] s, double scale)
    {
        var at = (double[])s.Clone();
        double Label(double x)
        {
            at[0] = scale * x;
            return target.Evaluate(at);
        }

        var before = Label(-Range);
        for (var i = 1; i <= ScanPoints; i++)
        {
            var (from, to) = (-Range + 2 * Range * (i - 1) / ScanPoints, -Range + 2 * Range * i / ScanPoints);
            var after = Label(to);
            if (before * after < 0) yield return Bisect(Label, from, to, before);
            before = after;
        }
    }

    private static double Bisect(Func<double, double> function, double from, double to, double atFrom)
    {
        for (var i = 0; i < 48; i++)
        {
            var middle = 0.5 * (from + to);
            if (function(middle) * atFrom > 0) from = middle;
            else to = middle;
        }

        return 0.5 * (from + to);
    }

    private double Difference(MomentValues values)
    {
        var (difference, size) = (0.0, Math.Sqrt(values.H[0]));
        for (var r = 0; r < k; r++) difference = Math.Max(difference, Math.Abs(values.F[r] - coarse.F[r]));
        difference = Math.Max(Math.Max(difference, Math.Abs(values.G[0] - coarse.G[0])), Math.Abs(values.H[0] - coarse.H[0]) / Math.Max(size, 1e-300));
        return difference == 0 ? 0 : difference / size;
    }
}
