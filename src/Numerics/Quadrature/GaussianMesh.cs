namespace Theory.Numerics.Quadrature;

/// <summary>
/// Composite Gauss–Kronrod integration of f(z)φ(z): uniform panels between breakpoints on [−6, 6], panels outwards until the tails are negligible,
/// then refinement of the panels whose error matters. A panel at a breakpoint that resists bisection is cut geometrically towards it, in s = −log|z − b|.
/// </summary>
internal sealed partial class GaussianMesh : IDisposable
{
    /// <summary>Beyond it φ leaves the range of normal doubles.</summary>
    private const double Edge = 37.5;
    private const double Core = 6;
    private const double CoreWidth = 1;
    private const double TailWidth = 1.5;
    private const double LogWidth = 4;
    private const double Epsilon = 2.220446049250313e-16;

    private readonly PanelStore store;
    private readonly PanelEvaluator evaluator;
    private readonly GaussianExpectationOptions options;
    private readonly int outputs;
    private readonly double[] breakpoints;
    private readonly double[] truncation;

    public GaussianMesh(SpanIntegrand integrand, int outputs, ReadOnlySpan<double> breakpoints, GaussianExpectationOptions options)
    {
        (this.options, this.outputs, this.breakpoints) = (options, outputs, Clean(breakpoints));
        truncation = new double[outputs];
        store = new PanelStore(outputs);
        evaluator = new PanelEvaluator(integrand, outputs);
    }

    public void Run()
    {
        AddCore();
        March(new Ray(Chart.Identity, 1, TailWidth, Edge, 2), Core, store.Count - 2, store.Count - 1);
        March(new Ray(Chart.Identity, -1, TailWidth, Edge, 2), Core, 1, 0);
        while (evaluator.Evaluations < options.MaxEvaluations && RefineOnce())
        {
        }
    }

    public Estimate Result(int output)
    {
        var scale = store.Sum(output, 2);
        var error = TotalError(output);
        return new(store.Sum(output, 0), error, evaluator.Evaluations, error <= Tolerance(scale));
    }

    public void Dispose()
    {
        store.Dispose();
        evaluator.Dispose();
    }

    private static double[] Clean(ReadOnlySpan<double> breakpoints)
    {
        foreach (var b in breakpoints)
        {
            if (double.IsNaN(b)) throw new ArgumentException("breakpoints must be numbers; got NaN.", nameof(breakpoints));
        }

        // 0 is always a panel boundary: it is where undeclared singularities sit, and no node can then hit it.
        double[] sorted = [0, .. breakpoints];
        Array.Sort(sorted);
        var kept = 0;
        foreach (var b in sorted)
        {
            if (Math.Abs(b) < Edge && (kept == 0 || b - sorted[kept - 1] > 8 * Epsilon * Math.Abs(b))) sorted[kept++] = b;
        }

        return sorted[..kept];
    }

    private double TotalError(int output) => store.Sum(output, 1) + truncation[output] + Rounding(output);

    /// <summary>A few units in the last place of every term, and what rounding of the nodes does to φ: δφ/φ = z δz, of order ε z².</summary>
    private double Rounding(int output)
    {
        double sum = 0;
        for (var p = 0; p < store.Count; p++)
        {
            var z = store[p].Chart.At(store[p].Centre).Z;
            sum += (4 + z * z / 4) * store.Absolute(p, output);
        }

        return Epsilon * sum;
    }

    private double Tolerance(double scale) => Math.Max(options.AbsoluteTolerance, options.Tolerance * scale);

    private bool IsBreakpoint(double z) => Array.BinarySearch(breakpoints, z) >= 0;

    /// <summary>Panels on [−6, 6], from left to right.</summary>
    private void AddCore()
    {
        var lower = -Core;
        foreach (var b in breakpoints)
        {
            if (b <= -Core || b >= Core) continue;
            AddUniform(lower, b);
            lower = b;
        }

        AddUniform(lower, Core);
        evaluator.Evaluate(store, 0);
        RequireFinite(0);
    }

    private void AddUniform(double lower, double upper)
    {
        var count = Math.Max(1, (int)Math.Ceiling((upper - lower) / CoreWidth));
        double At(int i) => i == count ? upper : lower + (upper - lower) * i / count;
        for (var i = 0; i < count; i++) store.Add(new Panel(At(i), At(i + 1), Chart.Identity));
    }

    private void RequireFinite(int first)
    {
        for (var i = first; i < store.Count; i++)
        {
            if (store[i].NotFiniteAt is { } z)
                throw new QuadratureException(QuadratureFailure.NotFinite, z, $"it returned {(store[i].IsNaN ? "NaN" : "an infinity")}");
        }
    }
}
