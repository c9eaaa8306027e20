using Theory.Contract;

namespace Theory.Spectra;

/// <summary>
/// Moments M_ab = lim (1/p) Σ_i D_i^a / (z + A D_i)^b of the Marchenko–Pastur law, D_i being the p eigenvalues of c W Wᵀ and W a p × d matrix
/// with independent rows, uniform on the unit sphere or N(0, I/d); β = p/d. Every expression is a sum of positive terms: no digits are lost in any regime.
/// Source: V. Marchenko and L. Pastur 1967; closed forms re-derived.
/// </summary>
/// <param name="M01">⟨1/(z + A D)⟩, the Stieltjes transform s at argument z.</param>
/// <param name="M02">⟨1/(z + A D)²⟩ = −∂s/∂z.</param>
/// <param name="M11">⟨D/(z + A D)⟩.</param>
/// <param name="M12">⟨D/(z + A D)²⟩ = −∂M11/∂z.</param>
/// <param name="M22">⟨D²/(z + A D)²⟩ = −∂M11/∂A.</param>
/// <param name="Growth">q = 1 + β A c s ≥ 1, which enters biases.</param>
/// <param name="Discriminant">√((z + A c (1 − β))² + 4 β z A c), which enters biases.</param>
public readonly record struct MarchenkoPasturMoments(double M01, double M02, double M11, double M12, double M22, double Growth, double Discriminant)
{
    /// <summary>Evaluates the moments in closed form.</summary>
    /// <param name="z">The shift z &gt; 0.</param>
    /// <param name="a">The scale A ≥ 0.</param>
    /// <param name="beta">The aspect ratio β = p/d &gt; 0.</param>
    /// <param name="c">The variance c &gt; 0 of the bulk.</param>
    /// <returns>The moments.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range or NaN.</exception>
    public static MarchenkoPasturMoments At(double z, double a, double beta, double c = 1)
    {
        Guard.In(z, ParameterRange.Positive, nameof(z));
        Guard.In(a, ParameterRange.NonNegative, nameof(a));
        Guard.In(beta, ParameterRange.Positive, nameof(beta));
        Guard.In(c, ParameterRange.Positive, nameof(c));
        return Unchecked(z, a, beta, c);
    }

    internal static MarchenkoPasturMoments Unchecked(double z, double a, double beta, double c)
    {
        // s is the positive root of β z A' s² + b s − 1 = 0; take the form of the root that adds.
        var scale = a * c;
        var b = z + scale * (1 - beta);
        var root = Math.Sqrt(b * b + 4 * beta * z * scale);
        var s = b >= 0 ? 2 / (b + root) : (root - b) / (2 * beta * z * scale);
        var q = 1 + beta * scale * s;
        var discriminant = z * q + scale / q;
        var m12 = c * s / (q * discriminant);
        return new(
            M01: s,
            M02: s * q / discriminant,
            M11: c * s / q,
            M12: m12,
            M22: c * m12 * (beta * z * s + 1 / q),
            Growth: q,
            Discriminant: discriminant);
    }
}
