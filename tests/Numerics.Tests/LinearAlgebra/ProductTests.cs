using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.Providers.LinearAlgebra;
using Theory.Numerics.LinearAlgebra;

namespace Theory.Numerics.Tests.LinearAlgebra;

public sealed class ProductTests : BackendTests
{
    public static TheoryData<LinearAlgebraBackend, Transpose, Transpose> Cases => [.. new MatrixTheoryData<LinearAlgebraBackend, Transpose, Transpose>(
        [LinearAlgebraBackend.Managed, LinearAlgebraBackend.OpenBlas],
        [Transpose.DontTranspose, Transpose.Transpose],
        [Transpose.DontTranspose, Transpose.Transpose]).Select(row => row.Data)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Products_with_update_follow_their_definition(LinearAlgebraBackend backend, Transpose first, Transpose second)
    {
        Use(backend);

        // The last ones cross the blocks of the vectorised product: 256 terms, and 16 panels of two registers.
        (int M, int K, int N)[] shapes = [(1, 1, 1), (5, 3, 4), (1, 7, 6), (6, 7, 1), (4, 1, 5), (1, 9, 1), (33, 70, 41), (70, 300, 9), (301, 257, 3)];
        foreach (var (m, k, n) in shapes)
        {
            var a = first == Transpose.DontTranspose ? Gaussian(1, m, k) : Gaussian(1, k, m);
            var b = second == Transpose.DontTranspose ? Gaussian(2, k, n) : Gaussian(2, n, k);
            foreach (var (alpha, beta) in new[] { (1.0, 0.0), (-0.7, 0.0), (1.3, 1.0), (0.5, -2.0), (0.0, 0.5) })
            {
                var c = Gaussian(3, m, n);
                var expected = Expected(alpha, beta, c);
                LinearAlgebraControl.Provider.MatrixMultiplyWithUpdate(
                    first, second, alpha, a.AsColumnMajorArray(), a.RowCount, a.ColumnCount, b.AsColumnMajorArray(), b.RowCount, b.ColumnCount, beta, c.AsColumnMajorArray());
                Assert.InRange((c - expected).Enumerate().Max(Math.Abs), 0, 1e-12);
            }

            Matrix<double> Expected(double alpha, double beta, Matrix<double> c)
            {
                var (left, right) = (Array(a, first), Array(b, second));
                return DenseMatrix.Create(m, n, (i, j) =>
                {
                    var sum = 0.0;
                    for (var l = 0; l < k; l++)
                        sum += left[i, l] * right[l, j];
                    return beta * c[i, j] + alpha * sum;
                });
            }
        }

        static double[,] Array(Matrix<double> matrix, Transpose transpose) =>
            (transpose == Transpose.DontTranspose ? matrix : matrix.Transpose()).ToArray();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Products_of_this_library_are_those_of_MathNet(LinearAlgebraBackend backend)
    {
        Use(backend);
        var (a, b, v) = (Gaussian(1, 9, 7), Gaussian(2, 7, 5), Gaussian(3, 7));
        Close(a * b, DenseAlgebra.Multiply(a, b), 1e-14);
        Close(a * b, DenseAlgebra.Multiply(a.Transpose(), b, transposeA: true), 1e-14);
        Close(a * b, DenseAlgebra.Multiply(a, b.Transpose(), transposeB: true), 1e-14);
        Close(a * b, DenseAlgebra.Multiply(a.Transpose(), b.Transpose(), true, true), 1e-14);
        Close(a * v, DenseAlgebra.Multiply(a, v), 1e-14);
        Close(v * b, DenseAlgebra.Multiply(b, v, transpose: true), 1e-14);
        Assert.Throws<ArgumentException>("b", () => DenseAlgebra.Multiply(a, b, transposeA: true));
        Assert.Throws<ArgumentException>("v", () => DenseAlgebra.Multiply(a, v, transpose: true));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Results_do_not_depend_on_where_arrays_lie(LinearAlgebraBackend backend)
    {
        Use(backend);
        var (a, v, w) = (Gaussian(1, 45, 31), Gaussian(2, 31), Gaussian(3, 45));
        var first = Results(0);
        for (var padding = 1; padding < 24; padding++) Assert.Equal(first, Results(padding));

        double[] Results(int padding)
        {
            // Arrays of odd lengths in between shift what is allocated after them by eight bytes.
            var (x, y, z) = (Shifted(a, padding), (Vector<double>)Shifted(v.ToColumnMatrix(), padding / 2).Column(0), Shifted(w.ToColumnMatrix(), padding / 3).Column(0));
            var gram = DenseAlgebra.Gram(x) + DenseMatrix.CreateIdentity(x.ColumnCount);
            var (values, vectors) = DenseAlgebra.SymmetricEigen(gram);
            return
            [
                .. DenseAlgebra.Multiply(x, y), .. DenseAlgebra.Multiply(x, z, transpose: true), .. DenseAlgebra.Multiply(x, x, transposeB: true).Enumerate(), .. gram.Enumerate(),
                .. DenseAlgebra.CholeskySolve(gram, y), .. values, .. vectors.Enumerate(), .. DenseAlgebra.RidgeSolve(x, z, 0.1), .. x.Svd().S,
            ];
        }

        static Matrix<double> Shifted(Matrix<double> matrix, int padding)
        {
            for (var i = 0; i < padding % 5; i++) GC.KeepAlive(new double[2 * (padding % 3) + 1]);
            return matrix.Clone();
        }
    }

    [Fact]
    public void Vectorised_products_agree_with_those_of_MathNet()
    {
        DenseAlgebra.Use(LinearAlgebraBackend.Managed);
        foreach (var (m, k, n) in new[] { (150, 520, 131), (257, 64, 300) })
        {
            var (a, b, expected) = (Gaussian(1, m, k), Gaussian(2, k, n), new double[m * n]);
            ManagedLinearAlgebraProvider.Instance.MatrixMultiply(a.AsColumnMajorArray(), m, k, b.AsColumnMajorArray(), k, n, expected);
            Close(new DenseMatrix(m, n, expected), a * b, 1e-13);
            Close(a * a.Transpose(), DenseAlgebra.OuterGram(a), 1e-14);
        }
    }

    [Fact]
    public void Back_ends_agree_on_large_products()
    {
        var (a, b, v) = (Gaussian(1, 130, 257), Gaussian(2, 257, 63), Gaussian(3, 257));
        var (managed, openBlas) = Both(() => a * b);
        Close(managed, openBlas, 1e-12);
        (managed, openBlas) = Both(() => b.TransposeThisAndMultiply(a.Transpose()));
        Close(managed, openBlas, 1e-12);
        (managed, openBlas) = Both(() => DenseAlgebra.Gram(a));
        Close(managed, openBlas, 1e-12);
        (managed, openBlas) = Both(() => DenseAlgebra.OuterGram(a));
        Close(managed, openBlas, 1e-12);
        var (managedVector, openBlasVector) = Both(() => a * v);
        Close(managedVector, openBlasVector, 1e-12);
        (managedVector, openBlasVector) = Both(() => v * b);
        Close(managedVector, openBlasVector, 1e-12);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Gram_matrices_are_symmetric_to_the_last_bit_and_follow_their_definition(LinearAlgebraBackend backend)
    {
        Use(backend);
        foreach (var (n, p) in new[] { (1, 1), (3, 8), (70, 45), (45, 101) })
        {
            var a = Gaussian(4, n, p);
            foreach (var (gram, expected) in new[] { (DenseAlgebra.Gram(a), a.Transpose() * a), (DenseAlgebra.OuterGram(a), a * a.Transpose()) })
            {
                Close(expected, gram, 1e-13);
                Assert.Equal(gram, gram.Transpose());
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Sparse_and_diagonal_matrices_are_accepted(LinearAlgebraBackend backend)
    {
        Use(backend);
        Matrix<double> diagonal = DiagonalMatrix.OfDiagonal(3, 3, [1.0, 2, 3]);
        Assert.Equal(DenseMatrix.OfArray(new double[,] { { 1, 0, 0 }, { 0, 4, 0 }, { 0, 0, 9 } }), DenseAlgebra.Gram(diagonal));
        Assert.Equal(DenseAlgebra.Gram(diagonal), DenseAlgebra.OuterGram(SparseMatrix.OfMatrix(diagonal)));
        Assert.Equal([1.0, 2, 3], DenseAlgebra.SymmetricEigenvalues(diagonal), (x, y) => Math.Abs(x - y) < 1e-14);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Beta_zero_overwrites_even_NaN(LinearAlgebraBackend backend)
    {
        Use(backend);
        foreach (var n in new[] { 1, 3 })
        {
            double[] c = [.. Enumerable.Repeat(double.NaN, 2 * n)];
            LinearAlgebraControl.Provider.MatrixMultiplyWithUpdate(
                Transpose.DontTranspose, Transpose.DontTranspose, 1, [1, 2, 3, 4], 2, 2, [.. Enumerable.Repeat(1.0, 2 * n)], 2, n, 0, c);
            Assert.Equal(Enumerable.Repeat(new[] { 4.0, 6.0 }, n).SelectMany(column => column), c);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Shapes_that_do_not_fit_are_refused(LinearAlgebraBackend backend)
    {
        Use(backend);
        var provider = LinearAlgebraControl.Provider;
        Assert.ThrowsAny<ArgumentException>(() => provider.MatrixMultiply(new double[6], 2, 3, new double[6], 2, 3, new double[4]));
        Assert.ThrowsAny<ArgumentException>(() => provider.MatrixMultiply(new double[5], 2, 3, new double[6], 3, 2, new double[4]));
        Assert.ThrowsAny<ArgumentException>(() => provider.MatrixMultiply(new double[6], 2, 3, new double[6], 3, 2, new double[5]));
        Assert.ThrowsAny<ArgumentException>(() => provider.MatrixMultiply(null, 2, 3, new double[6], 3, 2, new double[4]));
        Assert.Throws<ArgumentNullException>("a", () => DenseAlgebra.Gram(null!));
        Assert.Throws<ArgumentNullException>("a", () => DenseAlgebra.OuterGram(null!));
    }

    [Fact]
    public void Other_number_types_still_work_under_OpenBLAS()
    {
        Use(LinearAlgebraBackend.OpenBlas);
        var complex = Matrix<System.Numerics.Complex>.Build.Dense(2, 2, [new(0, 1), 1, 2, new(3, -1)]);
        Assert.Equal(new System.Numerics.Complex(1, 0), (complex * complex)[0, 0]);
        var single = Matrix<float>.Build.Dense(2, 2, [1, 2, 3, 4]);
        Assert.Equal(-2f, single.Determinant(), 1e-5f);
        Assert.Equal(7.0f, (single * single)[0, 0]);
    }
}
