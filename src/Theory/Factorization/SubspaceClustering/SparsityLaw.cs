using MathNet.Numerics;
using Theory.Channels;

namespace Theory.Factorization;

/// <summary>
/// Thresholds of subspace clustering for few relevant features, ρ → 0: λ̃² ≈ c ρ log(1/ρ). With x = y log(1/ρ) the labels are in their linear regime, and the free entropy in units of ρ log(1/ρ) is
/// E(yR/2 − 1)₊ − y²r/(4c), R ~ χ²_r, r = k − 1, stationary for c = y/Q(r/2 + 1, 1/y), where Q is the regularised upper incomplete gamma function. Convergence is logarithmic.
/// </summary>
internal static class SparsityLaw
{
    /// <summary>c of λ̃_IT: the free entropy is 0.</summary>
    public static double InformationTheoretic(int rank)
    {
        var s = rank / 2.0;
        return Constant(s, RealRoot.Increasing(t => Math.Exp(t) * s / 2 * Upper(s + 1, t) / Upper(s, t) - 1, Math.Log(1 / s), 0.2));
    }

    /// <summary>c of λ̃_dyn: c is least.</summary>
    public static double Dynamical(int rank)
    {
        var s = rank / 2.0;
        // y Q′ = Q with yQ′ = y^{−s−1} e^{−1/y}/Γ(s + 1).
        return Constant(s, RealRoot.Increasing(t => Math.Log(Upper(s + 1, t)) + (s + 1) * t + Math.Exp(-t) + SpecialFunctions.GammaLn(s + 1), Math.Log(1 / s), 0.2));
    }

    private static double Constant(double s, double logY) => Math.Exp(logY) / Upper(s + 1, logY);

    private static double Upper(double order, double logY) => SpecialFunctions.GammaUpperRegularized(order, Math.Exp(-logY));
}
