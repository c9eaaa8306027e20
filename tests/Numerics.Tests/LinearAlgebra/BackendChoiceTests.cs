using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;
using Theory.Numerics.LinearAlgebra;

namespace Theory.Numerics.Tests.LinearAlgebra;

public sealed class BackendChoiceTests : BackendTests
{
    [Theory]
    [MemberData(nameof(All))]
    public void The_back_end_chosen_is_the_one_in_use_and_names_itself(LinearAlgebraBackend backend)
    {
        Use(backend);
        Assert.Equal(backend, DenseAlgebra.Current);
        var pattern = backend == LinearAlgebraBackend.Managed
            ? @"^managed \(MathNet\.Numerics \d+\.\d+\.\d+\)$"
            : @"^OpenBLAS \d+\.\d+\S* \(\S*openblas\S*, 1 thread\)$";
        Assert.Matches(pattern, DenseAlgebra.Describe());
    }

    [Theory]
    [InlineData("managed", LinearAlgebraBackend.Managed)]
    [InlineData(" OpenBLAS ", LinearAlgebraBackend.OpenBlas)]
    public void The_environment_variable_decides(string value, LinearAlgebraBackend backend)
    {
        Assert.SkipUnless(DenseAlgebra.IsAvailable(backend), $"{backend} is not installed");
        WithEnvironment(value, () =>
        {
            Assert.Equal(backend, DenseAlgebra.UseBest());
            Assert.Equal(backend, DenseAlgebra.Current);
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("auto")]
    public void Without_a_wish_OpenBLAS_is_used_where_it_is_installed(string? value)
    {
        var expected = DenseAlgebra.IsAvailable(LinearAlgebraBackend.OpenBlas) ? LinearAlgebraBackend.OpenBlas : LinearAlgebraBackend.Managed;
        WithEnvironment(value, () => Assert.Equal(expected, DenseAlgebra.UseBest()));
    }

    [Fact]
    public void Without_any_choice_the_managed_code_is_used_and_gives_what_the_choice_of_it_gives()
    {
        LinearAlgebraControl.Provider = ManagedLinearAlgebraProvider.Instance;
        Assert.Equal(LinearAlgebraBackend.Managed, DenseAlgebra.Current);
        Assert.StartsWith("managed", DenseAlgebra.Describe(), StringComparison.Ordinal);
        var (x, y) = (Gaussian(1, 40, 60), Gaussian(2, 40));
        var (ridge, product) = (DenseAlgebra.RidgeSolve(x, y, 0.2), DenseAlgebra.Multiply(x, x, transposeB: true));
        Assert.Same(ManagedLinearAlgebraProvider.Instance, LinearAlgebraControl.Provider);
        DenseAlgebra.Use(LinearAlgebraBackend.Managed);
        Assert.Equal(ridge, DenseAlgebra.RidgeSolve(x, y, 0.2));
        Assert.Equal(product, x * x.Transpose());
    }

    [Fact]
    public void A_provider_of_the_program_is_left_alone_and_used()
    {
        LinearAlgebraControl.Provider = new Foreign();
        Assert.Null(DenseAlgebra.Current);
        Assert.Equal("foreign", DenseAlgebra.Describe());
        var (x, y) = (Gaussian(1, 30, 20), Gaussian(2, 30));
        var (ridge, values, gram) = (DenseAlgebra.RidgeSolve(x, y, 0.2), DenseAlgebra.SymmetricEigenvalues(x.Transpose() * x), DenseAlgebra.Gram(x));
        DenseAlgebra.Use(LinearAlgebraBackend.Managed);
        Close(DenseAlgebra.RidgeSolve(x, y, 0.2), ridge, 1e-12);
        Close(DenseAlgebra.SymmetricEigenvalues(x.Transpose() * x), values, 1e-12);
        Close(DenseAlgebra.Gram(x), gram, 1e-13);
    }

    [Fact]
    public void An_unknown_wish_is_refused_and_changes_nothing()
    {
        DenseAlgebra.Use(LinearAlgebraBackend.Managed);
        WithEnvironment("mkl", () => Assert.Contains("'mkl'", Assert.Throws<InvalidOperationException>(() => DenseAlgebra.UseBest()).Message, StringComparison.Ordinal));
        Assert.Throws<ArgumentOutOfRangeException>("backend", () => DenseAlgebra.Use((LinearAlgebraBackend)7));
        Assert.Equal(LinearAlgebraBackend.Managed, DenseAlgebra.Current);
        Assert.False(DenseAlgebra.IsAvailable((LinearAlgebraBackend)7));
    }

    [Fact]
    public void A_library_that_is_missing_or_no_OpenBLAS_is_not_loaded_and_the_reason_says_which()
    {
        var (library, reason) = OpenBlasLibrary.Load("libnot-there.so.0", OperatingSystem.IsWindows() ? "kernel32.dll" : OperatingSystem.IsMacOS() ? "libSystem.dylib" : "libc.so.6");
        Assert.Null(library);
        Assert.Contains("libnot-there.so.0 not found", reason, StringComparison.Ordinal);
        Assert.Contains("lacks a symbol", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Single_threaded_scopes_nest_and_overlap_and_end_once()
    {
        var outside = Control.MaxDegreeOfParallelism;
        Control.MaxDegreeOfParallelism = 3;
        try
        {
            var first = DenseAlgebra.SingleThreaded();
            var second = DenseAlgebra.SingleThreaded();
            Assert.Equal(1, Control.MaxDegreeOfParallelism);
            first.Dispose();
            first.Dispose();
            Assert.Equal(1, Control.MaxDegreeOfParallelism);
            using (DenseAlgebra.SingleThreaded())
                second.Dispose();
            Assert.Equal(3, Control.MaxDegreeOfParallelism);
        }
        finally
        {
            Control.MaxDegreeOfParallelism = outside;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Results_do_not_depend_on_the_number_of_threads(LinearAlgebraBackend backend)
    {
        Use(backend);
        var (a, y) = (Gaussian(1, 320, 150), Gaussian(2, 320));
        var outside = Control.MaxDegreeOfParallelism;
        Control.MaxDegreeOfParallelism = 4;
        var free = Compute();
        Control.MaxDegreeOfParallelism = outside;
        using (DenseAlgebra.SingleThreaded())
            Assert.Equal(free, Compute());
        var concurrent = new double[6][];
        Parallel.For(0, concurrent.Length, i => concurrent[i] = Compute());
        Assert.All(concurrent, result => Assert.Equal(free, result));

        double[] Compute() =>
            [.. (a * a.Transpose()).ToColumnMajorArray(), .. DenseAlgebra.RidgeSolve(a, y, 0.1), .. DenseAlgebra.SymmetricEigenvalues(DenseAlgebra.Gram(a))];
    }

    private sealed class Foreign : ForwardingProvider
    {
        public override void MatrixMultiply(double[] x, int rowsX, int columnsX, double[] y, int rowsY, int columnsY, double[] result) =>
            Managed.MatrixMultiply(x, rowsX, columnsX, y, rowsY, columnsY, result);

        public override void MatrixMultiplyWithUpdate(Transpose transposeA, Transpose transposeB, double alpha, double[] a, int rowsA, int columnsA, double[] b, int rowsB, int columnsB, double beta, double[] c) =>
            Managed.MatrixMultiplyWithUpdate(transposeA, transposeB, alpha, a, rowsA, columnsA, b, rowsB, columnsB, beta, c);

        public override string ToString() => "foreign";
    }

    private static void WithEnvironment(string? value, Action action)
    {
        var before = Environment.GetEnvironmentVariable(DenseAlgebra.EnvironmentVariable);
        Environment.SetEnvironmentVariable(DenseAlgebra.EnvironmentVariable, value);
        try
        {
            action();
        }
        finally
        {
            Environment.SetEnvironmentVariable(DenseAlgebra.EnvironmentVariable, before);
        }
    }
}
