using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Theory.Channels;

/// <summary>
/// The averages of the logistic loss by the trapezoidal rule. The integrand is analytic in z up to the distance π/√q, where the proximal map has its singularities whatever V is, and grows there
/// like the Gaussian of the teacher: the error of step h is e^{(1 + c²)y²/2 − 2πy/h} for every y up to that distance.
/// </summary>
internal sealed class SmoothMargin(IBinaryTeacher teacher)
{
    /// <summary>Exponent of the error.</summary>
    private const double Digits = 36;
    private const double Reach = 8.5;
    private const double RootTwoPi = 2.5066282746310002;
    private const int MostNodes = 1600;

    /// <summary>Part of the distance to a singularity that is used.</summary>
    private const double Inside = 0.95;

    private double[] fields = new double[64];
    private double[] means = new double[64];
    private double[] masses = new double[64];
    private double[] probabilities = new double[64];
    private double[] slopes = new double[64];

    /// <summary>The averages over one label (twice, for symmetric laws) or both; <see langword="null"/> if too many nodes were needed.</summary>
    public ChannelAverages? Sum(in ChannelPoint point, bool twoLabels)
    {
        var root = Math.Sqrt(point.Q);
        var rate = point.M / root;
        var (strip, growth) = teacher.Analyticity(point.TeacherVariance);
        var curvature = 1 + rate * rate * growth;
        var distance = Math.Min(Inside * Math.PI / root, Inside * strip / Math.Abs(rate));
        distance = Math.Min(distance, Math.Sqrt(2 * Digits / curvature));
        var step = 2 * Math.PI * distance / (Digits + 0.5 * curvature * distance * distance);
        if (!(2 * Reach / step < MostNodes)) return null;

        var count = Lay(point, root, rate, step);
        var sums = OneLabel(1, point.V, count);
        if (!twoLabels) return sums.Plus(sums) with { Force = 0 };
        for (var i = 0; i < count; i++) probabilities[i] = 1 - probabilities[i];
        return sums.Plus(OneLabel(-1, point.V, count));
    }

    private int Lay(in ChannelPoint point, double root, double rate, double step)
    {
        var half = (int)Math.Ceiling(Reach / step);
        var count = (2 * half + 4) / 4 * 4;
        if (count > fields.Length)
        {
            var size = 2 * count;
            (fields, means, masses, probabilities, slopes) = (new double[size], new double[size], new double[size], new double[size], new double[size]);
        }
        for (var i = 0; i < count; i++)
        {
            var z = step * (i - half);
            fields[i] = point.H + root * z;
            means[i] = point.T + rate * z;
            masses[i] = -0.5 * z * z;
        }
        TensorPrimitives.Exp(masses.AsSpan(0, count), masses.AsSpan(0, count));
        TensorPrimitives.Multiply(masses.AsSpan(0, count), step / RootTwoPi, masses.AsSpan(0, count));
        masses.AsSpan(2 * half + 1, count - 2 * half - 1).Clear();
        teacher.At(means.AsSpan(0, count), point.TeacherVariance, probabilities.AsSpan(0, count), slopes.AsSpan(0, count));
        return count;
    }

    private ChannelAverages OneLabel(int label, double variance, int count)
    {
        var sign = Vector256.Create((double)label);
        var (square, stiffness, force, teaching, train) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var field = MemoryMarshal.Cast<double, Vector256<double>>(fields.AsSpan(0, count));
        var mass = MemoryMarshal.Cast<double, Vector256<double>>(masses.AsSpan(0, count));
        var probability = MemoryMarshal.Cast<double, Vector256<double>>(probabilities.AsSpan(0, count));
        var slope = MemoryMarshal.Cast<double, Vector256<double>>(slopes.AsSpan(0, count));
        for (var i = 0; i < field.Length; i++)
        {
            var (f, s, l) = LogisticLanes.At(sign * field[i], variance);
            var weight = mass[i] * probability[i];
            force += weight * f;
            square += weight * f * f;
            stiffness -= weight * s;
            train += weight * l;
            // The derivatives of the probabilities of both labels are opposite.
            teaching += mass[i] * slope[i] * f;
        }
        return new(Vector256.Sum(square), Vector256.Sum(stiffness), label * Vector256.Sum(force), Vector256.Sum(teaching), Vector256.Sum(train));
    }
}

/// <summary>The proximal map of <see cref="LogisticLoss"/>, four margins at a time.</summary>
internal static class LogisticLanes
{
    private const int MaxSteps = 60;

    /// <summary>Force, slope and loss at the proximal point; the same steps as for one margin.</summary>
    public static (Vector256<double> Force, Vector256<double> Slope, Vector256<double> Loss) At(Vector256<double> margin, double variance)
    {
        var (one, zero, v) = (Vector256<double>.One, Vector256<double>.Zero, Vector256.Create(variance));
        // (u, x) → (−u − V, −x) leaves the equation as it is: only roots x ≥ 0 need be found.
        var reflected = Vector256.LessThan(margin, Vector256.Create(-0.5 * variance));
        var u = Vector256.ConditionalSelect(reflected, -margin - v, margin);
        var x = Vector256.Max(u, zero);
        var logarithm = Vector256.Create(Math.Log(0.5 * variance)) - u;
        var guess = u + logarithm - Vector256.Log(Vector256.Max(logarithm, one));
        x = Vector256.ConditionalSelect(Vector256.GreaterThan(logarithm, one), Vector256.Max(x, guess), x);
        for (var i = 0; i < MaxSteps; i++)
        {
            var e = Vector256.Exp(-x);
            var t = e / (one + e);
            var step = (u + v * t - x) / (one + v * t / (one + e));
            x = Vector256.Max(zero, x + step);
            if (!Vector256.GreaterThanAny(step, Vector256.Create(4e-16) * Vector256.Max(one, x))) break;
        }
        var decay = Vector256.Exp(-x);
        var plus = one / (one + decay);
        var tail = decay * plus;
        var curvature = tail * plus;
        var loss = Log1P(decay);
        return (Vector256.ConditionalSelect(reflected, plus, tail), -curvature / (one + v * curvature), Vector256.ConditionalSelect(reflected, x + loss, loss));
    }

    private static Vector256<double> Log1P(Vector256<double> x)
    {
        var sum = Vector256<double>.One + x;
        return Vector256.Log(sum) + (x - (sum - Vector256<double>.One)) / sum;
    }
}
