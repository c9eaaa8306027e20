using MathNet.Numerics;

namespace Theory.Factorization;

/// <summary>The standard normal law.</summary>
internal static class NormalTail
{
    /// <summary>φ(z).</summary>
    public static double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>Φ(z).</summary>
    public static double Cdf(double z) => SpecialFunctions.Erfc(-z / Math.Sqrt(2)) / 2;
}
