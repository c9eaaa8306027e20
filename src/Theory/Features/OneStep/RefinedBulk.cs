namespace Theory.Features;

/// <summary>Rows of W̃ ~ N(0, Γ/d) with the covariance Γ = (I + aM)² + bQ that the first batch gives them. For one solution: it remembers the last τ.</summary>
internal sealed class RefinedBulk(StepSpectrum spectrum, FirstStep step, double beta) : IBulk
{
    private double latest;

    public double Error { get; private set; }

    public BulkAverages At(double z, double a)
    {
        var (tau, at) = Root(z, a);
        var m01 = 1 / (z + a * at.Phi);
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

    // Newton's method for the concave F inside the bracket [βA/(z + Ac), βA/z], from the last root if that lies in it.
    private (double Tau, StepSpectrum.Values At) Root(double z, double a)
    {
        var (lower, upper) = (beta * a / (z + a * step.Bulk) * (1 - 1e-9), beta * a / z);
        var tau = a > 0 && latest > lower && latest < upper ? latest : lower;
        var at = spectrum.At(tau);
        for (var i = 0; i < 100 && a > 0; i++)
        {
            var value = tau * (z + a * at.Phi) - beta * a;
            if (value > 0) upper = tau;
            else lower = tau;
            var next = tau - value / (z + a * (at.Phi + tau * at.PhiSlope));
            if (!(next >= lower && next <= upper)) next = Math.Sqrt(lower * upper);
            var change = Math.Abs(next - tau);
            (tau, at) = (next, spectrum.At(next));
            // The error left is of the size of its square.
            if (change <= 1e-9 * tau) break;
        }
        latest = tau;
        Error = at.Error;
        return (tau, at);
    }
}
