using System.Buffers;
using Theory.Contract;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Hermite;

/// <summary>Moments of g(Z) = f(a + s·Z) for Z ~ N(0, 1): the first Hermite coefficients of a function smoothed by a Gaussian.</summary>
/// <param name="Mean">c_0 = E g(Z).</param>
/// <param name="First">c_1 = E[Z g(Z)] (= s·E f′(a + sZ) for smooth f).</param>
/// <param name="Second">c_2 = E[(Z² − 1) g(Z)], not divided by √2.</param>
/// <param name="SecondMoment">E g(Z)².</param>
/// <param name="Error">Bound of the error of each of them, the second moment relative to √E g² aside.</param>
public readonly record struct SmoothedMoments(double Mean, double First, double Second, double SecondMoment, double Error)
{
    /// <summary>Computes the moments by quadrature split at the shifted breakpoints of f.</summary>
    /// <param name="f">The function, with f(a + sZ) square integrable.</param>
    /// <param name="shift">a, finite.</param>
    /// <param name="scale">s ≥ 0, finite; 0 gives the constant f(a).</param>
    /// <param name="options">Choices, or <see langword="null"/> for the defaults.</param>
    /// <returns>The moments.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Shift or scale is out of range.</exception>
    /// <exception cref="ArgumentException">E g² is infinite, or f is NaN or infinite somewhere, which the message names.</exception>
    public static SmoothedMoments Of(ScalarFunction f, double shift, double scale, HermiteOptions? options = null)
    {
        Guard.NotNull(f, nameof(f));
        Guard.In(shift, ParameterRange.Finite, nameof(shift));
        Guard.In(scale, ParameterRange.NonNegative, nameof(scale));
        if (scale == 0) return AtPoint(f, shift);
        var chosen = options ?? HermiteOptions.Default;
        var quadrature = new GaussianExpectationOptions { Tolerance = chosen.Tolerance, MaxEvaluations = chosen.MaxEvaluations };
        var splits = f.SplitPoints.Select(b => (b - shift) / scale).ToArray();
        try
        {
            var estimates = GaussianExpectation.OfMany((z, values) => Evaluate(f, shift, scale, z, values), 5, splits, quadrature);
            var error = estimates.Take(3).Max(e => e.Error);
            return new(estimates[0].Value, estimates[1].Value, estimates[2].Value, estimates[3].Value, error);
        }
        catch (QuadratureException e)
        {
            throw IntegrationFailure.Translate(f, e, shift, scale);
        }
    }

    private static SmoothedMoments AtPoint(ScalarFunction f, double shift)
    {
        var value = f.Evaluate(shift);
        return double.IsFinite(value) ? new(value, 0, 0, value * value, 0) : throw new ArgumentException($"{f.Quote} is not finite at z = {shift:g6}");
    }

    private static void Evaluate(ScalarFunction f, double shift, double scale, ReadOnlySpan<double> z, Span<double> values)
    {
        var n = z.Length;
        var points = ArrayPool<double>.Shared.Rent(n);
        try
        {
            for (var i = 0; i < n; i++) points[i] = shift + scale * z[i];
            var g = values[..n];
            f.Evaluate(points.AsSpan(0, n), g);
            for (var i = 0; i < n; i++)
            {
                values[n + i] = z[i] * g[i];
                values[2 * n + i] = (z[i] * z[i] - 1) * g[i];
                values[3 * n + i] = g[i] * g[i];
                // Keeps the range of integration wide where f vanishes for a while and comes back.
                values[4 * n + i] = Math.Exp(z[i] * z[i] / 4);
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(points);
        }
    }
}
