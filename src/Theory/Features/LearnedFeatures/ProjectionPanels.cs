using Theory.Numerics.Quadrature;

namespace Theory.Features;

/// <summary>Panels of a composite Gauss–Legendre rule over κ ~ N(0, 1) on which the functions of a vocabulary are polynomials to working accuracy.</summary>
internal static class ProjectionPanels
{
    /// <summary>The rule covers [−10, 10], beyond which lies a mass of 1.5e-23.</summary>
    public const double Range = 10;

    /// <summary>Most panels.</summary>
    public const int Most = 2000;

    private const int Order = 12;
    private const int Coarsest = 16;
    private const double Narrowest = 1e-9;

    /// <summary>The last two of twelve Legendre coefficients, against the largest value: the error of an integral is about their square.</summary>
    private const double Resolution = 1e-8;

    /// <summary>What functions times exp(−κ²/4) may be at the ends, against their largest.</summary>
    private const double Negligible = 1e-5;

    private static readonly double[][] Last = [LegendreWeights(Order - 2), LegendreWeights(Order - 1)];

    /// <summary>Ends of panels: even ones and the split points of the target, bisected until all functions are resolved.</summary>
    public static List<double> Resolve(VocabularyFunctions functions)
    {
        var marks = new SortedSet<double>();
        for (var i = 0; i <= Coarsest; i++) marks.Add(Range * (2.0 * i / Coarsest - 1));
        marks.UnionWith(functions.SplitPoints.Where(x => Math.Abs(x) < Range));
        var ends = new SortedSet<double>(marks);
        var pending = Between([.. marks]);
        var (featureSize, targetSize) = (0.0, 0.0);
        while (pending.Count > 0 && ends.Count < Most)
        {
            var kappa = new double[Order * pending.Count];
            for (var i = 0; i < pending.Count; i++) Place(pending[i].From, pending[i].To, kappa.AsSpan(Order * i, Order));
            functions.Evaluate(kappa);
            Damp(functions, kappa);
            featureSize = Math.Max(featureSize, Math.Max(Largest([.. functions.Mean, .. functions.Linear, .. functions.Second]), Math.Sqrt(Largest(functions.Noise))));
            targetSize = Math.Max(targetSize, Largest([functions.Target]));
            if (ends.Count == marks.Count) RequireDecay(functions, kappa, featureSize, targetSize);
            var next = new List<(double From, double To)>();
            for (var i = 0; i < pending.Count; i++)
            {
                var (from, to) = pending[i];
                if (to - from <= Narrowest || IsResolved(functions, featureSize, targetSize, Order * i)) continue;
                var middle = from + (to - from) / 2;
                ends.Add(middle);
                next.Add((from, middle));
                next.Add((middle, to));
            }
            pending = next;
        }
        return [.. ends];
    }

    /// <summary>Panels of half the width.</summary>
    public static List<double> Halved(List<double> ends)
    {
        var result = new List<double>(2 * ends.Count) { ends[0] };
        foreach (var (from, to) in Between(ends))
        {
            result.Add(from + (to - from) / 2);
            result.Add(to);
        }
        return result;
    }

    /// <summary>Nodes and weights, which sum to 1, padded with weight 0 to whole vectors.</summary>
    public static (double[] Nodes, double[] Weights) Nodes(List<double> ends)
    {
        var rule = GaussLegendre.Rule(Order);
        var count = (ends.Count - 1) * Order;
        var (nodes, weights) = (new double[NodeVectors.Whole(count)], new double[NodeVectors.Whole(count)]);
        var total = 0.0;
        var k = 0;
        foreach (var (from, to) in Between(ends))
        {
            Place(from, to, nodes.AsSpan(k, Order));
            for (var i = 0; i < Order; i++, k++) total += weights[k] = (to - from) / 2 * rule.Weights[i] * Math.Exp(-nodes[k] * nodes[k] / 2);
        }
        for (k = 0; k < count; k++) weights[k] /= total;
        nodes.AsSpan(count).Fill(nodes[count - 1]);
        return (nodes, weights);
    }

    private static List<(double From, double To)> Between(List<double> ends)
    {
        var panels = new List<(double, double)>(ends.Count - 1);
        for (var i = 1; i < ends.Count; i++) panels.Add((ends[i - 1], ends[i]));
        return panels;
    }

    private static void Place(double from, double to, Span<double> nodes)
    {
        var rule = GaussLegendre.Rule(Order);
        for (var i = 0; i < Order; i++) nodes[i] = from + (to - from) / 2 * (1 + rule.Nodes[i]);
    }

    // A product of two functions meets the weight exp(−κ²/2); c⋆² is a product already.
    private static void Damp(VocabularyFunctions functions, double[] kappa)
    {
        for (var i = 0; i < kappa.Length; i++)
        {
            var root = Math.Exp(-0.25 * kappa[i] * kappa[i]);
            functions.Target[i] *= root;
            for (var q = 0; q < functions.Count; q++)
            {
                functions.Mean[q][i] *= root;
                functions.Linear[q][i] *= root;
                functions.Second[q][i] *= root;
                functions.Noise[q][i] *= root * root;
            }
        }
    }

    // E σ² or E g² may be infinite though it is finite for every κ.
    private static void RequireDecay(VocabularyFunctions functions, double[] kappa, double featureSize, double targetSize)
    {
        for (var i = 0; i < kappa.Length; i++)
        {
            if (Math.Abs(kappa[i]) < Range - 0.5) continue;
            for (var q = 0; q < functions.Count; q++)
                if (!(Math.Max(Math.Abs(functions.Mean[q][i]), Math.Sqrt(functions.Noise[q][i])) <= Negligible * featureSize))
                    throw functions.Unfit("Activation", "must be square integrable under Gaussians of the variances 1 + ζ² of the pre-activations, within ten standard deviations of the projection");
            if (!(Math.Abs(functions.Target[i]) <= Negligible * targetSize)) throw functions.Unfit("Target", "must be square integrable under the standard Gaussian, within ten standard deviations");
        }
    }

    private static double Largest(double[][] tables)
    {
        var largest = 0.0;
        foreach (var table in tables)
            foreach (var value in table) largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    private static bool IsResolved(VocabularyFunctions functions, double featureSize, double targetSize, int from)
    {
        for (var q = 0; q < functions.Count; q++)
            if (!(Tail(functions.Mean[q]) <= Resolution * featureSize && Tail(functions.Linear[q]) <= Resolution * featureSize
                && Tail(functions.Second[q]) <= Resolution * featureSize && Tail(functions.Noise[q]) <= Resolution * featureSize * featureSize)) return false;
        return Tail(functions.Target) <= Resolution * targetSize;

        double Tail(double[] table)
        {
            var (last, first) = (0.0, 0.0);
            for (var i = 0; i < Order; i++)
            {
                first += Last[0][i] * table[from + i];
                last += Last[1][i] * table[from + i];
            }
            return Math.Abs(first) + Math.Abs(last);
        }
    }

    private static double[] LegendreWeights(int degree)
    {
        var rule = GaussLegendre.Rule(Order);
        var result = new double[Order];
        for (var i = 0; i < Order; i++)
        {
            var (previous, current) = (1.0, rule.Nodes[i]);
            for (var k = 1; k < degree; k++) (previous, current) = (current, ((2 * k + 1) * rule.Nodes[i] * current - k * previous) / (k + 1));
            result[i] = (degree + 0.5) * rule.Weights[i] * current;
        }
        return result;
    }
}
