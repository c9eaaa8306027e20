using Theory.Cli.Tests.Support;

namespace Theory.Cli.Tests;

public sealed class ExponentsTests
{
    [Fact]
    public void Each_step_shows_the_directions_that_it_learns()
    {
        var run = Tool.Run("exponents", "z1+z1*z2+z1*z2*z3");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Err));
        Assert.Matches(@"\n  fresh n ~ d +1 +●○○ +z1\n +2 +●●○ +z2\n +3 +●●● +z3\n  fresh n ~ d\^2 +1 +●●○ +z1, z2\n +2 +●●● +z3\n", run.Out);
        Assert.Matches(@"\n  information exponent +1  proved\n", run.Out);
        Assert.Matches(@"\n  merged staircase +yes  proved\n", run.Out);
        Assert.Matches(@"\n  online sgd +Θ\(d\) up to logarithms", run.Out);
    }

    [Fact]
    public void An_activation_that_misses_an_order_misses_a_direction()
    {
        var run = Tool.Run("exponents", "z1+z1*z2+z1*z2*z3", "--activation", "relu(z)");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("with activation relu(z)", run.Out);
        Assert.Matches(@"\n  fresh n ~ d\^3 +1 +●●○ +z1, z2\n  one batch", run.Out);
    }

    [Fact]
    public void Directions_that_are_never_learned_stay_empty()
    {
        var run = Tool.Run("exponents", "He3(z)");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Matches(@"\n  fresh n ~ d +any +○ +nothing, at any of O\(1\) steps\n", run.Out);
    }

    [Fact]
    public void A_constant_has_nothing_to_learn()
    {
        var run = Tool.Run("exponents", "7");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Matches(@"\n  information exponent +—  proved\n", run.Out);
        Assert.Contains("a constant has no direction", run.Out);
    }

    [Fact]
    public void Json_has_the_names_that_programs_use()
    {
        var run = Tool.Run("exponents", "z1+z1*z2", "--activation", "erf(z)", "--format", "json");
        var outputs = run.Json.GetProperty("outputs");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("exponents", run.Json.GetProperty("system").GetString());
        Assert.Equal("erf(z)", run.Json.GetProperty("inputs").GetProperty("activation").GetString());
        Assert.Equal(1, outputs.GetProperty("leap").GetInt32());
        Assert.Equal("2", outputs.GetProperty("second_moment").GetString());
        Assert.Equal("[1]", outputs.GetProperty("learned_dimensions").GetProperty("1").GetRawText());
        Assert.True(outputs.GetProperty("merged_staircase").GetBoolean());
    }

    [Fact]
    public void Several_targets_share_one_table()
    {
        var run = Tool.Run("exponents", "z1*z2", "z1+z1*z2", "7");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Err));
        Assert.Matches(@"\n  z1 \+ z1\*z2 +1 +1  yes +1 +1 +2  1, 2 +2 +2 +2 +proved\n", run.Out);
        Assert.Equal(5, run.Out.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void Several_targets_give_a_line_of_json_each()
    {
        var run = Tool.Run("exponents", "z1*z2", "He3(z)", "--format", "json");

        Assert.Equal(["2", "1"], run.Out.TrimEnd('\n').Split('\n').Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("outputs").GetProperty("generative_leap").GetRawText()));
    }

    [Theory]
    [InlineData]
    [InlineData("z", "--file", "targets.txt")]
    [InlineData("--file", "no-such-file.txt")]
    [InlineData("z", "relu(")]
    public void Targets_come_from_one_place_and_are_all_good(params string[] arguments)
    {
        var run = Tool.Run(["exponents", .. arguments]);

        Assert.Equal((ExitCode.BadInput, ""), (run.ExitCode, run.Out));
        Assert.Single(run.Err.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void Latex_has_the_values_and_the_staircase()
    {
        var run = Tool.Run("exponents", "z1-z2+3*z1*z2*(z1-z2)", "--latex");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Err));
        Assert.Contains("isoLeap & 2 & proved ", run.Out);
        Assert.Contains("$n \\sim d$ & 1 & $z_{1} - z_{2}$ ", run.Out);
        Assert.Contains("$n \\sim d^{2}$ & 1 & ", run.Out);
        Assert.Equal(2, run.Out.Split("\\end{tabular}").Length - 1);
    }

    [Fact]
    public void Latex_of_an_activation_leaves_out_what_it_never_learns()
    {
        var run = Tool.Run("exponents", "z1+z1*z2+z1*z2*z3", "--activation", "relu(z)", "--latex");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("with activation relu(z)", run.Out);
        Assert.Contains("$n \\sim d^{3}$ & 1 & $z_{1},\\ z_{2}$ ", run.Out);
        Assert.DoesNotContain(" & 3 & $z_{3}$", run.Out);
    }

    [Theory]
    [InlineData("z1+(", "column")]
    [InlineData("foo(z)", "unknown name 'foo' at column 1")]
    [InlineData("exp(z^2)", "expression: ")]
    [InlineData("z10", "column")]
    [InlineData("", "empty")]
    public void A_formula_that_has_no_exponents_is_refused(string formula, string message) => Assert.Contains(message, Tool.Rejects("exponents", formula));

    [Theory]
    [InlineData("z1*z2", "must be a formula in z alone")]
    [InlineData("exp(z^2)", "activation: ")]
    [InlineData("tanh((z)", "activation: ")]
    public void An_activation_that_does_not_serve_is_refused(string activation, string message) =>
        Assert.Contains(message, Tool.Rejects("exponents", "z", "--activation", activation));
}
