using MathNet.Numerics.Integration;

namespace Theory.Tests.Features;

/// <summary>Averages over the Marchenko–Pastur law by quadrature of its density: knows none of the closed forms under test.</summary>
internal static class MarchenkoPasturLaw
{
    /// <summary>⟨f(D)⟩ over the p eigenvalues of W Wᵀ, rows of W being N(0, I/d), β = p/d.</summary>
    public static double Average(Func<double, double> f, double beta)
    {
        var (low, high) = (Math.Pow(1 - Math.Sqrt(beta), 2), Math.Pow(1 + Math.Sqrt(beta), 2));
        // D = (low + high)/2 + (high − low)/2 · cos t turns the square-root edges into sin² t.
        var (centre, radius) = ((low + high) / 2, (high - low) / 2);
        var integral = 0.0;
        for (var panel = 0; panel < 64; panel++)
        {
            var (a, b) = (Math.PI * panel / 64, Math.PI * (panel + 1) / 64);
            integral += GaussLegendreRule.Integrate(
                t =>
                {
                    var x = centre + radius * Math.Cos(t);
                    return f(x) * radius * radius * Math.Sin(t) * Math.Sin(t) / (2 * Math.PI * beta * x);
                },
                a, b, 32);
        }
        return integral + Math.Max(0, 1 - 1 / beta) * f(0);
    }
}
