using Theory.Exponents;
using Theory.Symbolics;
using Theory.Symbolics.Exact;

namespace Theory.Tests.Exponents;

/// <summary>Targets on which plausible shortcuts give wrong exponents.</summary>
public sealed class TrapTests
{
    [Theory]
    [InlineData("z1+z2+z1*z2")]
    [InlineData("relu(z1)+relu(z2)")]
    [InlineData("relu(z1)*relu(z2)")]
    [InlineData("step(z1)*step(z2)")]
    public void Trap_two_symmetric_stairs_have_leap_one_but_isoLeap_two(string target)
    {
        // √2 u + (u² − v²)/2: v enters as a square only.
        var e = Of(target);
        Assert.Equal((1, 1, 2, 2), (e.InformationExponent, e.Leap, e.IsoLeap, e.GenerativeLeap));
        Assert.True(e.IsMergedStaircase);
        Assert.Equal(Span(2, "1 1"), e.LearnedInOnePass);
        Assert.True(e.IsProved, Unproved(e));
    }

    [Fact]
    public void Trap_merged_staircase_bounds_the_leap_but_not_the_isoLeap()
    {
        var e = Of("z1+z2+z1*z2*z3");
        Assert.Equal((true, 1, 2), (e.IsMergedStaircase, e.Leap, e.IsoLeap));
        Assert.Equal((true, 1, 1), (Of("z1+z1*z2").IsMergedStaircase, Of("z1+z1*z2").Leap, Of("z1+z1*z2").IsoLeap));
    }

    [Fact]
    public void Trap_a_generic_rotation_has_leap_one_where_the_worst_has_two()
    {
        Assert.Equal((2, 2), (Of("z1+He2(z2)").Leap, Of("z1+He2(z2)").IsoLeap));
        var turned = Of("3/5*z1-4/5*z2+He2(4/5*z1+3/5*z2)");
        Assert.Equal((1, 2), (turned.Leap, turned.IsoLeap));
    }

    [Fact]
    public void Trap_the_first_step_learns_one_direction_however_many_linear_terms_there_are()
    {
        var e = Of("z1+2*z2-3*z3+z1*z2*z3");
        Assert.Equal(Span(3, "1 2 -3"), e.LearnedSubspaces[1][0]);
        // Two-dimensional second steps exist as well.
        Assert.Equal([1, 3], Of("z1+z1*z2+z1^2*z3-z3").LearnedDimensions[1]);
    }

    [Theory]
    [InlineData("z1+z1*He2(z2)")]
    [InlineData("z1+He2(z1)*He2(z2)")]
    [InlineData("z1+z1*z2*z3")]
    public void Trap_a_known_factor_does_not_lower_a_square_to_order_one(string target) => Assert.Equal((1, 2, 2), (Of(target).InformationExponent, Of(target).Leap, Of(target).IsoLeap));

    [Fact]
    public void Trap_V_may_be_smaller_than_the_variables_written()
    {
        Assert.Equal(Span(2, "1 1"), Of("z1+z2").Relevant);
        Assert.Equal(Span(2, "1 1"), Of("(z1+z2)^2").Relevant);
        Assert.Equal(Span(2, "0 1"), Of("0*z1+z2").Relevant);
        Assert.Equal(Span(3, "1 -1 0"), Of("relu(z1-z2)+0*z3").Relevant);
        Assert.Equal(Span(2, "1 -1"), Of("max(z1,z2)-min(z1,z2)").Relevant);
    }

    [Fact]
    public void Trap_a_constant_has_no_exponent_and_nothing_to_learn()
    {
        foreach (var constant in (string[])["7", "0*z1", "sqrt(2)", "sign(z)^2", "cos(z)^2+sin(z)^2", "relu(z)-relu(-z)-z", "sigmoid(z)+sigmoid(-z)", "softplus(z)-softplus(-z)-z"])
        {
            var e = Of(constant);
            Assert.Equal((null, null, 0, 0, 0), (e.InformationExponent, e.GenerativeLeap, e.Leap, e.IsoLeap, e.Dimension));
            Assert.True(e.IsMergedStaircase);
            Assert.All(e.LearnedDimensions.Values, dimensions => Assert.Empty(dimensions));
            Assert.True(e.IsProved, $"{constant}: {Unproved(e)}");
        }
    }

    [Fact]
    public void Trap_exact_cancellation_between_irrational_terms_is_zero()
    {
        // c_1 = 2[2φ(√(2 ln 2)) − φ(0)] = 0.
        var e = Of("sign(z^3-2*ln(2)*z)");
        Assert.Equal((3, 3), (e.InformationExponent, e.GenerativeLeap));
        Assert.True(e.IsProved, Unproved(e));
        Assert.Equal(1, Of("sign(z^3-1.38*z)").InformationExponent);
    }

    [Fact]
    public void Trap_a_smooth_function_may_have_generative_exponent_four()
    {
        var e = Of("z^2*exp(-z^2)");
        Assert.Equal((4, 4), (e.InformationExponent, e.GenerativeLeap));
        Assert.True(e.CertificateOf("information_exponent").IsProved);
        Assert.False(e.CertificateOf("generative_leap").IsProved);
        // The label z exp(−z²/2) has ζ_2 ≡ 0 and is easy all the same.
        Assert.Equal((1, 1), (Of("z*exp(-z^2/2)").InformationExponent, Of("z*exp(-z^2/2)").GenerativeLeap));
    }

    [Fact]
    public void Trap_the_annulus_is_zero_at_order_two_only_to_the_digits_of_its_radius()
    {
        var e = Of("indicator(1/2<abs(z)<1.6083105988157430162)");
        Assert.Equal((4, 4), (e.InformationExponent, e.GenerativeLeap));
        Assert.All((string[])["information_exponent", "leap", "iso_leap", "generative_leap"], quantity => Assert.False(e.CertificateOf(quantity).IsProved));
        Assert.Equal(2, Of("indicator(1/2<abs(z)<1.6083)").InformationExponent);
    }

    [Fact]
    public void Trap_a_coefficient_near_zero_is_not_zero()
    {
        Assert.Equal(4, Of("z^4-6*z^2").InformationExponent);
        Assert.Equal(2, Of("z^4-5.9999*z^2").InformationExponent);
        Assert.Equal(2, Of("z^4-5.9999999999999999999*z^2").InformationExponent);
        // 8 e^(−32) = 1e−13 and 200 e^(−20000), smaller than any double.
        Assert.Equal((1, true), (Of("sin(8z)").InformationExponent, Of("sin(8z)").IsProved));
        Assert.Equal((1, true), (Of("sin(200z)").InformationExponent, Of("sin(200z)").IsProved));
    }

    [Fact]
    public void Trap_three_powers_of_the_label_miss_a_direction_at_order_two()
    {
        // C_2(f²) is ((2, 2), (2, 2)) on (z3, z4), and f³ adds nothing: only f⁴ tells z3 from z4.
        var f = ExponentCases.Polynomial("z1*z2+z1*z2*z3*z4");
        var relevant = new PolynomialDetector(f).Relevant;
        Assert.Equal(4, PowerDetector.LeastPowers);
        Assert.Equal(3, new PowerDetector(f, relevant, mostPowers: 3).Detect(Subspace.Zero(4), 2).Span.Dimension);
        Assert.Equal(4, new PowerDetector(f, relevant, mostPowers: 4).Detect(Subspace.Zero(4), 2).Span.Dimension);
        Assert.Equal((2, true), (Of("z1*z2+z1*z2*z3*z4").GenerativeLeap, Of("z1*z2+z1*z2*z3*z4").IsProved));
    }

    [Fact]
    public void Trap_exchange_of_variables_hides_a_direction_that_no_sign_flip_hides()
    {
        var e = Of("He3(z1)+He3(z2)");
        Assert.Equal(2, e.GenerativeLeap);
        Assert.Equal(Span(2, "1 1"), e.LearnedByReuse);
        Assert.Equal(Span(2, "1 -1"), e.HardUnderReuse);
        Assert.True(e.IsProved, Unproved(e));
        Assert.Contains("reverses (1,-1)", e.CertificateOf("learned_by_reuse").Reason);
    }

    [Fact]
    public void Trap_one_learned_direction_may_have_vanishing_contraction()
    {
        // C_2 = diag(1, 0) off the first step's direction: along C_1 = (1, 1) the contraction with ω is (1, 0)/√2, but with (0, 1) it would be 0.
        Assert.Equal([1, 2], Of("z1+z2+He2(z1)").LearnedDimensions[1]);
        Assert.Equal([1], Of("z2+He2(z1)").LearnedDimensions[1]);
    }

    [Theory]
    [InlineData("z1*z2+z1*z2*z3", 0b011, true)]
    [InlineData("z1*z2+z1*z2*z3", 0b100, false)]
    [InlineData("z1*z2*z3", 0b011, true)]
    [InlineData("z1+z1*z2", 0b010, false)]
    public void Sign_flips_that_preserve_a_label_are_a_kernel_over_GF2(string label, int flip, bool preserves)
    {
        var parities = ExponentCases.Polynomial(label).Terms.Select(term => term.Key.Parity);
        var kernel = SignFlips.Preserving(parities, 3);
        var spanned = Enumerable.Range(0, 1 << kernel.Count).Any(choice =>
            Enumerable.Range(0, kernel.Count).Where(i => (choice >> i & 1) == 1).Aggregate(0, (bits, i) => bits ^ kernel[i]) == flip);
        Assert.Equal(preserves, spanned);
    }

    [Fact]
    public void Trap_odd_activations_without_bias_see_odd_functions_of_label_and_known_directions_only()
    {
        // E[y² z2] = 2 for z1 + z1·z2, but y² is even.
        Assert.Equal((2, 1), (Of("z1+z1*z2").LearnedByReuse.Dimension, Of("z1+z1*z2").LearnedByReuseWithOddActivation.Dimension));
        Assert.Equal(Span(2, "1 0"), Of("z1+z1*z2").LearnedByReuseWithOddActivation);
        Assert.Equal(1, Of("He3(z)").LearnedByReuseWithOddActivation.Dimension);
        // By quadrature too: sin(t y) is odd in the label, cos(t y) is not.
        Assert.Equal(Span(3, "1 0 0"), Of("tanh(z1+z2*z3)").LearnedByReuseWithOddActivation);
    }

    [Fact]
    public void Trap_relu_without_bias_never_sees_order_three()
    {
        foreach (var (activation, dimensions) in new (string, int[])[] { ("relu(z)", [1, 2]), ("gelu(z)", [1, 2]), ("softplus(z)", [1, 2]), ("silu(z)", [1, 2]), ("relu(z-1/2)", [1, 2, 3]), ("elu(z)", [1, 2, 3]), ("exp(z/2)", [1, 2, 3]), ("tanh(z)", [1]), ("erf(z)", [1]) })
        {
            var e = LearningExponents.Of("z1+z1*z2+z1*z2*z3", new() { Activation = activation });
            Assert.Equal(dimensions, e.LearnedDimensions[1]);
            Assert.Equal([1, 2, 3], e.LearnedSubspaces[1].Select(step => step.Dimension));
        }
    }

    [Fact]
    public void Trap_squares_vanish_on_the_hypercube()
    {
        Assert.Null(Of("He2(z1)+z2^2").BooleanInformationExponent);
        Assert.Equal((2, 3), (Of("z1^2+z1*z2*z3").Leap, Of("z1^2+z1*z2*z3").BooleanLeap));
        Assert.Equal((3, 1), (Of("z1^3-3*z1").InformationExponent, Of("z1^3-3*z1").BooleanInformationExponent));
    }

    [Theory]
    [InlineData("z1", "z1", "")]
    [InlineData("He3(z1)", "z1", "")]
    [InlineData("He2(z1)+He3(z2)", "z2", "z1")]
    [InlineData("z1*z2*z3", "", "z1 z2 z3")]
    [InlineData("z1+z1*z2", "z1 z2", "")]
    [InlineData("z1+z2*z3", "z1", "z2 z3")]
    [InlineData("z1*z2+He3(z1)", "z1 z2", "")]
    [InlineData("z1+z1*z2+z1*z2*z3", "z1 z2 z3", "")]
    [InlineData("He3(z1)+z1*z2*z3", "z1", "z2 z3")]
    [InlineData("z1*z2+z1*z2*z3", "z3", "z1 z2")]
    [InlineData("He2(z1)*z2", "z2", "z1")]
    public void Reuse_of_a_batch_learns_what_order_one_of_all_functions_of_the_label_reaches(string target, string learned, string hard)
    {
        var e = Of(target);
        Assert.Equal(Axes(learned), e.LearnedByReuse);
        Assert.Equal(Axes(hard), e.HardUnderReuse);
        Assert.True(e.IsProved, Unproved(e));

        Subspace Axes(string names) => Subspace.Span(e.Relevant.AmbientDimension, names.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => Enumerable.Range(1, e.Relevant.AmbientDimension).Select(i => (BigRational)(name == $"z{i}" ? 1 : 0)).ToArray()));
    }

    [Fact]
    public void Reuse_learns_the_sum_and_the_third_variable_but_not_the_difference()
    {
        var e = Of("z1+z2+z1*z2*z3");
        Assert.Equal(Span(3, "1 1 0", "0 0 1"), e.LearnedByReuse);
        Assert.Equal(Span(3, "1 -1 0"), e.HardUnderReuse);
        Assert.Equal(Span(2, "1 1"), Of("(z1+z2)^3").LearnedByReuse);
    }

    private static LearningExponents Of(string text) => LearningExponents.Of(Expression.Parse(text));

    private static string Unproved(LearningExponents e) => string.Join("; ", e.Certificates.Where(c => !c.IsProved));

    private static Subspace Span(int variables, params string[] rows) =>
        Subspace.Span(variables, rows.Select(row => row.Split(' ').Select(entry => (BigRational)int.Parse(entry)).ToArray()));
}
