using System.Text.Json;
using Theory.Contract;
using Theory.Systems;

namespace Theory.Cli.Tests.Support;

/// <summary>One run of the tool, without a process.</summary>
public sealed record ToolRun(int ExitCode, string Out, string Err)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public IReadOnlyList<JsonElement> JsonLines => [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
}

public static class Tool
{
    public static Catalogue TestCatalogue { get; } = new(
        GaugeModel.System,
        GaugeModel.Define("rough-gauge", Standing.Approximation, FiniteSizeFlaw.Biased),
        GaugeModel.Define("wrong-gauge", Standing.Derived, FiniteSizeFlaw.Biased));

    public static ToolRun Run(params string[] args) => RunWithInput("", args);

    public static ToolRun RunWithInput(string input, params string[] args) => Run(TestCatalogue, input, args);

    public static ToolRun Run(Catalogue catalogue, string input, params string[] args)
    {
        using StringWriter output = new(), errors = new();
        var environment = new CliEnvironment { In = new(() => new StringReader(input)), Out = output, Err = errors, Catalogue = catalogue };
        var exitCode = CliApplication.Run(args, environment, TestContext.Current.CancellationToken);
        return new(exitCode, output.ToString(), errors.ToString());
    }

    /// <summary>Asserts what every rejected command must do: exit code 2, one line on standard error, nothing on standard output.</summary>
    public static string Rejects(params string[] args)
    {
        var run = Run(args);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Equal("", run.Out);
        Assert.StartsWith("theory: ", run.Err);
        Assert.Equal(1, run.Err.Count(c => c == '\n'));
        return run.Err["theory: ".Length..].TrimEnd('\n');
    }
}
