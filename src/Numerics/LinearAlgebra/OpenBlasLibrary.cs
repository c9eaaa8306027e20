using System.Runtime.InteropServices;

namespace Theory.Numerics.LinearAlgebra;

/// <summary>The entry points of a loaded OpenBLAS (LP64: all integers are 32 bits), raw.</summary>
internal sealed unsafe class OpenBlasLibrary
{
    private const int OpenMpBuild = 2; // openblas_get_parallel(): 0 sequential, 1 threads, 2 OpenMP

    private readonly delegate* unmanaged[Cdecl]<int, void> _setThreads;
    private readonly delegate* unmanaged[Cdecl]<int> _getThreads;
    private readonly bool _threadCountIsPerThread;

    private OpenBlasLibrary(string name, string configuration, nint handle)
    {
        (Name, Configuration) = (name, configuration);
        Dgemm = (delegate* unmanaged[Cdecl]<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void>)Symbol("cblas_dgemm");
        Dgemv = (delegate* unmanaged[Cdecl]<int, int, int, int, double, double*, int, double*, int, double, double*, int, void>)Symbol("cblas_dgemv");
        Dsyrk = (delegate* unmanaged[Cdecl]<int, int, int, int, int, double, double*, int, double, double*, int, void>)Symbol("cblas_dsyrk");
        Dpotrf = (delegate* unmanaged[Cdecl]<byte*, int*, double*, int*, int*, nint, void>)Symbol("dpotrf_");
        Dpotrs = (delegate* unmanaged[Cdecl]<byte*, int*, int*, double*, int*, double*, int*, int*, nint, void>)Symbol("dpotrs_");
        Dsyevd = (delegate* unmanaged[Cdecl]<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, nint, nint, void>)Symbol("dsyevd_");
        Dgesdd = (delegate* unmanaged[Cdecl]<byte*, int*, int*, double*, int*, double*, double*, int*, double*, int*, double*, int*, int*, int*, nint, void>)Symbol("dgesdd_");
        _setThreads = (delegate* unmanaged[Cdecl]<int, void>)Symbol("openblas_set_num_threads");
        _getThreads = (delegate* unmanaged[Cdecl]<int>)Symbol("openblas_get_num_threads");
        _threadCountIsPerThread = ((delegate* unmanaged[Cdecl]<int>)Symbol("openblas_get_parallel"))() == OpenMpBuild;
        _setThreads(1);

        nint Symbol(string symbol) => NativeLibrary.GetExport(handle, symbol);
    }

    /// <summary>The file name that was loaded.</summary>
    public string Name { get; }

    /// <summary>The library's own words about itself, such as "OpenBLAS 0.3.21 DYNAMIC_ARCH …".</summary>
    public string Configuration { get; }

    public int Threads => _getThreads();

    // Fortran's CHARACTER arguments carry a hidden length each, last in the list; leaving it out is undefined since GCC 9.
    public delegate* unmanaged[Cdecl]<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void> Dgemm { get; }

    public delegate* unmanaged[Cdecl]<int, int, int, int, double, double*, int, double*, int, double, double*, int, void> Dgemv { get; }

    public delegate* unmanaged[Cdecl]<int, int, int, int, int, double, double*, int, double, double*, int, void> Dsyrk { get; }

    public delegate* unmanaged[Cdecl]<byte*, int*, double*, int*, int*, nint, void> Dpotrf { get; }

    public delegate* unmanaged[Cdecl]<byte*, int*, int*, double*, int*, double*, int*, int*, nint, void> Dpotrs { get; }

    public delegate* unmanaged[Cdecl]<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, nint, nint, void> Dsyevd { get; }

    public delegate* unmanaged[Cdecl]<byte*, int*, int*, double*, int*, double*, double*, int*, double*, int*, double*, int*, int*, int*, nint, void> Dgesdd { get; }

    /// <summary>Loads the first usable library of a list.</summary>
    /// <returns>The library, or <see langword="null"/> and the reason, one clause per name tried.</returns>
    public static (OpenBlasLibrary? Library, string Reason) Load(params ReadOnlySpan<string> names)
    {
        var reasons = new List<string>();
        foreach (var name in names)
        {
            if (!NativeLibrary.TryLoad(name, out var handle))
            {
                reasons.Add($"{name} not found");
                continue;
            }

            try
            {
                var configuration = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged[Cdecl]<byte*>)NativeLibrary.GetExport(handle, "openblas_get_config"))()) ?? "";
                if (!configuration.Contains("USE64BITINT", StringComparison.Ordinal))
                    return (new OpenBlasLibrary(name, configuration, handle), "");
                reasons.Add($"{name} is built with 64-bit integers");
            }
            catch (EntryPointNotFoundException missing)
            {
                reasons.Add($"{name} lacks a symbol ({missing.Message})");
            }

            NativeLibrary.Free(handle);
        }

        return (null, string.Join("; ", reasons));
    }

    /// <summary>Makes the calling thread's next native call run on that thread alone.</summary>
    public void UseOneThread()
    {
        // Under OpenMP the number of threads belongs to the calling thread and must be set on each.
        if (_threadCountIsPerThread || _getThreads() != 1)
            _setThreads(1);
    }
}
