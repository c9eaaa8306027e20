using System.Numerics;

namespace Theory.Spectra;

/// <summary>Normalised traces of products of covariances C_a and a resolvent G = (−z + Σ_a s_a C_a)⁻¹.</summary>
internal interface IClassResolvent
{
    int Classes { get; }

    /// <summary>(1/p) Tr C_a.</summary>
    double MeanTrace(int a);

    /// <summary>(1/p) Tr C_aC_b.</summary>
    double MeanProduct(int a, int b);

    /// <summary>Prepares G, if it is not the last one.</summary>
    void Resolve(Complex z, ReadOnlySpan<Complex> coefficients);

    /// <summary>(1/p) Tr G.</summary>
    Complex Trace();

    /// <summary>(1/p) Tr C_aG.</summary>
    void Traces(Span<Complex> destination);

    /// <summary>(1/p) Tr C_aG².</summary>
    void SquareTraces(Span<Complex> destination);

    /// <summary>(1/p) Tr C_aGC_bG, row by row.</summary>
    void PairTraces(Span<Complex> destination);
}
