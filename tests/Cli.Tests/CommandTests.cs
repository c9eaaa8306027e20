using System.CommandLine;
using Theory.Cli.Tests.Support;

namespace Theory.Cli.Tests;

public sealed class CommandTests
{
    public static TheoryData<string> Commands =>
        [.. new ToolRoot(new Session(new CliEnvironment { Out = TextWriter.Null, Err = TextWriter.Null, Catalogue = Tool.TestCatalogue }, default)).Subcommands.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_help_of_every_command_has_a_description_and_an_example(string command)
    {
        var run = Tool.Run(command, "--help");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Err));
        Assert.Contains("Description:", run.Out);
        Assert.Matches($@"Examples:\n  .*theory {command}", run.Out);
        Assert.Contains("--format <text|json>", run.Out);
    }

    [Fact]
    public void The_tool_alone_shows_its_help()
    {
        var run = Tool.Run();

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Err));
        Assert.Equal(run.Out, Tool.Run("--help").Out);
        Assert.Contains("theory predict random-features", run.Out);
    }

    [Fact]
    public void Systems_lists_every_system_with_its_standing_and_source()
    {
        var run = Tool.Run("systems");

        Assert.Matches(@"\nrough-gauge +A gauge for tests +approximation +Gauge & Rule 1999, arXiv:9901.00001\n", run.Out);
        Assert.Equal(["gauge", "rough-gauge", "wrong-gauge"], Tool.Run("systems", "--format", "json").Json.EnumerateArray().Select(s => s.GetProperty("id").GetString()));
    }

    [Fact]
    public void A_system_is_described_with_inputs_outputs_and_an_example_that_works()
    {
        var run = Tool.Run("systems", "gauge");
        Assert.Matches(@"alpha +α +\(0, ∞\] +required +The divisor\.", run.Out);
        Assert.Matches(@"branch +b +lower \| upper +lower +Which sign\.", run.Out);
        Assert.Matches(@"multiples +k·r +series +no +Ten multiples\.", run.Out);

        var example = run.Out.Split("Example:\n  theory ")[1].Trim();
        Assert.Equal(ExitCode.Done, Tool.Run(example.Split(' ')).ExitCode);

        var json = Tool.Run("systems", "gauge", "--format", "json").Json;
        Assert.True(json.GetProperty("parameters")[0].GetProperty("required").GetBoolean());
        Assert.Equal("(0, ∞]", json.GetProperty("parameters")[0].GetProperty("range").GetString());
        Assert.True(json.GetProperty("observables")[0].GetProperty("measured").GetBoolean());
    }

    [Fact]
    public void Cite_prints_the_bibtex_of_every_source()
    {
        var run = Tool.Run("cite", "gauge");

        Assert.Equal(string.Join("\n", Tool.TestCatalogue.Get("gauge").Sources.Select(s => s.ToBibTeX())), run.Out);
        Assert.Equal(2, Tool.Run("cite", "gauge", "--format", "json").Json.GetArrayLength());
    }

    [Fact]
    public void Version_tells_what_numbers_may_depend_on()
    {
        var text = Tool.Run("--version");
        Assert.Equal(ExitCode.Done, text.ExitCode);
        Assert.Matches(@"^theory +\d+\.\d+\.\d+\nruntime +\.NET 10.*\nlinear algebra +\w.*\nvectors +.*\n$", text.Out);

        var json = Tool.Run("--version", "--format", "json").Json;
        Assert.Equal(["theory", "runtime", "linear_algebra", "vectors"], json.EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData("theory pred", "predict")]
    [InlineData("theory predict rou", "rough-gauge")]
    [InlineData("theory predict gauge --mo", "--model")]
    [InlineData("theory predict gauge --set al", "alpha=")]
    [InlineData("theory verify gauge --set alpha=1 --set lam", "lambda=")]
    [InlineData("theory predict gauge --set alpha=1 --mod", "--model")]
    [InlineData("theory sweep gauge --over alpha=1:2:3 --thr", "--threads")]
    [InlineData("theory predict gauge --format js", "json")]
    [InlineData("theory completion z", "zsh")]
    public void The_shell_is_offered_what_fits(string line, string candidate) =>
        Assert.Equal([candidate], Tool.Run($"[suggest:{line.Length}]", line).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void Completion_prints_a_script_that_asks_the_tool(string shell) =>
        Assert.Contains("theory \"[suggest:", Tool.Run("completion", shell).Out);
}
