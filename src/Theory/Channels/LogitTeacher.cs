using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Theory.Symbolics;

namespace Theory.Channels;

/// <summary>P(y | τ) = 1/(1 + e^{−κ y τ}) with inverse temperature κ.</summary>
internal sealed class LogitTeacher(double inverseTemperature) : IBinaryTeacher
{
    private const double RootTwoPi = 2.5066282746310002;

    /// <summary>Above it the sigmoid is resolved, below it the Gaussian.</summary>
    private const double SharpWidth = 8;

    public int StepCount => 1;

    public bool IsOdd => true;

    public (double Probability, double Slope) At(int label, double mean, double variance)
    {
        var (centre, width) = (label * inverseTemperature * mean, inverseTemperature * Math.Sqrt(variance));
        if (width >= SharpWidth)
        {
            var (sharp, steep) = OverLogit(centre, width);
            return (sharp, label * inverseTemperature * steep);
        }
        var (probability, slope) = OverField(Vector256.Create(centre), width);
        return (probability[0], label * inverseTemperature * slope[0]);
    }

    public void At(ReadOnlySpan<double> means, double variance, Span<double> probabilities, Span<double> slopes)
    {
        var width = inverseTemperature * Math.Sqrt(variance);
        if (width >= SharpWidth)
        {
            for (var i = 0; i < means.Length; i++) (probabilities[i], slopes[i]) = At(1, means[i], variance);
            return;
        }
        var mean = MemoryMarshal.Cast<double, Vector256<double>>(means);
        var probability = MemoryMarshal.Cast<double, Vector256<double>>(probabilities);
        var slope = MemoryMarshal.Cast<double, Vector256<double>>(slopes);
        for (var i = 0; i < mean.Length; i++)
        {
            (probability[i], slope[i]) = OverField(inverseTemperature * mean[i], width);
            slope[i] *= inverseTemperature;
        }
    }

    public (double Strip, double GrowthRate) Analyticity(double variance) => (Math.PI / inverseTemperature, 0);

    public double Steps(double variance, Span<double> fields)
    {
        fields[0] = 0;
        return Math.Sqrt(variance) + 3 / inverseTemperature;
    }

    /// <summary>
    /// E s(c + w z) and E s′(c + w z) by the trapezoidal rule in z. The poles of s lie π/w from the real axis: with step h its error is e^(−2π²/(wh)), here at most e^−36.
    /// </summary>
    private static (Vector256<double> Probability, Vector256<double> Slope) OverField(Vector256<double> centre, double width)
    {
        var step = Math.Min(0.5, 0.548 / Math.Max(width, 1e-300));
        var (probability, slope) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var count = (int)Math.Ceiling(8.7 / step);
        // The Gaussian weights by recursion: each is the last times a ratio that itself shrinks by e^(−h²).
        var (weight, ratio, shrink) = (step / RootTwoPi, Math.Exp(-0.5 * step * step), Math.Exp(-step * step));
        for (var i = 0; i <= count; i++)
        {
            for (var side = i == 0 ? 1 : -1; side <= 1; side += 2)
            {
                var x = centre + Vector256.Create(width * step * side * i);
                var decay = Vector256.Exp(-Vector256.Abs(x));
                var tail = Vector256<double>.One / (Vector256<double>.One + decay);
                probability += weight * Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(x, Vector256<double>.Zero), tail, decay * tail);
                slope += weight * (decay * tail * tail);
            }
            weight *= ratio;
            ratio *= shrink;
        }
        return (probability, slope);
    }

    /// <summary>E s(c + w z) = ∫ s′(x) Φ((c − x)/w) dx, and its derivative in c, by the trapezoidal rule in x.</summary>
    private static (double Probability, double Slope) OverLogit(double centre, double width)
    {
        const double Step = 0.5;
        var (probability, slope) = (0.0, 0.0);
        for (var i = -76; i <= 76; i++)
        {
            var x = Step * i;
            var t = (centre - x) / width;
            var decay = Math.Exp(-Math.Abs(x));
            var weight = Step * decay / ((1 + decay) * (1 + decay));
            probability += weight * Elementary.NormCdf(t);
            slope += weight * Math.Exp(-0.5 * t * t) / (RootTwoPi * width);
        }
        return (probability, slope);
    }
}
