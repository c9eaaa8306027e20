using Theory.Symbolics;

namespace Theory.Channels;

/// <summary>φ and Φ, and probabilities of intervals without cancellation.</summary>
internal static class GaussianTail
{
    private const double RootTwoPi = 2.5066282746310002;

    /// <summary>φ(x).</summary>
    public static double Density(double x) => Math.Exp(-0.5 * x * x) / RootTwoPi;

    /// <summary>Φ(b) − Φ(a), on the side where both tails are small.</summary>
    public static double Between(double a, double b) => a > 0 ? Elementary.NormCdf(-a) - Elementary.NormCdf(-b) : Elementary.NormCdf(b) - Elementary.NormCdf(a);

    /// <summary>∫_a^b z² φ(z) dz.</summary>
    public static double SquareBetween(double a, double b) => Between(a, b) + Edge(a) - Edge(b);

    /// <summary>x φ(x), 0 at infinity.</summary>
    private static double Edge(double x) => double.IsInfinity(x) ? 0 : x * Density(x);
}
