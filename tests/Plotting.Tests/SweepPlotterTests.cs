using System.Xml.Linq;
using Theory.Contract;
using Theory.Systems.Sweeps;
using Theory.Tests.Sweeps;

namespace Theory.Plotting.Tests;

public sealed class SweepPlotterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly IProblem problem = SampleModel.System.Wrap(new() { Beta = 0.5 });

    public void Dispose() => folder.Dispose();

    [Fact]
    public void One_axis_gives_curves_with_the_dots_of_the_experiment_in_their_colours()
    {
        SweepRunner.Run(new(problem, SweepAxis.Parse("alpha=0.1:3:50")) { MeasuredPoints = 7 }, folder["out"]);
        var files = SweepPlotter.Plot(folder["out"], new() { Observables = ["test_error", "train_error"] });
        Assert.Equal(["test_error-train_error.png", "test_error-train_error.svg"], files.Select(Path.GetFileName));

        var pixels = new Pixels(File.ReadAllBytes(files[0]));
        Assert.Equal((1640, 1120), (pixels.Width, pixels.Height));
        Assert.InRange(pixels.All.Distinct().Count(), 100, 100_000);
        // A curve two logical pixels wide over most of the width.
        foreach (var n in (int[])[0, 1]) Assert.InRange(pixels.Count(Palette.Categorical(n)), 3000, 30_000);
        Assert.Equal(0, pixels.Count(Palette.Categorical(2)));
    }

    [Fact]
    public void Pictures_have_text_whatever_fonts_are_installed()
    {
        SweepRunner.Run(new(problem, SweepAxis.Parse("alpha=0.1:3:50")), folder["out"]);
        var files = SweepPlotter.Plot(folder["out"], new() { Scale = 1, Title = "Nothing but a title" });
        var pixels = new Pixels(File.ReadAllBytes(files[0]));
        Assert.InRange(pixels.Ink(50, 10, 400, 32), 300, 4000);
        Assert.Equal("Inter", Typefaces.Regular.FamilyName);
        Assert.Equal(["Inter", "Inter"], [ScottPlot.Fonts.GetTypeface(Typefaces.Family, false, false).FamilyName, ScottPlot.Fonts.GetTypeface(Typefaces.Family, true, false).FamilyName]);
    }

    [Fact]
    public void The_svg_is_well_formed_and_says_what_is_shown()
    {
        SweepRunner.Run(new(problem, SweepAxis.Of("beta", 0.1, 1, 5, 9.5, 12)) { MeasuredPoints = 4 }, folder["out"]);
        var files = SweepPlotter.Plot(folder["out"], new() { Observables = ["test_error"] });
        var svg = XDocument.Load(files[1]).Root!;
        Assert.Equal("svg", svg.Name.LocalName);
        Assert.Equal(("820", "560"), (svg.Attribute("width")!.Value, svg.Attribute("height")!.Value));
        var texts = svg.Descendants().Where(e => e.Name.LocalName == "text").ToArray();
        Assert.All(texts, t => Assert.Matches("^(Inter SemiBold, )?Inter, 'Helvetica Neue', .*sans-serif$", t.Attribute("font-family")!.Value));
        var words = string.Join('\n', texts.Select(t => t.Value.Trim().Replace('\u00A0', ' ')));
        foreach (var expected in (string[])
            ["A sample", "α = 1 · k = 2", "test error ε", "experiment: d = 100, mean of 10 trials ± 2 s.e.", "β = p/d (the input beta)", "ε (the output test_error)", "0.1", "10", "Nobody 1900", "unsupported: 1"])
            Assert.Contains(expected, words);
    }

    [Fact]
    public void Drawing_twice_gives_the_same_bytes()
    {
        SweepRunner.Run(new(problem, SweepAxis.Parse("alpha=0.1:3:20")), folder["out"]);
        var first = SweepPlotter.Plot(folder["out"]).Select(File.ReadAllBytes).ToArray();
        var second = SweepPlotter.Plot(folder["out"]).Select(File.ReadAllBytes).ToArray();
        Assert.Equal(first, second);
        Assert.DoesNotContain(Directory.EnumerateFiles(folder["out"]), f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_axes_give_a_heat_map_with_missing_cells_grey()
    {
        SweepRunner.Run(new(problem, SweepAxis.Parse("alpha=0.1:3:12"), SweepAxis.Parse("beta=7.5:10.5:8")), folder["out"]);
        var pixels = new Pixels(File.ReadAllBytes(SweepPlotter.Plot(folder["out"], new() { Scale = 1 })[0]));
        // Values 8 < β ≤ 10 have no prediction: 5 of 8 rows.
        Assert.InRange(pixels.Count(Palette.Missing) / (820.0 * 560), 0.3, 0.5);
        Assert.InRange(pixels.All.Distinct().Count(), 100, 100_000);
    }

    [Fact]
    public void A_short_second_axis_gives_a_family_of_curves()
    {
        SweepRunner.Run(new(problem, SweepAxis.Parse("alpha=0.1:3:40"), SweepAxis.Of("beta", 0.1, 1, 3)), folder["out"]);
        var files = SweepPlotter.Plot(folder["out"]);
        var pixels = new Pixels(File.ReadAllBytes(files[0]));
        foreach (var n in (int[])[0, 1, 2]) Assert.InRange(pixels.Count(Palette.Sequential(n, 3)), 2000, 30_000);
        Assert.Contains("β = 3", string.Concat(XDocument.Load(files[1]).Descendants().Select(e => e.Value)));
    }

    [Fact]
    public void Observables_that_share_no_scale_get_pictures_of_their_own()
    {
        SweepRunner.Run(new(problem, SweepAxis.Parse("alpha=0.1:30:40:log")) { MeasuredPoints = 3 }, folder["out"]);
        var files = SweepPlotter.Plot(folder["out"], new() { Observables = ["test_error", "train_error"] });
        Assert.Equal(["test_error.png", "test_error.svg", "train_error.png", "train_error.svg"], files.Select(Path.GetFileName));
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused_in_one_line()
    {
        SweepRunner.Run(new(problem, SweepAxis.Parse("alpha=0.1:3:5")), folder["out"]);
        foreach (var name in (string[])["nonsense", "exact", "status", "alpha"])
        {
            var e = Assert.Throws<InvalidInputException>(() => SweepPlotter.Plot(folder["out"], new() { Observables = [name] }));
            Assert.Contains($"no column of numbers is called {name}; there are test_error", e.Message);
        }
        File.Delete(Path.Combine(folder["out"], "sweep.parquet"));
        Assert.Contains("not finished", Assert.Throws<InvalidInputException>(() => SweepPlotter.Plot(folder["out"])).Message);
        Assert.Throws<InvalidInputException>(() => SweepPlotter.Plot(folder["nowhere"]));
        Assert.False(Directory.Exists(folder["nowhere"]));
    }

    [Fact]
    public void A_sweep_without_any_prediction_gives_an_empty_picture()
    {
        SweepRunner.Run(new(problem, SweepAxis.Parse("beta=8.1:8.9:5")), folder["out"]);
        var pixels = new Pixels(File.ReadAllBytes(SweepPlotter.Plot(folder["out"])[0]));
        Assert.InRange(pixels.Count(Palette.Categorical(0)), 1, 500);
    }
}
