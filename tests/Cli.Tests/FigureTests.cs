using Theory.Cli.Tests.Support;

namespace Theory.Cli.Tests;

public sealed class FigureTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("theory-cli-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_finished_sweep_is_drawn_as_png_and_svg()
    {
        Assert.Equal(ExitCode.Done, Tool.Run("sweep", "gauge", "--over", "alpha=1:4:4", "--measure", "2", "--trials", "10", "--out", folder).ExitCode);
        var run = Tool.Run("plot", folder, "--observable", "ratio", "--title", "A gauge");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Err));
        var files = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([".png", ".svg"], files.Select(Path.GetExtension).Order());
        Assert.All(files, f => Assert.True(new FileInfo(f).Length > 1000));
        Assert.Contains("A gauge", File.ReadAllText(files.Single(f => f.EndsWith(".svg", StringComparison.Ordinal))));
    }

    [Fact]
    public void What_is_no_finished_sweep_is_not_drawn()
    {
        Assert.Contains(folder, Tool.Rejects("plot", folder));
        Assert.Contains("/no/such/folder", Tool.Rejects("plot", "/no/such/folder"));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_verification_is_drawn_where_asked_for()
    {
        var run = Tool.Run("verify", "gauge", "--set", "alpha=2", "--size", "50,100", "--out", folder + "/v");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Err));
        Assert.Equal(["verification.png", "verification.svg"], Directory.GetFiles(folder + "/v").Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Figures_are_listed_by_id()
    {
        Assert.Contains("random-features-double-descent", Tool.Run("reproduce").Out);
        Assert.Contains("random-features-double-descent", Tool.Run("reproduce", "--format", "json").Json.EnumerateArray().Select(f => f.GetProperty("id").GetString()));
    }

    [Fact]
    public void A_figure_is_made_again_with_other_inputs_and_prints_theory_beside_experiment()
    {
        string[] args = ["reproduce", "ridge-regression-double-descent", "--set", "noise=0.5", "--size", "20", "--trials", "10", "--out", folder + "/f"];
        var text = Tool.Run(args);
        var json = Tool.Run([.. args, "--format", "json"]);

        Assert.Equal((ExitCode.Done, ""), (text.ExitCode, text.Err));
        Assert.Matches(@"alpha +observable +predicted +measured +± s\.e\. +z\n", text.Out);
        Assert.All(json.Json.GetProperty("files").EnumerateArray(), f => Assert.True(File.Exists(f.GetString())));
        var last = json.Json.GetProperty("measurements").EnumerateArray().Last(m => m.GetProperty("observable").GetString() == "test_error");
        Assert.Equal(10, last.GetProperty("alpha").GetDouble());
        Assert.Equal(last.GetProperty("predicted").GetDouble(), last.GetProperty("measured").GetDouble(), 0.1);
        Assert.Contains("\"noise\": 0.5", File.ReadAllText(folder + "/f/manifest.json"));
    }

    [Fact]
    public void What_cannot_be_reproduced_is_named()
    {
        Assert.StartsWith("unknown figure \"nothing\"; known: ", Tool.Rejects("reproduce", "nothing", "--out", folder + "/f"));
        Assert.Contains("alpha", Tool.Rejects("reproduce", "ridge-regression-double-descent", "--set", "alpha=2", "--out", folder + "/f"));
        Assert.Contains("gamma", Tool.Rejects("reproduce", "ridge-regression-double-descent", "--set", "gamma=2", "--out", folder + "/f"));
        Assert.False(Directory.Exists(folder + "/f"));
    }
}
