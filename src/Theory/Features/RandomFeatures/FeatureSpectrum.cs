using Theory.Spectra;

namespace Theory.Features;

/// <summary>
/// Averages over the limiting spectrum of the feature covariance, whose eigenvalues are L = κ₁² D + κ⋆² with D of the Marchenko–Pastur law of aspect ratio β.
/// </summary>
internal readonly struct FeatureSpectrum(double kappa1Squared, double kappaStarSquared, double beta)
{
    /// <summary>⟨L⟩ = κ₁² + κ⋆².</summary>
    public double Mean => kappa1Squared + kappaStarSquared;

    /// <summary>β ⟨1{L &gt; 0}⟩: the rank per dimension, the interpolation threshold of α.</summary>
    public double Rank => kappaStarSquared > 0 ? beta : Math.Min(beta, 1);

    /// <summary>The averages at effective ridge ν &gt; 0.</summary>
    public Averages At(double nu)
    {
        if (kappa1Squared == 0)
        {
            var sum = kappaStarSquared + nu;
            return new(beta * kappaStarSquared / sum, beta * kappaStarSquared / sum * (nu / sum), beta * nu / sum, 1);
        }
        var (zNu, zStar) = (nu / kappa1Squared, kappaStarSquared / kappa1Squared);
        var m = MarchenkoPasturMoments.Unchecked(zNu + zStar, 1, beta, 1);
        return new(
            Df1: beta * (m.M11 + zStar * m.M01),
            Df1MinusDf2: beta * zNu * (m.M12 + zStar * m.M02),
            // For κ⋆ = 0 and β > 1 the spectrum has an atom at 0 that df₁ never sees: 1 − df₁ = 1 − β M11 = 1/q.
            RankMinusDf1: zStar == 0 && beta > 1 ? 1 / m.Growth : beta * zNu * m.M01,
            Bias: (zNu + zStar + beta * zStar * m.M01 + 1 / m.Growth) / (m.Growth * m.Discriminant));
    }

    /// <param name="Df1">df₁ = β ⟨L/(L+ν)⟩.</param>
    /// <param name="Df1MinusDf2">β ⟨ν L/(L+ν)²⟩ = df₁ − df₂, a positive sum.</param>
    /// <param name="RankMinusDf1">⟨1{L &gt; 0} ν/(L+ν)⟩ β = rank − df₁, without cancellation.</param>
    /// <param name="Bias">1 − u₁ − ν u₂: the unlearnt fraction of the linear part of the target, written as a positive sum.</param>
    public readonly record struct Averages(double Df1, double Df1MinusDf2, double RankMinusDf1, double Bias);
}
