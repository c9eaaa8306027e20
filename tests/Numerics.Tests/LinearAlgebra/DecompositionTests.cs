using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Numerics.LinearAlgebra;

namespace Theory.Numerics.Tests.LinearAlgebra;

public sealed class DecompositionTests : BackendTests
{
    [Theory]
    [MemberData(nameof(All))]
    public void A_Cholesky_factor_is_lower_triangular_and_squares_to_the_matrix(LinearAlgebraBackend backend)
    {
        Use(backend);
        foreach (var n in new[] { 1, 2, 17, 48, 49, 150 })
        {
            var a = PositiveDefinite(n);
            var factor = a.Cholesky().Factor;
            Close(a, factor * factor.Transpose(), 1e-13);
            Assert.Equal(factor, factor.LowerTriangle());
            var b = Gaussian(7, n, 3);
            Close(b, a * DenseAlgebra.CholeskySolve(a, b), 1e-10);
            Close(b, a * a.Cholesky().Solve(b), 1e-10);
            Close(b.Column(1), a * DenseAlgebra.CholeskySolve(a, b.Column(1)), 1e-10);
        }
    }

    [Fact]
    public void Back_ends_agree_on_Cholesky()
    {
        var (a, b) = (PositiveDefinite(160), Gaussian(8, 160));
        var (managed, openBlas) = Both(() => a.Cholesky().Factor);
        Close(managed, openBlas, 1e-12);
        var (managedSolution, openBlasSolution) = Both(() => DenseAlgebra.CholeskySolve(a, b));
        Close(managedSolution, openBlasSolution, 1e-9);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_matrix_that_is_not_positive_definite_is_refused(LinearAlgebraBackend backend)
    {
        Use(backend);
        var indefinite = DenseMatrix.OfArray(new double[,] { { 1, 2, 0 }, { 2, 1, 0 }, { 0, 0, 1 } });
        var failure = Assert.Throws<NotPositiveDefiniteException>(() => DenseAlgebra.CholeskySolve(indefinite, Gaussian(1, 3)));
        Assert.Equal((3, 2, "a"), (failure.Order, failure.Minor, failure.ParamName));
        Assert.ThrowsAny<ArgumentException>(() => indefinite.Cholesky());
        Assert.Throws<NotPositiveDefiniteException>(() => DenseAlgebra.CholeskySolve(DenseMatrix.Create(2, 2, 0), Gaussian(1, 2)));

        // A NaN below the diagonal, which a comparison of pivots with zero would let through.
        var undefined = DenseMatrix.CreateIdentity(3);
        undefined[2, 0] = undefined[0, 2] = double.NaN;
        Assert.Throws<NotPositiveDefiniteException>(() => DenseAlgebra.CholeskySolve(undefined, Gaussian(1, 3)));
        Assert.ThrowsAny<ArgumentException>(() => undefined.Cholesky());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_leading_minor_at_fault_is_named(LinearAlgebraBackend backend)
    {
        Use(backend);
        var a = PositiveDefinite(100);
        a[76, 76] = -1;
        Assert.Equal(77, Assert.Throws<NotPositiveDefiniteException>(() => a.Cholesky()).Minor);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Shapes_that_do_not_fit_are_refused(LinearAlgebraBackend backend)
    {
        Use(backend);
        Assert.Throws<ArgumentException>("a", () => DenseAlgebra.CholeskySolve(Gaussian(1, 2, 3), Gaussian(1, 2)));
        Assert.Throws<ArgumentException>("b", () => DenseAlgebra.CholeskySolve(PositiveDefinite(3), Gaussian(1, 2)));
        Assert.Throws<ArgumentException>("a", () => DenseAlgebra.SymmetricEigen(Gaussian(1, 2, 3)));
        Assert.Throws<ArgumentException>("a", () => DenseAlgebra.SymmetricEigenvalues(Gaussian(1, 3, 3)));
        var infinite = DenseMatrix.CreateIdentity(2);
        infinite[1, 1] = double.PositiveInfinity;
        Assert.Throws<ArgumentException>("a", () => DenseAlgebra.SymmetricEigenvalues(infinite));
        Assert.Throws<ArgumentNullException>("a", () => DenseAlgebra.SymmetricEigen(null!));
        Assert.Throws<ArgumentNullException>("b", () => DenseAlgebra.CholeskySolve(PositiveDefinite(3), (Vector<double>)null!));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Eigenvectors_are_orthonormal_and_rebuild_the_matrix_from_ascending_eigenvalues(LinearAlgebraBackend backend)
    {
        Use(backend);
        foreach (var n in new[] { 1, 2, 3, 20, 120 })
        {
            var a = Symmetric(n);
            var copy = a.Clone();
            var (values, vectors) = DenseAlgebra.SymmetricEigen(a);
            Assert.Equal(copy, a);
            Assert.Equal(values.Order(), values);
            Close(DenseMatrix.CreateIdentity(n), vectors.Transpose() * vectors, 1e-12);
            Close(a, vectors * DiagonalMatrix.OfDiagonal(n, n, values) * vectors.Transpose(), 1e-12);
            Close(values, DenseAlgebra.SymmetricEigenvalues(a), 1e-12);
            Assert.Equal(a.Trace(), values.Sum(), 1e-10);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_second_difference_has_its_known_eigenvalues(LinearAlgebraBackend backend)
    {
        Use(backend);
        const int Order = 50;
        var a = DenseMatrix.Create(Order, Order, (i, j) => i == j ? 2 : Math.Abs(i - j) == 1 ? -1 : 0);
        var values = DenseAlgebra.SymmetricEigenvalues(a);
        for (var k = 1; k <= Order; k++)
            Assert.Equal(4 * Math.Pow(Math.Sin(k * Math.PI / (2 * (Order + 1))), 2), values[k - 1], 1e-13);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Degenerate_eigenvalues_are_found_with_their_multiplicity(LinearAlgebraBackend backend)
    {
        Use(backend);
        var (values, vectors) = DenseAlgebra.SymmetricEigen(DenseMatrix.Create(30, 30, 1));
        Assert.Equal(30, values[29], 1e-12);
        Assert.All(values.Take(29), value => Assert.Equal(0, value, 1e-12));
        Close(DenseMatrix.CreateIdentity(30), vectors.Transpose() * vectors, 1e-12);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Eigenvalues_of_graded_split_and_trivial_matrices_are_found(LinearAlgebraBackend backend)
    {
        Use(backend);
        Assert.All(DenseAlgebra.SymmetricEigenvalues(DenseMatrix.Create(7, 7, 0)), value => Assert.Equal(0, value));
        Close(DenseVector.OfArray([-3, -1, 0, 2]), DenseAlgebra.SymmetricEigenvalues(DiagonalMatrix.OfDiagonal(4, 4, [2.0, -3, 0, -1])), 1e-15);

        // Blocks [0 b; b 0] have the eigenvalues ±b: zero shifts and zero diagonals.
        var split = DenseMatrix.Create(6, 6, (i, j) => i / 2 == j / 2 && i != j ? 1 + i / 2 : 0);
        Close(DenseVector.OfArray([-3, -2, -1, 1, 2, 3]), DenseAlgebra.SymmetricEigenvalues(split), 1e-14);

        // Q diag(10⁻ᵏ) Qᵀ, and the same at scales whose squares leave the range of doubles.
        var (_, basis) = DenseAlgebra.SymmetricEigen(Symmetric(12));
        var spectrum = DenseVector.Create(12, k => Math.Pow(10, k - 11));
        var graded = basis * DiagonalMatrix.OfDiagonal(12, 12, spectrum) * basis.Transpose();
        graded = (graded + graded.Transpose()) / 2;
        foreach (var scale in new[] { 1, 1e-250, 1e250 })
            Close(scale * spectrum, DenseAlgebra.SymmetricEigenvalues(scale * graded), 1e-14);
    }

    [Fact]
    public void Back_ends_agree_on_eigenvalues_and_singular_values()
    {
        var a = Symmetric(140);
        var (managed, openBlas) = Both(() => DenseAlgebra.SymmetricEigenvalues(a));
        Close(managed, openBlas, 1e-12);
        var (managedProjector, openBlasProjector) = Both(() => Projector(DenseAlgebra.SymmetricEigen(a).Vectors));
        Close(managedProjector, openBlasProjector, 1e-9);
        (managedProjector, openBlasProjector) = Both(() => Projector(a.Evd(Symmetricity.Symmetric).EigenVectors));
        Close(managedProjector, openBlasProjector, 1e-9);
        (managed, openBlas) = Both(() => Gaussian(9, 40, 70).Svd(true).S);
        Close(managed, openBlas, 1e-12);

        // Signs of eigenvectors are arbitrary; the projector on the lower half of the spectrum is not.
        static Matrix<double> Projector(Matrix<double> vectors)
        {
            var half = vectors.SubMatrix(0, vectors.RowCount, 0, vectors.RowCount / 2);
            return half * half.Transpose();
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Decompositions_of_MathNet_work_through_the_back_end(LinearAlgebraBackend backend)
    {
        Use(backend);
        foreach (var (n, p) in new[] { (30, 30), (25, 40), (40, 25) })
        {
            var a = Gaussian(10, n, p);
            var svd = a.Svd(true);
            Close(a, svd.U * svd.W * svd.VT, 1e-12);
            Assert.Equal(svd.S.OrderDescending(), svd.S);
            Close(svd.S, a.Svd(false).S, 1e-12);
        }

        var s = Symmetric(25);
        var evd = s.Evd(Symmetricity.Symmetric);
        Close(s, evd.EigenVectors * evd.D * evd.EigenVectors.Transpose(), 1e-12);
        var square = Gaussian(11, 25, 25);
        Close(DenseMatrix.CreateIdentity(25), square * square.Inverse(), 1e-9);
        Assert.Equal(square.Trace(), square.Evd(Symmetricity.Asymmetric).EigenValues.Sum(z => z.Real), 1e-9);
    }

    private static Matrix<double> PositiveDefinite(int n)
    {
        var a = Gaussian(5, n, 2 * n);
        return a * a.Transpose() / n;
    }

    private static Matrix<double> Symmetric(int n)
    {
        var a = Gaussian(6, n, n);
        return a + a.Transpose();
    }
}
