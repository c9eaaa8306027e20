using Theory.Symbolics;
using Theory.Symbolics.Exact;

namespace Theory.Tests.Symbolics.Exact;

public class ExactExpansionTests
{
    public static TheoryData<string> ClosedForms => [.. ReferenceExpansion.All.Values.Where(point => point.Exact is not null).Select(point => point.Expression)];

    public static TheoryData<string> AllExpressions => [.. ReferenceExpansion.All.Keys];

    [Theory]
    [MemberData(nameof(ClosedForms))]
    public void Coefficients_equal_those_of_an_independent_algebra_system_as_exact_numbers(string text)
    {
        ReferenceExpansion reference = ReferenceExpansion.All[text];
        ExactExpansion expansion = ExactExpansion.Of(text, reference.Exact!.Length - 1);
        for (int k = 0; k < reference.Exact.Length; k++)
            Assert.Equal(reference.Exact[k], expansion.Coefficients[k]);
    }

    [Theory]
    [MemberData(nameof(AllExpressions))]
    public void Coefficients_agree_with_high_precision_quadrature_and_structural_zeros_are_found(string text)
    {
        ReferenceExpansion reference = ReferenceExpansion.All[text];
        ExactExpansion expansion = ExactExpansion.Of(text, reference.Coefficients.Length - 1);
        BigRational factorial = BigRational.One;
        for (int k = 0; k < reference.Coefficients.Length; k++)
        {
            factorial *= Math.Max(k, 1);
            if (reference.Exact is null && !reference.Coefficients[k].IsZero && expansion.Coefficients[k] is null)
                continue;
            ExactNumber value = Assert.IsType<ExactNumber>(expansion.Coefficients[k]);
            double scale = Math.Sqrt(factorial.ToDouble()), error = (value - reference.Coefficients[k]).ToDouble() / scale;
            Assert.True(Math.Abs(error) < 1e-18 * Math.Max(1, Math.Abs(value.ToDouble() / scale)), $"c_{k} of {text}: {error}");
            Assert.Equal(reference.Coefficients[k].IsZero, value.IsZero);
        }
    }

    [Theory]
    [MemberData(nameof(ClosedForms))]
    public void Second_moments_in_closed_form_agree_with_quadrature(string text)
    {
        ReferenceExpansion reference = ReferenceExpansion.All[text];
        ExactNumber moment = Assert.IsType<ExactNumber>(ExactExpansion.Of(text, 0).SecondMoment());
        Assert.Equal(0, (moment - reference.SecondMoment).ToDouble(), 1e-17 * Math.Max(1, moment.ToDouble()));
    }

    [Theory]
    [MemberData(nameof(ClosedForms))]
    public void Texts_of_coefficients_are_read_back_as_the_same_numbers(string text)
    {
        foreach (ExactNumber? coefficient in ExactExpansion.Of(text, 20).Coefficients)
            Assert.Equal(coefficient, new FormulaReader(coefficient!.ToString()).Read());
    }

    [Theory]
    [MemberData(nameof(ClosedForms))]
    [InlineData("sign(z^3-2*ln(2)*z)")]
    [InlineData("erf(z-1/2)*exp(z/3)")]
    [InlineData("erf(sqrt(pi)/4*z)")]
    [InlineData("gelu(z)^2")]
    [InlineData("relu(sqrt(2)*z+1)")]
    public void Texts_of_coefficients_are_expressions_of_the_same_value(string text)
    {
        foreach (ExactNumber coefficient in ExactExpansion.Of(text, 20).Coefficients.OfType<ExactNumber>())
        {
            string printed = coefficient.ToString();
            if (!printed.Contains("gamma", StringComparison.OrdinalIgnoreCase) && !printed.Contains('^'))
                Assert.Equal(coefficient, ExactExpansion.Of(printed, 0).Coefficients[0]);
        }
    }

    [Fact]
    public void Information_exponent_of_sign_of_z3_minus_2ln2_z_is_three_because_the_first_coefficient_vanishes_exactly()
    {
        var c = ExactExpansion.Of("sign(z^3-2ln(2)*z)", 3).Coefficients;
        Assert.True(c[0]!.IsZero && c[1]!.IsZero && c[2]!.IsZero);
        Assert.Equal(4 * ExactNumber.Ln(2) * ExactNumber.NormalPdf(0), c[3]);
    }

    [Fact]
    public void Second_coefficient_of_z2_times_gaussian_vanishes_exactly_and_the_fourth_does_not()
    {
        var c = ExactExpansion.Of("z^2*exp(-z^2)", 4).Coefficients;
        Assert.True(c[1]!.IsZero && c[2]!.IsZero && c[3]!.IsZero);
        Assert.Equal("-4*sqrt(3)/27", c[4]!.ToString());
    }

    [Fact]
    public void Second_coefficient_of_the_tuned_ring_indicator_is_tiny_but_certified_not_to_be_zero()
    {
        ExactNumber c = ExactExpansion.Of("indicator(1/2<abs(z)<1.6083105988157430162)", 2).Coefficients[2]!;
        Assert.False(c.IsZero);
        Assert.True(c.TrySign(out int sign) && sign != 0);
        Assert.True(Math.Abs(c.ToDouble()) < 1e-19);
    }

    [Theory]
    [InlineData("z^4-6z^2", 4)]
    [InlineData("z^4-5.9999z^2", 2)]
    [InlineData("He5(z)", 5)]
    [InlineData("relu(z)^2-z*abs(z)/2", 2)]
    [InlineData("abs(abs(z)-1)", 2)]
    [InlineData("erf(z)^2-normcdf(z)", 1)]
    public void First_coefficient_that_is_certified_not_to_vanish_comes_after_proved_zeros(string text, int exponent)
    {
        var c = ExactExpansion.Of(text, exponent).Coefficients;
        for (int k = 1; k < exponent; k++)
            Assert.True(c[k]!.IsZero);
        Assert.True(c[exponent]!.TrySign(out int sign) && sign != 0);
    }

    [Theory]
    [InlineData("silu(z)")]
    [InlineData("softplus(z)")]
    [InlineData("gelu_tanh(z)")]
    [InlineData("gelu(z)")]
    [InlineData("relu(z)")]
    [InlineData("max(z,0)+z*arctan(z)")]
    [InlineData("hardswish(z)")]
    public void Functions_that_are_half_of_z_plus_an_even_function_have_odd_coefficients_one_half_and_zero(string text)
    {
        var c = ExactExpansion.Of(text, 9).Coefficients;
        Assert.Equal((ExactNumber)BigRational.Half, c[1]);
        Assert.All([3, 5, 7, 9], k => Assert.True(c[k]!.IsZero));
    }

    [Theory]
    [InlineData("sigmoid(3z)")]
    [InlineData("(1+tanh(z^3))/2")]
    [InlineData("normcdf(z)")]
    [InlineData("1/2+arctan(z)/pi")]
    [InlineData("1/2+sin(z)*erf(z)*tanh(z)")]
    public void Functions_that_are_one_half_plus_an_odd_function_have_even_coefficients_one_half_and_zero(string text)
    {
        var c = ExactExpansion.Of(text, 8).Coefficients;
        Assert.Equal((ExactNumber)BigRational.Half, c[0]);
        Assert.All([2, 4, 6, 8], k => Assert.True(c[k]!.IsZero));
    }

    [Theory]
    [InlineData("step(tanh(softthreshold(z,1)))")]
    [InlineData("mish(z)")]
    [InlineData("relu(sin(z)+cos(z))")]
    [InlineData("exp(tanh(z))")]
    public void Nothing_is_claimed_of_coefficients_that_the_structure_does_not_fix(string text) =>
        Assert.All(ExactExpansion.Of(text, 6).Coefficients, c => Assert.Null(c));

    [Fact]
    public void What_is_unknown_in_one_parity_does_not_hide_what_is_known_in_the_other()
    {
        // cos z on an interval has no closed form in the ring, but it is even.
        var c = ExactExpansion.Of("z^3 + cos(z)*indicator(abs(z)<1)", 5).Coefficients;
        Assert.Equal([null, 3, null, 6, null, 0], c.Select(x => x is null ? (int?)null : (int)x.ToDouble()));
    }

    [Theory]
    [InlineData("exp(-abs(z))")]
    [InlineData("relu(z^2-2)")]
    [InlineData("max(z,1-z)")]
    [InlineData("min(abs(z),3/2)")]
    [InlineData("relu(exp(z)-2)")]
    [InlineData("abs(z^3-3z)")]
    [InlineData("sign(z^4-5z^2+6)")]
    [InlineData("elu(2z-1)")]
    [InlineData("relu6(3z+1)")]
    [InlineData("softthreshold(z^2,1)")]
    [InlineData("abs(2z)^(3/2)*z")]
    [InlineData("log(3*z^2)")]
    [InlineData("z*log(abs(z))")]
    [InlineData("relu(z)*log(abs(z))")]
    [InlineData("abs(erf(z))")]
    [InlineData("relu(sqrt(2)*z+1)")]
    [InlineData("erf(z-1/2)*exp(z/3)")]
    [InlineData("erf(sqrt(pi)/4*z)")]
    [InlineData("cosh(z)*exp(-z^2/3)")]
    [InlineData("sin(z)^3*cos(2z+1)")]
    [InlineData("gelu(z)^2")]
    [InlineData("sqrt(z^2)")]
    [InlineData("tanh(sign(z))+sigmoid(step(z-1))")]
    [InlineData("indicator(-1<=z<=2)*exp(z)")]
    [InlineData("leakyrelu(z-1/3,0.2)^3")]
    [InlineData("hardtanh(hardtanh(2z)-1/2)")]
    [InlineData("exp(z^2/8)*normcdf(z)")]
    public void Closed_forms_agree_with_quadrature_of_the_expression(string text)
    {
        ScalarFunction f = text;
        ExactExpansion expansion = ExactExpansion.Of(text, 12);
        Assert.NotNull(expansion.ClosedForm);
        double[] orthonormal = Quadrature.OrthonormalCoefficients(f.Evaluate, f.Breakpoints, 12);
        double factorial = 1;
        for (int k = 0; k <= 12; k++)
        {
            factorial *= Math.Max(1, k);
            ExactNumber c = Assert.IsType<ExactNumber>(expansion.Coefficients[k]);
            Assert.Equal(orthonormal[k], c.ToDouble() / Math.Sqrt(factorial), 2e-12);
        }
    }

    [Fact]
    public void Random_expressions_agree_with_quadrature_wherever_a_coefficient_is_claimed()
    {
        // The seeds are fixed: near a multiple root, doubles themselves may take an indicator for true on an interval of 1e-5.
        const int order = 10;
        for (int seed = 0; seed < 150; seed++)
        {
            string text = new RandomExpressions(seed).Next(4);
            if (Integrable(text) is not { } f)
                continue;
            double[] numeric = Quadrature.OrthonormalCoefficients(f.Evaluate, f.Breakpoints, order);
            double scale = 1 + Math.Sqrt(Math.Abs(Quadrature.OrthonormalCoefficients(z => f.Evaluate(z) * f.Evaluate(z), f.Breakpoints, 0)[0]));
            double factorial = 1;
            var c = ExactExpansion.Of(text, order).Coefficients;
            for (int k = 0; k <= order; k++)
            {
                factorial *= Math.Max(1, k);
                if (c[k] is { } value)
                    Assert.True(Math.Abs((value.ToDouble() / Math.Sqrt(factorial)) - numeric[k]) <= 1e-7 * scale, $"c_{k} of {text}");
            }
        }
    }

    [Theory]
    [InlineData("(sin(z)+erf(z)+exp(z)+relu(z))^60")]
    [InlineData("(erf(z)+z)^400*gelu(z)^9")]
    [InlineData("relu(He40(z))*He300(z-1/7)")]
    [InlineData("abs(z)^(100000001/2)")]
    public void Monsters_are_given_up_rather_than_worked_out(string text) =>
        Assert.Null(ExactExpansion.Of(text, 20).Coefficients[0]);

    [Fact]
    public void Orthonormal_coefficients_are_exact_too()
    {
        ExactExpansion relu = ExactExpansion.Of("relu(z)", 20);
        Assert.Equal("1/(2*sqrt(pi))", relu.Orthonormal(2)!.ToString());
        ExactNumber partial = Enumerable.Range(0, 21).Aggregate(ExactNumber.Zero, (sum, k) => sum + (relu.Orthonormal(k)! * relu.Orthonormal(k)!));
        // R_20 of the reference table.
        Assert.Equal(0.00046228603927, (relu.SecondMoment()! - partial).ToDouble(), 1e-14);
    }

    [Fact]
    public void Expressions_of_several_variables_are_refused_by_name() =>
        Assert.Contains("z1*z2", Assert.Throws<ArgumentException>(() => ExactExpansion.Of("z1*z2", 3)).Message);

    private static ScalarFunction? Integrable(string text)
    {
        try
        {
            ScalarFunction f = text;
            bool tame = f.IsSquareIntegrable == true && f.BreakpointsAreExact;
            return tame && Math.Abs(f.Evaluate(12)) + Math.Abs(f.Evaluate(-12)) < 1e12 ? f : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (Exception e) when (e is FormatException or ArithmeticException)
        {
            // Division by zero, or a constant beyond the doubles.
            return null;
        }
    }
}
