using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>
/// What a feature system needs of a function f of a standard Gaussian z: its mean E f, its linear coefficient E z f, and the variance of the rest.
/// For an activation these are κ₀, κ₁ and κ⋆²; for a target t₀, t₁ and T₂ − t₀² − t₁².
/// </summary>
/// <param name="Mean">E f(z); exactly 0 where the parity of f says so.</param>
/// <param name="Linear">E z f(z); exactly 0 where the parity of f says so.</param>
/// <param name="NonlinearVariance">E (f − E f − z E z f)², integrated as it stands: a difference of second moments would lose digits for nearly linear f. Exactly 0 for affine f.</param>
public sealed record FeatureMoments(double Mean, double Linear, double NonlinearVariance)
{
    private static readonly object Key = new();

    /// <summary>Whether E f = 0: exactly by parity, else numerically (|E f| below 1e-12 of the norm).</summary>
    public bool HasZeroMean { get; private init; }

    /// <summary>Whether E z f = 0: exactly by parity, else numerically (|E z f| below 1e-12 of the norm).</summary>
    public bool HasZeroLinearPart { get; private init; }

    /// <summary>E f(z)².</summary>
    public double SecondMoment => Mean * Mean + Linear * Linear + NonlinearVariance;

    /// <summary>The part of f that is no constant: E (f − E f)².</summary>
    public double Variance => Linear * Linear + NonlinearVariance;

    /// <summary>Computes the moments, once for every instance of a function.</summary>
    /// <param name="function">The function.</param>
    /// <returns>The moments.</returns>
    /// <exception cref="ArgumentException">The function is not square integrable under the standard Gaussian, or not finite somewhere.</exception>
    /// <exception cref="ArithmeticException">An integral did not reach its tolerance.</exception>
    public static FeatureMoments Of(ScalarFunction function) => function.Memo(Key, Compute);

    private static FeatureMoments Compute(ScalarFunction function)
    {
        if (function.IsSquareIntegrable == false)
            throw new ArgumentException("is not square integrable under the standard Gaussian");
        var estimates = GaussianExpectation.OfMany((z, values) => Powers(function, z, values), 4, function.SplitPoints.AsSpan());
        if (estimates.FirstOrDefault(e => !e.Converged) is { Evaluations: > 0 } failed)
            throw new ArithmeticException($"its moments could not be integrated: {failed.Value:g6} ± {failed.Error:g2}");

        var secondMoment = estimates[2].Value;
        var mean = function.Parity == Parity.Odd ? 0 : estimates[0].Value;
        var linear = function.Parity == Parity.Even ? 0 : function.LinearPlusEven?.Evaluate(0) ?? estimates[1].Value;
        var isAffine = function.Expression is { } expression && expression.TryGetPolynomial(out var polynomial) && polynomial.Degree <= 1;
        var rest = isAffine ? 0 : Rest(function, mean, linear, secondMoment);
        // The square of rounding noise is no non-linearity.
        if (rest <= 1e-28 * secondMoment) rest = 0;
        var noise = 1e-12 * Math.Sqrt(secondMoment);
        return new(mean, linear, rest) { HasZeroMean = Math.Abs(mean) <= noise, HasZeroLinearPart = Math.Abs(linear) <= noise };
    }

    // f, z f, f² and e^{z²/4} side by side: integrand k fills the k-th stretch of the values. The last keeps the range of integration wide where f vanishes for a while and comes back.
    private static void Powers(ScalarFunction function, ReadOnlySpan<double> z, Span<double> values)
    {
        var n = z.Length;
        function.Evaluate(z, values[..n]);
        for (var i = 0; i < n; i++)
        {
            values[n + i] = z[i] * values[i];
            values[2 * n + i] = values[i] * values[i];
            values[3 * n + i] = Math.Exp(z[i] * z[i] / 4);
        }
    }

    private static double Rest(ScalarFunction function, double mean, double linear, double secondMoment)
    {
        // The integrand is a square of differences that may be far smaller than f: its rounding noise is the floor of the tolerance.
        var options = new GaussianExpectationOptions { AbsoluteTolerance = 1e-20 * secondMoment };
        var estimate = GaussianExpectation.OfMany(
            (z, values) =>
            {
                var n = z.Length;
                function.Evaluate(z, values[..n]);
                for (var i = 0; i < n; i++)
                {
                    var rest = values[i] - mean - linear * z[i];
                    values[i] = rest * rest;
                    values[n + i] = Math.Exp(z[i] * z[i] / 4);
                }
            },
            2,
            function.SplitPoints.AsSpan(),
            options)[0];
        return estimate.Converged
            ? estimate.Value
            : throw new ArithmeticException($"the variance of its non-linear part could not be integrated: {estimate.Value:g6} ± {estimate.Error:g2}");
    }
}
