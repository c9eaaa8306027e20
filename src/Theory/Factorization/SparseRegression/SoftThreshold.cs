using static Theory.Factorization.NormalTail;

namespace Theory.Factorization;

/// <summary>Averages of the soft threshold η(y; α) = sign(y)(|y| − α)₊ in unit noise.</summary>
internal static class SoftThreshold
{
    /// <summary>Risk E(η(μ + Z; α) − μ)².</summary>
    public static double Risk(double mu, double alpha) =>
        1 + alpha * alpha + (mu * mu - 1 - alpha * alpha) * (Cdf(alpha - mu) - Cdf(-alpha - mu))
        - (alpha + mu) * Density(alpha - mu) - (alpha - mu) * Density(alpha + mu);

    /// <summary>The risk at μ = 0, 2[(1 + α²)Φ(−α) − αφ(α)].</summary>
    public static double NullRisk(double alpha) => 2 * ((1 + alpha * alpha) * Cdf(-alpha) - alpha * Density(alpha));

    /// <summary>P(|μ + Z| &gt; α).</summary>
    public static double Passes(double mu, double alpha) => Cdf(mu - alpha) + Cdf(-mu - alpha);

    /// <summary>Risk averaged over μ ~ N(0, v): v − 2vP + E η(Y)² with Y ~ N(0, 1 + v) and P = P(|Y| &gt; α), by Stein's lemma.</summary>
    public static double GaussianRisk(double variance, double alpha)
    {
        var sigma = Math.Sqrt(1 + variance);
        var z = alpha / sigma;
        // Eη² = (1 + v)·NullRisk(z), in an order that keeps the terms of size v small for large v.
        var passes = 2 * Cdf(-z);
        return variance * (1 - passes) + NullRisk(z) - variance * (passes - NullRisk(z));
    }

    /// <summary>P(|Y| &gt; α) for Y ~ N(0, 1 + v).</summary>
    public static double GaussianPasses(double variance, double alpha) => 2 * Cdf(-alpha / Math.Sqrt(1 + variance));
}
