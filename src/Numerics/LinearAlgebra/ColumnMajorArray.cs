using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Theory.Numerics.LinearAlgebra;

/// <summary>Dense column-major matrices as plain arrays.</summary>
internal static class ColumnMajorArray
{
    /// <summary>The elements of a matrix, column by column: its own array where it has one, so only to be read.</summary>
    public static double[] View(Matrix<double> matrix) => matrix.AsColumnMajorArray() ?? matrix.ToColumnMajorArray();

    /// <summary>The elements of a vector: its own array where it has one, so only to be read.</summary>
    public static double[] View(Vector<double> vector) => vector.AsArray() ?? vector.ToArray();

    public static void MirrorLower(double[] a, int order)
    {
        // Square tiles: one of the two accesses strides by a column.
        const int Tile = 32;
        for (var j0 = 0; j0 < order; j0 += Tile)
        {
            for (var i0 = j0; i0 < order; i0 += Tile)
            {
                for (var j = j0; j < Math.Min(j0 + Tile, order); j++)
                {
                    for (var i = Math.Max(i0, j + 1); i < Math.Min(i0 + Tile, order); i++)
                        a[i * order + j] = a[j * order + i];
                }
            }
        }
    }

    public static double[] Transposed(double[] a, int rows, int columns)
    {
        var result = new double[a.Length];
        for (var j = 0; j < columns; j++)
        {
            for (var i = 0; i < rows; i++)
                result[i * columns + j] = a[j * rows + i];
        }

        return result;
    }

    /// <summary>result = a v.</summary>
    public static void Multiply(ReadOnlySpan<double> a, int rows, ReadOnlySpan<double> v, Span<double> result)
    {
        result.Clear();
        AddProduct(1, a, rows, v, result);
    }

    /// <summary>result ← result + α a v.</summary>
    public static void AddProduct(double alpha, ReadOnlySpan<double> a, int rows, ReadOnlySpan<double> v, Span<double> result)
    {
        for (var j = 0; j < v.Length; j++)
            TensorPrimitives.MultiplyAdd(a.Slice(j * rows, rows), alpha * v[j], result, result);
    }

    /// <summary>result = aᵀ v.</summary>
    public static void TransposeMultiply(ReadOnlySpan<double> a, int rows, ReadOnlySpan<double> v, Span<double> result)
    {
        result.Clear();
        AddTransposedProduct(1, a, rows, v, result);
    }

    /// <summary>result ← result + α aᵀ v.</summary>
    public static void AddTransposedProduct(double alpha, ReadOnlySpan<double> a, int rows, ReadOnlySpan<double> v, Span<double> result)
    {
        for (var j = 0; j < result.Length; j++)
            result[j] += alpha * TensorPrimitives.Dot(a.Slice(j * rows, rows), v);
    }
}
