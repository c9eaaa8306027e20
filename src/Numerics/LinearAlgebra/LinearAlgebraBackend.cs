namespace Theory.Numerics.LinearAlgebra;

/// <summary>Who carries out dense linear algebra.</summary>
public enum LinearAlgebraBackend
{
    /// <summary>The managed code of MathNet.Numerics: always there.</summary>
    Managed,

    /// <summary>A system-wide OpenBLAS with LAPACK, on one thread: several times faster from some hundred rows on.</summary>
    OpenBlas,
}
