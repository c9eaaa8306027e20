using Theory.Cli.Tests.Support;

namespace Theory.Cli.Tests;

public sealed class HermiteTests
{
    [Fact]
    public void Coefficients_stand_in_all_three_normalisations_beside_what_is_proved()
    {
        var run = Tool.Run("hermite", "z^3 + 2", "--order", "4");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Err));
        Assert.Matches(@"\n  3 +6 +2\.449489743 +1 .* not zero, proved\n", run.Out);
        Assert.Matches(@"\n  2 +0 +0 +0 +0 +zero, proved\n", run.Out);
        Assert.Contains("E f² = 19", run.Out);
    }

    [Fact]
    public void Json_has_the_names_that_programs_use()
    {
        var run = Tool.Run("hermite", "relu(z)", "--order", "5", "--format", "json");
        var outputs = run.Json.GetProperty("outputs");
        double[] expected = [1 / Math.Sqrt(2 * Math.PI), 0.5, 1 / Math.Sqrt(2 * Math.PI), 0, -1 / Math.Sqrt(2 * Math.PI), 0];

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(5, run.Json.GetProperty("inputs").GetProperty("order").GetInt32());
        Assert.All(outputs.GetProperty("coefficients").EnumerateArray().Zip(expected), c => Assert.Equal(c.Second, c.First.GetDouble(), 1e-14));
        Assert.Equal("0", outputs.GetProperty("exact")[3].GetString());
        Assert.Equal(0.5, outputs.GetProperty("second_moment").GetDouble(), 1e-14);
        var tail = 0.5 - expected.Select((c, k) => c * c / Factorial(k)).Sum();
        Assert.Equal(tail, outputs.GetProperty("parseval_residual").GetDouble(), 1e-13);
    }

    [Fact]
    public void Closed_forms_can_be_had_as_a_latex_table()
    {
        var run = Tool.Run("hermite", "relu(z)", "--order", "3", "--latex");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Err));
        Assert.StartsWith(@"\begin{tabular}", run.Out);
        Assert.Contains(@"$2$ & $\frac{1}{\sqrt{2\,\pi}}$ & $\frac{1}{2\,\sqrt{\pi}}$ \\", run.Out);
        Assert.EndsWith("\\end{tabular}\n", run.Out);
    }

    [Fact]
    public void A_formula_may_begin_with_a_minus() => Assert.Equal(ExitCode.Done, Tool.Run("hermite", "-z").ExitCode);

    [Theory]
    [InlineData("tanh((z)", "column 9")]
    [InlineData("foo(z)", "unknown name 'foo' at column 1")]
    [InlineData("exp(z^2)", "not square integrable")]
    [InlineData("z1*z2", "z2")]
    [InlineData("", "empty")]
    public void A_formula_that_cannot_be_expanded_is_refused(string formula, string message) => Assert.Contains(message, Tool.Rejects("hermite", formula));

    [Theory]
    [InlineData("201", "200")]
    [InlineData("-1", "--order must be a whole number of at least 0; got -1")]
    [InlineData("2.5", "--order must be a whole number of at least 0; got 2.5")]
    public void An_order_out_of_range_is_refused(string order, string message) => Assert.Contains(message, Tool.Rejects("hermite", "z", "--order", order));

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
}
