using System.CommandLine;
using Theory.Contract;
using Theory.Plotting;
using Theory.Systems.Json;

namespace Theory.Cli.Commands;

/// <summary><c>theory plot DIR</c>: pictures of a finished sweep.</summary>
internal static class PlotCommand
{
    public static Command Create(Session session)
    {
        var directory = new Argument<string>("DIR") { Description = "the folder of a finished sweep; the pictures go there too", HelpName = "DIR" };
        var observables = new Option<string[]>("--observable") { Description = "a column to draw; the measured ones, else the first, if not given", HelpName = "NAME" };
        var scale = new Option<string?>("--values") { Description = "scale of the values; by their range if not given", HelpName = "linear|log" }
            .AcceptOnlyFromAmong("linear", "log");
        var title = new Option<string?>("--title") { Description = "the title; the system's if not given", HelpName = "TEXT" };
        var command = new ToolCommand(
            "plot",
            "Draws a sweep as PNG and SVG: curves with the dots of the experiment, or heat maps.",
            "theory plot double-descent",
            "theory plot diagram --observable test_error --values log")
        {
            directory, observables, scale, title,
        };
        command.SetAction(result => Run(session, result.GetRequiredValue(directory), new PlotOptions
        {
            Observables = [.. result.GetValue(observables) ?? []],
            LogarithmicValues = result.GetValue(scale) is { } asked ? asked == "log" : null,
            Title = result.GetValue(title),
        }));
        return command;
    }

    private static void Run(Session session, string directory, PlotOptions options)
    {
        var files = SweepPlotter.Plot(directory, options);
        session.Out.Write(session.IsJson
            ? ValueJson.ToJson(Value.ListOf(files.Select(f => (Value)f))) + "\n"
            : string.Concat(files.Select(f => f + "\n")));
    }
}
