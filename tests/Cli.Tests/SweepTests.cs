using System.Globalization;
using Theory.Cli.Tests.Support;

namespace Theory.Cli.Tests;

public sealed class SweepTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("theory-cli-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_sweep_writes_a_row_for_every_point_beside_its_manifest()
    {
        var run = Tool.Run("sweep", "gauge", "--set", "weights=[1,2]", "--over", "alpha=1:4:4", "--over", "weights[1]=0:2:3", "--out", folder + "/s", "--format", "json");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Err));
        Assert.Equal(12, run.Json.GetProperty("points").GetInt32());
        Assert.Equal(12, run.Json.GetProperty("statuses").GetProperty("converged").GetInt32());
        Assert.All(run.Json.GetProperty("files").EnumerateArray(), f => Assert.True(File.Exists(f.GetString())));
        var csv = File.ReadAllLines(folder + "/s/sweep.csv").Select(l => l.Split(',')).ToArray();
        var (alpha, weight, ratio) = (Array.IndexOf(csv[0], "alpha"), Array.IndexOf(csv[0], "weights_1"), Array.IndexOf(csv[0], "ratio"));
        Assert.Equal(13, csv.Length);
        Assert.All(csv[1..], row => Assert.Equal(-(1 + Number(row[weight])) / Number(row[alpha]), Number(row[ratio])));
    }

    [Fact]
    public void A_finished_sweep_is_not_computed_again_and_tells_its_files()
    {
        string[] args = ["sweep", "gauge", "--over", "alpha=1:4:4", "--out", folder + "/s"];
        var first = Tool.Run(args);
        var written = File.GetLastWriteTimeUtc(folder + "/s/sweep.parquet");
        var second = Tool.Run(args);

        Assert.Equal(first, second);
        Assert.Equal(written, File.GetLastWriteTimeUtc(folder + "/s/sweep.parquet"));
        Assert.Contains($"file      {folder}/s/sweep.csv\n", first.Out);
    }

    [Fact]
    public void A_sweep_with_points_that_fail_keeps_them_as_rows_and_has_exit_code_1()
    {
        var run = Tool.Run("sweep", "gauge", "--set", "formula=stuck", "--over", "alpha=1:4:4", "--out", folder + "/s");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("points    4: 4 budget exhausted", run.Out);
        Assert.Equal(5, File.ReadAllLines(folder + "/s/sweep.csv").Length);
    }

    [Fact]
    public void Experiments_stand_beside_the_predictions_where_asked_for()
    {
        var run = Tool.Run("sweep", "gauge", "--over", "alpha=1:5:5", "--measure", "3", "--trials", "10", "--size", "50", "--seed", "7", "--out", folder + "/s", "--format", "json");

        Assert.Equal(3, run.Json.GetProperty("measured").GetInt32());
        Assert.Contains("ratio_mean", File.ReadLines(folder + "/s/sweep.csv").First());
    }

    [Theory]
    [InlineData("alpha=0:3:4", "alpha must be in (0, ∞]; got 0")]
    [InlineData("gamma=0:3:4", "gauge has no parameter gamma; it has alpha, lambda, formula, branch, cutoff, weights")]
    [InlineData("formula=0:3:4", "formula is no number and cannot be swept")]
    [InlineData("weights[3]=0:3:4", "weights[3] does not exist: weights has 1 elements, counted from 0")]
    public void A_bad_axis_is_named(string axis, string message)
    {
        Assert.Equal(message, Tool.Rejects("sweep", "gauge", "--set", "alpha=1", "--over", axis, "--out", folder + "/s"));
        Assert.False(Directory.Exists(folder + "/s"));
    }

    [Fact]
    public void An_axis_that_cannot_be_read_is_named()
    {
        Assert.Contains("alpha", Tool.Rejects("sweep", "gauge", "--over", "alpha=1:x:3", "--out", folder + "/s"));
        Assert.False(Directory.Exists(folder + "/s"));
    }

    [Theory]
    [InlineData("sweep gauge --out x", "Option '--over' is required (see theory sweep --help)")]
    [InlineData("sweep gauge --over alpha=1:2:3", "Option '--out' is required (see theory sweep --help)")]
    public void What_a_sweep_needs_is_named(string line, string message) => Assert.Equal(message, Tool.Rejects(line.Split(' ')));

    [Fact]
    public void A_folder_that_cannot_be_written_is_named()
    {
        File.WriteAllText(folder + "/file", "");

        Assert.Contains(folder + "/file", Tool.Rejects("sweep", "gauge", "--over", "alpha=1:2:3", "--out", folder + "/file/s"));
        Assert.Equal("", File.ReadAllText(folder + "/file"));
    }

    [Fact]
    public void An_interrupted_sweep_has_exit_code_130_and_goes_on_when_run_again()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(150));
        string[] args = ["sweep", "gauge", "--set", "formula=slow", "--over", "alpha=1:2:40", "--out", folder + "/s", "--threads", "1"];
        var exitCode = CliApplication.Run(args, new CliEnvironment { Out = output, Err = errors, Catalogue = Tool.TestCatalogue }, stop.Token);

        Assert.Equal((ExitCode.Interrupted, "", "theory: interrupted; what was done is kept\n"), (exitCode, output.ToString(), errors.ToString()));
        Assert.False(File.Exists(folder + "/s/sweep.parquet"));
        Assert.Equal(ExitCode.Done, Tool.Run(args).ExitCode);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
