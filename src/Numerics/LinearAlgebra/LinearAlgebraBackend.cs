namespace Theory.Numerics.LinearAlgebra;

/// <summary>Who carries out dense linear algebra.</summary>
public enum LinearAlgebraBackend
{
    /// <summary>Managed code: MathNet.Numerics, with vectorised products and Cholesky in place of its own. Always there.</summary>
    Managed,

    /// <summary>A system-wide OpenBLAS with LAPACK, on one thread: the fastest, above all for eigenvectors.</summary>
    OpenBlas,
}
