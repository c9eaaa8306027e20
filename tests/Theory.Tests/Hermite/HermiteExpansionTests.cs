using Theory.Hermite;
using Theory.Symbolics;
using Theory.Tests.Symbolics.Exact;

namespace Theory.Tests.Hermite;

public sealed class HermiteExpansionTests
{
    [Theory]
    [InlineData("3z", new[] { "0", "3", "0" }, "9")]
    [InlineData("z^3/6-z/2", new[] { "0", "0", "0", "1" }, "1/6")]
    [InlineData("(z-1/2)^2", new[] { "5/4", "-1", "2", "0" }, "73/16")]
    [InlineData("z^4-5.9999*z^2", new[] { "-29999/10000", "0", "1/5000", "0", "24" }, null)]
    [InlineData("7", new[] { "7", "0" }, "49")]
    [InlineData("He5(z)", new[] { "0", "0", "0", "0", "0", "120", "0" }, "120")]
    [InlineData("0*relu(z)", new[] { "0", "0" }, "0")]
    public void Polynomials_have_exact_rational_raw_coefficients(string text, string[] raw, string? secondMoment)
    {
        var expansion = Expression.Parse(text).Hermite(raw.Length - 1);
        Assert.Equal(raw, expansion.Select(c => c.ExactRaw));
        Assert.All(expansion, c => Assert.Equal(c.ExactRaw == "0" ? CoefficientStatus.ExactZero : CoefficientStatus.ExactNonzero, c.Status));
        if (secondMoment is not null) Assert.Equal(secondMoment, expansion.ExactSecondMoment);
        foreach (var c in expansion)
        {
            Assert.Equal(Expression.Parse(c.ExactRaw!).Evaluate([]), c.Raw, 1e-15 * Math.Abs(c.Raw));
            Assert.Equal(Expression.Parse(c.Exact!).Evaluate([]), c.Value, 1e-15 * Math.Abs(c.Value));
        }
    }

    [Fact]
    public void The_three_normalisations_differ_by_roots_of_factorials()
    {
        var c = Expression.Parse("z^3").Hermite(3)[3];
        Assert.Equal("6", c.ExactRaw);
        Assert.Equal("sqrt(6)", c.Exact);
        Assert.Equal(6, c.Raw, 1e-15);
        Assert.Equal(Math.Sqrt(6), c.Value, 1e-15);
        Assert.Equal(1, c.Expansion, 1e-15);
        Assert.Equal("3*sqrt(30)/50", Expression.Parse("He5(z)*3/100").Hermite(5)[5].Exact);
        Assert.Equal(1, Expression.Parse("He150(z)").Hermite(150)[150].Expansion, 1e-13);
    }

    [Fact]
    public void Linear_plus_even_functions_have_an_exact_linear_coefficient_and_no_other_odd_one()
    {
        foreach (var (text, isClosed) in ((string, bool)[])[("relu(z)", true), ("gelu(z)", true), ("silu(z)", false), ("softplus(z)", false), ("gelu_tanh(z)", false), ("hardswish(z)", true), ("leakyrelu(z,0)", true), ("max(0,z)", true)])
        {
            var expansion = Expression.Parse(text).Hermite(15);
            Assert.Equal("1/2", expansion[1].Exact);
            for (var k = 3; k <= 15; k += 2) Assert.True(expansion[k].IsZero);
            for (var k = 0; k <= 2; k += 2) Assert.Equal(isClosed ? CoefficientStatus.ExactNonzero : CoefficientStatus.NumericNonzero, expansion[k].Status);
        }
    }

    [Fact]
    public void Polynomial_parts_are_exact_beside_an_even_or_odd_rest()
    {
        var expansion = Expression.Parse("softplus(z)+z^3").Hermite(5);
        Assert.Equal(["7/2", "6", "0"], [expansion[1].ExactRaw!, expansion[3].ExactRaw!, expansion[5].ExactRaw!]);
        Assert.Null(expansion[0].Exact);
        var sigmoid = Expression.Parse("sigmoid(3z)*sqrt(2)").Hermite(4);
        Assert.Equal("sqrt(2)/2", sigmoid[0].Exact);
        Assert.Equal(CoefficientStatus.ExactNonzero, sigmoid[0].Status);
        Assert.True(sigmoid[2].IsZero && sigmoid[4].IsZero);
        Assert.True(Expression.Parse("sqrt(2)*z^3-3*sqrt(2)*z").Hermite(3)[1].IsZero);
    }

    [Theory]
    [InlineData("sign(z^3-2*ln(2)*z)", 1, 3)]
    [InlineData("z^2*exp(-z^2)", 2, 4)]
    [InlineData("relu(z)^2-z*abs(z)/2", 1, 2)]
    public void Accidental_zeros_of_closed_forms_are_proved(string text, int zero, int nonzero)
    {
        var expansion = Expression.Parse(text).Hermite(nonzero);
        Assert.True(expansion[zero].IsZero);
        Assert.Equal("0", expansion[zero].ExactRaw);
        Assert.Equal(0, expansion[zero].Value);
        Assert.Equal(CoefficientStatus.ExactNonzero, expansion[nonzero].Status);
    }

    [Fact]
    public void A_zero_of_a_function_without_closed_form_is_evidence_not_proof()
    {
        // mish has no closed form; the amount of z that makes c_1 vanish is known to double precision only.
        var c = Expression.Parse("mish(z)").Hermite(1)[1].Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        var expansion = Expression.Parse($"mish(z)-{c}*z").Hermite(2);
        Assert.Equal(CoefficientStatus.NumericallyZero, expansion[1].Status);
        Assert.False(expansion[1].IsZero);
        Assert.Null(expansion[1].Exact);
        Assert.Equal(CoefficientStatus.NumericNonzero, expansion[2].Status);
    }

    [Fact]
    public void A_root_known_to_twenty_digits_leaves_a_coefficient_that_is_proved_not_to_vanish()
    {
        var c = Expression.Parse("indicator(1/2<abs(z)<1.6083105988157430162)").Hermite(2)[2];
        Assert.Equal(CoefficientStatus.ExactNonzero, c.Status);
        Assert.InRange(Math.Abs(c.Value), 1e-25, 1e-19);
    }

    [Theory]
    [InlineData("relu(z)", 2, "1/(2*sqrt(pi))", "1/sqrt(2*pi)")]
    [InlineData("relu(z)", 1, "1/2", "1/2")]
    [InlineData("abs(z)", 3, "0", "0")]
    [InlineData("exp(z)", 2, "sqrt(2)*exp(1/2)/2", "exp(1/2)")]
    [InlineData("z^2*exp(-z^2)", 4, "-sqrt(2)/27", "-4*sqrt(3)/27")]
    public void Closed_forms_are_written_in_both_scales(string text, int k, string orthonormal, string raw)
    {
        var c = Expression.Parse(text).Hermite(k)[k];
        Assert.Equal(new FormulaReader(orthonormal).Read(), new FormulaReader(c.Exact!).Read());
        Assert.Equal(new FormulaReader(raw).Read(), new FormulaReader(c.ExactRaw!).Read());
    }

    [Fact]
    public void Texts_are_short_and_come_in_latex_too()
    {
        var relu = Expression.Parse("relu(z)").Hermite(2);
        Assert.Equal("1/(2*sqrt(pi))", relu[2].Exact);
        Assert.Equal(@"\frac{1}{2\,\sqrt{\pi}}", relu[2].Latex);
        Assert.Equal(relu[2].ClosedForm!.ToLatex(), relu[2].LatexRaw);
        Assert.Equal("1/2", relu.ExactSecondMoment);
    }

    [Fact]
    public void Very_long_closed_forms_are_kept_but_not_written_out()
    {
        var f = string.Join("+", Enumerable.Range(1, 40).Select(j => $"relu(z-{j}/41)/{j}"));
        var c = Expression.Parse(f).Hermite(3)[2];
        Assert.True(c.ClosedForm!.TermCount > HermiteCoefficient.LongestText);
        Assert.Null(c.Exact);
        Assert.Null(c.LatexRaw);
        Assert.Equal(CoefficientStatus.ExactNonzero, c.Status);
        var expected = Enumerable.Range(1, 40).Sum(j => Math.Exp(-j * j / 3362.0) / j) / Math.Sqrt(4 * Math.PI);
        Assert.Equal(expected, c.Value, 1e-14);
    }

    [Fact]
    public void Step_of_an_odd_function_that_vanishes_on_an_interval_has_no_mean_of_one_half()
    {
        // {z > 1}: c_0 = Q(1).
        foreach (var text in (string[])["step(softthreshold(z,1))", "step(tanh(softthreshold(z,1)))", "step(z*step(abs(z)-1))"])
        {
            var c = Expression.Parse(text).Hermite(2);
            Assert.Equal(0.15865525393145705, c[0].Value, 1e-13);
            Assert.False(c[2].IsZero);
        }
        foreach (var text in (string[])["step(tanh(z))", "step(z^3-3z)", "step(sin(z))", "step(arctan(z)*abs(tanh(z)))"])
        {
            Assert.Equal("1/2", Expression.Parse(text).Hermite(2)[0].Exact);
            Assert.True(Expression.Parse(text).Hermite(2)[2].IsZero);
        }
    }

    [Fact]
    public void A_nearly_vanishing_coefficient_is_not_called_zero()
    {
        Assert.Equal(CoefficientStatus.ExactNonzero, Expression.Parse("z^4-5.9999*z^2").Hermite(2)[2].Status);
        Assert.Equal(CoefficientStatus.ExactNonzero, Expression.Parse("indicator(1/2<abs(z)<1.60831)").Hermite(2)[2].Status);
    }

    [Fact]
    public void High_orders_keep_their_accuracy()
    {
        // ĉ_k(exp(z)) = e^{1/2}/√k!, ĉ_k(sign) = √(2/π) (±) (k−2)!!/√k!
        var (exponential, sign) = (Expression.Parse("exp(z)").Hermite(200), Expression.Parse("sign(z)").Hermite(200));
        var (factor, ratio, rest) = (Math.Exp(0.5), Math.Sqrt(2 / Math.PI), 1.0);
        for (var k = 0; k <= 200; k++)
        {
            if (k > 0) factor /= Math.Sqrt(k);
            Assert.Equal(factor, exponential[k].Value, 1e-13 * Math.E);
            if (k % 2 == 0) continue;
            if (k > 1) ratio *= -(k - 2) / Math.Sqrt((k - 1.0) * k);
            Assert.Equal(ratio, sign[k].Value, 1e-13);
            rest -= ratio * ratio;
        }
        Assert.Equal(rest, sign.ParsevalResidual, 1e-12);
    }

    [Fact]
    public void Delegates_give_the_same_as_expressions()
    {
        var expected = Expression.Parse("relu(z-1/2)*tanh(z)").Hermite(8);
        var f = ScalarFunction.From(z => Math.Max(z - 0.5, 0) * Math.Tanh(z), [0.5]);
        for (var k = 0; k <= 8; k++) Assert.Equal(expected[k].Value, f.Hermite(8)[k].Value, 1e-13);
        var odd = ScalarFunction.From(Math.Tanh, parity: Parity.Odd).Hermite(4);
        Assert.True(odd[0].IsZero && odd[2].IsZero && !odd[1].IsZero);
        Assert.Null(odd[1].Exact);
    }

    [Fact]
    public void Expansions_are_kept_with_their_function()
    {
        var count = 0;
        var f = ScalarFunction.From(z =>
        {
            Interlocked.Increment(ref count);
            return Math.Tanh(z);
        });
        var first = f.Hermite(5);
        var used = count;
        Assert.Same(first, f.Hermite(5));
        Assert.Same(first, f.Hermite(5, new HermiteOptions()));
        Assert.Equal(used, count);
        Assert.NotSame(first, f.Hermite(5, new HermiteOptions { Tolerance = 1e-6 }));
    }

    [Theory]
    [InlineData("exp(z^2/4)", "grows like exp(z^2/4)")]
    [InlineData("exp(exp(z))", "not square integrable")]
    [InlineData("exp(z^2/4)*sin(z)", "in the tails")]
    [InlineData("z^200", "exceeds the range")]
    [InlineData("sin(exp(z^2))", "oscillates too fast")]
    public void What_has_no_expansion_is_refused_with_the_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => HermiteExpansion.Of(text, 3)).Message, StringComparison.Ordinal);

    [Fact]
    public void Delegates_that_fail_are_refused_with_the_place()
    {
        ScalarFunction Of(Func<double, double> f) => ScalarFunction.From(f, name: "mine");
        var nan = Assert.Throws<ArgumentException>(() => Of(z => z > 1.5 ? double.NaN : z).Hermite(2));
        Assert.Matches(@"mine is no number \(NaN\) at z = [1-6]\.", nan.Message);
        Assert.Contains("mine is infinite at z =", Assert.Throws<ArgumentException>(() => Of(z => z > 1.5 ? double.PositiveInfinity : z).Hermite(2)).Message, StringComparison.Ordinal);
        Assert.Contains("not square integrable", Assert.Throws<ArgumentException>(() => Of(z => Math.Exp(z * z / 3)).Hermite(2)).Message, StringComparison.Ordinal);
        Assert.Contains("not square integrable", Assert.Throws<ArgumentException>(() => ScalarFunction.From(z => 1 / Math.Abs(z), [0]).Hermite(2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_noise_is_no_function()
    {
        var random = new Random(1);
        Assert.Throws<ArgumentException>(() => ScalarFunction.From(_ => random.NextDouble()).Hermite(10));
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => HermiteExpansion.Of("z", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => HermiteExpansion.Of("z", 201));
        Assert.Throws<ArgumentNullException>(() => HermiteExpansion.Of(null!, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => HermiteExpansion.Of("z", 2)[3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new HermiteOptions { Tolerance = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HermiteOptions { MaxEvaluations = 10 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HermiteOptions { LargestError = 1 });
    }
}
