using System.Numerics;

namespace Theory.Features;

/// <summary>Dense matrices of a few rows, stored row by row, without allocation.</summary>
internal static class SmallMatrix
{
    /// <summary>C = A·B.</summary>
    public static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int order)
        where T : struct, INumberBase<T>
    {
        for (var i = 0; i < order; i++)
            for (var j = 0; j < order; j++)
            {
                var sum = T.Zero;
                for (var l = 0; l < order; l++) sum += a[i * order + l] * b[l * order + j];
                c[i * order + j] = sum;
            }
    }

    /// <summary>The inverse by elimination with partial pivoting; the matrix is overwritten. False if a pivot vanishes or is not finite.</summary>
    public static bool TryInvert<T>(Span<T> matrix, Span<T> inverse, int order)
        where T : struct, INumberBase<T>
    {
        inverse.Clear();
        for (var i = 0; i < order; i++) inverse[i * order + i] = T.One;
        for (var column = 0; column < order; column++)
        {
            var pivot = column;
            for (var i = column + 1; i < order; i++)
                if (T.MaxMagnitude(matrix[i * order + column], matrix[pivot * order + column]) != matrix[pivot * order + column]) pivot = i;
            if (pivot != column)
            {
                Swap(matrix, pivot, column, order);
                Swap(inverse, pivot, column, order);
            }
            var diagonal = matrix[column * order + column];
            if (T.IsZero(diagonal) || !T.IsFinite(diagonal)) return false;
            var factor = T.One / diagonal;
            for (var j = 0; j < order; j++)
            {
                matrix[column * order + j] *= factor;
                inverse[column * order + j] *= factor;
            }
            for (var i = 0; i < order; i++)
            {
                var multiple = matrix[i * order + column];
                if (i == column || T.IsZero(multiple)) continue;
                for (var j = 0; j < order; j++)
                {
                    matrix[i * order + j] -= multiple * matrix[column * order + j];
                    inverse[i * order + j] -= multiple * inverse[column * order + j];
                }
            }
        }
        return true;
    }

    /// <summary>Factors in place with partial pivoting; false if a pivot vanishes or is not finite.</summary>
    public static bool TryFactor(Span<double> matrix, Span<int> pivots)
    {
        var order = pivots.Length;
        for (var k = 0; k < order; k++)
        {
            var pivot = k;
            for (var i = k + 1; i < order; i++)
                if (Math.Abs(matrix[i * order + k]) > Math.Abs(matrix[pivot * order + k])) pivot = i;
            pivots[k] = pivot;
            if (pivot != k) Swap(matrix, pivot, k, order);
            var diagonal = matrix[k * order + k];
            if (diagonal == 0 || !double.IsFinite(diagonal)) return false;
            for (var i = k + 1; i < order; i++)
            {
                var factor = matrix[i * order + k] /= diagonal;
                if (factor == 0) continue;
                for (var j = k + 1; j < order; j++) matrix[i * order + j] -= factor * matrix[k * order + j];
            }
        }
        return true;
    }

    /// <summary>Solves in place with the factors of <see cref="TryFactor"/>.</summary>
    public static void Solve(ReadOnlySpan<double> factors, ReadOnlySpan<int> pivots, Span<double> x)
    {
        var order = pivots.Length;
        for (var k = 0; k < order; k++) (x[k], x[pivots[k]]) = (x[pivots[k]], x[k]);
        for (var i = 1; i < order; i++)
            for (var j = 0; j < i; j++) x[i] -= factors[i * order + j] * x[j];
        for (var i = order - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < order; j++) x[i] -= factors[i * order + j] * x[j];
            x[i] /= factors[i * order + i];
        }
    }

    /// <summary>The least eigenvalue of a symmetric matrix, which is overwritten, by Jacobi rotations.</summary>
    public static double LeastEigenvalue(Span<double> matrix, int order)
    {
        Diagonalise(matrix, order);
        var least = matrix[0];
        for (var i = 1; i < order; i++) least = Math.Min(least, matrix[i * (order + 1)]);
        return least;
    }

    /// <summary>Turns a symmetric matrix into a diagonal one, which holds its eigenvalues in no order, by Jacobi rotations.</summary>
    public static void Diagonalise(Span<double> matrix, int order)
    {
        for (var (sweep, rotated) = (0, order > 1); rotated && sweep < 60; sweep++)
        {
            rotated = false;
            for (var i = 0; i < order; i++)
                for (var j = i + 1; j < order; j++)
                {
                    var product = matrix[i * order + j];
                    var (first, second) = (matrix[i * (order + 1)], matrix[j * (order + 1)]);
                    if (Math.Abs(product) <= 1e-17 * (Math.Abs(first) + Math.Abs(second)) || product == 0) continue;
                    rotated = true;
                    var ratio = (second - first) / (2 * product);
                    var tangent = Math.CopySign(1, ratio) / (Math.Abs(ratio) + Math.Sqrt(1 + ratio * ratio));
                    Rotate(matrix, order, i, j, 1 / Math.Sqrt(1 + tangent * tangent), tangent);
                }
        }
    }

    private static void Rotate(Span<double> matrix, int order, int i, int j, double cosine, double tangent)
    {
        var sine = tangent * cosine;
        for (var l = 0; l < order; l++)
        {
            var (x, y) = (matrix[l * order + i], matrix[l * order + j]);
            (matrix[l * order + i], matrix[l * order + j]) = (cosine * x - sine * y, sine * x + cosine * y);
        }
        for (var l = 0; l < order; l++)
        {
            var (x, y) = (matrix[i * order + l], matrix[j * order + l]);
            (matrix[i * order + l], matrix[j * order + l]) = (cosine * x - sine * y, sine * x + cosine * y);
        }
    }

    private static void Swap<T>(Span<T> matrix, int i, int j, int order)
    {
        for (var l = 0; l < order; l++) (matrix[i * order + l], matrix[j * order + l]) = (matrix[j * order + l], matrix[i * order + l]);
    }
}
