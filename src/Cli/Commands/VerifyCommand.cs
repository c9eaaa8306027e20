using System.CommandLine;
using Theory.Cli.Rendering;
using Theory.Contract;
using Theory.Plotting;
using Theory.Systems;
using Theory.Systems.Json;

namespace Theory.Cli.Commands;

/// <summary><c>theory verify</c>: a prediction beside its experiment.</summary>
internal static class VerifyCommand
{
    public static Command Create(Session session)
    {
        var problem = new ProblemOptions(session);
        var sizes = CommonOptions.Sizes();
        var trials = CommonOptions.Trials();
        var seed = CommonOptions.Seed();
        var directory = SweepCommand.FolderOption("draws the comparison too, as PNG and SVG in this folder");
        var command = new ToolCommand(
            "verify",
            "Runs the matching experiment and sets it beside the prediction. Exit code 1 if they disagree.",
            "theory verify ridge-regression --set alpha=2 --set lambda=0.1 --set noise=0.25 --size 400 --trials 16 --seed 1",
            "theory verify random-features --model model.json --size 100,200,400");
        problem.AddTo(command);
        command.Add(sizes);
        command.Add(trials);
        command.Add(seed);
        command.Add(directory);
        command.SetAction(result => Run(session, problem.Read(result), result.GetValue(directory), new VerificationOptions
        {
            Sizes = sizes.Read(result),
            Trials = trials.Read(result),
            Seed = seed.Read(result),
            Threads = session.Threads,
        }));
        return command;
    }

    private static int Run(Session session, IProblem problem, string? directory, VerificationOptions options)
    {
        Session.ChooseLinearAlgebra();
        var report = session.WithProgress($"verify {problem.System.Id}", progress => Verification.Run(problem, options, progress, session.Token));
        if (directory is not null) Draw(report, directory);
        session.Out.Write(session.IsJson ? VerificationJson.ToJson(report) + "\n" : VerificationText.Of(report));
        return report.Passes ? ExitCode.Done : ExitCode.Failed;
    }

    // Apart, so that the drawing library is loaded only when asked for.
    private static void Draw(VerificationReport report, string directory) => VerificationPlotter.Plot(report, directory);
}
