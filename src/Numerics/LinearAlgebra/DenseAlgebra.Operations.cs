using System.Globalization;
using System.Numerics.Tensors;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.Providers.LinearAlgebra;
using static Theory.Numerics.LinearAlgebra.BlockedProduct;
using static Theory.Numerics.LinearAlgebra.ColumnMajorArray;

namespace Theory.Numerics.LinearAlgebra;

public static partial class DenseAlgebra
{
    // Products computed in two orders differ by about n ε max|A|; anything above is a mistake of the caller.
    private const double AsymmetryTolerance = 1e-10;

    /// <summary>The product op(A) op(B), by the back end in use; the operator <c>*</c> of MathNet is as fast once a back end has been chosen.</summary>
    /// <param name="a">The matrix A.</param>
    /// <param name="b">The matrix B.</param>
    /// <param name="transposeA">Whether op(A) is Aᵀ; it is not formed.</param>
    /// <param name="transposeB">Whether op(B) is Bᵀ; it is not formed.</param>
    /// <returns>The product.</returns>
    /// <exception cref="ArgumentNullException">A matrix is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">op(A) has another number of columns than op(B) has rows.</exception>
    public static Matrix<double> Multiply(Matrix<double> a, Matrix<double> b, bool transposeA = false, bool transposeB = false)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var (rows, inner) = transposeA ? (a.ColumnCount, a.RowCount) : (a.RowCount, a.ColumnCount);
        var (innerB, columns) = transposeB ? (b.ColumnCount, b.RowCount) : (b.RowCount, b.ColumnCount);
        if (inner != innerB)
            throw new ArgumentException($"op(b) must have as many rows as op(a) has columns, {inner}; got {innerB}.", nameof(b));

        var result = new double[rows * columns];
        Kernel.MatrixMultiplyWithUpdate(Code(transposeA), Code(transposeB), 1, View(a), a.RowCount, a.ColumnCount, View(b), b.RowCount, b.ColumnCount, 0, result);
        return new DenseMatrix(rows, columns, result);
    }

    /// <summary>The product op(A) v, by the back end in use.</summary>
    /// <param name="a">The matrix A.</param>
    /// <param name="v">The vector v.</param>
    /// <param name="transpose">Whether op(A) is Aᵀ; it is not formed.</param>
    /// <returns>The product.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">op(A) has another number of columns than v has elements.</exception>
    public static Vector<double> Multiply(Matrix<double> a, Vector<double> v, bool transpose = false)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(v);
        var (rows, inner) = transpose ? (a.ColumnCount, a.RowCount) : (a.RowCount, a.ColumnCount);
        if (inner != v.Count)
            throw new ArgumentException($"v must have as many elements as op(a) has columns, {inner}; got {v.Count}.", nameof(v));

        var result = new double[rows];
        Kernel.MatrixMultiplyWithUpdate(Code(transpose), Transpose.DontTranspose, 1, View(a), a.RowCount, a.ColumnCount, View(v), v.Count, 1, 0, result);
        return new DenseVector(result);
    }

    /// <summary>The Gram matrix of the columns, AᵀA: no factor 1/n.</summary>
    /// <param name="a">The matrix A, n × p.</param>
    /// <returns>The p × p matrix AᵀA, exactly symmetric.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="a"/> is <see langword="null"/>.</exception>
    public static Matrix<double> Gram(Matrix<double> a)
    {
        ArgumentNullException.ThrowIfNull(a);
        return new DenseMatrix(a.ColumnCount, a.ColumnCount, Gram(View(a), a.RowCount, a.ColumnCount, outer: false));
    }

    /// <summary>The Gram matrix of the rows, AAᵀ: no factor 1/p.</summary>
    /// <param name="a">The matrix A, n × p.</param>
    /// <returns>The n × n matrix AAᵀ, exactly symmetric.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="a"/> is <see langword="null"/>.</exception>
    public static Matrix<double> OuterGram(Matrix<double> a)
    {
        ArgumentNullException.ThrowIfNull(a);
        return new DenseMatrix(a.RowCount, a.RowCount, Gram(View(a), a.RowCount, a.ColumnCount, outer: true));
    }

    /// <summary>Solves AX = B for a symmetric positive definite matrix A by A = LLᵀ.</summary>
    /// <param name="a">The matrix A, n × n; only its lower triangle is read.</param>
    /// <param name="b">The right-hand sides B, n × k.</param>
    /// <returns>The solutions X, n × k.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">A is not square, or B has another number of rows.</exception>
    /// <exception cref="NotPositiveDefiniteException">A is not positive definite in double precision, or has elements that are not finite.</exception>
    public static Matrix<double> CholeskySolve(Matrix<double> a, Matrix<double> b)
    {
        ArgumentNullException.ThrowIfNull(b);
        var solution = b.ToColumnMajorArray();
        CholeskySolve(a, solution, b.RowCount, b.ColumnCount);
        return new DenseMatrix(b.RowCount, b.ColumnCount, solution);
    }

    /// <summary>Solves Ax = b for a symmetric positive definite matrix A by A = LLᵀ.</summary>
    /// <param name="a">The matrix A, n × n; only its lower triangle is read.</param>
    /// <param name="b">The right-hand side b, of length n.</param>
    /// <returns>The solution x, of length n.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">A is not square, or b has another length.</exception>
    /// <exception cref="NotPositiveDefiniteException">A is not positive definite in double precision, or has elements that are not finite.</exception>
    public static Vector<double> CholeskySolve(Matrix<double> a, Vector<double> b)
    {
        ArgumentNullException.ThrowIfNull(b);
        var solution = b.ToArray();
        CholeskySolve(a, solution, b.Count, 1);
        return new DenseVector(solution);
    }

    /// <summary>The eigenvalues and eigenvectors of a symmetric matrix, A = V diag(λ) Vᵀ.</summary>
    /// <param name="a">The matrix A, n × n, symmetric up to 1e-10 of its largest element.</param>
    /// <returns>The eigenvalues λ_1 ≤ … ≤ λ_n, and the matrix V whose column k is the unit eigenvector of λ_k.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="a"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">A is not square, not symmetric, or has elements that are not finite.</exception>
    /// <exception cref="NonConvergenceException">The iteration did not converge.</exception>
    public static (Vector<double> Values, Matrix<double> Vectors) SymmetricEigen(Matrix<double> a)
    {
        var (values, vectors) = SymmetricEigen(a, vectors: true);
        return (new DenseVector(values), new DenseMatrix(a.RowCount, a.RowCount, vectors));
    }

    /// <summary>The eigenvalues of a symmetric matrix.</summary>
    /// <param name="a">The matrix A, n × n, symmetric up to 1e-10 of its largest element.</param>
    /// <returns>The eigenvalues λ_1 ≤ … ≤ λ_n.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="a"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">A is not square, not symmetric, or has elements that are not finite.</exception>
    /// <exception cref="NonConvergenceException">The iteration did not converge.</exception>
    public static Vector<double> SymmetricEigenvalues(Matrix<double> a) => new DenseVector(SymmetricEigen(a, vectors: false).Values);

    /// <summary>Ridge regression, the minimiser of ‖y − Xa‖² + λ‖a‖²: no factor 1/n, no intercept.</summary>
    /// <param name="x">The design X, n × p.</param>
    /// <param name="y">The responses y, of length n.</param>
    /// <param name="lambda">λ ≥ 0, finite. At λ = 0 the result is the limit λ → 0⁺: the least-squares solution of least norm.</param>
    /// <returns>The coefficients a, of length p.</returns>
    /// <remarks>
    /// For p ≤ n, (XᵀX + λ)a = Xᵀy; otherwise a = Xᵀ(XXᵀ + λ)⁻¹y; by Cholesky with iterative refinement on residuals formed from X.
    /// When the refinement does not contract, as for a rank-deficient X at λ = 0, by the singular values of X; those below
    /// max(n, p)·2⁻⁵²·σ_max then count as zero at λ = 0.
    /// </remarks>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lambda"/> is negative or not finite.</exception>
    /// <exception cref="ArgumentException">The lengths of X and y differ, or an element is not finite.</exception>
    public static Vector<double> RidgeSolve(Matrix<double> x, Vector<double> y, double lambda)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (!(lambda >= 0 && double.IsFinite(lambda)))
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, string.Create(CultureInfo.InvariantCulture, $"lambda must be in [0, ∞); got {lambda}."));
        if (x.RowCount != y.Count)
            throw new ArgumentException($"y must have as many elements as x has rows, {x.RowCount}; got {y.Count}.", nameof(y));

        var (elements, responses) = (View(x), View(y));
        CheckFinite(elements, nameof(x));
        CheckFinite(responses, nameof(y));
        return new DenseVector(ScaledRidge(elements, x.RowCount, x.ColumnCount, responses, lambda));
    }

    private static double[] ScaledRidge(double[] x, int n, int p, double[] y, double lambda)
    {
        // Squares of the elements must neither overflow nor, without λ beside them, underflow. Powers of two scale exactly.
        var greatest = Math.Abs(TensorPrimitives.MaxMagnitude<double>(x));
        var scale = greatest > 1e100 || (greatest is > 0 and < 1e-100 && lambda == 0) ? Math.ScaleB(1, Math.Min(1000, -Math.ILogB(greatest))) : 1;
        if (scale == 1)
            return new RidgeProblem(x, n, p, y, lambda).Solve();

        // With X′ = sX: a = s·argmin ‖y − X′a′‖² + s²λ‖a′‖².
        var scaled = new double[x.Length];
        TensorPrimitives.Multiply(x, scale, scaled);
        var solution = new RidgeProblem(scaled, n, p, y, lambda * scale * scale).Solve();
        TensorPrimitives.Multiply(solution, scale, solution);
        return solution;
    }

    internal static double[] Gram(double[] a, int rows, int columns, bool outer)
    {
        var order = outer ? rows : columns;
        var result = new double[order * order];
        var (first, second) = (Code(!outer), Code(outer));
        switch (Kernel)
        {
            case OpenBlasProvider openBlas:
                openBlas.LowerGram(outer, a, rows, columns, result);
                break;
            case VectorizedProvider:
                BlockedProduct.Add(1, Operand.First(a, rows, first), Operand.Second(a, rows, second), new(result, 0, order), order, order, outer ? columns : rows, lowerOnly: true);
                break;
            case var provider:
                provider.MatrixMultiplyWithUpdate(first, second, 1, a, rows, columns, a, rows, columns, 0, result);
                break;
        }

        MirrorLower(result, order);
        return result;
    }

    private static void CholeskySolve(Matrix<double> a, double[] b, int rows, int columns)
    {
        CheckSquare(a);
        if (a.RowCount != rows)
            throw new ArgumentException($"b must have as many rows as a, {a.RowCount}; got {rows}.", nameof(b));

        var factor = a.ToColumnMajorArray();
        if (!TensorPrimitives.IsFiniteAll<double>(factor))
            throw new NotPositiveDefiniteException(rows, null, nameof(a));
        if (TryCholesky(factor, rows) is { } failure)
            throw new NotPositiveDefiniteException(rows, (failure as NotPositiveDefiniteException)?.Minor, nameof(a));
        Kernel.CholeskySolveFactored(factor, rows, b, columns);
    }

    /// <returns>Why the matrix has no Cholesky factor, or <see langword="null"/> when it has been replaced by its factor.</returns>
    internal static ArgumentException? TryCholesky(double[] a, int order)
    {
        try
        {
            Kernel.CholeskyFactor(a, order);
            return null;
        }
        catch (ArgumentException failure)
        {
            // The providers' only way to say that the matrix is not positive definite: its shape is right by construction.
            return failure;
        }
    }

    private static (double[] Values, double[] Vectors) SymmetricEigen(Matrix<double> a, bool vectors)
    {
        CheckSquare(a);
        CheckSymmetric(a);
        var order = a.RowCount;
        if (Kernel is OpenBlasProvider openBlas)
        {
            var (values, work) = (new double[order], a.ToColumnMajorArray());
            openBlas.SymmetricEigen(work, order, values, vectors);
            return (values, work);
        }

        if (Kernel is VectorizedProvider && !vectors)
            return (Tridiagonal.Reduce(a.ToColumnMajorArray(), order).Eigenvalues(), []);

        var (columns, complexValues, diagonal) = (new double[order * order], new System.Numerics.Complex[order], new double[order * order]);
        Kernel.EigenDecomp(true, order, View(a), columns, complexValues, diagonal);
        return ([.. complexValues.Select(z => z.Real)], columns);
    }

    private static Transpose Code(bool transpose) => transpose ? Transpose.Transpose : Transpose.DontTranspose;

    private static void CheckSquare(Matrix<double> a)
    {
        ArgumentNullException.ThrowIfNull(a);
        if (a.RowCount != a.ColumnCount)
            throw new ArgumentException($"a must be square; got {a.RowCount} × {a.ColumnCount}.", nameof(a));
    }

    private static void CheckSymmetric(Matrix<double> a)
    {
        var elements = View(a);
        CheckFinite(elements, nameof(a));
        var allowed = AsymmetryTolerance * Math.Abs(TensorPrimitives.MaxMagnitude<double>(elements));
        var order = a.RowCount;
        for (var j = 0; j < order; j++)
        {
            for (var i = j + 1; i < order; i++)
            {
                if (Math.Abs(elements[j * order + i] - elements[i * order + j]) > allowed)
                    throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"a must be symmetric; its elements ({i}, {j}) and ({j}, {i}) are {elements[j * order + i]} and {elements[i * order + j]}."), nameof(a));
            }
        }
    }

    private static void CheckFinite(ReadOnlySpan<double> elements, string name)
    {
        if (!TensorPrimitives.IsFiniteAll(elements))
            throw new ArgumentException($"{name} must have finite elements only.", name);
    }
}
