namespace Theory.Numerics.Quadrature;

/// <summary>Bisection where the error is, and suspicion of gains that are too small or too large.</summary>
internal sealed partial class GaussianMesh
{
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
}
