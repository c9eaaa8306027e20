using System.Text.Json;
using Theory.Cli.Tests.Support;

namespace Theory.Cli.Tests;

public sealed class BadInputTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("theory-cli-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("alpha=-1", "alpha must be in (0, ∞]; got -1")]
    [InlineData("alpha=0", "alpha must be in (0, ∞]; got 0")]
    [InlineData("alpha=NaN", "alpha: expected a number, got the text \"NaN\"")]
    [InlineData("alpha=null", "alpha must be in (0, ∞]; got —")]
    [InlineData("alpha=[1,2]", "alpha: expected a number, got a list")]
    [InlineData("alpha=1e999", "alpha: expected a number, got the text \"1e999\"")]
    public void An_illegal_value_is_named_with_its_range(string setting, string message) =>
        Assert.Equal(message, Tool.Rejects("predict", "gauge", "--set", setting));

    [Theory]
    [InlineData("lambda=-0.5", "lambda must be in [0, ∞); got -0.5")]
    [InlineData("lambda=inf", "lambda must be in [0, ∞); got inf")]
    [InlineData("branch=sideways", "branch: must be one of lower, upper; got sideways")]
    [InlineData("formula=tanh(z", "formula: unbalanced parenthesis at column 5")]
    [InlineData("weights=[]", "weights: Weights must not be empty; got []")]
    [InlineData("beta=1", "gauge has no parameter beta; it has alpha, lambda, formula, branch, cutoff, weights")]
    [InlineData("lambda", "--set takes NAME=VALUE; got lambda")]
    [InlineData("=3", "--set takes NAME=VALUE; got =3")]
    [InlineData("alpha=3", "alpha is set twice")]
    public void A_bad_setting_is_named(string setting, string message) =>
        Assert.Equal(message, Tool.Rejects("predict", "gauge", "--set", "alpha=1", "--set", setting));

    [Fact]
    public void A_missing_input_is_named() => Assert.Equal("alpha is required (The divisor.)", Tool.Rejects("predict", "gauge"));

    [Fact]
    public void An_unknown_system_is_named_beside_those_there_are() =>
        Assert.Equal("unknown system \"gouge\"; known: gauge, rough-gauge, wrong-gauge", Tool.Rejects("predict", "gouge", "--set", "alpha=1"));

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Equal($"cannot read {folder}/none.json: no such file", Tool.Rejects("predict", "gauge", "--model", folder + "/none.json"));

    [Fact]
    public void A_folder_in_place_of_a_file_is_named() =>
        Assert.Equal($"cannot read {folder}: it is a folder", Tool.Rejects("predict", "gauge", "--model", folder));

    [Theory]
    [InlineData("{\"alpha\": 2,\n \"lambda\": 0.1", "line 2, column 15: ")]
    [InlineData("{\"alpha\": 2,\n \"αλ\": }", "line 2, column 8: '}' is an invalid start of a value")]
    [InlineData("", "line 1, column 1: ")]
    [InlineData("[1, 2]", "line 1, column 2: expected an object of inputs")]
    [InlineData("{\"alpha\": 2} {}", "line 1, column 14: ")]
    [InlineData("{\"alpha\": 2, \"alpha\": 3}", "\"alpha\" occurs twice in one object")]
    [InlineData("{\"alpha\": 1e999}", "the number 1e999 is too large for double precision")]
    [InlineData("{\"system\": \"gauge\", \"input\": {}}", "unexpected \"input\" beside \"system\" and \"inputs\"")]
    [InlineData("{\"system\": 3}", "\"system\" must be a text")]
    public void A_broken_model_file_is_reported_with_its_position(string content, string message)
    {
        var file = Path.Combine(folder, "model.json");
        File.WriteAllText(file, content);

        Assert.StartsWith($"{file}: {message}", Tool.Rejects("predict", "gauge", "--model", file));
    }

    [Fact]
    public void A_model_of_another_system_is_refused()
    {
        var file = Path.Combine(folder, "model.json");
        File.WriteAllText(file, """{"system": "gauge", "inputs": {"alpha": 1}}""");

        Assert.Equal("the model is of system gauge, not rough-gauge", Tool.Rejects("predict", "rough-gauge", "--model", file));
    }

    [Theory]
    [InlineData("predict gauge --sett alpha=1", "Unrecognized command or argument '--sett' (see theory predict --help)")]
    [InlineData("prodict gauge", "Unrecognized command or argument 'prodict' (see theory --help)")]
    [InlineData("predict gauge --set alpha=1 --format xml", "Argument 'xml' not recognized. Must be one of: 'text' 'json' (see theory predict --help)")]
    [InlineData("predict gauge --set alpha=1 --threads 0", "--threads must be a whole number of at least 1; got 0 (see theory predict --help)")]
    [InlineData("verify gauge --set alpha=1 --trials many", "--trials must be a whole number of at least 1; got many (see theory verify --help)")]
    [InlineData("verify gauge --set alpha=1 --size 100,x", "--size must be positive whole numbers separated by commas; got 100,x (see theory verify --help)")]
    [InlineData("verify gauge --set alpha=1 --seed -1", "--seed must be a whole number in [0, 2^64); got -1 (see theory verify --help)")]
    [InlineData("cite", "Required argument 'ID' missing for command: 'cite' (see theory cite --help)")]
    [InlineData("predict", "no system given (theory systems lists them)")]
    [InlineData("predict gauge --batch x", "--batch takes systems and inputs from its file: ID, --set and --model must not be given")]
    public void Bad_usage_is_one_line_that_points_to_the_help(string line, string message) =>
        Assert.Equal(message, Tool.Rejects(line.Split(' ')));

    [Fact]
    public void With_json_errors_are_json_on_standard_error()
    {
        var run = Tool.Run("predict", "gauge", "--set", "alpha=-1", "--format", "json");

        Assert.Equal((ExitCode.BadInput, ""), (run.ExitCode, run.Out));
        Assert.Equal(1, run.Err.Count(c => c == '\n'));
        Assert.Equal(
            """{"kind":"invalid_input","parameter":"alpha","message":"alpha must be in (0, ∞]; got -1"}""",
            JsonDocument.Parse(run.Err).RootElement.GetProperty("error").GetRawText());
    }
}
