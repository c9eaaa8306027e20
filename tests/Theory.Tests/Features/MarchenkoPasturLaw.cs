using MathNet.Numerics.Integration;

namespace Theory.Tests.Features;

/// <summary>Averages over the Marchenko–Pastur law by quadrature of its density: knows none of the closed forms under test.</summary>
internal static class MarchenkoPasturLaw
{
    /// <summary>⟨f(D)⟩ over the p eigenvalues of W Wᵀ, rows of W being N(0, I/d), β = p/d.</summary>
    public static double Average(Func<double, double> f, double beta)
    {
        var (low, high) = (Math.Pow(1 - Math.Sqrt(beta), 2), Math.Pow(1 + Math.Sqrt(beta), 2));
        // D = low + 2 radius · sin²(t/2) turns the square-root edges into sin² t.
        // Panels shrink towards t = 0: for β near 1 the density varies there on the scale of |1 − √β|.
        var radius = (high - low) / 2;
        var integral = 0.0;
        var b = Math.PI;
        for (var panel = 0; panel < 48; panel++)
        {
            var a = panel == 47 ? 0 : b * 0.7;
            integral += GaussLegendreRule.Integrate(
                t =>
                {
                    var half = Math.Sin(t / 2);
                    var x = low + 2 * radius * half * half;
                    return f(x) * radius * radius * Math.Sin(t) * Math.Sin(t) / (2 * Math.PI * beta * x);
                },
                a, b, 32);
            b = a;
        }
        return integral + Math.Max(0, 1 - 1 / beta) * f(0);
    }
}
