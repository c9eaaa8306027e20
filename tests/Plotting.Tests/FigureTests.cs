using Theory.Contract;
using Theory.Systems;
using Theory.Systems.Sweeps;
using Theory.Tests.Sweeps;

namespace Theory.Plotting.Tests;

public sealed class FigureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Ids_are_unique_and_begin_with_their_system()
    {
        Assert.Equal(Figures.All.Length, Figures.All.Select(f => f.Id).Distinct().Count());
        Assert.All(Figures.All, f =>
        {
            Assert.StartsWith(Catalogue.Default.Get(f.System).Id + "-", f.Id);
            Assert.Same(f, Figures.Find(f.Id));
        });
        Assert.Contains("known: ridge-regression-double-descent", Assert.Throws<InvalidInputException>(() => Figures.Get("mona-lisa")).Message);
    }

    [Theory]
    [InlineData("ridge-regression-double-descent")]
    [InlineData("random-features-double-descent")]
    public void The_error_peaks_at_the_interpolation_threshold_in_theory_and_experiment(string id)
    {
        var result = Figures.Get(id).Run(new() { OutputDirectory = folder["out"], Size = 40, Trials = 12, Seed = 5 });
        Assert.Equal(201, result.Table.RowCount);
        var errors = result.Table["test_error"].Numbers.ToArray();
        var above = Enumerable.Range(20, 181).MaxBy(row => errors[row]);
        Assert.InRange(result.Table["alpha"][above], 0.9, 1.12);

        Assert.Equal(26, result.Measurements.Length);
        Assert.All(result.Measurements, m => Assert.Equal((12, 40), (m.Trials, m.Size)));
        var measured = result.Measurements.Where(m => m.Observable == "test_error" && m.Position[0] > 0.25).ToArray();
        Assert.Equal(1, measured.MaxBy(m => m.Mean)!.Position[0]);
        Assert.All(result.Measurements, m => Assert.InRange(m.Mean - m.Predicted, -0.35 * m.Predicted - 6 * m.StandardError, 0.35 * m.Predicted + 6 * m.StandardError));
    }

    [Fact]
    public void A_figure_is_its_manifest_its_tables_and_its_pictures()
    {
        var request = new FigureRequest { OutputDirectory = folder["out"], Size = 20, Trials = 10, Overrides = new Dictionary<string, Value> { ["noise"] = 0.5 } };
        var figure = Figures.Get("ridge-regression-double-descent");
        var result = figure.Run(request);
        string[] expected = ["manifest.json", "sweep.parquet", "sweep.csv", "test_error-train_error.png", "test_error-train_error.svg"];
        Assert.Equal(expected, result.Files.Select(Path.GetFileName));
        Assert.Equal(expected.Order(StringComparer.Ordinal), TemporaryFolder.Contents(folder["out"]).Keys);
        var manifest = SweepManifest.Load(folder["out"]);
        Assert.Equal(0.5, manifest.Inputs.Single(i => i.Key == "noise").Value.ToDouble());
        Assert.Equal((20, 10), (manifest.Measured!.Size, manifest.Measured.Trials));

        var before = TemporaryFolder.Contents(folder["out"]);
        Assert.Equal(result.Measurements.Select(m => m with { Position = [] }), figure.Run(request).Measurements.Select(m => m with { Position = [] }));
        Assert.Equal(before, TemporaryFolder.Contents(folder["out"]));
    }

    [Fact]
    public void The_ridge_of_high_error_follows_equal_samples_and_features()
    {
        var figure = Figures.Get("random-features-phase");
        var table = figure.Run(new() { OutputDirectory = folder["out"] }).Table;
        var (alphas, betas) = (figure.Axes[0].Values, figure.Axes[1].Values);
        for (var j = 0; j < betas.Length; j += 10)
        {
            if (betas[j] > 5) continue;
            var peak = Enumerable.Range(0, alphas.Length).MaxBy(i => table["test_error"][i * betas.Length + j]);
            Assert.InRange(Math.Abs(peak - j), 0, 2);
        }
        Assert.True(File.Exists(Path.Combine(folder["out"], "test_error.svg")));
    }

    [Fact]
    public void One_value_of_the_readout_is_several_times_worse_than_two_or_four()
    {
        var result = Figures.Get("learned-features-ridge-vocabularies").Run(new() { OutputDirectory = folder["out"], Overrides = new Dictionary<string, Value> { ["dimension"] = 40 }, Trials = 10, Seed = 5 });
        var errors = result.Tables.Select(t => t["test_error"].Numbers.ToArray()).ToArray();
        Assert.All(Enumerable.Range(0, errors[0].Length), i => Assert.True(errors[0][i] > 2 * Math.Max(errors[1][i], errors[2][i])));
        var test = result.Measurements.Where(m => m.Observable == "test_error").ToArray();
        Assert.Equal(["one", "two", "four"], test.Select(m => m.Variant).Distinct());
        Assert.Equal(27, test.Length);
        Assert.All(test, m => Assert.InRange(m.Mean - m.Predicted, -0.4 * m.Predicted - 6 * m.StandardError, 0.4 * m.Predicted + 6 * m.StandardError));
        Assert.True(File.Exists(Path.Combine(folder["out"], "test_error.svg")));
        Assert.True(File.Exists(Path.Combine(folder["out"], "four", "manifest.json")));
    }

    [Fact]
    public void Histograms_of_eigenvalues_follow_the_densities()
    {
        var result = Figures.Get("learned-features-spectrum-step").Run(new() { OutputDirectory = folder["out"], Size = 60, Trials = 12, Seed = 5 });
        string[] expected = ["density.csv", "histogram.csv", "density.png", "density.svg"];
        Assert.Equal(expected, result.Files.Select(Path.GetFileName));
        Assert.Equal(96, result.Measurements.Length);
        // Eight bins together hold enough eigenvalues; all of them have mass one, but for the outlier after the step.
        foreach (var bins in result.Measurements.Chunk(8))
            Assert.InRange(bins.Average(m => m.Mean) - bins.Average(m => m.Predicted), -0.1 * bins.Average(m => m.Predicted) - 0.01, 0.1 * bins.Average(m => m.Predicted) + 0.01);
        var width = result.Measurements[1].Position[0] - result.Measurements[0].Position[0];
        foreach (var part in result.Measurements.GroupBy(m => m.Variant))
        {
            Assert.Equal(1, part.Sum(m => m.Predicted * width), 1e-3);
            Assert.InRange(part.Sum(m => m.Mean * width), 0.98, 1);
        }
    }

    [Fact]
    public void What_a_figure_cannot_take_is_refused_and_nothing_written()
    {
        var figure = Figures.Get("random-features-phase");
        Refused(figure, new() { OutputDirectory = folder["out"], Overrides = Set("alpha", 2) }, "alpha", "is an axis");
        Refused(figure, new() { OutputDirectory = folder["out"], Overrides = Set("gamma", 2) }, "gamma", "no parameter gamma");
        Refused(figure, new() { OutputDirectory = folder["out"], Overrides = Set("lambda", -1) }, "lambda", "-1");
        Refused(figure, new() { OutputDirectory = folder["out"], Size = 100 }, "size", "no experiment");
        Refused(figure, new() { OutputDirectory = folder["out"], Trials = 10 }, "trials", "no experiment");
        Refused(Figures.Get("learned-features-spectrum-step"), new() { OutputDirectory = folder["out"], Overrides = Set("spikes", 2) }, "spikes", "variants");
        Refused(Figures.Get("learned-features-spectrum-step"), new() { OutputDirectory = folder["out"], Overrides = Set("gamma", 2) }, "gamma", "no parameter gamma");
        Refused(Figures.Get("ridge-regression-double-descent"), new() { OutputDirectory = folder["out"], Trials = 3 }, "trials", "at least 10");
        Assert.False(Directory.Exists(folder["out"]));
    }

    private static Dictionary<string, Value> Set(string name, double value) => new() { [name] = value };

    private static void Refused(Figure figure, FigureRequest request, string parameter, string expected)
    {
        var e = Assert.Throws<InvalidInputException>(() => figure.Run(request));
        Assert.Equal(parameter, e.Parameter);
        Assert.Contains(expected, e.Message);
    }
}
