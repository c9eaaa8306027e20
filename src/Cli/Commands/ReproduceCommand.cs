using System.CommandLine;
using Theory.Cli.Rendering;
using Theory.Plotting;
using Theory.Systems.Json;

namespace Theory.Cli.Commands;

/// <summary><c>theory reproduce [FIGURE]</c>: makes a figure again, theory beside experiment.</summary>
internal static class ReproduceCommand
{
    public static Command Create(Session session)
    {
        var figure = new Argument<string?>("FIGURE") { Description = "the figure's id; without it the figures are listed", HelpName = "FIGURE", Arity = ArgumentArity.ZeroOrOne };
        figure.CompletionSources.Add(_ => FigureIds());
        var set = ProblemOptions.SetOption();
        var size = CommonOptions.Integer("--size", 1, "size d of the experiment; the figure's own if not given");
        var trials = CommonOptions.Trials();
        var seed = CommonOptions.Seed();
        var directory = SweepCommand.FolderOption("the folder for numbers and pictures; the figure's id if not given");
        var command = new ToolCommand(
            "reproduce",
            "Computes and draws a figure: theory as curves, the experiment as dots with error bars, and prints both side by side.",
            "theory reproduce",
            "theory reproduce random-features-double-descent --set \"activation=erf(z)\" --set \"target=sin(z)\" --out figure");
        command.Add(figure);
        foreach (var option in new Option[] { set, size, trials, seed, directory }) command.Add(option);
        command.SetAction(result => result.GetValue(figure) is not { } id ? List(session) : Run(session, id, new FigureRequest
        {
            Overrides = ProblemOptions.ParseSettings(result.GetValue(set)),
            OutputDirectory = result.GetValue(directory) ?? id,
            Size = size.Read(result),
            Trials = trials.Read(result),
            Seed = seed.Read(result),
            Threads = session.Threads,
        }));
        return command;
    }

    // Apart, so that the drawing library is loaded only when asked for.
    private static IEnumerable<string> FigureIds() => Figures.All.Select(f => f.Id);

    private static int List(Session session)
    {
        session.Out.Write(session.IsJson ? ValueJson.ToJson(FigureText.Summary(Figures.All)) + "\n" : FigureText.List(Figures.All));
        return ExitCode.Done;
    }

    private static int Run(Session session, string id, FigureRequest request)
    {
        var figure = Figures.Get(id);
        if (figure.MeasuredPoints > 0) Session.ChooseLinearAlgebra();
        var result = session.WithProgress($"reproduce {id}", progress => figure.Run(request, progress, session.Token));
        session.Out.Write(session.IsJson ? ValueJson.ToJson(FigureText.Summary(result)) + "\n" : FigureText.Of(result));
        return result.Tables.All(SweepText.AllConverged) ? ExitCode.Done : ExitCode.Failed;
    }
}
