using System.CommandLine;
using System.CommandLine.Invocation;
using Theory.Cli.Commands;

namespace Theory.Cli;

/// <summary>The command <c>theory</c> with all its subcommands.</summary>
internal sealed class ToolRoot : RootCommand
{
    private static readonly string[] Examples =
    [
        "theory systems",
        "theory predict random-features --set \"activation=relu(z)\" --set \"target=tanh(z)\" --set alpha=2 --set beta=1 --set lambda=0.01",
        "theory hermite \"erf(z/sqrt(2))\" --order 9",
    ];

    public ToolRoot(Session session)
        : base("Predictions of the theory of learning in high dimensions, each with its standing, its source and its experiment.")
    {
        Format = CommonOptions.Format();
        Threads = CommonOptions.Threads();
        Options.Remove(Options.OfType<VersionOption>().Single());
        Options.Add(Format);
        Options.Add(Threads);
        Options.Add(new Option<bool>("--version") { Description = "shows the versions of the tool, the runtime and the linear algebra", Action = new VersionAction(session) });
        Subcommands.Add(SystemsCommand.Create(session));
        Subcommands.Add(PredictCommand.Create(session));
        Subcommands.Add(VerifyCommand.Create(session));
        Subcommands.Add(SweepCommand.Create(session));
        Subcommands.Add(PhaseDiagramCommand.Create(session));
        Subcommands.Add(PlotCommand.Create(session));
        Subcommands.Add(ReproduceCommand.Create(session));
        Subcommands.Add(HermiteCommand.Create(session));
        Subcommands.Add(ExponentsCommand.Create(session));
        Subcommands.Add(EstimateCovarianceCommand.Create(session));
        Subcommands.Add(CiteCommand.Create(session));
        Subcommands.Add(CompletionCommand.Create(session));
        HelpWithExamples.Install(this, Examples);
        var help = Options.OfType<System.CommandLine.Help.HelpOption>().Single().Action as SynchronousCommandLineAction;
        SetAction(result => help!.Invoke(result));
    }

    public Option<string> Format { get; }

    public ParsedOption<int?> Threads { get; }
}
