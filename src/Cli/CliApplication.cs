using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Theory.Contract;

namespace Theory.Cli;

/// <summary>The tool without its process: arguments and an environment in, text and an exit code out.</summary>
public static class CliApplication
{
    /// <summary>How long interrupted work may take to put away what is done.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly ParserConfiguration Parsing = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Runs one command.</summary>
    /// <param name="args">The arguments, without the tool's name.</param>
    /// <param name="environment">Streams and systems.</param>
    /// <param name="token">Interrupts the command.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, CliEnvironment environment, CancellationToken token = default)
    {
        var session = new Session(environment, token);
        var root = new ToolRoot(session);
        var result = root.Parse(args, Parsing);
        session.IsJson = IsWellFormed(result.GetResult(root.Format)) && result.GetValue(root.Format) == CommonOptions.Json;
        session.Threads = root.Threads.Read(result);
        try
        {
            if (result.Action is ParseErrorAction) throw new InvalidInputException(null, UsageError(result));
            return result.Invoke(new InvocationConfiguration { Output = environment.Out, Error = environment.Err, EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return session.Report(e);
        }
    }

    private static bool IsWellFormed(OptionResult? option) => option is not null && !option.Errors.Any();

    private static string UsageError(ParseResult result)
    {
        var command = result.CommandResult.Command is RootCommand ? "theory" : $"theory {result.CommandResult.Command.Name}";
        return $"{string.Join(' ', result.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.')} (see {command} --help)";
    }
}
