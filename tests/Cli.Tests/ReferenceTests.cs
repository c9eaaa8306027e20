using System.Text.Json;
using Theory.Cli.Tests.Support;
using Theory.Systems;

namespace Theory.Cli.Tests;

/// <summary>Values computed elsewhere, through the tool as other programs use it.</summary>
public sealed class ReferenceTests
{
    private static readonly JsonElement Points = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "features.json"))).RootElement;

    [Fact]
    public void Every_reference_point_comes_out_of_a_batch_within_its_tolerance()
    {
        var requests = Points.EnumerateArray().Select(p => $$"""{"id": {{p.GetProperty("id")!.GetRawText()}}, "system": {{p.GetProperty("system").GetRawText()}}, "inputs": {{p.GetProperty("inputs").GetRawText()}}}""");
        var run = Tool.Run(Catalogue.Default, string.Join('\n', requests), "predict", "--batch", "-");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Err));
        Assert.Equal(9, run.JsonLines.Count);
        Assert.All(run.JsonLines.Zip(Points.EnumerateArray()), pair => AssertAgrees(pair.First, pair.Second));
    }

    [Fact]
    public void A_batch_gives_the_same_digits_as_single_predictions()
    {
        foreach (var point in Points.EnumerateArray())
        {
            var inputs = point.GetProperty("inputs").GetRawText();
            var system = point.GetProperty("system").GetString()!;
            var single = Tool.Run(Catalogue.Default, inputs, "predict", system, "--model", "-", "--format", "json");
            // The second request finds the formulas of the first.
            var line = $$"""{"id": 0, "system": "{{system}}", "inputs": {{inputs}}}""";
            var batch = Tool.Run(Catalogue.Default, line + "\n" + line, "predict", "--batch", "-", "--threads", "1");

            Assert.All(batch.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries), l => Assert.Equal(single.Out.TrimEnd('\n'), l.Replace("{\"id\":0,", "{")));
        }
    }

    [Theory]
    [InlineData("activation", "foo(z)", "activation: unknown name 'foo' at column 1")]
    [InlineData("activation", "tanh((z)", "at column 9")]
    [InlineData("activation", "1", "constant")]
    [InlineData("activation", "exp(z^2)", "not square integrable")]
    [InlineData("target", "1/z", "not square integrable")]
    [InlineData("target", "z1*z2", "z2")]
    [InlineData("alpha", "0", "alpha must be in (0, ∞); got 0")]
    [InlineData("beta", "NaN", "beta")]
    [InlineData("lambda", "-1", "lambda must be in [0, ∞); got -1")]
    [InlineData("noise", "-1", "noise must be in [0, ∞); got -1")]
    [InlineData("width", "3", "random-features has no parameter width")]
    public void Bad_input_of_a_real_system_is_one_line_that_names_it(string parameter, string value, string message)
    {
        var settings = new Dictionary<string, string> { ["activation"] = "relu(z)", ["target"] = "tanh(z)", ["alpha"] = "2", ["beta"] = "1", ["lambda"] = "0.1", [parameter] = value };
        string[] args = [.. settings.SelectMany(s => new[] { "--set", $"{s.Key}={s.Value}" })];
        foreach (var command in new[] { "predict", "verify" })
        {
            var run = Tool.Run(Catalogue.Default, "", [command, "random-features", .. args]);

            Assert.Equal((ExitCode.BadInput, ""), (run.ExitCode, run.Out));
            Assert.Equal(1, run.Err.Count(c => c == '\n'));
            Assert.StartsWith("theory: ", run.Err);
            Assert.Contains(parameter, run.Err);
            Assert.Contains(message, run.Err);
        }
    }

    private static void AssertAgrees(JsonElement answer, JsonElement point)
    {
        Assert.Equal(point.GetProperty("id").GetString(), answer.GetProperty("id").GetString());
        var tolerances = point.GetProperty("tolerance");
        foreach (var expected in point.GetProperty("outputs").EnumerateObject())
        {
            var (reference, got) = (expected.Value.GetDouble(), answer.GetProperty("outputs").GetProperty(expected.Name).GetDouble());
            var tolerance = tolerances.TryGetProperty("outputs", out var own) && own.TryGetProperty(expected.Name, out var its) ? its : tolerances.GetProperty("default");
            Assert.True(
                Math.Abs(got - reference) <= tolerance.GetDouble() * Math.Max(1, Math.Abs(reference)),
                $"{point.GetProperty("id")} {expected.Name}: got {got:R}, reference {reference:R}");
        }
    }
}
