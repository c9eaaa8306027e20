using System.Numerics;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Hermite;

/// <summary>
/// One composite Gauss–Legendre rule in x = a + s·z for all shifts a of a range: f is evaluated once on its nodes, and a shift only changes the Gaussian weights.
/// Panels end at the split points of f and shrink where f needs it; the rule is compared with its halved panels before it is used.
/// </summary>
internal sealed class ShiftRule
{
    private const int Order = 10;
    private const int MaximumPanels = 6000;

    /// <summary>Gaussian reach in units of s: of the nodes, of the usual sum over them, and of the sum for values of f² that are tiny against those elsewhere.</summary>
    private const double Reach = 39, Window = 9, WideWindow = 20;

    private readonly Samples all, nonzero;
    private readonly double scale, largest;

    private ShiftRule(Samples all, double scale)
    {
        // Nodes where f vanishes contribute nothing to its moments.
        (this.all, nonzero, this.scale) = (all, all.Where(x => x != 0), scale);
        foreach (var value in all.Values) largest = Math.Max(largest, value * value);
    }

    /// <summary>The rule for shifts in a range, or <see langword="null"/> where no such rule meets 1e-11 of the norm (or the given rounding noise of f).</summary>
    public static ShiftRule? TryCreate(ScalarFunction f, double lowest, double highest, double scale, double noise) =>
        Create(f, lowest, highest, scale, 0) ?? Create(f, lowest, highest, scale, noise);

    /// <summary>The rounding noise of f where it nearly vanishes: 1e-15 of its largest value in a range.</summary>
    public static double NoiseOf(ScalarFunction f, double lower, double upper)
    {
        const int Samples = 65;
        var largest = 0.0;
        for (var i = 0; i < Samples; i++)
        {
            var value = Math.Abs(f.Evaluate(lower + (upper - lower) * i / (Samples - 1)));
            if (double.IsFinite(value)) largest = Math.Max(largest, value);
        }
        return 1e-15 * largest;
    }

    private static ShiftRule? Create(ScalarFunction f, double lowest, double highest, double scale, double noise)
    {
        for (var width = 1.6; width > 0.15; width /= 2)
        {
            var panels = Resolve(f, lowest - Reach * scale, highest + Reach * scale, width, scale, noise);
            if (panels is null) return null;
            var rule = On(f, panels, scale);
            if (rule is null || On(f, Halved(panels), scale) is not { } finer) return null;
            if (rule.Agrees(finer, lowest, highest, noise)) return rule;
        }
        return null;
    }

    /// <summary>The moments at one shift.</summary>
    public SmoothedMoments Evaluate(double shift)
    {
        // Beyond a window lies at most the Gaussian weight there (2e-19, 6e-89) of the largest f²; beyond the reach it is zero in double precision.
        var moments = Sum(shift, Window);
        if (moments.SecondMoment >= 1e-6 * largest) return moments;
        moments = Sum(shift, WideWindow);
        return moments.SecondMoment >= 1e-75 * largest ? moments : Sum(shift, double.PositiveInfinity);
    }

    /// <summary>E (f(a + s·z) − c₀ − c₁z)² at one shift, to nearly all digits.</summary>
    public double Nonlinear(double shift, SmoothedMoments moments)
    {
        var rest = moments.SecondMoment - moments.Mean * moments.Mean - moments.First * moments.First;
        if (rest >= 1e-4 * moments.SecondMoment) return rest;
        rest = SumNonlinear(shift, moments, Window);
        return rest >= 1e-10 * moments.SecondMoment ? rest : SumNonlinear(shift, moments, WideWindow);
    }

    private double SumNonlinear(double shift, SmoothedMoments moments, double window)
    {
        var (nodes, weights, values) = all;
        var (from, to) = all.Range(shift - window * scale, shift + window * scale);
        var (offset, inverse, mean, first) = (new Vector<double>(shift), new Vector<double>(1 / scale), new Vector<double>(moments.Mean), new Vector<double>(moments.First));
        var squares = Vector<double>.Zero;
        var i = from;
        for (; i <= to - Vector<double>.Count; i += Vector<double>.Count)
        {
            var z = (new Vector<double>(nodes, i) - offset) * inverse;
            var rest = new Vector<double>(values, i) - mean - first * z;
            squares += Vector.Exp(z * z * -0.5) * new Vector<double>(weights, i) * rest * rest;
        }
        var sum = Vector.Sum(squares);
        for (; i < to; i++)
        {
            var z = (nodes[i] - shift) / scale;
            var rest = values[i] - moments.Mean - moments.First * z;
            sum += Math.Exp(-0.5 * z * z) * weights[i] * rest * rest;
        }
        return sum;
    }

    private SmoothedMoments Sum(double shift, double window)
    {
        var (nodes, weights, values) = nonzero;
        var (from, to) = nonzero.Range(shift - window * scale, shift + window * scale);
        var (mean, first, second, square) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        var (offset, inverse) = (new Vector<double>(shift), new Vector<double>(1 / scale));
        var i = from;
        for (; i <= to - Vector<double>.Count; i += Vector<double>.Count)
        {
            var z = (new Vector<double>(nodes, i) - offset) * inverse;
            var squared = z * z;
            var value = new Vector<double>(values, i);
            var term = Vector.Exp(squared * -0.5) * new Vector<double>(weights, i) * value;
            mean += term;
            first += z * term;
            second += (squared - Vector<double>.One) * term;
            square += value * term;
        }
        var (m0, m1, m2, m3) = (Vector.Sum(mean), Vector.Sum(first), Vector.Sum(second), Vector.Sum(square));
        for (; i < to; i++)
        {
            var z = (nodes[i] - shift) / scale;
            var term = Math.Exp(-0.5 * z * z) * weights[i] * values[i];
            m0 += term;
            m1 += z * term;
            m2 += (z * z - 1) * term;
            m3 += values[i] * term;
        }
        return new(m0, m1, m2, m3, 0);
    }

    private bool Agrees(ShiftRule finer, double lowest, double highest, double noise)
    {
        const int Probes = 17;
        for (var i = 0; i < Probes; i++)
        {
            var shift = lowest + (highest - lowest) * i / (Probes - 1);
            var coarse = Evaluate(shift);
            var fine = finer.Evaluate(shift);
            var norm = Math.Sqrt(fine.SecondMoment);
            var tolerance = 1e-11 * norm + noise + 1e-290 * Math.Sqrt(largest);
            if (!(Math.Abs(coarse.Mean - fine.Mean) <= tolerance && Math.Abs(coarse.First - fine.First) <= tolerance
                && Math.Abs(coarse.Second - fine.Second) <= 2 * tolerance && Math.Abs(coarse.SecondMoment - fine.SecondMoment) <= (1e-11 * norm + 2 * noise) * norm + noise * noise + 1e-290 * largest)) return false;
        }
        return true;
    }

    // Ends of panels: the split points, graded towards them on the scale of the Gaussian, then bisected until f is resolved on each.
    private static List<double>? Resolve(ScalarFunction f, double lower, double upper, double width, double scale, double noise)
    {
        if ((upper - lower) / (width * scale) > MaximumPanels) return null;
        double[] marks = [lower, .. f.SplitPoints.Where(x => x > lower && x < upper), upper];
        var ends = new List<double> { lower };
        for (var i = 1; i < marks.Length; i++)
            if (!Grade(f, ends, marks[i], width * scale, i > 1, i < marks.Length - 1, scale, noise)) return null;
        return ends;
    }

    private static bool Grade(ScalarFunction f, List<double> ends, double to, double width, bool splitBefore, bool splitAfter, double scale, double noise)
    {
        var from = ends[^1];
        var inner = new List<double>();
        for (var step = width / 8; step < width && step < (to - from) / 4; step *= 2)
        {
            if (splitBefore) inner.Add(from + step);
            if (splitAfter) inner.Add(to - step);
        }
        inner.Add(to);
        inner.Sort();
        foreach (var end in inner)
        {
            var start = ends[^1];
            var count = (int)Math.Ceiling((end - start) / width * (1 - 1e-12));
            for (var k = 1; k <= count; k++)
            {
                var next = k == count ? end : start + (end - start) * k / count;
                if (!Bisect(f, ends, next, 1e-14 * scale, noise)) return false;
            }
        }
        return true;
    }

    private static bool Bisect(ScalarFunction f, List<double> ends, double upper, double narrowest, double noise)
    {
        var pending = new Stack<double>();
        pending.Push(upper);
        while (pending.Count > 0)
        {
            var (start, end) = (ends[^1], pending.Peek());
            var middle = start + (end - start) / 2;
            if (end - start <= narrowest || !(middle > start && middle < end) || IsResolved(f, start, end, noise))
                ends.Add(pending.Pop());
            else
                pending.Push(middle);
            if (ends.Count > MaximumPanels) return false;
        }
        return true;
    }

    // The last two of ten Legendre coefficients: errors of the rule are of the size of their square.
    private static bool IsResolved(ScalarFunction f, double lower, double upper, double noise)
    {
        Span<double> x = stackalloc double[Order];
        Span<double> y = stackalloc double[Order];
        var rule = GaussLegendre.Rule(Order);
        for (var i = 0; i < Order; i++) x[i] = lower + (upper - lower) / 2 * (1 + rule.Nodes[i]);
        f.Evaluate(x, y);
        var (eighth, ninth, size) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Order; i++)
        {
            size = Math.Max(size, Math.Abs(y[i]));
            eighth += LastLegendre[0][i] * y[i];
            ninth += LastLegendre[1][i] * y[i];
        }
        return !double.IsFinite(size) || Math.Abs(eighth) + Math.Abs(ninth) <= 1e-6 * size + noise;
    }

    private static readonly double[][] LastLegendre = [LegendreWeights(8), LegendreWeights(9)];

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

    private static List<double> Halved(List<double> ends)
    {
        var result = new List<double>(2 * ends.Count) { ends[0] };
        for (var i = 1; i < ends.Count; i++)
        {
            result.Add(ends[i - 1] + (ends[i] - ends[i - 1]) / 2);
            result.Add(ends[i]);
        }
        return result;
    }

    private static ShiftRule? On(ScalarFunction f, List<double> ends, double scale)
    {
        var rule = GaussLegendre.Rule(Order);
        var count = (ends.Count - 1) * Order;
        var (nodes, weights, values) = (new double[count], new double[count], new double[count]);
        var norm = 1 / (scale * Math.Sqrt(2 * Math.PI));
        for (var (panel, k) = (1, 0); panel < ends.Count; panel++)
        {
            var half = (ends[panel] - ends[panel - 1]) / 2;
            for (var i = 0; i < Order; i++, k++)
            {
                nodes[k] = ends[panel - 1] + half * (1 + rule.Nodes[i]);
                weights[k] = half * rule.Weights[i] * norm;
            }
        }
        f.Evaluate(nodes, values);
        foreach (var value in values)
            if (!double.IsFinite(value * value)) return null;
        return new(new(nodes, weights, values), scale);
    }

    /// <summary>Nodes in ascending order, their weights, and the values of f there.</summary>
    private readonly record struct Samples(double[] Nodes, double[] Weights, double[] Values)
    {
        /// <summary>The nodes in an interval: the first index, and the one after the last.</summary>
        public (int From, int To) Range(double lower, double upper) => (IndexOf(lower), IndexOf(upper));

        public Samples Where(Predicate<double> wanted)
        {
            if (Array.TrueForAll(Values, wanted)) return this;
            var values = Values;
            var kept = Enumerable.Range(0, values.Length).Where(k => wanted(values[k])).ToArray();
            return new([.. kept.Select(Nodes.ElementAt)], [.. kept.Select(Weights.ElementAt)], [.. kept.Select(Values.ElementAt)]);
        }

        private int IndexOf(double x)
        {
            var index = Array.BinarySearch(Nodes, x);
            return index < 0 ? ~index : index;
        }
    }
}
