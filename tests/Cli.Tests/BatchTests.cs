using System.Globalization;
using System.Text.Json;
using Theory.Cli.Tests.Support;
using Theory.Contract;
using Theory.Systems;
using Theory.Systems.Json;

namespace Theory.Cli.Tests;

public sealed class BatchTests
{
    private static readonly string Good = """{"id": "a", "system": "gauge", "inputs": {"alpha": 2}}""";

    [Fact]
    public void An_answer_is_the_prediction_with_its_id_before_it()
    {
        var single = Tool.Run("predict", "gauge", "--set", "alpha=2", "--format", "json");
        var batch = Tool.RunWithInput(Good, "predict", "--batch", "-");

        Assert.Equal(ExitCode.Done, batch.ExitCode);
        Assert.Equal("{\"id\":\"a\"," + single.Out[1..], batch.Out);
    }

    [Fact]
    public void Answers_come_in_the_order_of_requests_whatever_each_takes()
    {
        var lines = Enumerable.Range(0, 500).Select(i => string.Create(
            CultureInfo.InvariantCulture, $$$"""{"id": {{{i}}}, "system": "gauge", "inputs": {"alpha": {{{i + 1}}}, "formula": "{{{(i % 100 == 0 ? "slow" : "z")}}}"}}"""));
        var run = Tool.RunWithInput(string.Join('\n', lines), "predict", "--batch", "-", "--threads", "4");

        Assert.Equal(Enumerable.Range(0, 500), run.JsonLines.Select(l => l.GetProperty("id").GetInt32()));
        Assert.All(run.JsonLines, l => Assert.Equal(-1.0 / (l.GetProperty("id").GetInt32() + 1), l.GetProperty("outputs").GetProperty("ratio").GetDouble()));
    }

    [Theory]
    [InlineData("\"a \\u00e9 \\\"q\\\"\"")]
    [InlineData("12345678901234567890123")]
    [InlineData("1.50")]
    [InlineData("true")]
    [InlineData("null")]
    public void An_id_is_any_scalar_and_comes_back_as_it_was(string id)
    {
        var run = Tool.RunWithInput($$$"""{"id": {{{id}}}, "system": "gauge", "inputs": {"alpha": 2}}""", "predict", "--batch", "-");

        Assert.StartsWith($"{{\"id\":{id},\"system\":\"gauge\"", run.Out);
    }

    [Fact]
    public void Equal_ids_are_answered_each()
    {
        var run = Tool.RunWithInput($"{Good}\n{Good}\n", "predict", "--batch", "-");

        Assert.Equal(["a", "a"], run.JsonLines.Select(l => l.GetProperty("id").GetString()));
    }

    [Fact]
    public void Blank_lines_are_passed_over_but_counted()
    {
        var run = Tool.RunWithInput($"\n{Good}\n   \nnonsense\n", "predict", "--batch", "-");

        Assert.Equal(2, run.JsonLines.Count);
        Assert.Equal(4, run.JsonLines[1].GetProperty("line").GetInt32());
    }

    [Theory]
    [InlineData("""{"id": "b", "system": "gauge", "inputs": {"alpha": -1}}""", """{"id":"b","error":{"kind":"invalid_input","parameter":"alpha","message":"alpha must be in (0, ∞]; got -1"}}""")]
    [InlineData("""{"id": "b", "system": "gauge", "inputs": {"alpha": 1, "beta": 2}}""", """{"id":"b","error":{"kind":"invalid_input","parameter":"beta","message":"gauge has no parameter beta; it has alpha, lambda, formula, branch, cutoff, weights"}}""")]
    [InlineData("""{"id": "b", "system": "gauge"}""", """{"id":"b","error":{"kind":"invalid_input","parameter":"alpha","message":"alpha is required (The divisor.)"}}""")]
    [InlineData("""{"id": "b", "inputs": {"alpha": 1}}""", """{"id":"b","error":{"kind":"invalid_input","parameter":"system","message":"\"system\" is missing"}}""")]
    [InlineData("""{"system": "gouge", "inputs": {"alpha": 1}, "id": "b"}""", """{"id":"b","error":{"kind":"invalid_input","parameter":"system","message":"unknown system \"gouge\"; known: gauge, rough-gauge, wrong-gauge"}}""")]
    [InlineData("""{"system": "gauge", "input": {"alpha": 1}, "id": "b"}""", """{"id":"b","error":{"kind":"invalid_input","parameter":"input","message":"unexpected \"input\"; a request has \"id\", \"system\" and \"inputs\""}}""")]
    [InlineData("""{"system": "gauge", "inputs": {"alpha": 1, "alpha": 2}, "id": "b"}""", """{"id":"b","error":{"kind":"invalid_input","parameter":"alpha","message":"\"alpha\" occurs twice in one object"}}""")]
    [InlineData("""{"id": "b", "system": "gauge", "inputs": {"alpha": 1, "formula": "stuck"}}""", """{"id":"b","error":{"kind":"not_converged","parameter":null,"message":"gauge: BudgetExhausted after 3 iterations with residual 1e-13"}}""")]
    [InlineData("""{"id": "b", "system": "gauge", "inputs": {"alpha": 1, "formula": "unknown theory"}}""", """{"id":"b","error":{"kind":"unsupported","parameter":null,"message":"no theory for this formula"}}""")]
    [InlineData("""{"id": "b", "system": "gauge", "inputs": {"alpha": 1, "formula": "bug"}}""", """{"id":"b","error":{"kind":"not_converged","parameter":null,"message":"the computation failed: InvalidOperationException: an index went astray"}}""")]
    [InlineData("""{"id": {"x": 1}, "system": "gauge", "inputs": {"alpha": 1}}""", """{"id":null,"line":2,"error":{"kind":"invalid_input","parameter":"id","message":"\"id\" must be a text, a number, true, false or null"}}""")]
    [InlineData("""{"system": "gauge", "inputs": {"alpha": 0}}""", """{"id":null,"line":2,"error":{"kind":"invalid_input","parameter":"alpha","message":"alpha must be in (0, ∞]; got 0"}}""")]
    [InlineData("""[1]""", """{"id":null,"line":2,"error":{"kind":"invalid_input","parameter":null,"message":"a request must be an object with \"id\", \"system\" and \"inputs\""}}""")]
    [InlineData("""{"id": "b", "system": "gauge", "inputs": {"alpha": NaN}}""", """{"id":null,"line":2,"error":{"kind":"invalid_input","parameter":null,"message":"the line is no JSON: 'N' is an invalid start of a value at column 52"}}""")]
    [InlineData("""{"id": "b", "system": "gauge", "inputs": {}} x""", """{"id":null,"line":2,"error":{"kind":"invalid_input","parameter":null,"message":"the line is no JSON: 'x' is invalid after a single JSON value. Expected end of data at column 46"}}""")]
    public void A_bad_line_gets_its_error_and_the_rest_goes_on(string bad, string answer)
    {
        var run = Tool.RunWithInput($"{Good}\n{bad}\n{Good}\n", "predict", "--batch", "-");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal("", run.Err);
        Assert.Equal(3, run.JsonLines.Count);
        Assert.Equal(answer, run.Out.Split('\n')[1]);
        Assert.Equal("a", run.JsonLines[2].GetProperty("id").GetString());
    }

    [Fact]
    public void A_missing_batch_file_is_bad_input() =>
        Assert.Equal("cannot read /no/such.jsonl: no such file", Tool.Rejects("predict", "--batch", "/no/such.jsonl"));

    [Fact]
    public void Requests_that_differ_in_numbers_share_what_was_computed_from_their_formula()
    {
        var definition = GaugeModel.Define("gauge", Standing.Derived);
        var solved = new List<GaugeModel>();
        var watched = definition.WithSolve((model, options) =>
        {
            lock (solved) solved.Add(model);
            return definition.Solve(model, options);
        });
        var lines = Enumerable.Range(1, 50).Select(i => $$$"""{"system": "gauge", "inputs": {"alpha": {{{i}}}, "formula": "{{{(i % 2 == 0 ? "tanh(z)" : "relu(z)")}}}"}}""");
        var run = Tool.Run(new Catalogue(watched), string.Join('\n', lines), "predict", "--batch", "-", "--threads", "1");

        Assert.Equal(50, run.JsonLines.Count);
        Assert.Equal(2, solved.Select(m => m.Log).Distinct().Count());
        Assert.Equal(50, solved.Select(m => m.Alpha).Distinct().Count());
    }

    [Fact]
    public async Task An_answer_is_written_before_the_next_request_is_read()
    {
        using var input = new LineByLine();
        using var output = new StringWriter();
        var batch = Task.Run(() => new BatchPredictor(Tool.TestCatalogue).Run(input, output), TestContext.Current.CancellationToken);
        for (var i = 1; i <= 3; i++)
        {
            input.Send(Good);
            await WaitUntil(() => output.ToString().Count(c => c == '\n') == i);
        }
        input.Send(null);
        Assert.Equal(new BatchSummary(3, 0), await batch);
    }

    [Fact]
    public void Only_a_bounded_number_of_requests_is_held()
    {
        using var output = new StringWriter();
        using var stop = new CancellationTokenSource();
        var input = new Endless("""{"system": "gauge", "inputs": {"alpha": 2, "formula": "slow"}}""", () => stop.CancelAfter(300));

        Assert.ThrowsAny<OperationCanceledException>(() => new BatchPredictor(Tool.TestCatalogue, new BatchOptions { Threads = 2 }).Run(input, output, stop.Token));
        var answers = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(input.Read - answers.Length, 1, 140);
        Assert.All(answers, l => JsonDocument.Parse(l));
    }

    private static async Task WaitUntil(Func<bool> condition)
    {
        for (var i = 0; i < 1000 && !condition(); i++) await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.True(condition());
    }

    private sealed class LineByLine : TextReader
    {
        private readonly System.Collections.Concurrent.BlockingCollection<string?> lines = [];

        public void Send(string? line) => lines.Add(line);

        public override string? ReadLine() => lines.Take();
    }

    private sealed class Endless(string line, Action onFirst) : TextReader
    {
        public new int Read { get; private set; }

        public override string? ReadLine()
        {
            if (Read++ == 0) onFirst();
            return line;
        }
    }
}
