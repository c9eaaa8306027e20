namespace Theory.Exponents;

/// <summary>
/// E[g_j(Y) g_k(Y)] with g_j(y) = E[moment_j | Y = y], for a label without noise. Between two neighbouring critical labels the integral
/// is taken over one branch u₁ of h(u) = y, where only ratios of densities occur:
/// ∫ du₁ (Σ_b w_j(u_b) ρ_b)(Σ_b w_k(u_b) ρ_b) / Σ_b p(u_b) ρ_b with ρ_b = |h'(u₁)/h'(u_b)|. The density of y itself, which is infinite at critical
/// labels, is never formed. Constant pieces are atoms of the label. With a mixing q the products are divided by 1 − q + q (1 + g_1(Y)), see <see cref="SpectralMethod"/>.
/// </summary>
internal sealed class BranchQuadrature
{
    private readonly List<MonotonePiece> pieces = [];
    private readonly List<MonotonePiece> flats = [];
    private readonly int moments;
    private readonly double resolution;
    private readonly AdaptivePanels panels;
    private MonotonePiece[] active = [];
    private double[] guesses = [];
    private int chosen;
    private readonly double[] density;
    private readonly double[] sum;
    private readonly double mixing;

    private BranchQuadrature(IEnumerable<LabelSheet> sheets, int moments, double tolerance, double resolution, double mixing)
    {
        (this.resolution, this.mixing) = (resolution, mixing);
        foreach (var sheet in sheets)
        {
            var (monotone, flat) = MonotonePieces.Of(sheet);
            pieces.AddRange(monotone);
            flats.AddRange(flat);
        }
        this.moments = moments;
        (density, sum) = (new double[moments + 1], new double[moments + 1]);
        panels = new(moments * (moments + 1) / 2, Integrand, tolerance);
    }

    /// <summary>The matrix E[g_j g_k], j, k = 1, …, by rows of its lower triangle, and an estimate of its error.</summary>
    /// <param name="sheets">The label.</param>
    /// <param name="moments">The number of moments.</param>
    /// <param name="tolerance">Absolute tolerance of a panel.</param>
    /// <param name="resolution">
    /// When given, labels whose rounding moves some branch by much more than this count for nothing: a moment that vanishes then stays 0 even
    /// where the label is nearly constant, at the price of a lower bound E[g_j² W(Y)], 0 ≤ W ≤ 1, in place of E[g_j²].
    /// </param>
    /// <param name="mixing">q of the spectral method; 0 for the plain products.</param>
    internal static (double[] Lower, double Error) Integrate(
        IEnumerable<LabelSheet> sheets, int moments, double tolerance = 1e-13, double resolution = double.PositiveInfinity, double mixing = 0)
    {
        var quadrature = new BranchQuadrature(sheets, moments, tolerance, resolution, mixing);
        quadrature.AddContinuous();
        quadrature.AddAtoms();
        return (quadrature.panels.Total, quadrature.panels.Error);
    }

    private void AddContinuous()
    {
        var labels = Distinct(pieces.SelectMany(piece => (double[])[piece.AtFrom, piece.AtTo]).Order());
        for (var i = 0; i + 1 < labels.Count; i++)
        {
            var (low, high) = (labels[i], labels[i + 1]);
            var inside = Between(low, high, 0.5);
            active = [.. pieces.Where(piece => piece.Covers(inside))];
            if (active.Length == 0)
                continue;
            guesses = new double[active.Length];
            AddHalf(low, inside, Between(low, high, 1e-6));
            AddHalf(high, inside, Between(low, high, 1 - 1e-6));
        }
    }

    /// <summary>Integrates from a critical label to an inner one over the branch whose slope is least near the critical one.</summary>
    private void AddHalf(double critical, double inside, double near)
    {
        chosen = 0;
        var least = double.PositiveInfinity;
        for (var b = 0; b < active.Length; b++)
        {
            guesses[b] = active[b].Invert(near, double.NaN);
            var slope = Math.Abs(active[b].Sheet.Slope(guesses[b]));
            if (slope < least)
                (chosen, least) = (b, slope);
        }
        var piece = active[chosen];
        var end = Same(piece.AtFrom, critical) ? piece.From : Same(piece.AtTo, critical) ? piece.To : piece.Invert(critical, guesses[chosen]);
        panels.Add(end, piece.Invert(inside, guesses[chosen]), 1);
    }

    private void Integrand(double u, double[] output)
    {
        var piece = active[chosen];
        var (label, slope) = (piece.Sheet.Value(u), Math.Abs(piece.Sheet.Slope(u)));
        Array.Clear(sum);
        var share = Resolved(label, slope);
        for (var b = 0; b < active.Length; b++)
        {
            var (at, ratio) = (u, 1.0);
            if (b != chosen)
            {
                at = guesses[b] = active[b].Invert(label, guesses[b]);
                var other = Math.Abs(active[b].Sheet.Slope(at));
                ratio = slope / other;
                if (!double.IsFinite(ratio))
                    ratio = 0;
                share *= Resolved(label, other);
            }
            active[b].Sheet.Densities(at, density);
            for (var j = 0; j < sum.Length; j++)
                sum[j] += ratio * density[j];
        }
        WriteProducts(sum, output);
        for (var i = 0; i < output.Length && share < 1; i++)
            output[i] *= share;
    }

    /// <summary>1 where the rounding of the label moves its point by less than the resolution, 0 where it moves it by much more.</summary>
    private double Resolved(double label, double slope) =>
        double.IsInfinity(resolution) ? 1 : 1 / (1 + Math.Pow(2e-16 * Math.Abs(label) / (slope * resolution), 2));

    private void AddAtoms()
    {
        foreach (var group in GroupByLabel())
        {
            var mass = new double[moments + 1];
            foreach (var piece in group)
            {
                var integral = new AdaptivePanels(moments + 1, piece.Sheet.Densities, 1e-15);
                integral.Add(piece.From, piece.To, 1);
                for (var j = 0; j < mass.Length; j++)
                    mass[j] += integral.Total[j];
            }
            var products = new double[panels.Total.Length];
            WriteProducts(mass, products);
            for (var i = 0; i < products.Length; i++)
                panels.Total[i] += products[i];
        }
    }

    private IEnumerable<List<MonotonePiece>> GroupByLabel()
    {
        List<MonotonePiece> group = [];
        foreach (var piece in flats.OrderBy(piece => piece.AtFrom))
        {
            if (group.Count > 0 && !Same(group[^1].AtFrom, piece.AtFrom))
            {
                yield return group;
                group = [];
            }
            group.Add(piece);
        }
        if (group.Count > 0)
            yield return group;
    }

    private void WriteProducts(double[] weights, double[] output)
    {
        var inverse = weights[0] > 1e-300 ? 1 / (weights[0] + (mixing * weights[1])) : 0;
        for (int j = 1, index = 0; j <= moments; j++)
        {
            for (var k = 1; k <= j; k++)
                output[index++] = weights[j] * weights[k] * inverse;
        }
    }

    private static double Between(double low, double high, double fraction) => (double.IsInfinity(low), double.IsInfinity(high)) switch
    {
        (false, false) => low + (fraction * (high - low)),
        (true, false) => high - (Math.Max(1, Math.Abs(high)) * (1 / fraction)),
        (false, true) => low + (Math.Max(1, Math.Abs(low)) * (1 / (1 - fraction))),
        _ => Math.Tan(Math.PI * (fraction - 0.5)),
    };

    private static List<double> Distinct(IEnumerable<double> sorted)
    {
        List<double> distinct = [];
        foreach (var label in sorted)
        {
            if (distinct.Count == 0 || !Same(distinct[^1], label))
                distinct.Add(label);
        }
        return distinct;
    }

    private static bool Same(double left, double right) => left.Equals(right)
        || (double.IsFinite(left) && double.IsFinite(right) && Math.Abs(left - right) <= 1e-13 * Math.Max(1e-3, Math.Max(Math.Abs(left), Math.Abs(right))));
}
