using Theory.Cli.Rendering;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Systems;
using Theory.Systems.Json;

namespace Theory.Cli;

/// <summary>What a command works with.</summary>
internal sealed class Session(CliEnvironment environment, CancellationToken token)
{
    /// <summary>Whether results and errors are for programs.</summary>
    public bool IsJson { get; set; }

    /// <summary>The number of threads asked for; all cores if null.</summary>
    public int? Threads { get; set; }

    public Catalogue Catalogue => environment.Catalogue;

    public TextReader In => environment.In.Value;

    public TextWriter Out => environment.Out;

    public TextWriter Err => environment.Err;

    public CancellationToken Token => token;

    /// <summary>Reads a whole text file, or standard input for "-".</summary>
    /// <exception cref="InvalidInputException">The file cannot be read.</exception>
    public string ReadAll(string path)
    {
        using var reader = Open(path);
        return reader.ReadToEnd();
    }

    /// <summary>Opens a text file, or standard input for "-".</summary>
    /// <exception cref="InvalidInputException">The file cannot be read.</exception>
    public TextReader Open(string path)
    {
        if (path == "-") return In;
        try
        {
            return new StreamReader(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var reason = e is FileNotFoundException or DirectoryNotFoundException ? "no such file"
                : Directory.Exists(path) ? "it is a folder" : Oneline(e.Message);
            throw new InvalidInputException(null, $"cannot read {path}: {reason}", e);
        }
    }

    /// <summary>Chooses who carries out dense linear algebra; for commands that run experiments.</summary>
    /// <exception cref="InvalidInputException">The environment asks for a back end that is not there.</exception>
    public static string ChooseLinearAlgebra()
    {
        try
        {
            DenseAlgebra.UseBest();
            return DenseAlgebra.Describe();
        }
        catch (Exception e) when (e is DllNotFoundException or InvalidOperationException)
        {
            throw new InvalidInputException(DenseAlgebra.EnvironmentVariable, Oneline(e.Message), e);
        }
    }

    /// <summary>Does long work, with a progress bar if somebody watches.</summary>
    public T WithProgress<T>(string title, Func<IProgress<double>?, T> work) =>
        environment.ShowsProgress ? ProgressLine.Show(Err, title, work) : work(null);

    /// <summary>Tells the user what went wrong, in one line on standard error.</summary>
    /// <returns>The exit code.</returns>
    public int Report(Exception exception)
    {
        if (exception is AggregateException { InnerException: { } inner }) exception = inner;
        if (exception is OperationCanceledException)
        {
            Err.WriteLine("theory: interrupted; what was done is kept");
            return ExitCode.Interrupted;
        }
        var isEnvironment = exception is IOException or UnauthorizedAccessException;
        var error = isEnvironment ? new PredictionError(PredictionError.InvalidInput, null, Oneline(exception.Message)) : PredictionError.From(exception);
        Err.WriteLine(IsJson ? error.ToJson() : $"theory: {error.Message}");
        return error.Kind == PredictionError.InvalidInput ? ExitCode.BadInput : ExitCode.Failed;
    }

    private static string Oneline(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
