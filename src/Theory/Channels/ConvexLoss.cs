using Theory.Symbolics;

namespace Theory.Channels;

/// <summary>
/// A convex loss given by a formula ℓ(z) ≥ 0. Its proximal map is found by Newton's method on t + Vℓ′(t) = u, in a bracket; where ℓ′ jumps, t stays at the jump for all u that lead there.
/// Beyond [−2²⁰, 2²⁰], or where formula or derivatives overflow (which must not happen in [−30, 30]), the loss continues along its tangent. Immutable.
/// </summary>
public sealed class ConvexLoss : IMarginLoss, IEquatable<ConvexLoss>
{
    private const int MaxSteps = 200;
    private readonly LossPieces pieces;

    private ConvexLoss(ScalarFunction function) => (Function, pieces) = (function, new(function));

    /// <summary>The formula.</summary>
    public ScalarFunction Function { get; }

    /// <inheritdoc/>
    public string Name => Function.Text;

    /// <inheritdoc/>
    public bool IsSmooth => !pieces.HasJumps;

    /// <inheritdoc/>
    public int MostKinks => 4 * pieces.Ends.Length + 64;

    /// <summary>The loss that a formula is.</summary>
    /// <param name="function">ℓ, an expression in z: convex, not negative, not constant.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The function is a delegate (implement <see cref="IMarginLoss"/> instead), or it is not convex, negative somewhere, constant, discontinuous, or overflows within [−30, 30].</exception>
    public static ConvexLoss Of(ScalarFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.Memo(typeof(ConvexLoss), static f => new ConvexLoss(f));
    }

    /// <inheritdoc/>
    public double Value(double margin)
    {
        var inside = Math.Clamp(margin, pieces.Ends[0], pieces.Ends[^1]);
        var value = Function.Evaluate(inside);
        return inside == margin ? value : value + (margin - inside) * (margin > inside ? pieces.Before[^1] : pieces.After[0]);
    }

    /// <inheritdoc/>
    public ProximalPoint At(double margin, double variance)
    {
        var (ends, before, after) = (pieces.Ends, pieces.Before, pieces.After);
        // The number of ends whose image t + Vℓ′(t + 0) lies left of u.
        var (low, high) = (0, ends.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ends[middle] + variance * after[middle] < margin) low = middle + 1;
            else high = middle;
        }
        if (low < ends.Length && before[low] < after[low] && margin >= ends[low] + variance * before[low])
            return new(ends[low], Math.Clamp((ends[low] - margin) / variance, -after[low], -before[low]), -1 / variance, Function.Evaluate(ends[low]));
        if (low == 0) return Outside(margin, variance, after[0]);
        return low == ends.Length ? Outside(margin, variance, before[^1]) : Inside(low, margin, variance);
    }

    /// <inheritdoc/>
    public int Kinks(double variance, Span<double> kinks)
    {
        var count = 0;
        for (var i = 0; i < pieces.Ends.Length; i++)
        {
            if (i > 0) Bent(i, pieces.Ends[i - 1], pieces.Ends[i], variance, kinks, ref count);
            Add(pieces.Ends[i] + variance * pieces.Before[i], kinks, ref count);
            if (pieces.Before[i] < pieces.After[i]) Add(pieces.Ends[i] + variance * pieces.After[i], kinks, ref count);
        }
        return count;
    }

    /// <inheritdoc/>
    public int Bends(double variance, Span<double> bends, out double scale)
    {
        scale = double.PositiveInfinity;
        return 0;
    }

    /// <inheritdoc/>
    public bool Equals(ConvexLoss? other) => other is not null && Function.Equals(other.Function);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ConvexLoss);

    /// <inheritdoc/>
    public override int GetHashCode() => Function.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static void Add(double place, Span<double> kinks, ref int count)
    {
        if (count < kinks.Length && double.IsFinite(place)) kinks[count++] = place;
    }

    /// <summary>Halves a piece on which du/dt = 1 + Vℓ″ varies much: there u(t) is resolved, but t(u) is not.</summary>
    private void Bent(int piece, double from, double to, double variance, Span<double> kinks, ref int count)
    {
        const double Most = 8;
        var (left, right) = (1 + variance * pieces.Curvature(piece, from), 1 + variance * pieces.Curvature(piece, to));
        if (!(Math.Max(left, right) > Most * Math.Min(left, right)) || count > kinks.Length / 2 || to - from < 1e-6 * Math.Max(1, Math.Abs(from))) return;
        var middle = 0.5 * (from + to);
        Bent(piece, from, middle, variance, kinks, ref count);
        Add(middle + variance * pieces.Slope(piece, middle), kinks, ref count);
        Bent(piece, middle, to, variance, kinks, ref count);
    }

    private ProximalPoint Outside(double margin, double variance, double slope)
    {
        var point = margin - variance * slope;
        return new(point, -slope, 0, Value(point));
    }

    private ProximalPoint Inside(int piece, double margin, double variance)
    {
        var (low, high) = (pieces.Ends[piece - 1], pieces.Ends[piece]);
        var (atLow, atHigh) = (low + variance * pieces.After[piece - 1] - margin, high + variance * pieces.Before[piece] - margin);
        var t = atHigh > atLow ? Math.Clamp(low - atLow / (atHigh - atLow) * (high - low), low, high) : 0.5 * (low + high);
        var (slope, last, width) = (0.0, double.PositiveInfinity, high - low);
        for (var i = 0; i < MaxSteps; i++)
        {
            slope = pieces.Slope(piece, t);
            var excess = t + variance * slope - margin;
            if (excess == 0) break;
            if (excess < 0) low = t;
            else high = t;
            var next = t - excess / (1 + variance * pieces.Curvature(piece, t));
            // Bisection where Newton's method leaves the bracket, or where two steps have not halved residual or bracket.
            if (!(next > low && next < high) || (i % 2 == 1 && Math.Abs(excess) > 0.5 * last && high - low > 0.5 * width)) next = 0.5 * (low + high);
            if (i % 2 == 1) (last, width) = (Math.Abs(excess), high - low);
            var done = Math.Abs(next - t) <= 2e-16 * Math.Max(1e-300, Math.Abs(t)) || next <= low || next >= high;
            t = next;
            if (!done) continue;
            slope = pieces.Slope(piece, t);
            break;
        }
        var curvature = Math.Max(0, pieces.Curvature(piece, t));
        return new(t, -slope, -curvature / (1 + variance * curvature), Function.Evaluate(t));
    }
}
