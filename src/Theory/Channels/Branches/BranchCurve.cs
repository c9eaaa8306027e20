namespace Theory.Channels;

/// <summary>The curve λ(a) cut at its extrema into monotone pieces: all fixed points and all thresholds are read off it.</summary>
internal sealed class BranchCurve
{
    /// <summary>Beyond e^this a is taken for infinite.</summary>
    private const double LargestLogSnr = 30;

    private readonly IFixedPointFamily family;

    /// <summary>The ends of the monotone pieces in order: the origin, then minima and maxima alternately, then a point far out, or a = ∞ where λ has a limit.</summary>
    private readonly List<Node> nodes = [];

    public BranchCurve(IFixedPointFamily family)
    {
        this.family = family;
        var samples = Sample();
        var turns = Turns(samples, family.Resolution);
        nodes.Add(samples[0]);
        foreach (var turn in turns) nodes.Add(turn == 0 ? samples[0] : Refined(samples, turn));
        if (turns.Count > 0 && turns[0] == 0) nodes.RemoveAt(1);
        nodes.Add(samples[^1]);
    }

    /// <summary>The extrema in order of a; the origin counts as a maximum if the curve leaves it downwards, and a = ∞ as a minimum if it falls towards a limit there.</summary>
    public IEnumerable<(double Snr, double Lambda, bool IsMinimum)> Extrema
    {
        get
        {
            if (StartsDownwards) yield return (0, family.SpectralThreshold!.Value, false);
            for (var i = 1; i < nodes.Count - 1; i++)
                yield return (Math.Exp(nodes[i].LogSnr), Math.Exp(nodes[i].LogLambda), nodes[i].LogLambda < nodes[i - 1].LogLambda);
            if (double.IsPositiveInfinity(nodes[^1].LogSnr) && nodes[^1].LogLambda < nodes[^2].LogLambda) yield return (double.PositiveInfinity, Math.Exp(nodes[^1].LogLambda), true);
        }
    }

    /// <summary>Whether the trivial fixed point is left by a jump: the curve falls from (0, λ_KS).</summary>
    public bool StartsDownwards => family.SpectralThreshold is not null && nodes[1].LogLambda < nodes[0].LogLambda;

    /// <summary>All non-trivial fixed points at λ, by increasing a, with whether each is stable.</summary>
    public List<(double Snr, bool IsStable)> Roots(double lambda)
    {
        var roots = new List<(double, bool)>();
        if (lambda <= 0) return roots;
        var target = Math.Log(lambda);
        for (var i = 1; i < nodes.Count; i++)
        {
            var (left, right) = (nodes[i - 1], nodes[i]);
            var last = i == nodes.Count - 1;
            if (last && right.LogLambda < target && double.IsFinite(right.LogSnr)) right = FurtherOut(target);
            var rising = right.LogLambda > left.LogLambda;
            // A turning point belongs to the piece on its left.
            var inside = rising ? left.LogLambda < target && target <= right.LogLambda : right.LogLambda <= target && target < left.LogLambda;
            if (!inside) continue;
            if (RootBetween(left, right, target, rising) is var snr && snr > 0) roots.Add((snr, rising));
        }

        return roots;
    }

    public BranchThresholds Thresholds()
    {
        var extrema = Extrema.ToList();
        var minimum = extrema.FindLastIndex(e => e.IsMinimum);
        if (minimum < 1) return new(family.SpectralThreshold, null, null, null, null, null);
        var (dynamical, algorithmic) = (extrema[minimum].Lambda, extrema[minimum - 1].Lambda);
        if (double.IsPositiveInfinity(extrema[minimum].Snr))
        {
            // The branch a = ∞ has the largest free entropy wherever it exists.
            return new(family.SpectralThreshold, dynamical, dynamical, algorithmic, double.PositiveInfinity, TopAndLow(dynamical, extrema[minimum - 1].Snr).Low);
        }

        // Relative differences of 1e-12 keep both branches in existence.
        var lower = Math.Log(dynamical) + 1e-13;
        var upper = double.IsFinite(algorithmic) ? Math.Log(algorithmic) - 1e-13 : lower + 1;
        double Gain(double logLambda)
        {
            var (top, low) = TopAndLow(Math.Exp(logLambda), extrema[minimum - 1].Snr);
            return family.FreeEntropy(top, Math.Exp(logLambda)) - (low == 0 ? 0 : family.FreeEntropy(low, Math.Exp(logLambda)));
        }

        var (atLower, atUpper) = (Gain(lower), Gain(upper));
        // Where the trivial point stays stable for ever, the upper branch overtakes it somewhere.
        for (var i = 0; i < 20 && atUpper < 0 && !double.IsFinite(algorithmic); i++) atUpper = Gain(upper += 1 << i);
        // The curve is too shallow for the sign of the difference to be resolved: all three thresholds agree to rounding.
        var transition = atLower < 0 && atUpper > 0 ? Math.Exp(RealRoot.Between(Gain, lower, atLower, upper, atUpper)) : Math.Exp((lower + upper) / 2);
        var (high, below) = TopAndLow(transition, extrema[minimum - 1].Snr);
        return new(family.SpectralThreshold, dynamical, transition, algorithmic, high, below);
    }

    private (double Top, double Low) TopAndLow(double lambda, double maximum)
    {
        var roots = Roots(lambda);
        var low = roots.LastOrDefault(r => r.IsStable && r.Snr < Math.Max(maximum, double.Epsilon)).Snr;
        return (roots.Count > 0 ? roots[^1].Snr : 0, maximum == 0 ? 0 : low);
    }

    private Node FurtherOut(double target)
    {
        var node = nodes[^1];
        for (var i = 0; i < 2000 && node.LogLambda < target; i++)
        {
            var logSnr = node.LogSnr + Math.Max(1, target - node.LogLambda);
            node = new(logSnr, family.LogLambda(logSnr, node.LogLambda));
        }

        return node;
    }

    private double RootBetween(Node left, Node right, double target, bool rising)
    {
        if (double.IsPositiveInfinity(right.LogSnr))
        {
            right = Towards(left, target, rising);
            if (double.IsPositiveInfinity(right.LogSnr)) return double.PositiveInfinity;
        }

        if (double.IsNegativeInfinity(left.LogSnr))
        {
            // Between the origin and the first point: the curve is straight there in a.
            left = new(Math.Log(family.SmallestSnr) - 40, left.LogLambda);
            var value = family.LogLambda(left.LogSnr, left.LogLambda);
            if (rising ? value >= target : value <= target) return family.SpectralThreshold is null ? Math.Exp(left.LogSnr) : 0;
            left = left with { LogLambda = value };
        }

        var guess = target;
        return Math.Exp(RealRoot.Between(x => family.LogLambda(x, guess) - target, left.LogSnr, left.LogLambda - target, right.LogSnr, right.LogLambda - target));
    }

    /// <summary>A point of a piece that ends at a = ∞ beyond the target, or the end itself if there is none within reach.</summary>
    private Node Towards(Node left, double target, bool rising)
    {
        var logSnr = Math.Max(left.LogSnr, Math.Log(family.SmallestSnr));
        for (var step = 0.5; logSnr < LargestLogSnr; step *= 1.5)
        {
            logSnr += step;
            var value = family.LogLambda(logSnr, double.NaN);
            if (rising ? value >= target : value <= target) return new(logSnr, value);
        }

        return new(double.PositiveInfinity, double.NaN);
    }

    /// <summary>The curve on a logarithmic grid from the origin on, with extra points where a narrow fold hides between two grid points.</summary>
    private List<Node> Sample()
    {
        var places = family.LogSnrs;
        var samples = new List<Node>(places.Length + 8)
        {
            new(double.NegativeInfinity, family.SpectralThreshold is { } ks ? Math.Log(ks) : double.NegativeInfinity),
        };
        var guess = samples[0].LogLambda;
        foreach (var logSnr in places)
        {
            var value = family.LogLambda(logSnr, guess);
            guess = samples.Count > 2 ? 2 * value - samples[^1].LogLambda : value;
            samples.Add(new(logSnr, value));
        }

        for (var i = 3; i < samples.Count - 2; i++)
            if (HiddenFold(samples, i) is { } hidden) samples.Insert(i < samples.Count && hidden.LogSnr < samples[i].LogSnr ? i++ : ++i, hidden);
        if (family.LimitLambda is { } limit) samples.Add(new(double.PositiveInfinity, Math.Log(limit)));
        return samples;
    }

    /// <summary>Where the slope of a rising curve has a minimum near 0 around sample i, the point of least slope if the curve falls there.</summary>
    private Node? HiddenFold(List<Node> samples, int i)
    {
        double Slope(int j) => (samples[j + 1].LogLambda - samples[j].LogLambda) / (samples[j + 1].LogSnr - samples[j].LogSnr);
        var (before, here, after) = (Slope(i - 2), Slope(i - 1), Slope(i));
        var next = Slope(i + 1);
        // The least of the four slopes next to i is one of the middle two, positive and small.
        var least = Math.Min(here, after);
        if (!(least is > 0 and < 0.02) || least >= before || least >= next || samples[i].LogSnr < Math.Log(family.SmallestSnr) + 1) return null;
        const double width = 1e-4;
        double Derivative(double x) => (family.LogLambda(x + width, samples[i].LogLambda) - family.LogLambda(x - width, samples[i].LogLambda)) / (2 * width);
        var (x, slope) = RealRoot.Minimum(Derivative, samples[i - 1].LogSnr, samples[i].LogSnr, samples[i + 1].LogSnr, Derivative(samples[i].LogSnr));
        if (slope >= 0 || x == samples[i].LogSnr) return null;
        return new(x, family.LogLambda(x, samples[i].LogLambda));
    }

    /// <summary>Indices of the alternating extrema of a sequence, shallow reversals ignored. Index 0 is reported if the sequence falls from it.</summary>
    private static List<int> Turns(List<Node> samples, double depth)
    {
        var turns = new List<int>();
        var (extreme, rising) = (0, true);
        for (var i = 1; i < samples.Count; i++)
        {
            var change = samples[i].LogLambda - samples[extreme].LogLambda;
            if (rising ? change >= 0 : change <= 0) extreme = i;
            else if (Math.Abs(change) > depth)
            {
                turns.Add(extreme);
                (extreme, rising) = (i, !rising);
            }
        }

        return turns;
    }

    private Node Refined(List<Node> samples, int i)
    {
        var (left, middle, right) = (samples[i - 1], samples[i], samples[i + 1]);
        var start = double.IsNegativeInfinity(left.LogSnr) ? middle.LogSnr - 20 : left.LogSnr;
        var sign = middle.LogLambda < right.LogLambda ? 1 : -1;
        var end = double.IsPositiveInfinity(right.LogSnr) ? middle.LogSnr + 20 : right.LogSnr;
        var (x, value) = RealRoot.Minimum(t => sign * family.LogLambda(t, middle.LogLambda), start, middle.LogSnr, end, sign * middle.LogLambda);
        return new(x, sign * value);
    }

    private readonly record struct Node(double LogSnr, double LogLambda);
}

/// <summary>The thresholds that a curve λ(a) has; <see langword="null"/> where there is none.</summary>
/// <param name="Spectral">λ(0⁺), where the trivial fixed point loses its stability.</param>
/// <param name="Dynamical">The spinodal where the upper branch appears.</param>
/// <param name="InformationTheoretic">Where its free entropy overtakes that of the lower branch.</param>
/// <param name="Algorithmic">The spinodal where the lower branch ends.</param>
/// <param name="UpperSnr">a on the upper branch at the information-theoretic threshold.</param>
/// <param name="LowerSnr">a on the lower branch there; 0 for the trivial point.</param>
internal sealed record BranchThresholds(
    double? Spectral, double? Dynamical, double? InformationTheoretic, double? Algorithmic, double? UpperSnr, double? LowerSnr);
