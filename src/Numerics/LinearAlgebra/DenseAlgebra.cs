using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Theory.Numerics.LinearAlgebra;

/// <summary>
/// Dense linear algebra on MathNet's matrices, and the choice of who carries it out.
/// The choice is MathNet's provider, which is global to the process: it serves <c>A * B</c>, <c>A.Cholesky()</c> and <c>A.Evd()</c> as well.
/// MathNet's own choice holds until <see cref="Use"/> or <see cref="UseBest"/> is called; make the call once, at the start of a program,
/// since back ends agree to rounding only. The methods here are fast without it.
/// </summary>
public static partial class DenseAlgebra
{
    /// <summary>The environment variable that <see cref="UseBest"/> obeys: <c>managed</c>, <c>openblas</c> or <c>auto</c> (the default).</summary>
    public const string EnvironmentVariable = "THEORY_BLAS";

    private static readonly string[] s_libraryNames =
        ["libopenblas.so.0", "libopenblas.so", "libopenblas.0.dylib", "libopenblas.dylib", "libopenblas.dll", "openblas.dll"];

    private static readonly Lazy<(OpenBlasLibrary? Library, string Reason)> s_openBlas = new(static () => OpenBlasLibrary.Load(s_libraryNames));

    private static readonly VectorizedProvider s_vectorized = new();

    // The process-global state of MathNet is guarded here; scopes are counted, so they may nest and overlap.
    private static readonly Lock s_gate = new();
    private static int s_singleThreadedScopes;
    private static int s_parallelismOutside;

    /// <summary>The back end in use; <see langword="null"/> when the program has installed another provider of MathNet's.</summary>
    public static LinearAlgebraBackend? Current => LinearAlgebraControl.Provider switch
    {
        OpenBlasProvider => LinearAlgebraBackend.OpenBlas,
        VectorizedProvider or ManagedLinearAlgebraProvider => LinearAlgebraBackend.Managed,
        _ => null,
    };

    /// <summary>Who carries out the methods of this class: the provider in use, or in place of MathNet's managed one our faster equivalent.</summary>
    internal static ILinearAlgebraProvider Kernel => LinearAlgebraControl.Provider is ManagedLinearAlgebraProvider ? s_vectorized : LinearAlgebraControl.Provider;

    /// <summary>Whether a back end can be used on this machine.</summary>
    /// <param name="backend">The back end.</param>
    /// <returns>Whether <see cref="Use"/> would succeed.</returns>
    public static bool IsAvailable(LinearAlgebraBackend backend) => backend switch
    {
        LinearAlgebraBackend.Managed => true,
        LinearAlgebraBackend.OpenBlas => s_openBlas.Value.Library is not null,
        _ => false,
    };

    /// <summary>Chooses a back end for the whole process.</summary>
    /// <param name="backend">The back end. OpenBLAS is set to run on one thread, so that results never depend on the number of threads.</param>
    /// <exception cref="DllNotFoundException">OpenBLAS is asked for, but no usable library is found.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="backend"/> is none of the enumeration.</exception>
    public static void Use(LinearAlgebraBackend backend)
    {
        ILinearAlgebraProvider provider = backend switch
        {
            LinearAlgebraBackend.Managed => s_vectorized,
            LinearAlgebraBackend.OpenBlas => new OpenBlasProvider(s_openBlas.Value.Library
                ?? throw new DllNotFoundException($"OpenBLAS is not available: {s_openBlas.Value.Reason}. Install it (Debian: libopenblas0) or use the managed back end.")),
            _ => throw new ArgumentOutOfRangeException(nameof(backend), backend, $"backend must be Managed or OpenBlas; got {backend}."),
        };
        lock (s_gate)
            LinearAlgebraControl.Provider = provider;
    }

    /// <summary>Chooses OpenBLAS if a usable library is found and the managed code otherwise, unless the environment variable <c>THEORY_BLAS</c> names one of them.</summary>
    /// <returns>The back end chosen.</returns>
    /// <exception cref="DllNotFoundException">The environment variable asks for OpenBLAS, but no usable library is found.</exception>
    /// <exception cref="InvalidOperationException">The environment variable has another value than <c>managed</c>, <c>openblas</c>, <c>auto</c> or nothing.</exception>
    public static LinearAlgebraBackend UseBest()
    {
        var backend = Environment.GetEnvironmentVariable(EnvironmentVariable)?.Trim().ToLowerInvariant() switch
        {
            "managed" => LinearAlgebraBackend.Managed,
            "openblas" => LinearAlgebraBackend.OpenBlas,
            null or "" or "auto" => IsAvailable(LinearAlgebraBackend.OpenBlas) ? LinearAlgebraBackend.OpenBlas : LinearAlgebraBackend.Managed,
            var other => throw new InvalidOperationException($"{EnvironmentVariable} must be managed, openblas or auto; got '{other}'."),
        };
        Use(backend);
        return backend;
    }

    /// <summary>The back end in use, with its version and number of threads.</summary>
    /// <returns>Text such as <c>OpenBLAS 0.3.21 (libopenblas.so.0, 1 thread)</c> or <c>managed (MathNet.Numerics 5.0.0)</c>.</returns>
    public static string Describe() => LinearAlgebraControl.Provider switch
    {
        OpenBlasProvider { Library: var library } => $"{ShortVersion(library.Configuration)} ({library.Name}, {Threads(library.Threads)})",
        VectorizedProvider or ManagedLinearAlgebraProvider => $"managed (MathNet.Numerics {typeof(Control).Assembly.GetName().Version?.ToString(3)})",
        var other => other.ToString() ?? other.GetType().Name,
    };

    /// <summary>
    /// Until disposed, dense linear algebra uses no threads of its own, neither in the managed code nor in OpenBLAS: for work that is itself
    /// parallel. Like the back end this is global to the process; scopes may nest and overlap, and the last one to end restores
    /// MathNet's degree of parallelism.
    /// </summary>
    /// <returns>The scope; disposing it twice does no harm.</returns>
    public static IDisposable SingleThreaded()
    {
        lock (s_gate)
        {
            if (s_singleThreadedScopes++ == 0)
            {
                s_parallelismOutside = Control.MaxDegreeOfParallelism;
                Control.MaxDegreeOfParallelism = 1;
            }
        }

        return new SingleThreadedScope();
    }

    private static string ShortVersion(string configuration) => string.Join(' ', configuration.Split(' ').Take(2));

    private static string Threads(int count) => count == 1 ? "1 thread" : $"{count} threads";

    private sealed class SingleThreadedScope : IDisposable
    {
        private bool _disposed;

        public void Dispose()
        {
            lock (s_gate)
            {
                if (_disposed)
                    return;
                _disposed = true;
                if (--s_singleThreadedScopes == 0)
                    Control.MaxDegreeOfParallelism = s_parallelismOutside;
            }
        }
    }
}
