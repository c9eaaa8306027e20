using Theory.Symbolics;

namespace Theory.Tests.Symbolics;

public sealed class ScalarFunctionTests
{
    [Theory]
    [InlineData("relu(z)+He3(z)/3")]
    [InlineData("-(relu(z)+1/3*He3(z))/1000000007")]
    [InlineData("relu(z-1)+(1-z)+(z-1)^3")]
    [InlineData("abs(z)-sin(z)")]
    public void Terms_that_cancel_at_a_kink_are_no_singularity(string text) => Assert.True(double.IsFinite(((ScalarFunction)text).Evaluate(0.3)));

    [Theory]
    [InlineData("abs(z)^(-1/2)")]
    [InlineData("abs(z-1)^(-3/5)+z")]
    [InlineData("1000*z+abs(z)^(-1)/1000000")]
    [InlineData("relu(z)+He3(z)/3+abs(z)^(-1/2)")]
    public void Singularities_that_are_not_square_integrable_are_refused(string text) =>
        Assert.Contains("not square integrable", Assert.Throws<ArgumentException>(() => (ScalarFunction)text).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("z^2", new double[0])]
    [InlineData("gelu(z)", new double[0])]
    [InlineData("relu(z-1/3)", new[] { 1.0 / 3 })]
    [InlineData("indicator(1/2<abs(z)<1.6)", new[] { -1.6, -0.5, 0, 0.5, 1.6 })]
    [InlineData("max(z,1-z)", new[] { 0.5 })]
    [InlineData("softthreshold(z,3/2)", new[] { -1.5, 1.5 })]
    [InlineData("relu6(2z)", new[] { 0.0, 3 })]
    [InlineData("hardswish(z)", new[] { -3.0, 3 })]
    [InlineData("relu(abs(z)-1)", new[] { -1.0, 0, 1 })]
    [InlineData("relu(relu(relu(z)-1)-1)", new[] { 0.0, 1, 2 })]
    [InlineData("abs(z)^(1/2)", new[] { 0.0 })]
    [InlineData("log(abs(z^2-1))", new[] { -1.0, 1 })]
    [InlineData("sign(z^2-2)", new[] { -1.4142135623730951, 1.4142135623730951 })]
    [InlineData("sign(z^3-2*ln(2)*z)", new[] { -1.1774100225154747, 0, 1.1774100225154747 })]
    [InlineData("step(exp(-z^2)-1/2)", new[] { -0.83255461115769776, 0.83255461115769776 })]
    [InlineData("step(tanh(z)-1/2)", new[] { 0.54930614433405485 })]
    [InlineData("abs(z*abs(z)-4)", new[] { 0.0, 2 })]
    [InlineData("abs(He3(z))", new[] { -1.7320508075688772, 0, 1.7320508075688772 })]
    [InlineData("sign(exp(z)+1)", new double[0])]
    [InlineData("leakyrelu(sign(z)*z^2-1,1/5)", new[] { 0.0, 1 })]
    public void Breakpoints_are_the_roots_of_closed_forms(string text, double[] breakpoints)
    {
        ScalarFunction f = text;
        Assert.True(f.BreakpointsAreExact);
        Assert.Equal(breakpoints.Length, f.Breakpoints.Length);
        for (var i = 0; i < breakpoints.Length; i++) Assert.Equal(breakpoints[i], f.Breakpoints[i], 4e-16 * Math.Abs(breakpoints[i]));
    }

    [Fact]
    public void Constants_that_overflow_are_refused_as_expressions_are()
    {
        var text = "(max(((z)/((0.7))+(z-z)),(gelu(z)*abs(z)^(3/3))))/(max((He2(z)*(z*z)),(mish((pi)))/(indicator(sqrt(2)<z<=0.7))))";
        var e = Assert.ThrowsAny<Exception>(() => ScalarFunction.Of(Expression.Parse(text)));
        Assert.True(e is ExpressionException or ArgumentException, e.ToString());
        foreach (var value in (double[])[double.PositiveInfinity, double.NegativeInfinity, double.NaN])
            Assert.Throws<ExpressionException>(() => Rational.FromDouble(value));
    }

    [Fact]
    public void Breakpoints_of_transcendental_functions_are_found_numerically_and_flagged()
    {
        ScalarFunction f = "sign(cos(z)-z)";
        Assert.False(f.BreakpointsAreExact);
        Assert.Equal(0.73908513321516064, Assert.Single(f.Breakpoints), 3e-16);
        ScalarFunction waves = "sign(sin(3z))";
        Assert.Equal(77, waves.Breakpoints.Length);
        for (var i = 0; i < 77; i++) Assert.Equal((i - 38) * Math.PI / 3, waves.Breakpoints[i], 1e-14);
    }

    [Theory]
    [InlineData("1/z", "vanishes at z = 0")]
    [InlineData("1/(z-50)", "vanishes at z = 50")]
    [InlineData("z/(z^3-2)", "vanishes at z = 1.25992")]
    [InlineData("1/(1-cos(z))", "vanishes at")]
    [InlineData("(exp(z)-2)^-2", "vanishes at z = 0.693147")]
    [InlineData("1/step(z)", "vanishes at z = 0")]
    [InlineData("tanh(1/z)", "vanishes at z = 0")]
    [InlineData("log(z)", "log of z, which is negative at z = -1")]
    [InlineData("log(relu(z))", "log of relu(z), which is zero at")]
    [InlineData("sqrt(z+1)", "sqrt of z + 1, which is negative")]
    [InlineData("sqrt(-1)", "sqrt(-1) is not real")]
    [InlineData("log(0)", "log(0) is not real")]
    [InlineData("abs(z)^(-1/2)", "grows too fast at z = 0")]
    [InlineData("abs(z-2)^(-3/4)", "grows too fast at z = 2")]
    [InlineData("(1+abs(z)^(-1/4))^3", "grows too fast at z = 0")]
    [InlineData("exp(abs(z)^(-1/4))", "grows too fast at z = 0")]
    [InlineData("z1+z2", "has z2")]
    [InlineData("z2", "has z2")]
    [InlineData("1/(z-z)", "division by 0")]
    [InlineData("exp(1000)*z", "beyond the range")]
    public void What_is_no_square_integrable_function_of_z_is_refused_with_the_place(string text, string message)
    {
        var e = Assert.Throws<ArgumentException>(() => ScalarFunction.Of(text));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData("1/(1+z^2)")]
    [InlineData("1/(2+sin(z))")]
    [InlineData("1/(1+exp(-z))")]
    [InlineData("1/(z^4-z+1)")]
    [InlineData("sqrt(z^2-2z+1)")]
    [InlineData("log(1+exp(z))")]
    [InlineData("log(z^2)")]
    [InlineData("abs(z)^(-0.49)")]
    [InlineData("sqrt(1-cos(z))")]
    [InlineData("log(2-tanh(z)^2)")]
    public void What_only_looks_dangerous_is_accepted(string text) => Assert.Equal(Expression.Parse(text), ScalarFunction.Of(text).Expression);

    [Theory]
    [InlineData("exp(z^2/5)", true)]
    [InlineData("exp(0.2499*z^2)", true)]
    [InlineData("exp(z^2/4)", false)]
    [InlineData("exp(z^2/4-100*abs(z))", false)]
    [InlineData("z*exp(z^2/3)+1", false)]
    [InlineData("exp(exp(z))", false)]
    [InlineData("exp(-exp(z))", true)]
    [InlineData("exp(cosh(z))", false)]
    [InlineData("exp(z-exp(z))", true)]
    [InlineData("exp(-z^4)*exp(z^3)", true)]
    [InlineData("exp(z^4)", false)]
    [InlineData("exp(z^3)", false)]
    [InlineData("exp(-z^4+z^3*tanh(z))", true)]
    [InlineData("cosh(3z)", true)]
    [InlineData("cosh(z^2/2)", false)]
    [InlineData("exp(abs(z)^(3/2))", true)]
    [InlineData("exp(z^2)/cosh(z^2)", true)]
    [InlineData("exp(log(1+z^2)^2)", true)]
    [InlineData("sin(exp(z))", true)]
    [InlineData("tanh(exp(exp(z)))", true)]
    [InlineData("exp(relu(z)^2)", false)]
    [InlineData("exp(-relu(z)^2)", true)]
    [InlineData("z^100", true)]
    [InlineData("exp(z^2/4)*sin(z)", null)]
    public void Growth_decides_square_integrability(string text, bool? isSquareIntegrable) =>
        Assert.Equal(isSquareIntegrable, ScalarFunction.Of(text).IsSquareIntegrable);

    [Theory]
    [InlineData("z^3-3z", Parity.Odd)]
    [InlineData("z^2*cos(z)", Parity.Even)]
    [InlineData("sign(z)*abs(z)^(1/2)", Parity.Odd)]
    [InlineData("tanh(z^3)/(1+z^2)", Parity.Odd)]
    [InlineData("indicator(-1<z<1)", Parity.Even)]
    [InlineData("indicator(-1<z<2)", Parity.None)]
    [InlineData("indicator(-1<=z<1)", Parity.None)]
    [InlineData("indicator(1/2<abs(z)<2)", Parity.Even)]
    [InlineData("relu(z)+relu(-z)", Parity.Even)]
    [InlineData("relu(z)-relu(-z)", Parity.Odd)]
    [InlineData("sigmoid(z)-1/2", Parity.Odd)]
    [InlineData("gelu(z)-z/2", Parity.Even)]
    [InlineData("exp(z)+exp(-z)", Parity.Even)]
    [InlineData("exp(z)-exp(-z)", Parity.Odd)]
    [InlineData("1/(exp(z)+exp(-z))", Parity.Even)]
    [InlineData("max(z,-z)", Parity.Even)]
    [InlineData("softthreshold(z,1)", Parity.Odd)]
    [InlineData("He5(z)*He3(z)", Parity.Even)]
    [InlineData("exp(z)", Parity.None)]
    [InlineData("relu(z)", Parity.None)]
    [InlineData("0", Parity.Even)]
    public void Parity_follows_from_structure(string text, Parity parity) => Assert.Equal(parity, ScalarFunction.Of(text).Parity);

    [Theory]
    [InlineData("relu(z)", "1/2")]
    [InlineData("leakyrelu(z,1/10)", "11/20")]
    [InlineData("gelu(z)", "1/2")]
    [InlineData("silu(z)", "1/2")]
    [InlineData("softplus(z)", "1/2")]
    [InlineData("gelu_tanh(z)", "1/2")]
    [InlineData("hardswish(z)", "1/2")]
    [InlineData("softplus(3z)-z", "1/2")]
    [InlineData("max(z,0)", "1/2")]
    [InlineData("min(z,0)+z^2", "1/2")]
    [InlineData("2*z+cos(z)", "2")]
    [InlineData("abs(z)", "0")]
    [InlineData("relu(z)/sqrt(2)", "1/(2*sqrt(2))")]
    [InlineData("elu(z)", null)]
    [InlineData("relu(z-1)", null)]
    [InlineData("z^3+z^2", null)]
    public void Linear_plus_even_is_recognised(string text, string? slope) => Assert.Equal(slope, ScalarFunction.Of(text).LinearPlusEven?.ToString());

    [Theory]
    [InlineData("relu(z)", 0.0, 0, 0)]
    [InlineData("relu(z)", 0.0, 1, 1)]
    [InlineData("relu(z)", 0.0, 2, 0)]
    [InlineData("relu(z)", 1.0, 1, 0)]
    [InlineData("sign(z-1)", 1.0, 0, 2)]
    [InlineData("elu(z)", 0.0, 1, 0)]
    [InlineData("elu(z)", 0.0, 2, -1)]
    [InlineData("indicator(-1<z<1)*z^2", -1.0, 1, -2)]
    [InlineData("relu(z)^3", 0.0, 3, 6)]
    public void Jumps_of_derivatives_are_known(string text, double point, int derivative, double jump) =>
        Assert.Equal(jump, ScalarFunction.Of(text).Jump(point, derivative), 1e-14);

    [Fact]
    public void Expressions_compare_by_structure_and_delegates_by_reference()
    {
        Assert.Equal(ScalarFunction.Of("relu( z )"), "relu(z)");
        Assert.NotEqual(ScalarFunction.Of("relu(z)"), "gelu(z)");
        var f = ScalarFunction.From(Math.Tanh, parity: Parity.Odd);
        Assert.Equal(f, f);
        Assert.NotEqual(f, ScalarFunction.From(Math.Tanh, parity: Parity.Odd));
        Assert.NotEqual(f, "tanh(z)");
        Assert.Equal(ScalarFunction.Of("relu(z)").GetHashCode(), ScalarFunction.Of("relu(z)").GetHashCode());
    }

    [Fact]
    public void Delegates_are_checked()
    {
        var f = ScalarFunction.From(z => Math.Max(z - 1, 0), [1, 1, -2], name: "hinge");
        Assert.Equal([-2.0, 1], f.Breakpoints);
        Assert.Equal("hinge", f.Text);
        Assert.Equal(1.5, f.Evaluate(2.5));
        var values = new double[3];
        f.Evaluate([0, 2, 3], values);
        Assert.Equal([0.0, 1, 2], values);
        Assert.Throws<ArgumentNullException>(() => ScalarFunction.From(null!));
        Assert.Throws<ArgumentException>(() => ScalarFunction.From(Math.Tanh, [double.NaN]));
        Assert.Throws<ArgumentException>(() => ScalarFunction.From(Math.Tanh, [double.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => ScalarFunction.From(Math.Tanh, parity: Parity.Even));
        Assert.Throws<ArgumentException>(() => ScalarFunction.From(Math.Exp, parity: Parity.Odd));
        Assert.Throws<ArgumentException>(() => ScalarFunction.From(Math.Tanh, name: " "));
        Assert.Throws<ArgumentException>(() => f.Evaluate([1, 2], new double[3]));
        Assert.Throws<NotSupportedException>(() => f.Jump(1));
    }

    [Fact]
    public void Memo_computes_once_per_key_even_from_many_threads()
    {
        var f = ScalarFunction.Of("relu(z)");
        var count = 0;
        Parallel.For(0, 50, i => Assert.Equal(i % 2, f.Memo(i % 2, _ =>
        {
            Interlocked.Increment(ref count);
            return i % 2;
        })));
        Assert.Equal(2, count);
    }

    [Fact]
    public void Texts_and_expressions_convert()
    {
        ScalarFunction fromText = "tanh(2z)";
        ScalarFunction fromTree = Expression.Parse("tanh(2z)");
        Assert.Equal(fromText, fromTree);
        Assert.Equal("tanh(2*z)", fromText.Text);
        Assert.Equal(5, Assert.Throws<ExpressionException>(() => { ScalarFunction bad = "1 + foo(z)"; }).Column);
        Assert.Equal(7, ScalarFunction.Of("7").Evaluate(3));
    }
}
