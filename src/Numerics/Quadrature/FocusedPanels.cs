using System.Numerics.Tensors;

namespace Theory.Numerics.Quadrature;

/// <summary>
/// Composite Gauss–Legendre nodes on an interval, for integrands that are smooth between known breaks and vary quickly only near known places (foci): panels end at the breaks,
/// and shrink towards each focus down to its scale. Reusable without allocation: <see cref="Reset"/>, add breaks and foci, <see cref="Build"/>.
/// The nodes move continuously with breaks and foci while their number does not change.
/// </summary>
public sealed class FocusedPanels
{
    private const int MaxPanels = 4096;
    private readonly QuadratureRule rule;
    private readonly double widest;
    private readonly List<double> breaks = [];
    private readonly List<(double Place, double Scale)> foci = [];
    private double[] nodes = new double[1024];
    private double[] weights = new double[1024];
    private int count;
    private double lower;
    private double upper;

    /// <summary>Creates the panels.</summary>
    /// <param name="nodesPerPanel">Nodes of each panel, in [2, 100].</param>
    /// <param name="widest">Largest width of a panel, positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public FocusedPanels(int nodesPerPanel, double widest)
    {
        if (nodesPerPanel is < 2 or > 100)
            throw new ArgumentOutOfRangeException(nameof(nodesPerPanel), nodesPerPanel, $"nodesPerPanel must be in [2, 100]; got {nodesPerPanel}.");
        if (!(widest > 0 && double.IsFinite(widest)))
            throw new ArgumentOutOfRangeException(nameof(widest), widest, $"widest must be in (0, ∞); got {widest}.");
        (rule, this.widest) = (GaussLegendre.Rule(nodesPerPanel), widest);
    }

    /// <summary>The nodes, in increasing order.</summary>
    public ReadOnlySpan<double> Nodes => nodes.AsSpan(0, count);

    /// <summary>Their weights, for ∫ f(x) dx.</summary>
    public ReadOnlySpan<double> Weights => weights.AsSpan(0, count);

    /// <summary>Begins anew on an interval.</summary>
    /// <param name="from">Lower end, finite.</param>
    /// <param name="to">Upper end, finite, above <paramref name="from"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is empty or infinite.</exception>
    public void Reset(double from, double to)
    {
        if (!(double.IsFinite(to - from) && to > from))
            throw new ArgumentOutOfRangeException(nameof(to), to, $"to must be finite and above from = {from}; got {to}.");
        breaks.Clear();
        foci.Clear();
        (lower, upper, count) = (from, to, 0);
    }

    /// <summary>Makes panels end at a place; ignored outside of the interval, or if it is not a number.</summary>
    /// <param name="place">The place.</param>
    public void AddBreak(double place)
    {
        if (place > lower && place < upper) breaks.Add(place);
    }

    /// <summary>Makes panels no wider than the distance to a place, or than a scale where that is larger.</summary>
    /// <param name="place">The place; it may lie outside of the interval.</param>
    /// <param name="scale">The scale; positive. An infinite one has no effect.</param>
    public void AddFocus(double place, double scale)
    {
        if (double.IsFinite(place) && scale < widest) foci.Add((place, Math.Max(scale, 1e-15 * Math.Max(1, Math.Abs(place)))));
    }

    /// <summary>Computes nodes and weights.</summary>
    public void Build()
    {
        foreach (var (place, _) in foci) AddBreak(place);
        breaks.Sort();
        var from = lower;
        foreach (var place in breaks)
        {
            if (place > from) Divide(from, place);
            from = Math.Max(from, place);
        }
        if (upper > from) Divide(from, upper);
    }

    /// <summary>Σᵢ wᵢ f(xᵢ) for values given at the nodes.</summary>
    /// <param name="values">f at the nodes.</param>
    /// <returns>The integral.</returns>
    public double Integrate(ReadOnlySpan<double> values) => TensorPrimitives.Dot(Weights, values);

    private void Divide(double from, double to)
    {
        if (to - from > Allowed(from, to) && count < MaxPanels * rule.Count)
        {
            var middle = 0.5 * (from + to);
            if (middle > from && middle < to)
            {
                Divide(from, middle);
                Divide(middle, to);
                return;
            }
        }
        Append(from, to);
    }

    private double Allowed(double from, double to)
    {
        var allowed = widest;
        foreach (var (place, scale) in foci)
        {
            var distance = place < from ? from - place : place > to ? place - to : 0;
            allowed = Math.Min(allowed, Math.Max(scale, distance));
        }
        return allowed;
    }

    private void Append(double from, double to)
    {
        if (count + rule.Count > nodes.Length)
        {
            Array.Resize(ref nodes, 2 * nodes.Length);
            Array.Resize(ref weights, 2 * weights.Length);
        }
        var (centre, half) = (0.5 * (from + to), 0.5 * (to - from));
        for (var i = 0; i < rule.Count; i++)
        {
            nodes[count] = centre + half * rule.Nodes[i];
            weights[count++] = half * rule.Weights[i];
        }
    }
}
