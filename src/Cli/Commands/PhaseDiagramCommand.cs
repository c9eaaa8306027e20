using System.CommandLine;
using System.Globalization;
using Theory.Cli.Rendering;
using Theory.Plotting;
using Theory.Systems.Diagrams;
using Theory.Systems.Json;

namespace Theory.Cli.Commands;

/// <summary><c>theory phase-diagram</c>: where two parameters divide the plane in phases.</summary>
internal static class PhaseDiagramCommand
{
    public static Command Create(Session session)
    {
        var problem = new ProblemOptions(session);
        var x = AxisOption("--x", "the horizontal axis", problem);
        var y = AxisOption("--y", "the vertical axis; the parameter that costs less when it alone changes belongs here", problem);
        var rule = new Option<string?>("--rule")
        {
            Description = "how a point is classified: an output that is a class, a condition such as \"test_error < train_error\", or named ones as in \"none: q < 0.01; some: q < 0.5; much\". "
                + "The output phase if not given",
            HelpName = "RULE",
        };
        var cells = CommonOptions.Integer("--cells", 1, "cells along each axis before any is refined [default: 24]");
        var levels = CommonOptions.Integer("--levels", 0, "how often cells at boundaries are divided in four [default: 4]");
        var precision = new ParsedOption<double>(
            "--precision", "FRACTION", "to which fraction of an axis boundaries are found [default: 1e-6]", "--precision must be a number in [1e-12, 0.1]", 1e-6,
            (string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value is >= 1e-12 and <= 0.1);
        var measure = CommonOptions.Integer("--measure", 0, "runs the experiment too, at the centres of N by N equal parts of the plane");
        var size = CommonOptions.Integer("--size", 1, "size d of the experiment");
        var trials = CommonOptions.Trials();
        var seed = CommonOptions.Seed();
        var directory = SweepCommand.FolderOption("the folder for diagram.json, tables of points and boundaries (Parquet, CSV) and the picture (PNG, SVG)");
        directory.Required = true;
        var command = new ToolCommand(
            "phase-diagram",
            "Divides the plane of two parameters in phases, on all cores: cells are refined where phases meet, and boundaries are traced as curves. Points without prediction are counted; exit code 1 then.",
            "theory phase-diagram subspace-clustering --set clusters=2 --set alpha=2 --set unit=spectral --x sparsity=0.005:0.35 --y lambda=0.02:1.5 --out phases",
            "theory phase-diagram ridge-regression --set noise=0.25 --x alpha=0.1:3 --y lambda=1e-4:1:log --rule \"test_error > 1\" --out peak");
        problem.AddTo(command);
        foreach (var option in new Option[] { x, y, rule, cells, levels, precision, measure, size, trials, seed, directory }) command.Add(option);
        command.SetAction(result =>
        {
            var (system, inputs) = problem.ReadInputs(result);
            var (horizontal, vertical) = (DiagramAxis.Parse(result.GetRequiredValue(x)), DiagramAxis.Parse(result.GetRequiredValue(y)));
            var plan = PhaseDiagramPlan.Create(system, inputs, horizontal, vertical, result.GetValue(rule)) with
            {
                Cells = cells.Read(result) ?? 24,
                Levels = levels.Read(result) ?? 4,
                Precision = precision.Read(result),
                MeasuredPoints = measure.Read(result) ?? 0,
                Measurement = new() { Sizes = size.Read(result) is { } d ? [d] : [], Trials = trials.Read(result), Seed = seed.Read(result) },
                Threads = session.Threads,
            };
            return Run(session, plan, result.GetRequiredValue(directory));
        });
        return command;
    }

    private static Option<string> AxisOption(string name, string description, ProblemOptions problem)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "NAME=FROM:TO[:log]", Required = true };
        option.CompletionSources.Add(problem.ParameterNames);
        return option;
    }

    private static int Run(Session session, PhaseDiagramPlan plan, string directory)
    {
        if (plan.MeasuredPoints > 0) Session.ChooseLinearAlgebra();
        var diagram = session.WithProgress($"phase-diagram {plan.Base.System.Id}", progress => PhaseDiagram.Compute(plan, progress, session.Token));
        string[] files = [.. diagram.Save(directory), .. Draw(diagram, directory)];
        session.Out.Write(session.IsJson ? ValueJson.ToJson(DiagramText.Summary(diagram, files)) + "\n" : DiagramText.Of(diagram, files));
        return SweepText.AllConverged(diagram.Points) ? ExitCode.Done : ExitCode.Failed;
    }

    // Apart, so that the drawing library is loaded only when something is drawn.
    private static IReadOnlyList<string> Draw(PhaseDiagram diagram, string directory) => DiagramPlotter.Plot(diagram, directory);
}
