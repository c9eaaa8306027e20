using System.Xml.Linq;
using Theory.Contract;
using Theory.Systems;
using Theory.Tests.Sweeps;

namespace Theory.Plotting.Tests;

public sealed class VerificationPlotterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Several_sizes_show_the_gap_against_the_size_with_its_fit()
    {
        var files = VerificationPlotter.Plot(Report(100, 200, 400), folder["out"], new() { Observables = ["test_error", "train_error"] });
        var words = Words(files[1]);
        foreach (var expected in (string[])["100", "200", "400", "measured / predicted − 1", "fit c/d", "test error", "train error", "d = 100, 200, 400"]) Assert.Contains(expected, words);
        var pixels = new Pixels(File.ReadAllBytes(files[0]));
        foreach (var n in (int[])[0, 1]) Assert.InRange(pixels.Count(Palette.Categorical(n)), 500, 20_000);
    }

    [Fact]
    public void One_size_shows_each_number_in_standard_errors()
    {
        var files = VerificationPlotter.Plot(Report(100), folder["out"]);
        var words = Words(files[1]);
        foreach (var expected in (string[])["test error", "m[0]", "m[1]", "path[2]", "(measured − predicted) / s.e.", "All 7 numbers agree"]) Assert.Contains(expected, words);
        var pixels = new Pixels(File.ReadAllBytes(files[0]));
        Assert.InRange(pixels.Count(Palette.Categorical(0)), 1000, 20_000);
        Assert.Equal(0, pixels.Count(Palette.Categorical(1)));
    }

    [Fact]
    public void A_number_that_disagrees_stands_out()
    {
        var report = Report(100);
        var wrong = report with { Rows = [report.Rows[0] with { Mean = report.Rows[0].Predicted + 9 * report.Rows[0].StandardError }, .. report.Rows.Skip(1)] };
        var files = VerificationPlotter.Plot(wrong, folder["out"]);
        Assert.Contains("1 of 7 numbers disagree", Words(files[1]));
        Assert.InRange(new Pixels(File.ReadAllBytes(files[0])).Count(Palette.Categorical(1)), 200, 5000);
    }

    [Fact]
    public void Asking_for_what_is_not_compared_is_refused()
    {
        var e = Assert.Throws<InvalidInputException>(() => VerificationPlotter.Plot(Report(100), folder["out"], new() { Observables = ["threshold"] }));
        Assert.Contains("compares test_error, train_error, m, path only", e.Message);
        Assert.False(Directory.Exists(folder["out"]));
    }

    private static VerificationReport Report(params int[] sizes) =>
        Verification.Run(SampleModel.System.Wrap(new()), new() { Sizes = [.. sizes], Trials = 12 });

    private static string Words(string svg) => string.Join('\n', XDocument.Load(svg).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value.Trim()));
}
