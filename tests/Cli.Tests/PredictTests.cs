using System.Text.Json;
using Theory.Cli.Tests.Support;

namespace Theory.Cli.Tests;

public sealed class PredictTests
{
    [Fact]
    public void A_prediction_in_json_has_exactly_the_promised_form()
    {
        var run = Tool.Run("predict", "gauge", "--set", "alpha=4", "--set", "lambda=0", "--set", "weights=[1,2.5]", "--set", "branch=upper", "--format", "json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("", run.Err);
        Assert.Equal(
            """
            {"system":"gauge","inputs":{"alpha":4,"lambda":0,"formula":"z","branch":"upper","cutoff":null,"weights":[1,2.5]},"outputs":{"ratio":0.875,"length":1,"inverse":null,"threshold":null,"multiples":[0.875,1.75,2.625,3.5,4.375,5.25,6.125,7,7.875,8.75]},"diagnostics":{"status":"converged","residual":1E-13,"iterations":3,"branch":"upper"},"warnings":[],"standing":"derived","source":"Gauge & Rule 1999, arXiv:9901.00001; Rod 2001"}

            """,
            run.Out);
    }

    [Fact]
    public void An_infinite_input_is_the_text_inf_and_reads_back()
    {
        var run = Tool.Run("predict", "gauge", "--set", "alpha=inf", "--format", "json");

        Assert.Equal("inf", run.Json.GetProperty("inputs").GetProperty("alpha").GetString());
        Assert.Equal(0, run.Json.GetProperty("outputs").GetProperty("ratio").GetDouble());
    }

    [Fact]
    public void Text_shows_symbol_value_standing_and_source()
    {
        var run = Tool.Run("predict", "gauge", "--set", "alpha=3", "--set", "lambda=20");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("  ratio      r̂       -7\n", run.Out);
        Assert.Contains("standing  derived", run.Out);
        Assert.Contains("source    Gauge & Rule 1999, arXiv:9901.00001; Rod 2001", run.Out);
        Assert.Contains("warning   λ is large.", run.Out);
        Assert.DoesNotContain("\e", run.Out);
    }

    [Theory]
    [InlineData("relu(z)", "relu(z)")]
    [InlineData("\"relu(z)\"", "relu(z)")]
    [InlineData("2*z", "2*z")]
    [InlineData("e", "e")]
    [InlineData("-z", "-z")]
    [InlineData("z^2=1", "z^2=1")]
    [InlineData("[z", "[z")]
    [InlineData("1e3", "1000")]
    public void A_setting_that_is_no_json_is_text(string given, string formula)
    {
        var inputs = Tool.Run("predict", "gauge", "--set", "alpha=1", "--set", $"formula={given}", "--format", "json").Json.GetProperty("inputs");

        Assert.Equal(formula, inputs.GetProperty("formula").GetString());
    }

    [Fact]
    public void A_model_file_gives_inputs_and_set_goes_before_it()
    {
        var run = Tool.RunWithInput("""{"alpha": 2, "lambda": 3}""", "predict", "gauge", "--model", "-", "--set", "lambda=1", "--format", "json");

        Assert.Equal(-1, run.Json.GetProperty("outputs").GetProperty("ratio").GetDouble());
    }

    [Fact]
    public void A_prediction_is_itself_a_model_file()
    {
        var first = Tool.Run("predict", "gauge", "--set", "alpha=inf", "--set", "formula=tanh(z)", "--format", "json");
        var second = Tool.RunWithInput(first.Out, "predict", "--model", "-", "--format", "json");

        Assert.Equal(first.Out, second.Out);
    }

    [Theory]
    [InlineData("stuck", "not_converged")]
    [InlineData("overflow", "not_converged")]
    [InlineData("bug", "not_converged")]
    [InlineData("unknown theory", "unsupported")]
    public void A_failed_computation_is_one_line_and_exit_code_1(string formula, string kind)
    {
        string[] args = ["predict", "gauge", "--set", "alpha=1", "--set", $"formula={formula}"];
        var text = Tool.Run(args);
        var json = Tool.Run([.. args, "--format", "json"]);

        Assert.Equal((ExitCode.Failed, ""), (text.ExitCode, text.Out));
        Assert.StartsWith("theory: ", text.Err);
        Assert.Equal(1, text.Err.Count(c => c == '\n'));
        Assert.DoesNotContain("   at ", text.Err);
        Assert.Equal((ExitCode.Failed, ""), (json.ExitCode, json.Out));
        var error = JsonDocument.Parse(json.Err).RootElement.GetProperty("error");
        Assert.Equal(kind, error.GetProperty("kind").GetString());
    }

    [Fact]
    public void A_prediction_that_did_not_converge_says_so_and_has_exit_code_1()
    {
        var run = Tool.Run("predict", "gauge", "--set", "alpha=1", "--set", "formula=poor", "--format", "json");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal("floating_point_limit", run.Json.GetProperty("diagnostics").GetProperty("status").GetString());
    }
}
