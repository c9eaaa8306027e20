using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Numerics.Tests.LinearAlgebra;

/// <summary>Runs a test on one back end or on both, and restores the one that was in use.</summary>
[Collection(ProcessWideState.Name)]
public abstract class BackendTests : IDisposable
{
    private readonly LinearAlgebraBackend _before = DenseAlgebra.Current ?? throw new InvalidOperationException("A provider unknown to the tests is installed.");

    public static TheoryData<LinearAlgebraBackend> All => new(LinearAlgebraBackend.Managed, LinearAlgebraBackend.OpenBlas);

    public void Dispose()
    {
        DenseAlgebra.Use(_before);
        GC.SuppressFinalize(this);
    }

    protected static void Use(LinearAlgebraBackend backend)
    {
        Assert.SkipUnless(DenseAlgebra.IsAvailable(backend), $"{backend} is not installed");
        DenseAlgebra.Use(backend);
    }

    /// <summary>The values that the managed code and OpenBLAS compute.</summary>
    protected static (T Managed, T OpenBlas) Both<T>(Func<T> compute)
    {
        Use(LinearAlgebraBackend.OpenBlas);
        var openBlas = compute();
        DenseAlgebra.Use(LinearAlgebraBackend.Managed);
        return (compute(), openBlas);
    }

    protected static Matrix<double> Gaussian(ulong seed, int rows, int columns)
    {
        var elements = new double[rows * columns];
        new RandomStream(seed, (ulong)rows, (ulong)columns).FillGaussian(elements);
        return new DenseMatrix(rows, columns, elements);
    }

    protected static Vector<double> Gaussian(ulong seed, int count) => Gaussian(seed, count, 1).Column(0);

    /// <summary>Asserts ‖actual − expected‖_max ≤ tolerance · ‖expected‖_max.</summary>
    protected static void Close(Matrix<double> expected, Matrix<double> actual, double tolerance)
    {
        Assert.Equal((expected.RowCount, expected.ColumnCount), (actual.RowCount, actual.ColumnCount));
        Assert.InRange((actual - expected).Enumerate().Max(Math.Abs), 0, tolerance * expected.Enumerate().Max(Math.Abs));
    }

    protected static void Close(Vector<double> expected, Vector<double> actual, double tolerance) =>
        Close(expected.ToColumnMatrix(), actual.ToColumnMatrix(), tolerance);
}
