using FsCheck.Xunit;
using Theory.Exponents;
using Theory.Hermite.Tensors;
using Theory.Symbolics;

namespace Theory.Tests.Exponents;

/// <summary>Generative exponents: what functions of the label show beyond the label itself.</summary>
[Properties(Arbitrary = [typeof(ExponentCases)], MaxTest = 20)]
public sealed class GenerativeExponentTests
{
    [Property]
    public void Labels_of_two_values_gain_nothing_from_functions_of_the_label(BinaryLabel label)
    {
        var e = LearningExponents.Of(Expression.Parse(label.Text));
        Assert.Equal(e.IsoLeap, e.GenerativeLeap);
        Assert.Equal(e.LearnedInOnePass, e.LearnedByReuse);
    }

    [Theory]
    [InlineData("abs(z)", 2), InlineData("cos(z)", 2), InlineData("z^2*exp(-z^2)", 4), InlineData("He3(z)", 1), InlineData("tanh(z)", 1), InlineData("He2(z)+He4(z)", 2)]
    [InlineData("z1*z2", 2), InlineData("sign(z1*z2*z3)", 3), InlineData("z1+z1*z2", 1), InlineData("z1^2+sign(z1*z2*z3)", 2)]
    public void One_to_one_functions_of_a_label_leave_its_generative_leap(string label, int leap)
    {
        // Functions of several variables stay expressible only where the outer function does not tie them together.
        string[] functions = label.Contains("z1") ? ["{0}", "2-3*({0})", "({0})^3"] : ["{0}", "2-3*({0})", "({0})^3", "tanh({0})", "1/(50+{0})", "arctan({0})+({0})"];
        foreach (var function in label.StartsWith("He", StringComparison.Ordinal) ? functions.Where(f => !f.StartsWith("1/")) : functions)
        {
            var text = string.Format(function, label);
            var target = Expression.Parse(text);
            Assert.Equal(leap, LearningExponents.Of(target).GenerativeLeap);
        }
    }

    [Theory]
    [InlineData(1, false), InlineData(2, true), InlineData(3, false), InlineData(4, true), InlineData(31, false), InlineData(43, false), InlineData(64, true), InlineData(101, false)]
    public void A_polynomial_of_one_variable_has_generative_exponent_one_unless_it_is_even(int order, bool isEven)
    {
        foreach (var factor in (string[])["", "sqrt(2)*", "pi*"])
        {
            if (factor != "" && order > 64)
                continue;
            var e = LearningExponents.Of(Expression.Parse($"{factor}He{order}(z)"));
            Assert.Equal((order, isEven ? 2 : 1), (e.InformationExponent, e.GenerativeLeap));
            Assert.True(e.CertificateOf("generative_leap").IsProved);
        }
    }

    [Fact]
    public void Order_two_reaches_everything_behind_a_polynomial_of_any_degree()
    {
        // Of such degrees not even the square can be expanded.
        var e = LearningExponents.Of(ExponentCases.Polynomial("He64(z1)*z2^2+He70(z2)"));
        Assert.Equal(2, e.GenerativeLeap);
        Assert.Equal(e.Relevant, e.GenerativeFlag[^1].Learned);
    }

    [Theory]
    [InlineData("max(z,-z)"), InlineData("relu(z)+relu(-z)"), InlineData("exp(z)+exp(-z)"), InlineData("sigmoid(z)*sigmoid(-z)"), InlineData("log(1+z^2)")]
    [InlineData("softplus(z)+softplus(-z)"), InlineData("tanh(z)^2+z^4"), InlineData("silu(z)-z/2"), InlineData("abs(z-1)+abs(z+1)"), InlineData("step(z-1)*z+step(-z-1)*(-z)")]
    public void Even_labels_have_no_odd_orders_however_they_are_written(string label) => Assert.Equal(2, LearningExponents.Of(Expression.Parse(label)).GenerativeLeap);

    [Theory]
    [InlineData("sign(z1*z2)+sign(z3)", 3), InlineData("sign(z1)+2*sign(z2)", 4), InlineData("sign(z1)+sign(z2)+sign(z3)", 4), InlineData("indicator(abs(z1)<1)*sign(z2)", 3)]
    [InlineData("sign(z1*z2*z3)/10000000000000", 2), InlineData("sign(z1)+sign(z2)/1000000000", 4)]
    public void The_values_of_a_finite_label_are_counted_at_any_scale(string label, int count)
    {
        var function = FactorisedFunction.TryOf(Expression.Parse(label).Simplify())!;
        Assert.True(function.IsFiniteValued);
        Assert.Equal(count, LabelValues.Count(function));
    }

    [Fact]
    public void Enough_powers_span_all_functions_of_a_finite_label_and_prove_what_they_do_not_show()
    {
        var e = LearningExponents.Of("sign(z1*z2*z3)+2*sign(z1*z2*z4)");
        Assert.Equal((3, 2), (e.InformationExponent, e.GenerativeLeap));
        Assert.True(e.IsProved, string.Join("; ", e.Certificates.Where(c => !c.IsProved)));
    }
}
