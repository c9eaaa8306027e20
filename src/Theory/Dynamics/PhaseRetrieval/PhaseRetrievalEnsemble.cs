using System.Collections.Immutable;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>
/// The overlap of spherical phase retrieval with one student as a diffusion: dm = [F − ½ρm + ε(⅜ m Var r_q − ½ Cov(r_q, r_m)) − ½ m η (H2 − rH)/d] dt + √(ε Var(r_m − m r_q/2)) dW with ε = γ_c/d:
/// the limit, its Itô correction, the finite-d part of the variance of the steps, which is as large, and the noise. Euler–Maruyama, |m| clipped at 1.
/// </summary>
/// <remarks>Source: Arnaboldi, Krzakala, Loureiro and Stephan 2023, arXiv:2305.18502; the two drift corrections and the covariance are derived here.</remarks>
public sealed class PhaseRetrievalEnsemble
{
    private PhaseRetrievalEnsemble()
    {
    }

    /// <summary>Times of the record.</summary>
    public required ImmutableArray<double> Times { get; init; }

    /// <summary>Mean of m over the ensemble at these times.</summary>
    public required ImmutableArray<double> Mean { get; init; }

    /// <summary>Mean of |m|.</summary>
    public required ImmutableArray<double> MeanMagnitude { get; init; }

    /// <summary>Standard deviation of m.</summary>
    public required ImmutableArray<double> Deviation { get; init; }

    /// <summary>First times at which |m| reached the threshold, one per member, +∞ for members that did not.</summary>
    public required ImmutableArray<double> PassageTimes { get; init; }

    /// <summary>Runs an ensemble.</summary>
    /// <param name="learningRate">γ_c, in (0, ∞).</param>
    /// <param name="noise">Δ, in [0, ∞).</param>
    /// <param name="dimension">d, at least 2.</param>
    /// <param name="m0">m(0), in [−1, 1].</param>
    /// <param name="times">Times t = steps·γ_c/d at which statistics are wanted, not decreasing, at least one.</param>
    /// <param name="members">Members, at least 2.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="threshold">The threshold of the passage times, in (0, 1].</param>
    /// <returns>The ensemble's statistics.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="ArgumentException">There are no times, or they decrease.</exception>
    public static PhaseRetrievalEnsemble Run(
        double learningRate, double noise, double dimension, double m0, IReadOnlyList<double> times, int members, ulong seed, double threshold = 0.5)
    {
        Guard.In(learningRate, ParameterRange.Positive, nameof(learningRate));
        Guard.In(noise, ParameterRange.NonNegative, nameof(noise));
        Guard.In(dimension, new(2, true, double.PositiveInfinity, false), nameof(dimension));
        Guard.In(m0, ParameterRange.Closed(-1, 1), nameof(m0));
        Guard.In(threshold, new(0, false, 1, true), nameof(threshold));
        Guard.AtLeast(members, 2, nameof(members));
        Guard.NotNull(times, nameof(times));
        if (times.Count == 0) throw new ArgumentException("times must have at least one element", nameof(times));
        for (var i = 0; i < times.Count; i++)
        {
            Guard.In(times[i], ParameterRange.NonNegative, nameof(times));
            if (i > 0 && times[i] < times[i - 1]) throw new ArgumentException("times must not decrease", nameof(times));
        }

        return Sample(new Law(learningRate, noise, dimension), m0, times, members, seed, threshold);
    }

    private static PhaseRetrievalEnsemble Sample(Law law, double m0, IReadOnlyList<double> times, int members, ulong seed, double threshold)
    {
        var states = Enumerable.Repeat(m0, members).ToArray();
        var passage = states.Select(m => Math.Abs(m) >= threshold ? 0 : double.PositiveInfinity).ToArray();
        var streams = Enumerable.Range(0, members).Select(i => new RandomStream(seed, (ulong)i)).ToArray();
        List<double> mean = [], magnitude = [], deviation = [];
        var now = 0.0;
        foreach (var time in times)
        {
            for (var i = 0; i < members; i++) law.Advance(ref states[i], ref passage[i], now, time, threshold, streams[i]);
            now = time;
            var average = states.Average();
            mean.Add(average);
            magnitude.Add(states.Average(Math.Abs));
            deviation.Add(Math.Sqrt(states.Sum(m => (m - average) * (m - average)) / (members - 1)));
        }

        return new() { Times = [.. times], Mean = [.. mean], MeanMagnitude = [.. magnitude], Deviation = [.. deviation], PassageTimes = [.. passage] };
    }

    /// <summary>Drift and variance as Chebyshev series in m: they are polynomials of degree at most 14.</summary>
    private sealed class Law
    {
        private const int Degree = 16;
        private readonly double[] drift, variance;
        private readonly double epsilon;

        public Law(double learningRate, double noise, double dimension)
        {
            epsilon = learningRate / dimension;
            var nodes = Enumerable.Range(0, Degree + 1).Select(i => Math.Cos(Math.PI * (i + 0.5) / (Degree + 1))).ToArray();
            var rates = nodes.Select(m => PhaseRetrievalIncrements.At(1, m, 1, learningRate, noise)).ToArray();
            drift = Chebyshev([.. nodes.Select((m, i) => Drift(rates[i], m, learningRate, dimension))]);
            variance = Chebyshev([.. nodes.Select((m, i) => rates[i].SphericalVariance(m))]);
        }

        /// <summary>Steps of at most ε, the length of one step of SGD.</summary>
        public void Advance(ref double m, ref double passage, double from, double to, double threshold, RandomStream random)
        {
            var steps = (int)Math.Ceiling((to - from) / epsilon - 1e-9);
            var step = steps > 0 ? (to - from) / steps : 0;
            for (var i = 0; i < steps; i++)
            {
                var noise = Math.Sqrt(epsilon * step * Math.Max(Series(variance, m), 0));
                m = Math.Clamp(m + step * Series(drift, m) + noise * random.NextGaussian(), -1, 1);
                if (passage == double.PositiveInfinity && Math.Abs(m) >= threshold) passage = from + (i + 1) * step;
            }
        }

        private static double Drift(PhaseRetrievalIncrements rates, double m, double eta, double dimension)
        {
            var limit = rates.DriftM - 0.5 * m * rates.DriftQ;
            var ito = eta / dimension * (0.375 * m * rates.VarQ - 0.5 * rates.CovQM);
            return limit + ito - 0.5 * m * eta * (rates.H2 - 2 * rates.H) / dimension;
        }

        private static double[] Chebyshev(double[] values)
        {
            var n = values.Length;
            return [.. Enumerable.Range(0, n).Select(k => (k == 0 ? 1.0 : 2.0) / n * Enumerable.Range(0, n).Sum(i => values[i] * Math.Cos(Math.PI * k * (i + 0.5) / n)))];
        }

        /// <summary>Clenshaw's sum.</summary>
        private static double Series(double[] c, double x)
        {
            var (b1, b2) = (0.0, 0.0);
            for (var k = c.Length - 1; k > 0; k--) (b1, b2) = (2 * x * b1 - b2 + c[k], b1);
            return x * b1 - b2 + c[0];
        }
    }
}
