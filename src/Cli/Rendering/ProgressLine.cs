using Spectre.Console;

namespace Theory.Cli.Rendering;

/// <summary>A progress bar on standard error. Only this class touches Spectre.Console, whose loading a plain prediction need not pay for.</summary>
internal static class ProgressLine
{
    public static T Show<T>(TextWriter errors, string title, Func<IProgress<double>, T> work)
    {
        // Told, not asked: the library would look at standard output, which may well go to a file.
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(errors),
            Interactive = InteractionSupport.Yes,
            Ansi = Environment.GetEnvironmentVariable("TERM") is "dumb" ? AnsiSupport.No : AnsiSupport.Yes,
        });
        return console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: 1);
                return work(new Reporter(task));
            });
    }

    private sealed class Reporter(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }
}
