using Theory.Spectra;

namespace Theory.Features;

/// <summary>The spectrum of the bulk W̃ W̃ᵀ of the weights, as the readout sees it.</summary>
internal interface IBulk
{
    /// <summary>The relative error of the last averages.</summary>
    double Error { get; }

    /// <summary>The averages at shift z &gt; 0 and scale A ≥ 0.</summary>
    BulkAverages At(double z, double a);
}

/// <summary>M_ab = (1/p) Σ D^a/(z + A D)^b, and the response of (Θ, ψ) to its fields (Θ̂, ψ̂): A₁, A₂ = −∂A₁/∂z and B₂ = −∂A₁/∂A.</summary>
internal readonly record struct BulkAverages(double M01, double M02, double M11, double M12, double M22, Symmetric2 A1, Symmetric2 A2, Symmetric2 B2);

/// <summary>A symmetric 2 × 2 matrix in the directions v (spike) and ζ (rest of θ).</summary>
internal readonly record struct Symmetric2(double Vv, double Vz, double Zz)
{
    public double Form(double v, double z) => Vv * v * v + 2 * Vz * v * z + Zz * z * z;

    public static Symmetric2 operator *(double factor, Symmetric2 m) => new(factor * m.Vv, factor * m.Vz, factor * m.Zz);

    public static Symmetric2 operator -(Symmetric2 left, Symmetric2 right) => new(left.Vv - right.Vv, left.Vz - right.Vz, left.Zz - right.Zz);
}

/// <summary>Rows of W̃ uniform on a sphere of squared radius c: the Marchenko–Pastur law.</summary>
internal sealed class IsotropicBulk(double c, double beta) : IBulk
{
    public double Error => 0;

    public BulkAverages At(double z, double a)
    {
        var m = MarchenkoPasturMoments.Unchecked(z, a, beta, c);
        return new(
            m.M01, m.M02, m.M11, m.M12, m.M22,
            A1: new(beta * c * m.M01, 0, beta * m.M11),
            A2: new(beta * c * m.M02, 0, beta * m.M12),
            B2: new(beta * c * m.M12, 0, beta * m.M22));
    }
}
