using Theory.Cli.Tests.Support;

namespace Theory.Cli.Tests;

public sealed class VerifyTests
{
    [Fact]
    public void An_experiment_that_agrees_is_set_beside_its_prediction()
    {
        var run = Tool.Run("verify", "gauge", "--set", "alpha=2", "--size", "50", "--trials", "12", "--seed", "3");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Err));
        Assert.Matches(@"\n  ratio +50 +-0\.5 +-0\.\d+ .* agrees\n", run.Out);
        Assert.Contains("finite size: The noise is centred", run.Out);
        Assert.Contains("Prediction and experiment agree (|gap| ≤ 4 s.e. + c/d), 12 trials at each size, seed 3.", run.Out);
        Assert.DoesNotContain("\e", run.Out);
    }

    [Fact]
    public void Several_sizes_fit_the_finite_size_law()
    {
        var run = Tool.Run("verify", "gauge", "--set", "alpha=2", "--size", "50,100,200", "--format", "json");

        Assert.Equal([50, 100, 200], run.Json.GetProperty("comparisons").EnumerateArray().Select(c => c.GetProperty("size").GetInt32()));
        Assert.Equal(2, run.Json.GetProperty("fits")[0].GetProperty("degrees_of_freedom").GetInt32());
        Assert.Equal(-0.5, run.Json.GetProperty("outputs").GetProperty("ratio").GetDouble());
        Assert.Contains("gap = c/d", Tool.Run("verify", "gauge", "--set", "alpha=2", "--size", "50,100,200").Out);
    }

    [Fact]
    public void Equal_seeds_give_equal_reports_on_any_number_of_threads()
    {
        string[] args = ["verify", "gauge", "--set", "alpha=2", "--format", "json", "--seed", "5"];

        Assert.Equal(Tool.Run([.. args, "--threads", "1"]), Tool.Run([.. args, "--threads", "3"]));
        Assert.NotEqual(Tool.Run([.. args]).Out, Tool.Run([.. args[..^1], "6"]).Out);
    }

    [Fact]
    public void A_prediction_that_its_experiment_contradicts_has_exit_code_1()
    {
        var run = Tool.Run("verify", "wrong-gauge", "--set", "alpha=2", "--format", "json");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.False(run.Json.GetProperty("agrees").GetBoolean());
        Assert.False(run.Json.GetProperty("passes").GetBoolean());
        Assert.Contains("1 of 1 comparisons DISAGREE", Tool.Run("verify", "wrong-gauge", "--set", "alpha=2").Out);
    }

    [Fact]
    public void An_approximation_reports_its_distance_and_does_not_fail()
    {
        var run = Tool.Run("verify", "rough-gauge", "--set", "alpha=2", "--format", "json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.False(run.Json.GetProperty("agrees").GetBoolean());
        Assert.True(run.Json.GetProperty("passes").GetBoolean());
    }

    [Theory]
    [InlineData("verify gauge --set alpha=2 --trials 3", "trials must be at least 10; got 3")]
    [InlineData("verify gauge --set alpha=2 --size 5", "size must be at least 10; got 5")]
    [InlineData("verify gauge --set alpha=-2", "alpha must be in (0, ∞]; got -2")]
    public void A_verification_that_cannot_be_is_refused(string line, string message) => Assert.Equal(message, Tool.Rejects(line.Split(' ')));
}
