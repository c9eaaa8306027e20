namespace Theory.Numerics.Quadrature;

/// <summary>
/// Composite Gauss–Kronrod integration of f(z)φ(z): uniform panels between breakpoints on [−6, 6], panels outwards until the tails are negligible,
/// then refinement of the panels whose error matters. A panel at a breakpoint that resists one bisection is cut geometrically towards it, in s = −log|z − b|.
/// </summary>
internal sealed class GaussianMesh : IDisposable
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
        var left = AddCore();
        March(new Ray(Chart.Identity, 1, TailWidth, Edge, 2), Core, store.Count - 2, store.Count - 1);
        March(new Ray(Chart.Identity, -1, TailWidth, Edge, 2), Core, left + 1, left);
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

    /// <summary>Panels on [−6, 6]; returns the index of the leftmost.</summary>
    private int AddCore()
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
        return 0;
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

    /// <summary>
    /// Adds panels along a ray until what remains beyond is negligible for every output, and books that remainder as truncation error.
    /// The two latest panels (indices, −1 if none) tell how ∫|f|φ decays.
    /// </summary>
    private void March(Ray ray, double start, int older, int newer)
    {
        for (var (x, reach) = (start, start); ;)
        {
            var first = store.Count;
            for (var i = 0; i < ray.Batch && x < ray.Limit; i++) x = AddAlong(ray, x);
            evaluator.Evaluate(store, first);
            for (var i = first; i < store.Count; i++)
            {
                if (store[i].NotFiniteAt is not null)
                {
                    GiveUp(ray, i, older, newer);
                    return;
                }

                (older, newer) = (newer, i);
            }

            if (x >= ray.Limit) break;
            if (x < reach || !IsNegligible(ray, older, newer)) continue;
            reach = FarFeature(ray, x);
            if (x >= reach) break;
        }

        BookRemainder(ray, older, newer, null);
    }

    private double AddAlong(Ray ray, double x)
    {
        var next = Math.Min(ray.Limit, x + ray.Step);
        if (ray.Limit - next < 0.1 * ray.Step) next = ray.Limit;
        if (!ray.Chart.IsLogarithmic)
        {
            foreach (var b in breakpoints)
            {
                if (ray.Sign * b > x && ray.Sign * b < next) next = ray.Sign * b;
            }
        }

        store.Add(ray.Sign > 0 ? new Panel(x, next, ray.Chart) : new Panel(-next, -x, ray.Chart));
        return next;
    }

    /// <summary>The integrand overflowed, or is NaN, on the panel: harmless if it had decayed before.</summary>
    private void GiveUp(Ray ray, int panel, int older, int newer)
    {
        var (z, isNaN) = (store[panel].NotFiniteAt!.Value, store[panel].IsNaN);
        store.Truncate(panel);
        var failure = isNaN
            ? new QuadratureException(QuadratureFailure.NotFinite, z, "it returned NaN")
            : new QuadratureException(QuadratureFailure.NotIntegrable, ray.Location, "|f(z)|φ(z) grows until it overflows");
        BookRemainder(ray, older, newer, failure);
    }

    private bool IsNegligible(Ray ray, int older, int newer)
    {
        for (var o = 0; o < outputs; o++)
        {
            if (!(Remainder(ray, older, newer, o) <= 0.01 * Tolerance(store.Sum(o, 2)))) return false;
        }

        return true;
    }

    private void BookRemainder(Ray ray, int older, int newer, QuadratureException? cause)
    {
        for (var o = 0; o < outputs; o++)
        {
            var remainder = Remainder(ray, older, newer, o);
            if (double.IsPositiveInfinity(remainder))
            {
                var crude = newer < 0 ? remainder : 8 * Density(newer, o) * ray.End(store[newer]);
                if (!(crude <= 0.01 * Tolerance(store.Sum(o, 2))))
                {
                    throw cause ?? new QuadratureException(QuadratureFailure.NotIntegrable, ray.Location,
                        "|f(z)|φ(z) does not decay fast enough for E|f(Z)| to be finite in double precision");
                }

                remainder = crude;
            }

            truncation[o] += remainder;
        }
    }

    /// <summary>
    /// Bound of what lies beyond the newer panel, from the local rate κ = −d log g/dx of the density g of |f|φ: with q = κx the tail of
    /// an exponential is g x/q and that of a power law g ∝ x^{−q} is g x/(q − 1). Infinite if q is not safely above 1.
    /// </summary>
    private double Remainder(Ray ray, int older, int newer, int output)
    {
        if (newer < 0) return double.PositiveInfinity;
        var density = Density(newer, output);
        if (density == 0) return 0;
        if (older < 0) return double.PositiveInfinity;
        var distance = Math.Abs(store[newer].Centre - store[older].Centre);
        var rate = Math.Log(Density(older, output) / density) / distance;
        var end = ray.End(store[newer]);
        var power = rate * end;
        return power > 1.05 ? 2 * density * Math.Exp(-rate * store[newer].Width / 2) * end / (power - 1) : double.PositiveInfinity;
    }

    private double Density(int panel, int output) => store.Absolute(panel, output) / store[panel].Width;

    /// <summary>How far the ray must go for breakpoints beyond x where the integrand comes back to life; x if there is none.</summary>
    private double FarFeature(Ray ray, double x)
    {
        if (ray.Chart.IsLogarithmic) return x;
        Span<double> point = stackalloc double[1];
        Span<double> values = outputs <= 128 ? stackalloc double[outputs] : new double[outputs];
        for (var i = 0; i < breakpoints.Length; i++)
        {
            var index = ray.Sign > 0 ? breakpoints.Length - 1 - i : i;
            var near = ray.Sign * breakpoints[index];
            if (near < x) break;
            var far = i == 0 ? Math.Min(near + 0.5, Edge) : ray.Sign * breakpoints[index + ray.Sign];
            point[0] = ray.Sign * (near + far) / 2;
            evaluator.Probe(point, values);
            for (var o = 0; o < outputs; o++)
            {
                var mass = Math.Abs(values[o]) * PanelEvaluator.Density(point[0]) * (far - near);
                if (!(mass <= 0.001 * Tolerance(store.Sum(o, 2)))) return far;
            }
        }

        return x;
    }

    /// <summary>Refines every panel whose error is more than its share of the tolerance; false when there is nothing left to do.</summary>
    private bool RefineOnce()
    {
        var (count, worked) = (store.Count, false);
        for (var o = 0; o < outputs; o++) worked |= Mark(o);
        if (!worked) return false;
        for (var p = 0; p < count; p++)
        {
            if (store[p].Marked) TryMarchToBreakpoint(p);
        }

        var first = store.Count;
        for (var p = 0; p < count; p++)
        {
            if (store[p].Marked) Split(p, 0.5);
        }

        evaluator.Evaluate(store, first);
        RequireFinite(first);
        JudgeHalves(count, first);
        return true;
    }

    /// <summary>Marks the panels with the largest errors of one output: all within three digits of the worst, so that noise is refined last.</summary>
    private bool Mark(int output)
    {
        var (scale, worked) = (store.Sum(output, 2), false);
        var (worst, hopeless) = WorstError(output);
        var tolerance = Tolerance(scale);
        if (TotalError(output) <= tolerance || hopeless + truncation[output] > tolerance) return false;
        var threshold = Math.Max(0.001 * worst, tolerance / (2 * store.Count));
        for (var p = 0; p < store.Count; p++)
        {
            if (store[p].Frozen || store.Error(p, output) <= Math.Max(Noise(p, output), threshold)) continue;
            Freeze(ref store[p], store.Absolute(p, output) > 0.001 * scale);
            store[p].Marked |= !store[p].Frozen;
            worked = true;
        }

        return worked;
    }

    /// <summary>The largest error that can be reduced, and the sum of those that cannot.</summary>
    private (double Worst, double Hopeless) WorstError(int output)
    {
        var (worst, hopeless) = (0.0, 0.0);
        for (var p = 0; p < store.Count; p++)
        {
            var error = store.Error(p, output);
            if (store[p].Frozen || error <= Noise(p, output)) hopeless += error;
            else worst = Math.Max(worst, error);
        }

        return (worst, hopeless);
    }

    private double Noise(int p, int output) => (32 * Epsilon + store[p].Chart.Noise(store[p].Upper)) * store.Absolute(p, output);

    /// <summary>Ends bisection at the resolution of double; a place that narrow with a share in the whole is not integrable.</summary>
    private static void Freeze(ref Panel panel, bool matters)
    {
        var narrowness = panel.Width / Math.Max(Math.Abs(panel.Lower), Math.Abs(panel.Upper));
        panel.Frozen = narrowness <= 64 * Epsilon;
        if (narrowness < 1e-10 && matters)
        {
            throw new QuadratureException(QuadratureFailure.NotIntegrable, panel.Chart.At(panel.Centre).Z,
                "|f(z)|φ(z) is concentrated on a vanishing interval; if it is integrable, declare the place as a breakpoint");
        }
    }

    /// <summary>Replaces a panel that touches one breakpoint and gained little from two bisections by panels in the logarithmic coordinate.</summary>
    private void TryMarchToBreakpoint(int p)
    {
        var panel = store[p];
        var (atLower, atUpper) = (IsBreakpoint(panel.Lower), IsBreakpoint(panel.Upper));
        if (panel.Chart.IsLogarithmic || panel.Resistance < 2 || atLower == atUpper) return;
        var chart = atLower ? new Chart(panel.Lower, panel.Width) : new Chart(panel.Upper, -panel.Width);
        if (chart.Limit < 2 * LogWidth) return;
        store.Retire(p);
        March(new Ray(chart, 1, LogWidth, chart.Limit, 4), 0, -1, -1);
    }

    private void Split(int p, double fraction)
    {
        var panel = store[p];
        var middle = panel.Lower + fraction * panel.Width;
        store.Add(new Panel(panel.Lower, middle, panel.Chart));
        store.Add(new Panel(middle, panel.Upper, panel.Chart));
    }

    /// <summary>Replaces the marked panels among the first by their halves, which follow pairwise from the given child on.</summary>
    private void JudgeHalves(int count, int child)
    {
        for (var p = 0; p < count; p++)
        {
            if (!store[p].Marked) continue;
            var left = child;
            child += 2;
            if (IsTooGood(p, left))
            {
                store.Retire(left);
                store.Retire(left + 1);
                left = store.Count;
                Split(p, 0.375);
                evaluator.Evaluate(store, left);
                RequireFinite(left);
            }

            CompareWithParent(p, left);
            CompareWithParent(p, left + 1);
            store.Retire(p);
        }
    }

    /// <summary>
    /// An analytic integrand gains a factor of about 2²⁰ from bisection. Much more means that a jump or kink has fallen
    /// between the last node of one half and the first of the other, where neither sees it.
    /// </summary>
    private bool IsTooGood(int parent, int left)
    {
        for (var o = 0; o < outputs; o++)
        {
            if (Math.Max(store.Error(left, o), store.Error(left + 1, o)) < 1e-10 * store.Error(parent, o)) return true;
        }

        return false;
    }

    /// <summary>
    /// A child that gained little is next to a singularity, where convergence is algebraic. The embedded rules may then agree by chance, so that
    /// its own children are not credited with a gain of more than a factor of 20.
    /// </summary>
    private void CompareWithParent(int parent, int child)
    {
        var resists = false;
        for (var o = 0; o < outputs; o++)
        {
            var (error, before) = (store.Error(child, o), store.Error(parent, o));
            resists |= error > Math.Max(0.01 * before, 128 * Epsilon * store.Absolute(child, o));
            if (store[parent].Resistance > 0) store.Error(child, o) = Math.Max(error, 0.05 * before);
        }

        store[child].Resistance = resists ? store[parent].Resistance + 1 : 0;
    }

    /// <summary>A direction in which panels are added one after the other: outwards into a tail, or towards a breakpoint in its logarithmic coordinate.</summary>
    private readonly record struct Ray(Chart Chart, int Sign, double Step, double Limit, int Batch)
    {
        public double Location => Chart.IsLogarithmic ? Chart.Origin : Sign * double.PositiveInfinity;

        public double End(in Panel panel) => Sign > 0 ? panel.Upper : -panel.Lower;
    }
}
