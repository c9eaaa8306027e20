using System.Globalization;
using Theory.Symbolics;

namespace Theory.Channels;

/// <summary>
/// The line cut into pieces on each of which the derivative of a convex function is smooth and resolved by a polynomial of degree 8 to 1e-7, so that sixteen Gauss nodes resolve its products to rounding.
/// </summary>
internal sealed class LossPieces
{
    private const double Farthest = 1 << 20;
    private const double MustBeFinite = 30;
    private const int Degree = 8;
    private const double Resolution = 1e-7;
    private const int MostPieces = 400;

    private readonly ScalarFunction function;
    private readonly double[] breakpoints;
    private readonly Expression[] slopes;
    private readonly Expression[] curvatures;
    private readonly int[] branches;

    public LossPieces(ScalarFunction function)
    {
        if (function.Expression is not { } expression)
            throw new ArgumentException($"a loss must be an expression in z, whose derivative is known; '{function.Text}' is a delegate: implement {nameof(IMarginLoss)} instead");
        this.function = function;
        breakpoints = [.. function.Breakpoints];
        var parts = Enumerable.Range(0, breakpoints.Length + 1).Select(i => Theory.Symbolics.Branches.At(expression.Simplify(), Within(i))).ToArray();
        slopes = Array.ConvertAll(parts, p => p.Differentiate().Simplify());
        curvatures = Array.ConvertAll(slopes, s => s.Differentiate().Simplify());
        Ends = Cut();
        var count = Ends.Length;
        branches = new int[count];
        for (var i = 1; i < count; i++) branches[i] = Branch(0.5 * (Ends[i - 1] + Ends[i]));
        (Before, After) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            if (i > 0) Before[i] = Slope(i, Ends[i]);
            if (i < count - 1) After[i] = Slope(i + 1, Ends[i]);
        }
        (Before[0], After[^1]) = (After[0], Before[^1]);
        CheckConvexity(parts);
        for (var i = 0; i < count; i++)
            if (After[i] - Before[i] <= 1e-13 * Math.Max(1, Math.Abs(Before[i]))) After[i] = Before[i];
            else HasJumps = true;
    }

    /// <summary>The ends of the pieces, ascending; piece i ends at number i.</summary>
    public double[] Ends { get; }

    /// <summary>ℓ′ just before each end.</summary>
    public double[] Before { get; }

    /// <summary>ℓ′ just after each end.</summary>
    public double[] After { get; }

    /// <summary>Whether ℓ′ jumps somewhere.</summary>
    public bool HasJumps { get; }

    public double Slope(int piece, double t) => slopes[branches[piece]].Evaluate(t);

    public double Curvature(int piece, double t) => curvatures[branches[piece]].Evaluate(t);

    private double Within(int branch) => breakpoints.Length == 0 ? 0.1234
        : branch == 0 ? breakpoints[0] - 1
        : branch == breakpoints.Length ? breakpoints[^1] + 1
        : 0.5 * (breakpoints[branch - 1] + breakpoints[branch]);

    private int Branch(double t)
    {
        var i = 0;
        while (i < breakpoints.Length && t > breakpoints[i]) i++;
        return i;
    }

    private bool IsFinite(double t)
    {
        var branch = Branch(t);
        return double.IsFinite(function.Evaluate(t)) && double.IsFinite(slopes[branch].Evaluate(t)) && double.IsFinite(curvatures[branch].Evaluate(t));
    }

    private double Reach(int sign)
    {
        var (inside, outside) = (MustBeFinite, Farthest);
        if (!IsFinite(sign * inside) || !IsFinite(0.01 * sign)) throw Bad($"must be finite in [−{MustBeFinite}, {MustBeFinite}], with its derivatives");
        if (IsFinite(sign * outside)) return sign * outside;
        while (outside - inside > 1e-3 * inside)
        {
            var middle = 0.5 * (inside + outside);
            if (IsFinite(sign * middle)) inside = middle;
            else outside = middle;
        }
        return sign * inside;
    }

    private double[] Cut()
    {
        var (from, to) = (Reach(-1), Reach(1));
        var ends = new SortedSet<double> { from, 0, to };
        for (var x = 0.5; x < Farthest; x *= 2)
        {
            if (x < to) ends.Add(x);
            if (-x > from) ends.Add(-x);
        }
        foreach (var point in function.SplitPoints.Concat(breakpoints))
            if (point > from && point < to) ends.Add(point);
        var known = ends.ToArray();
        for (var i = 1; i < known.Length; i++) Divide(known[i - 1], known[i], ends, 0);
        return [.. ends];
    }

    private void Divide(double from, double to, SortedSet<double> ends, int depth)
    {
        if (depth > 30 || ends.Count > MostPieces || IsResolved(from, to)) return;
        var middle = 0.5 * (from + to);
        ends.Add(middle);
        Divide(from, middle, ends, depth + 1);
        Divide(middle, to, ends, depth + 1);
    }

    /// <summary>Whether a polynomial through Chebyshev points meets ℓ′ between them.</summary>
    private bool IsResolved(double from, double to)
    {
        var slope = slopes[Branch(0.5 * (from + to))];
        Span<double> nodes = stackalloc double[Degree + 1];
        Span<double> values = stackalloc double[Degree + 1];
        double largest = 1e-250;
        for (var i = 0; i <= Degree; i++)
        {
            nodes[i] = Math.Cos(Math.PI * i / Degree);
            values[i] = slope.Evaluate(0.5 * (from + to) + 0.5 * (to - from) * nodes[i]);
            largest = Math.Max(largest, Math.Abs(values[i]));
        }
        foreach (var x in (ReadOnlySpan<double>)[-0.97, -0.6, -0.2, 0.15, 0.5, 0.8, 0.98])
        {
            // The barycentric formula at the extrema: weights ±1, half at the ends.
            double above = 0, below = 0;
            for (var i = 0; i <= Degree; i++)
            {
                var weight = (i % 2 == 0 ? 1 : -1) * (i is 0 or Degree ? 0.5 : 1) / (x - nodes[i]);
                above += weight * values[i];
                below += weight;
            }
            if (!(Math.Abs(above / below - slope.Evaluate(0.5 * (from + to) + 0.5 * (to - from) * x)) <= Resolution * largest)) return false;
        }
        return true;
    }

    private void CheckConvexity(Expression[] parts)
    {
        var largest = 0.0;
        for (var i = 0; i < Ends.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(Before[i]));
            if (After[i] - Before[i] < -1e-10 * Math.Max(1, Math.Abs(Before[i]))) throw Bad($"must be convex; its slope falls at z = {Text(Ends[i])}");
            var branch = Branch(Ends[i]);
            if (branch < breakpoints.Length && Ends[i] == breakpoints[branch] && !(Math.Abs(parts[branch + 1].Evaluate(Ends[i]) - parts[branch].Evaluate(Ends[i])) <= 1e-9 * (1 + Math.Abs(function.Evaluate(Ends[i])))))
                throw Bad($"must be continuous; it jumps at z = {Text(Ends[i])}");
        }
        for (var i = 1; i < Ends.Length; i++)
            for (var k = 1; k < 16; k++)
            {
                var t = Ends[i - 1] + k / 16.0 * (Ends[i] - Ends[i - 1]);
                var scale = Math.Max(Math.Abs(Before[i]), Math.Abs(After[i - 1])) / (Ends[i] - Ends[i - 1]);
                if (Curvature(i, t) < -1e-9 * (scale + 1e-6)) throw Bad($"must be convex; its second derivative is {Text(Curvature(i, t))} at z = {Text(t)}");
                if (function.Evaluate(t) < -1e-12) throw Bad($"must not be negative; it is {Text(function.Evaluate(t))} at z = {Text(t)}");
            }
        if (largest < 1e-12) throw Bad("must not be constant");
    }

    private static string Text(double x) => x.ToString("g5", CultureInfo.InvariantCulture);

    private ArgumentException Bad(string what) => new($"the loss {function.Text} {what}");
}
