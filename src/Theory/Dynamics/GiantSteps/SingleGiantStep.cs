using MathNet.Numerics;
using Theory.Contract;
using Theory.Hermite;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>Closed forms for the first gradient of a random neuron.</summary>
public static class SingleGiantStep
{
    /// <summary>
    /// Mean squared norm of the overlap of the first gradient with the plane of f = z1 z2, for a neuron w uniform on the sphere and the gradient's component along w projected out:
    /// E_x[(Sx + 6v)/(Sx + 6v + (d − 3)v)] over x ~ Exp(1), which d|u|²/2 follows, with S = 2μ₂²/d, v = E σ′²/n. A mean of a ratio: at n = κd² it has a limit for d → ∞,
    /// at n = κd it is of order 1/d [Dandi, Krzakala, Loureiro, Pesce &amp; Stephan 2023, arXiv:2305.18270].
    /// </summary>
    /// <param name="activation">σ(z), a formula with μ₂ = E σ(z) He₂(z).</param>
    /// <param name="dimension">d, at least 4.</param>
    /// <param name="batchSize">n, at least 1.</param>
    /// <returns>The mean, in [0, 1]; relative corrections are of order 1/d.</returns>
    /// <exception cref="ArgumentException">σ is a delegate, or constant.</exception>
    /// <exception cref="ArgumentOutOfRangeException">d or n is too small.</exception>
    public static double SquaredOverlapOfProduct(ScalarFunction activation, int dimension, int batchSize)
    {
        Guard.NotNull(activation, nameof(activation));
        Guard.AtLeast(dimension, 4, nameof(dimension));
        Guard.AtLeast(batchSize, 1, nameof(batchSize));
        var formula = activation.Expression ?? throw new ArgumentException($"activation must be a formula; got the delegate {activation.Text}", nameof(activation));
        var curvature = activation.Hermite(2)[2].Raw;
        var v = ScalarFunction.Of(formula.Differentiate()).Hermite(0).SecondMoment / batchSize;
        if (v == 0) throw new ArgumentException("activation must not be constant", nameof(activation));

        // ∫ e^{-x} (Sx + A)/(Sx + B) dx = 1 − (1 − A/B) y e^y E₁(y) with y = B/S.
        var (signal, inside, all) = (2 * curvature * curvature / dimension, 6 * v, (dimension + 3) * v);
        return 1 - (1 - inside / all) * (signal == 0 ? 1 : ScaledExponentialIntegral(all / signal));
    }

    /// <summary>y e^y E₁(y), which tends to 1: beyond y = 1 the even part of Stieltjes' continued fraction 1/(y + 1 − 1/(y + 3 − 4/(y + 5 − …))), which does not overflow.</summary>
    private static double ScaledExponentialIntegral(double y)
    {
        if (y < 1) return y * Math.Exp(y) * SpecialFunctions.ExponentialIntegral(y, 1);
        var tail = 0.0;
        for (var k = 200; k >= 1; k--) tail = (double)k * k / (y + 2 * k + 1 - tail);
        return y / (y + 1 - tail);
    }
}
