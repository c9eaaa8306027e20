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

/// <summary>M_ab = (1/p) Σ D^a/(z + A D)^b, and the response of (Θ, ψ, Υ) to its fields (Θ̂, ψ̂, Υ̂): A₁, A₂ = −∂A₁/∂z and B₂ = −∂A₁/∂A.</summary>
internal readonly record struct BulkAverages(double M01, double M02, double M11, double M12, double M22, Symmetric3 A1, Symmetric3 A2, Symmetric3 B2);

/// <summary>A symmetric 3 × 3 matrix: overlaps of the rows of W̃ with v (spike) and ζ (rest of θ), and of those before a step with v (last, Υ; 0 where there was none).</summary>
internal readonly record struct Symmetric3(double Vv, double Vz, double Zz, double Vu = 0, double Zu = 0, double Uu = 0)
{
    public double Form(Fields f) => Vv * f.V * f.V + 2 * Vz * f.V * f.Z + Zz * f.Z * f.Z + 2 * (Vu * f.V + Zu * f.Z) * f.U + Uu * f.U * f.U;

    public static Symmetric3 operator *(double factor, Symmetric3 m) => new(factor * m.Vv, factor * m.Vz, factor * m.Zz, factor * m.Vu, factor * m.Zu, factor * m.Uu);

    public static Symmetric3 operator +(Symmetric3 x, Symmetric3 y) => new(x.Vv + y.Vv, x.Vz + y.Vz, x.Zz + y.Zz, x.Vu + y.Vu, x.Zu + y.Zu, x.Uu + y.Uu);

    public static Symmetric3 operator -(Symmetric3 x, Symmetric3 y) => x + -1 * y;
}

/// <summary>Three numbers in the order of <see cref="Symmetric3"/>: the fields Θ̂, ψ̂, Υ̂.</summary>
internal readonly record struct Fields(double V, double Z, double U);

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
