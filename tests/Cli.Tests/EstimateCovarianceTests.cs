using Theory.Cli.Tests.Support;
using Theory.Systems;
using Theory.Systems.Json;

namespace Theory.Cli.Tests;

public sealed class EstimateCovarianceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("theory-data-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_model_of_a_file_predicts()
    {
        var (data, model) = (Write("a,b,kind", Rows(i => i % 2 == 0 ? "cat" : "dog")), Path.Combine(folder, "model.json"));
        var run = Tool.Run("estimate-covariance", data, "--label", "kind", "--out", model);
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Err));
        Assert.Contains("40 samples of 2 columns that vary", run.Out);
        var document = ModelDocument.Parse(File.ReadAllText(model), "model.json");
        var outcome = Catalogue.Default.Get(document.System!).Create(document.Inputs.ToDictionary()).Predict();
        Assert.InRange(outcome["test_error"].ToDouble(), 0, 0.5);
    }

    [Fact]
    public void Chosen_labels_count_as_positive_and_may_be_clusters()
    {
        var data = Write("a,b,digit", Rows(i => $"{i % 4}"));
        var run = Tool.Run("estimate-covariance", data, "--label", "digit", "--positive", "1,3", "--cluster", "digit", "--format", "json");
        Assert.Equal("[-1,1,-1,1]", run.Json.GetProperty("inputs").GetProperty("labels").GetRawText());
        Assert.Equal("[0.25,0.25,0.25,0.25]", run.Json.GetProperty("inputs").GetProperty("probabilities").GetRawText());
    }

    [Fact]
    public void Real_labels_have_a_teacher()
    {
        var run = Tool.Run("estimate-covariance", Write("a,b,y", Rows(i => $"{0.1 * i}")), "--label", "y", "--regression", "--format", "json");
        Assert.Equal(2, run.Json.GetProperty("inputs").GetProperty("teacher").GetArrayLength());
    }

    [Theory]
    [InlineData("a,b,kind", "1,2,x\n3,4,y\n5,6,z", "kind", "--positive must say which labels count as +1: there are 3")]
    [InlineData("a,b,kind", "1,2,x\n3,u,y", "kind", "column b holds text; samples are numbers")]
    [InlineData("a,b,kind", "1,2,x\n3,,y", "kind", "column b has no finite number in row 2")]
    [InlineData("a,b,kind", "1,2,x\n3,4,y", "label", "there is no column label; there are a, b, kind")]
    [InlineData("a,b,kind", "1,2,x\n3,y", "kind", "row 3: not as many cells as the header has")]
    [InlineData("a,b,kind", "", "kind", "holds no samples")]
    public void Files_that_do_not_serve_are_refused_in_one_line(string header, string rows, string label, string reason)
    {
        var run = Tool.Run("estimate-covariance", Write(header, rows), "--label", label);
        Assert.Equal((ExitCode.BadInput, ""), (run.ExitCode, run.Out));
        Assert.Contains(reason, Assert.Single(run.Err.TrimEnd('\n').Split('\n')));
    }

    private string Write(string header, string rows)
    {
        var path = Path.Combine(folder, "data.csv");
        File.WriteAllText(path, $"{header}\n{rows}\n");
        return path;
    }

    private static string Rows(Func<int, string> label) => string.Join("\n", Enumerable.Range(0, 40).Select(i =>
        FormattableString.Invariant($"{Math.Sin(3.7 * i) + i % 2:r},{Math.Cos(1.3 * i * i):r},{label(i)}")));
}
