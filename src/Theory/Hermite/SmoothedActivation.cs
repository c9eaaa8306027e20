using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Hermite;

/// <summary>
/// The moments of f(a + s·z), z ~ N(0, 1), at many shifts a and one scale s: what an activation is to a neuron whose pre-activation is shifted by a.
/// For one shift, <see cref="SmoothedMoments"/> gives the same numbers with an error bound. Safe to use from several threads.
/// </summary>
public sealed class SmoothedActivation
{
    /// <summary>For fewer shifts than this there is no common rule.</summary>
    private const int FewShifts = 8;

    private static readonly object Key = new();

    private volatile Prepared? latest;

    private SmoothedActivation(ScalarFunction function) => Function = function;

    /// <summary>f.</summary>
    public ScalarFunction Function { get; }

    /// <summary>Prepares a function, once for every instance of it.</summary>
    /// <param name="f">The function.</param>
    /// <returns>What evaluates its moments.</returns>
    public static SmoothedActivation Of(ScalarFunction f) => Guard.NotNull(f, nameof(f)).Memo(Key, static function => new SmoothedActivation(function));

    /// <summary>Computes the moments, with errors of at most 1e-10 of the norm √E f(a + s·z)² and mostly far less. Where f is so small against its values in the range
    /// of the shifts that it is rounding noise, the errors are of the size of that noise. An output that is not wanted may be an empty span.</summary>
    /// <param name="shifts">The shifts a, finite, in any order.</param>
    /// <param name="scale">s ≥ 0, finite; 0 gives the constants f(a).</param>
    /// <param name="c0">Receives E f(a + s·z) for each shift.</param>
    /// <param name="c1">Receives E[z f(a + s·z)] = s·dc₀/da.</param>
    /// <param name="c2">Receives E[(z² − 1) f(a + s·z)] = s²·d²c₀/da², not divided by √2.</param>
    /// <param name="secondMoment">Receives E f(a + s·z)².</param>
    /// <param name="nonlinear">Receives E (f(a + s·z) − c₀ − c₁z)² = E f² − c₀² − c₁², without the loss of digits of that difference.</param>
    /// <exception cref="ArgumentOutOfRangeException">A shift or the scale is out of range.</exception>
    /// <exception cref="ArgumentException">A span has neither the length of the shifts nor none; E f(a + s·z)² is infinite, or f is NaN or infinite somewhere, which the message names.</exception>
    /// <exception cref="ArithmeticException">A moment could not be integrated to 1e-10 of the norm.</exception>
    public void Evaluate(ReadOnlySpan<double> shifts, double scale, Span<double> c0, Span<double> c1, Span<double> c2, Span<double> secondMoment, Span<double> nonlinear = default)
    {
        Guard.In(scale, ParameterRange.NonNegative, nameof(scale));
        RequireLength(shifts, c0, nameof(c0));
        RequireLength(shifts, c1, nameof(c1));
        RequireLength(shifts, c2, nameof(c2));
        RequireLength(shifts, secondMoment, nameof(secondMoment));
        RequireLength(shifts, nonlinear, nameof(nonlinear));
        var prepared = scale > 0 && shifts.Length >= FewShifts ? Prepare(shifts, scale) : null;
        for (var i = 0; i < shifts.Length; i++)
        {
            var (moments, rule) = prepared?.Rule is { } common ? (common.Evaluate(shifts[i]), common) : One(shifts[i], scale, prepared?.Noise ?? 0);
            if (c0.Length > 0) c0[i] = moments.Mean;
            if (c1.Length > 0) c1[i] = moments.First;
            if (c2.Length > 0) c2[i] = moments.Second;
            if (secondMoment.Length > 0) secondMoment[i] = moments.SecondMoment;
            if (nonlinear.Length > 0)
                nonlinear[i] = rule?.Nonlinear(shifts[i], moments) ?? Math.Max(0, moments.SecondMoment - moments.Mean * moments.Mean - moments.First * moments.First);
        }
    }

    // The rule is kept for the last scale and range only: curves and iterations ask for the same one again and again.
    private Prepared Prepare(ReadOnlySpan<double> shifts, double scale)
    {
        var (lowest, highest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var shift in shifts)
        {
            Guard.In(shift, ParameterRange.Finite, nameof(shifts));
            lowest = Math.Min(lowest, shift);
            highest = Math.Max(highest, shift);
        }
        var known = latest;
        if (known is not null && known.Covers(lowest, highest, scale)) return known;
        // A little more, for the next set of shifts from about the same range.
        var margin = scale / 2 + (highest - lowest) / 50;
        (lowest, highest) = (lowest - margin, highest + margin);
        var noise = ShiftRule.NoiseOf(Function, lowest - scale, highest + scale);
        return latest = new(ShiftRule.TryCreate(Function, lowest, highest, scale, noise), noise, lowest, highest, scale);
    }

    private (SmoothedMoments Moments, ShiftRule? Rule) One(double shift, double scale, double noise)
    {
        Guard.In(shift, ParameterRange.Finite, "shifts");
        if (scale > 0 && ShiftRule.TryCreate(Function, shift, shift, scale, noise) is { } rule) return (rule.Evaluate(shift), rule);
        var moments = SmoothedMoments.Of(Function, shift, scale);
        return moments.Error <= 1e-10 * Math.Sqrt(moments.SecondMoment)
            ? (moments, null)
            : throw new ArithmeticException($"the moments of {Function.Quote} at shift {shift:g6} and scale {scale:g6} are only known to {moments.Error:g2}");
    }

    private static void RequireLength(ReadOnlySpan<double> shifts, ReadOnlySpan<double> output, string name)
    {
        if (output.Length != 0 && output.Length != shifts.Length) throw new ArgumentException($"must have {shifts.Length} places, or none; got {output.Length}", name);
    }

    private sealed record Prepared(ShiftRule? Rule, double Noise, double Lowest, double Highest, double Scale)
    {
        public bool Covers(double lowest, double highest, double scale) => Scale == scale && Lowest <= lowest && highest <= Highest;
    }
}
