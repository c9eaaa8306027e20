using Theory.Symbolics;

namespace Theory.Tests.Symbolics;

public sealed class ParserTests
{
    [Theory]
    [InlineData("3z", "3*z")]
    [InlineData("2z1", "2*z")]
    [InlineData(" 2 z ^ 2 ", "2*z^2")]
    [InlineData("2sin(2z)", "2*sin(2*z)")]
    [InlineData("1/2z", "z/2")]
    [InlineData("-z^2", "-(z^2)")]
    [InlineData("2^3^2", "512")]
    [InlineData("2^-2^2", "1/16")]
    [InlineData("2^3^-0", "2")]
    [InlineData("z^2^3", "z^8")]
    [InlineData("z^(2)", "z*z")]
    [InlineData("2^-1", "1/2")]
    [InlineData("0.125", "1/8")]
    [InlineData(".5z", "z/2")]
    [InlineData("1e-3", "1/1000")]
    [InlineData("1.5E+2", "150")]
    [InlineData("2e3z", "2000*z")]
    [InlineData("2e", "2*e")]
    [InlineData("2e+z", "2*e+z")]
    [InlineData("swish(z)", "silu(z)")]
    [InlineData("ln(2)", "log(2)")]
    [InlineData("--z", "z")]
    [InlineData("2*-z", "-2z")]
    [InlineData("1/(2*3)", "1/6")]
    [InlineData("8/2/2", "2")]
    [InlineData("z-1-1", "z-2")]
    [InlineData("He2(z)+0", "He2(z)")]
    public void Texts_mean_what_the_grammar_says(string text, string meaning) =>
        Assert.Equal(Expression.Parse(meaning).Simplify(), Expression.Parse(text).Simplify());

    [Theory]
    [InlineData("-z^2", 3, -9)]
    [InlineData("1/2z", 3, 1.5)]
    [InlineData("2^-2^0", 5, 0.5)]
    [InlineData("indicator(-1<z<1)", 0.5, 1)]
    [InlineData("indicator(-1<z<1)", 1, 0)]
    [InlineData("indicator(-1<z<=1)", 1, 1)]
    [InlineData("indicator(1>=z>-1)", -1, 0)]
    [InlineData("leakyrelu(z,1/10)", -3, -0.3)]
    [InlineData("softthreshold(z,1)", -3, -2)]
    [InlineData("abs(z)^(1/2)", -4, 2)]
    [InlineData("He3(z)", 2, 2)]
    [InlineData("max(z,1-z)+min(2,z)", 3, 5)]
    public void Texts_have_the_value_that_the_grammar_says(string text, double z, double value) =>
        Assert.Equal(value, Expression.Parse(text).Evaluate(z), 1e-14);

    [Fact]
    public void Decimals_are_exact_rationals() =>
        Assert.Equal(Expression.Parse("0.1+0.2-0.3").Simplify(), Expression.Parse("0"));

    [Theory]
    [InlineData("7", 0)]
    [InlineData("z", 1)]
    [InlineData("0*z1+z2", 2)]
    [InlineData("z1+0*z2", 2)]
    [InlineData("z3-z3+z2^0", 3)]
    public void Variables_count_up_to_the_highest_index_written(string text, int count) =>
        Assert.Equal(count, Expression.Parse(text).VariableCount);

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("   ", 1, "empty")]
    [InlineData("z+", 3, "expected a value, found the end")]
    [InlineData("z+ *z", 4, "expected a value, found '*'")]
    [InlineData("(z", 3, "expected ')'")]
    [InlineData("relu(z", 7, "expected ')'")]
    [InlineData("z)", 2, "expected the end, found ')'")]
    [InlineData("z,1", 1, "expected one expression")]
    [InlineData("(z,1)", 1, "expected one expression")]
    [InlineData("max(z<1,2)", 8, "expected")]
    [InlineData("relu(z<1)", 5, "inside indicator")]
    [InlineData("()", 2, "expected a value, found ')'")]
    [InlineData("sin z", 5, "expected '('")]
    [InlineData("((z+1)", 7, "expected ')' to close '(' of column 1")]
    [InlineData("z z", 3, "write '*'")]
    [InlineData("2(z+1)", 2, "write '*'")]
    [InlineData("z2(z)", 3, "'z2' is no function")]
    [InlineData("z1z2", 1, "write 'z1*z2'")]
    [InlineData("z + tanhh(z)", 5, "did you mean 'tanh'?")]
    [InlineData("ReLU(z)", 1, "did you mean 'relu'?")]
    [InlineData("atan(z)", 1, "did you mean 'arctan'?")]
    [InlineData("1+qqqqqqqq(z)", 3, "unknown name 'qqqqqqqq'")]
    [InlineData("z10", 1, "z1 to z9")]
    [InlineData("z @ 2", 3, "unexpected character '@'")]
    [InlineData("|z|", 1, "abs(u)")]
    [InlineData("z=1", 2, "comparisons are")]
    [InlineData("z<1", 1, "inside indicator")]
    [InlineData("indicator(z)", 10, "expected a comparison")]
    [InlineData("1+relu(z,2)", 3, "relu takes 1 argument, not 2")]
    [InlineData("max(z)", 1, "max takes 2 arguments, not 1")]
    [InlineData("z^z", 2, "must be a constant")]
    [InlineData("1+z^(1/2)", 4, "abs(...)")]
    [InlineData("z^1001", 2, "exceeds 1000")]
    [InlineData("He401(z)", 1, "exceeds 400")]
    [InlineData("z+1/0", 4, "division by zero")]
    [InlineData("1/(2-2)", 2, "division by zero")]
    [InlineData("9^1000^1000", 2, "exceeds 1000")]
    [InlineData("1e5000", 1, "exceeds 4000")]
    public void Errors_are_one_line_that_names_the_fault_and_its_column(string text, int column, string part)
    {
        var e = Assert.Throws<ExpressionException>(() => Expression.Parse(text));
        Assert.Equal(column, e.Column);
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
        Assert.EndsWith($"at column {column}", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Nesting_is_accepted_up_to_its_limit_and_refused_beyond()
    {
        var deep = new string('(', Expression.MaximumNesting) + "z" + new string(')', Expression.MaximumNesting);
        Assert.Equal(Expression.Parse("z"), Expression.Parse(deep));
        var e = Assert.Throws<ExpressionException>(() => Expression.Parse("(" + deep + ")"));
        Assert.Equal(Expression.MaximumNesting + 1, e.Column);
        Assert.Contains("nested more than 100 deep", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Length_is_accepted_up_to_its_limit_and_refused_beyond()
    {
        var text = string.Concat(Enumerable.Repeat("z+", Expression.MaximumLength / 2 - 1)) + "2z";
        Assert.Equal(Expression.MaximumLength, text.Length);
        Assert.Equal("5001*z", Expression.Parse(text).Simplify().ToString());
        Assert.Contains("10000 allowed", Assert.Throws<ExpressionException>(() => Expression.Parse(text + " ")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deeply_nested_texts_fit_a_small_stack()
    {
        string[] heads = ["sin(1+2*", "relu(-", "max(1,", "(1/", "indicator(1<", "(2+", "abs(-1+"];
        var texts = heads.Select(h => string.Concat(Enumerable.Repeat(h, Expression.MaximumNesting)) + "z" + new string(')', Expression.MaximumNesting)).ToList();
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    foreach (var text in texts)
                    {
                        var e = Expression.Parse(text);
                        Assert.Equal(e, Expression.Parse(e.ToString()));
                        e.Simplify().Differentiate().Evaluate(0.5);
                        e.Evaluate([0.5], new double[1]);
                        Assert.NotEmpty(e.ToLatex());
                        if (!text.StartsWith("(1/", StringComparison.Ordinal)) Assert.NotNull(ScalarFunction.Of(e).Text);
                    }
                }
                catch (Exception x)
                {
                    failure = x;
                }
            },
            1 << 20);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
