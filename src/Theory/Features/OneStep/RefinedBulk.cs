namespace Theory.Features;

/// <summary>Rows of W̃ ~ N(0, Γ/d) with the covariance Γ = (I + aM)² + bQ that the first batch gives them.</summary>
internal sealed class RefinedBulk(StepSpectrum spectrum, FirstStep step, double beta) : IBulk
{
    public BulkAverages At(double z, double a)
    {
        var tau = Root(z, a);
        var at = spectrum.At(tau);
        var m01 = a > 0 ? tau / (beta * a) : 1 / z;
        // t = 1 − τφ; φ = (1 − t)/τ; F(τ) = τz + A(1 − t) − βA vanishes, and F_τ > 0.
        var slope = -at.Phi - tau * at.PhiSlope;
        var growth = z - a * slope;
        var scale = beta * m01;
        var rest = beta - tau * at.Phi;
        var derivative = new Symmetric2(at.N.Vv + tau * at.NSlope.Vv, at.N.Vz + tau * at.NSlope.Vz, at.N.Zz + tau * at.NSlope.Zz);
        return new(
            M01: m01,
            M02: m01 / growth,
            M11: at.Phi * m01,
            M12: -slope * m01 / growth,
            M22: m01 * (-z * scale * at.PhiSlope - at.Phi * slope) / growth,
            A1: scale * at.N,
            A2: (scale / growth) * derivative,
            B2: (scale / growth) * (-slope * at.N - rest * at.NSlope));
    }

    // Newton's method inside the bracket [βA/(z + Ac), βA/z].
    private double Root(double z, double a)
    {
        if (a == 0) return 0;
        var (lower, upper) = (beta * a / (z + a * step.Bulk) * (1 - 1e-9), beta * a / z);
        var tau = lower;
        for (var i = 0; i < 100; i++)
        {
            var at = spectrum.At(tau);
            var value = tau * (z + a * at.Phi) - beta * a;
            if (value > 0) upper = tau;
            else lower = tau;
            var next = tau - value / (z + a * (at.Phi + tau * at.PhiSlope));
            if (!(next > lower && next < upper)) next = Math.Sqrt(lower * upper);
            if (Math.Abs(next - tau) <= 4e-16 * tau) return next;
            tau = next;
        }
        return tau;
    }
}
