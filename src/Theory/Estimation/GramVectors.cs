using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Estimation;

/// <summary>Vectors in random directions with given mutual overlaps.</summary>
internal static class GramVectors
{
    /// <summary>Vectors v_a of a length with v_a·v_b/length = G_ab exactly; the length is at least their number.</summary>
    public static double[][] Draw(DenseMatrix gram, int length, RandomStream random)
    {
        var frame = Frame(gram.RowCount, length, random);
        var root = Root(gram);
        var vectors = Rows(gram.RowCount, length);
        for (var a = 0; a < vectors.Length; a++)
            for (var i = 0; i < length; i++) vectors[a][i] = Combine(root, a, frame, i);
        return vectors;
    }

    /// <summary>Rows of squared norm equal to their length, orthogonal to each other.</summary>
    private static double[][] Frame(int rows, int length, RandomStream random)
    {
        var frame = Rows(rows, length);
        for (var i = 0; i < rows; i++)
        {
            random.FillGaussian(frame[i]);
            for (var pass = 0; pass < 2; pass++)
                for (var k = 0; k < i; k++) Subtract(frame[i], frame[k], Dot(frame[i], frame[k]) / length);
            var factor = Math.Sqrt(length / Dot(frame[i], frame[i]));
            for (var j = 0; j < length; j++) frame[i][j] *= factor;
        }
        return frame;
    }

    private static Matrix<double> Root(DenseMatrix gram)
    {
        var (values, vectors) = DenseAlgebra.SymmetricEigen(gram);
        return vectors * DenseMatrix.OfDiagonalVector(values.Map(v => Math.Sqrt(Math.Max(0, v))));
    }

    private static double Combine(Matrix<double> root, int row, double[][] frame, int coordinate)
    {
        double sum = 0;
        for (var k = 0; k < frame.Length; k++) sum += root[row, k] * frame[k][coordinate];
        return sum;
    }

    private static double[][] Rows(int rows, int length) => [.. Enumerable.Range(0, rows).Select(_ => new double[length])];

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static void Subtract(double[] from, double[] vector, double factor)
    {
        for (var i = 0; i < from.Length; i++) from[i] -= factor * vector[i];
    }
}
