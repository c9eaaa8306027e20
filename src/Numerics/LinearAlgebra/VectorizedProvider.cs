using MathNet.Numerics.Providers.LinearAlgebra;
using static Theory.Numerics.LinearAlgebra.BlockedProduct;

namespace Theory.Numerics.LinearAlgebra;

/// <summary>MathNet's managed provider with the double-precision products and Cholesky replaced by vectorised ones.</summary>
internal sealed class VectorizedProvider : ForwardingProvider
{
    public override void MatrixMultiply(double[] x, int rowsX, int columnsX, double[] y, int rowsY, int columnsY, double[] result) =>
        MatrixMultiplyWithUpdate(Transpose.DontTranspose, Transpose.DontTranspose, 1, x, rowsX, columnsX, y, rowsY, columnsY, 0, result);

    public override void MatrixMultiplyWithUpdate(Transpose transposeA, Transpose transposeB, double alpha, double[] a, int rowsA, int columnsA, double[] b, int rowsB, int columnsB, double beta, double[] c)
    {
        var (m, n, k) = ProductShape(transposeA, transposeB, a, rowsA, columnsA, b, rowsB, columnsB, c);
        if (beta == 0)
            Array.Clear(c);
        else if (beta != 1)
            ScaleArray(beta, c, c);
        if (alpha == 0)
            return;

        if (n == 1)
            AddVector(alpha, a, rowsA, transposeA == Transpose.DontTranspose, b, c);
        else if (m == 1)
            AddVector(alpha, b, rowsB, transposeB != Transpose.DontTranspose, a, c);
        else
            Add(alpha, Operand.First(a, rowsA, transposeA), Operand.Second(b, rowsB, transposeB), new(c, 0, m), m, n, k);
    }

    public override void CholeskyFactor(double[] a, int order)
    {
        CheckLength(a, order, order);
        BlockedCholesky.Factor(a, order);
    }

    public override void CholeskySolve(double[] a, int orderA, double[] b, int columnsB)
    {
        ArgumentNullException.ThrowIfNull(a);
        var factor = (double[])a.Clone();
        CholeskyFactor(factor, orderA);
        CholeskySolveFactored(factor, orderA, b, columnsB);
    }

    public override void CholeskySolveFactored(double[] a, int orderA, double[] b, int columnsB)
    {
        CheckLength(a, orderA, orderA);
        CheckLength(b, orderA, columnsB);
        for (var j = 0; j < columnsB; j++)
            BlockedCholesky.Solve(a, orderA, b.AsSpan(j * orderA, orderA));
    }

    private static void AddVector(double alpha, double[] a, int rows, bool asStored, double[] v, double[] result)
    {
        if (asStored)
            ColumnMajorArray.AddProduct(alpha, a, rows, v, result);
        else
            ColumnMajorArray.AddTransposedProduct(alpha, a, rows, v, result);
    }
}
