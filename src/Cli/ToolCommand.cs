using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Theory.Cli;

/// <summary>A command that shows in its help how it is used.</summary>
internal sealed class ToolCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;
}

/// <summary>The usual help, and examples below it.</summary>
internal sealed class HelpWithExamples(SynchronousCommandLineAction usual, IReadOnlyList<string> rootExamples) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        var examples = parseResult.CommandResult.Command is ToolCommand command ? command.Examples : rootExamples;
        foreach (var example in examples) output.WriteLine($"  {example}");
        output.WriteLine();
        return ExitCode.Done;
    }

    public static void Install(RootCommand root, IReadOnlyList<string> rootExamples)
    {
        foreach (var option in root.Options)
            if (option is HelpOption { Action: SynchronousCommandLineAction usual } help) help.Action = new HelpWithExamples(usual, rootExamples);
    }
}
