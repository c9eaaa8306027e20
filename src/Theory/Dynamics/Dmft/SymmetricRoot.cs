using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Theory.Dynamics;

/// <summary>Square roots and pseudo-inverses of small symmetric matrices.</summary>
internal static class SymmetricRoot
{
    /// <summary>The symmetric square root; negative eigenvalues count as 0.</summary>
    public static double[,] Of(double[,] matrix) => Split(matrix, 0).Root;

    /// <summary>Square root and pseudo-inverse of the root with eigenvalues up to a floor set to 0; how many were, and the least eigenvalue.</summary>
    public static (double[,] Root, double[,] Inverse, int Dropped, double Least) Split(double[,] matrix, double floor)
    {
        var p = matrix.GetLength(0);
        if (p == 1)
        {
            var value = matrix[0, 0];
            var root = value > floor ? Math.Sqrt(value) : 0;
            return (new[,] { { root } }, new[,] { { root > 0 ? 1 / root : 0 } }, root > 0 ? 0 : 1, value);
        }
        var evd = DenseMatrix.Create(p, p, (i, j) => (matrix[i, j] + matrix[j, i]) / 2).Evd(Symmetricity.Symmetric);
        var (vectors, values) = (evd.EigenVectors, evd.EigenValues);
        var (half, inverse) = (new double[p, p], new double[p, p]);
        var (dropped, least) = (0, double.PositiveInfinity);
        for (var e = 0; e < p; e++)
        {
            var value = values[e].Real;
            least = Math.Min(least, value);
            if (!(value > floor))
            {
                dropped++;
                continue;
            }
            var root = Math.Sqrt(value);
            for (var i = 0; i < p; i++)
            {
                for (var j = 0; j < p; j++)
                {
                    half[i, j] += vectors[i, e] * root * vectors[j, e];
                    inverse[i, j] += vectors[i, e] / root * vectors[j, e];
                }
            }
        }
        return (half, inverse, dropped, least);
    }
}
