using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Theory.Symbolics;

namespace Theory.Channels;

/// <summary>y = g(τ + √Δ ξ) with g = ±1 piecewise constant, such as a sign, and ξ ~ N(0, 1).</summary>
internal sealed class ThresholdTeacher : IBinaryTeacher
{
    private readonly ImmutableArray<double> thresholds;
    private readonly int firstSign;
    private readonly double noise;

    private ThresholdTeacher(ImmutableArray<double> thresholds, int firstSign, double noise) =>
        (this.thresholds, this.firstSign, this.noise) = (thresholds, firstSign, noise);

    /// <summary>sign(τ + √Δ ξ).</summary>
    public static ThresholdTeacher Sign(double noise) => new([0], -1, noise);

    public int StepCount => thresholds.Length;

    /// <summary>Whether g is the sign itself or its negative.</summary>
    public bool IsSign => thresholds is [0];

    public bool IsOdd => IsSign;

    /// <summary>Δ.</summary>
    public double Noise => noise;

    /// <summary>The value of g on the left of all thresholds.</summary>
    public int FirstSign => firstSign;

    /// <summary>Recognises a function that is ±1 everywhere; <see langword="null"/> when it is not.</summary>
    public static ThresholdTeacher? TryCreate(ScalarFunction g, double noise)
    {
        var thresholds = ImmutableArray.CreateBuilder<double>();
        var (first, last) = (0, 0);
        for (var cell = 0; cell <= g.Breakpoints.Length; cell++)
        {
            if (SignOn(g, cell) is not { } sign) return null;
            if (cell == 0) first = sign;
            else if (sign != last) thresholds.Add(g.Breakpoints[cell - 1]);
            last = sign;
        }
        return new(thresholds.ToImmutable(), first, noise);
    }

    public (double Probability, double Slope) At(int label, double mean, double variance)
    {
        var width = Math.Sqrt(variance + noise);
        var (probability, slope, sign) = (0.0, 0.0, firstSign);
        var lower = double.NegativeInfinity;
        for (var cell = 0; cell <= thresholds.Length; cell++, sign = -sign)
        {
            var upper = cell < thresholds.Length ? (thresholds[cell] - mean) / width : double.PositiveInfinity;
            if (sign == label)
            {
                probability += GaussianTail.Between(lower, upper);
                slope += (GaussianTail.Density(lower) - GaussianTail.Density(upper)) / width;
            }
            lower = upper;
        }
        return (probability, slope);
    }

    public void At(ReadOnlySpan<double> means, double variance, Span<double> probabilities, Span<double> slopes)
    {
        var inverse = 1 / Math.Sqrt(variance + noise);
        var mean = MemoryMarshal.Cast<double, Vector256<double>>(means);
        var probability = MemoryMarshal.Cast<double, Vector256<double>>(probabilities);
        var slope = MemoryMarshal.Cast<double, Vector256<double>>(slopes);
        for (var i = 0; i < mean.Length; i++)
        {
            var (p, s, sign) = (firstSign > 0 ? Vector256<double>.One : Vector256<double>.Zero, Vector256<double>.Zero, -firstSign);
            foreach (var threshold in thresholds)
            {
                // Beyond the threshold the sign changes, with probability Φ.
                var (cumulative, density) = Lanes.Normal((mean[i] - Vector256.Create(threshold)) * inverse);
                p += sign * cumulative;
                s += sign * inverse * density;
                sign = -sign;
            }
            (probability[i], slope[i]) = (p, s);
        }
    }

    public (double Strip, double GrowthRate) Analyticity(double variance) => (double.PositiveInfinity, 1 / (variance + noise));

    public double Steps(double variance, Span<double> fields)
    {
        thresholds.CopyTo(fields);
        return Math.Sqrt(variance + noise);
    }

    /// <summary>A label for a field, with the noise drawn by the caller.</summary>
    public int Label(double field)
    {
        var sign = firstSign;
        foreach (var threshold in thresholds)
        {
            if (field < threshold) break;
            sign = -sign;
        }
        return sign;
    }

    private static int? SignOn(ScalarFunction g, int cell)
    {
        var breaks = g.Breakpoints;
        var lower = cell == 0 ? (breaks.Length > 0 ? breaks[0] : 0) - 40 : breaks[cell - 1];
        var upper = cell == breaks.Length ? (breaks.Length > 0 ? breaks[^1] : 0) + 40 : breaks[cell];
        int? sign = null;
        for (var i = 1; i < 16; i++)
        {
            var value = g.Evaluate(lower + (upper - lower) * i / 16);
            if (Math.Abs(value) != 1 || (sign is { } known && known != value)) return null;
            sign = (int)value;
        }
        return sign;
    }
}
