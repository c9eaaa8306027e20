using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Theory.Numerics.LinearAlgebra;

/// <summary>MathNet's managed provider with the double-precision products, Cholesky, symmetric eigenvalues and singular values taken over by OpenBLAS.</summary>
internal sealed unsafe class OpenBlasProvider(OpenBlasLibrary library) : ForwardingProvider
{
    private const int ColumnMajor = 102, NoTrans = 111, Trans = 112, Lower = 122; // enumerations of cblas.h
    private const byte LowerTriangle = (byte)'L';

    public OpenBlasLibrary Library => library;

    public override void InitializeVerify() => library.UseOneThread();

    public override string ToString() => $"OpenBLAS ({library.Name})";

    public override void MatrixMultiply(double[] x, int rowsX, int columnsX, double[] y, int rowsY, int columnsY, double[] result) =>
        MatrixMultiplyWithUpdate(Transpose.DontTranspose, Transpose.DontTranspose, 1, x, rowsX, columnsX, y, rowsY, columnsY, 0, result);

    /// <summary>c = α op(a) op(b) + β c, where rows and columns are those of a and b as stored.</summary>
    public override void MatrixMultiplyWithUpdate(Transpose transposeA, Transpose transposeB, double alpha, double[] a, int rowsA, int columnsA, double[] b, int rowsB, int columnsB, double beta, double[] c)
    {
        var (m, n, k) = ProductShape(transposeA, transposeB, a, rowsA, columnsA, b, rowsB, columnsB, c);

        // BLAS leaves open what 0·NaN gives in y ← βy; MathNet overwrites.
        if (beta == 0)
            Array.Clear(c);
        if (m == 0 || n == 0)
            return;

        if (n == 1)
            MultiplyVector(transposeA == Transpose.DontTranspose, alpha, a, rowsA, columnsA, b, beta, c);
        else if (m == 1)
            MultiplyVector(transposeB != Transpose.DontTranspose, alpha, b, rowsB, columnsB, a, beta, c);
        else
        {
            library.UseOneThread();
            fixed (double* pa = a, pb = b, pc = c)
                library.Dgemm(ColumnMajor, Code(transposeA), Code(transposeB), m, n, k, alpha, pa, Leading(rowsA), pb, Leading(rowsB), beta, pc, m);
        }
    }

    private void MultiplyVector(bool asStored, double alpha, double[] a, int rows, int columns, double[] v, double beta, double[] result)
    {
        if (beta != 1)
            TensorPrimitives.Multiply(result, beta, result);
        if (rows == 0 || columns == 0)
            return;

        // The transposed product of OpenBLAS sums in an order that depends on the alignment of v, and arrays of the runtime are aligned as chance has it.
        if (!asStored)
        {
            ColumnMajorArray.AddTransposedProduct(alpha, a, rows, v, result);
            return;
        }

        library.UseOneThread();
        fixed (double* pa = a, pv = v, pr = result)
            library.Dgemv(ColumnMajor, NoTrans, rows, columns, alpha, pa, rows, pv, 1, 1, pr, 1);
    }

    /// <summary>aᵀa (columns × columns), or aaᵀ (rows × rows) if <paramref name="outer"/>; only where row ≥ column.</summary>
    public void LowerGram(bool outer, double[] a, int rows, int columns, double[] result)
    {
        var (order, inner) = outer ? (rows, columns) : (columns, rows);
        CheckLength(a, rows, columns);
        CheckLength(result, order, order);
        if (order == 0)
            return;

        library.UseOneThread();
        fixed (double* pa = a, pc = result)
            library.Dsyrk(ColumnMajor, Lower, outer ? NoTrans : Trans, order, inner, 1, pa, Leading(rows), 0, pc, order);
    }

    public override void CholeskyFactor(double[] a, int order)
    {
        CheckLength(a, order, order);
        if (order == 0)
            return;

        int info;
        var uplo = LowerTriangle;
        library.UseOneThread();
        fixed (double* pa = a)
            library.Dpotrf(&uplo, &order, pa, &order, &info, 1);
        ThrowIfIllegal(info, "dpotrf");

        // OpenBLAS compares pivots with ≤ 0, which NaN passes; a NaN in row i of the factor reaches the pivot of row i.
        for (var i = 0; i < order && info == 0; i++)
        {
            if (!(a[i * (order + 1L)] > 0))
                info = i + 1;
        }

        if (info > 0)
            throw new NotPositiveDefiniteException(order, info, nameof(a));
        for (var j = 1; j < order; j++)
            Array.Clear(a, j * order, j);
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
        if (orderA == 0 || columnsB == 0)
            return;

        int info;
        var uplo = LowerTriangle;
        library.UseOneThread();
        fixed (double* pa = a, pb = b)
            library.Dpotrs(&uplo, &orderA, &columnsB, pa, &orderA, pb, &orderA, &info, 1);
        ThrowIfIllegal(info, "dpotrs");
    }

    public override void EigenDecomp(bool isSymmetric, int order, double[] matrix, double[] matrixEv, Complex[] vectorEv, double[] matrixD)
    {
        if (!isSymmetric)
        {
            Managed.EigenDecomp(isSymmetric, order, matrix, matrixEv, vectorEv, matrixD);
            return;
        }

        CheckLength(matrix, order, order);
        CheckLength(matrixEv, order, order);
        CheckLength(matrixD, order, order);
        CheckLength(vectorEv, order, 1);
        matrix.CopyTo(matrixEv, 0);
        var values = new double[order];
        SymmetricEigen(matrixEv, order, values, vectors: true);

        Array.Clear(matrixD);
        for (var i = 0; i < order; i++)
            (matrixD[i * (order + 1)], vectorEv[i]) = (values[i], values[i]);
    }

    /// <summary>Eigenvalues, ascending; the matrix is overwritten, by the eigenvectors if they are asked for. Only its lower triangle is read.</summary>
    public void SymmetricEigen(double[] matrix, int order, double[] values, bool vectors)
    {
        CheckLength(matrix, order, order);
        CheckLength(values, order, 1);
        if (order == 0)
            return;

        int info, integers;
        double reals;
        var query = -1;
        var uplo = LowerTriangle;
        var job = (byte)(vectors ? 'V' : 'N');
        library.UseOneThread();
        using var a = AlignedBlock.Of(matrix);
        using var w = AlignedBlock.Of(order);
        library.Dsyevd(&job, &uplo, &order, a.Pointer, &order, w.Pointer, &reals, &query, &integers, &query, &info, 1, 1);
        ThrowIfIllegal(info, "dsyevd");

        var realCount = checked((int)reals);
        using var work = AlignedBlock.Of(realCount);
        fixed (int* integerWork = new int[integers])
            library.Dsyevd(&job, &uplo, &order, a.Pointer, &order, w.Pointer, work.Pointer, &realCount, integerWork, &integers, &info, 1, 1);
        w.CopyTo(values);
        a.CopyTo(matrix);

        ThrowIfIllegal(info, "dsyevd");
        if (info > 0)
            throw new NonConvergenceException($"The symmetric eigen-decomposition of order {order} did not converge (dsyevd: info = {info}).");
    }

    /// <summary>a = u diag(s) vt with u (rows × rows) and vt (columns × columns) orthogonal, s descending; a is overwritten.</summary>
    public override void SingularValueDecomposition(bool computeVectors, double[] a, int rowsA, int columnsA, double[] s, double[] u, double[] vt)
    {
        var order = Math.Min(rowsA, columnsA);
        CheckLength(a, rowsA, columnsA);
        CheckLength(s, order, 1);
        CheckLength(u, rowsA, rowsA);
        CheckLength(vt, columnsA, columnsA);
        if (order == 0)
            return;

        int info;
        double reals;
        var query = -1;
        var job = (byte)(computeVectors ? 'A' : 'N');
        library.UseOneThread();
        using var matrix = AlignedBlock.Of(a);
        using var values = AlignedBlock.Of(s.Length);
        using var left = AlignedBlock.Of(u.Length);
        using var right = AlignedBlock.Of(vt.Length);
        fixed (int* integerWork = new int[8 * order])
        {
            library.Dgesdd(&job, &rowsA, &columnsA, matrix.Pointer, &rowsA, values.Pointer, left.Pointer, &rowsA, right.Pointer, &columnsA, &reals, &query, integerWork, &info, 1);
            ThrowIfIllegal(info, "dgesdd");

            var realCount = checked((int)reals);
            using var work = AlignedBlock.Of(realCount);
            library.Dgesdd(&job, &rowsA, &columnsA, matrix.Pointer, &rowsA, values.Pointer, left.Pointer, &rowsA, right.Pointer, &columnsA, work.Pointer, &realCount, integerWork, &info, 1);
        }

        matrix.CopyTo(a);
        values.CopyTo(s);
        if (computeVectors)
        {
            left.CopyTo(u);
            right.CopyTo(vt);
        }

        ThrowIfIllegal(info, "dgesdd"); // −4: an element is NaN
        if (info > 0)
            throw new NonConvergenceException($"The singular value decomposition of a {rowsA} × {columnsA} matrix did not converge (dgesdd: info = {info}).");
    }

    private static int Code(Transpose transpose) => transpose == Transpose.DontTranspose ? NoTrans : Trans;

    private static int Leading(int rows) => Math.Max(1, rows);

    private static void ThrowIfIllegal(int info, string routine)
    {
        if (info < 0)
            throw new InvalidOperationException($"{routine}: argument {-info} is illegal.");
    }
}
