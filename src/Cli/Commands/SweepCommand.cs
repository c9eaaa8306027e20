using System.CommandLine;
using Theory.Cli.Rendering;
using Theory.Systems.Json;
using Theory.Systems.Sweeps;

namespace Theory.Cli.Commands;

/// <summary><c>theory sweep</c>: a prediction along one or two axes, into a folder.</summary>
internal static class SweepCommand
{
    public static Command Create(Session session)
    {
        var problem = new ProblemOptions(session);
        var over = new Option<string[]>("--over")
        {
            Description = "an axis; give it twice for a phase diagram (the first is the outer one). spikes[1]=… sweeps one element of a list",
            HelpName = "NAME=FROM:TO:COUNT[:log]",
            Required = true,
        };
        over.CompletionSources.Add(problem.ParameterNames);
        var measure = CommonOptions.Integer("--measure", 0, "runs the experiment too, at this many values of the first axis");
        var size = CommonOptions.Integer("--size", 1, "size d of the experiment");
        var trials = CommonOptions.Trials();
        var seed = CommonOptions.Seed();
        var directory = FolderOption("the folder for manifest.json, sweep.parquet and sweep.csv. A sweep that was stopped goes on where it was");
        directory.Required = true;
        var command = new ToolCommand(
            "sweep",
            "Predicts along one or two axes, on all cores, and writes Parquet, CSV and a manifest. Points that fail are rows that say so; exit code 1 then.",
            "theory sweep ridge-regression --set lambda=0.001 --set noise=0.25 --over alpha=0.2:3:57 --measure 10 --size 200 --out double-descent",
            "theory sweep random-features --model model.json --over alpha=0.1:10:40:log --over beta=0.1:10:40:log --out diagram");
        problem.AddTo(command);
        foreach (var option in new Option[] { over, measure, size, trials, seed, directory }) command.Add(option);
        command.SetAction(result =>
        {
            var (system, inputs) = problem.ReadInputs(result);
            var plan = SweepPlan.Create(system, inputs, [.. result.GetRequiredValue(over).Select(SweepAxis.Parse)]) with
            {
                MeasuredPoints = measure.Read(result) ?? 0,
                Measurement = new() { Sizes = size.Read(result) is { } d ? [d] : [], Trials = trials.Read(result), Seed = seed.Read(result) },
                Threads = session.Threads,
            };
            return Run(session, plan, result.GetRequiredValue(directory));
        });
        return command;
    }

    public static Option<string> FolderOption(string description) => new("--out") { Description = description, HelpName = "DIR" };

    private static int Run(Session session, SweepPlan plan, string directory)
    {
        if (plan.MeasuredPoints > 0) Session.ChooseLinearAlgebra();
        var table = session.WithProgress($"sweep {plan.Base.System.Id}", progress => SweepRunner.Run(plan, directory, progress, session.Token));
        var manifest = SweepManifest.Load(directory);
        session.Out.Write(session.IsJson ? ValueJson.ToJson(SweepText.Summary(table, manifest, directory)) + "\n" : SweepText.Of(table, manifest, directory));
        return SweepText.AllConverged(table) ? ExitCode.Done : ExitCode.Failed;
    }
}
