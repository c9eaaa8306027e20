using FsCheck.Xunit;
using Theory.Exponents;
using Theory.Hermite.Tensors;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;
using Theory.Symbolics.Exact;

namespace Theory.Tests.Exponents;

/// <summary>Sums of products of one-variable functions: the same laws as for polynomials, and agreement with other ways to the same answer.</summary>
[Properties(Arbitrary = [typeof(ExponentCases)], MaxTest = 20)]
public sealed class FactorisedExponentTests
{
    [Property]
    public void Exponents_are_ordered(FactorisedTarget target)
    {
        var e = LearningExponents.Of(target.Value);
        if (e.Dimension == 0)
            return;
        Assert.True(e.InformationExponent <= e.Leap && e.Leap <= e.IsoLeap);
        Assert.True(e.GenerativeLeap is null || e.GenerativeLeap <= e.IsoLeap);
        Assert.True(e.LearnedByReuse.Contains(e.LearnedInOnePass));
        foreach (var (l, steps) in e.LearnedSubspaces)
            Assert.True(l < e.IsoLeap || steps[^1].Equals(e.Relevant));
    }

    [Property]
    public void Scale_and_mean_of_the_target_do_not_matter(FactorisedTarget target)
    {
        var (e, changed) = (LearningExponents.Of(target.Value), LearningExponents.Of(Expression.Parse($"-({target.Text})/1000000007 + 12345")));
        Assert.Equal((e.InformationExponent, e.Leap, e.IsoLeap, e.Dimension, e.GenerativeLeap), (changed.InformationExponent, changed.Leap, changed.IsoLeap, changed.Dimension, changed.GenerativeLeap));
        Assert.Equal((e.Relevant, e.LearnedInOnePass, e.LearnedByReuse), (changed.Relevant, changed.LearnedInOnePass, changed.LearnedByReuse));
        foreach (var (l, steps) in e.LearnedSubspaces)
            Assert.Equal(steps, changed.LearnedSubspaces[l]);
    }

    [Property]
    public void Signed_permutations_of_the_variables_leave_all_exponents(FactorisedTarget target)
    {
        var moved = Turn(target.Value, ("-z2", "z3", "z1"));
        var (e, f) = (LearningExponents.Of(target.Value), LearningExponents.Of(moved));
        Assert.Equal((e.InformationExponent, e.Leap, e.IsoLeap, e.Dimension, e.GenerativeLeap), (f.InformationExponent, f.Leap, f.IsoLeap, f.Dimension, f.GenerativeLeap));
        Assert.Equal(e.LearnedDimensions, f.LearnedDimensions);
        Assert.Equal(e.LearnedByReuse.Dimension, f.LearnedByReuse.Dimension);
    }

    [Property(MaxTest = 200)]
    public void Rotations_leave_all_invariant_exponents(FactorisedTarget target)
    {
        if (target.Value.VariableCount > 2)
            return;
        var (e, f) = (LearningExponents.Of(target.Value), LearningExponents.Of(Turn(target.Value, ("3/5*z1+4/5*z2", "-4/5*z1+3/5*z2", "z3"))));
        Assert.Equal((e.InformationExponent, e.IsoLeap, e.Dimension), (f.InformationExponent, f.IsoLeap, f.Dimension));
        Assert.True(f.Leap <= e.IsoLeap);
        Assert.Equal((e.GenerativeLeap, e.LearnedByReuse.Dimension), (f.GenerativeLeap, f.LearnedByReuse.Dimension));
    }

    [Property]
    public void Polynomials_taken_for_sums_of_products_have_their_exact_exponents(AnyPolynomial any)
    {
        var (exact, text) = (LearningExponents.Of(any.Value), any.Value.ToString());
        var function = new FactorisedFunction(any.Value.VariableCount, Factorisation.TryOf(Expression.Parse(text))!);
        var e = TensorExponents.OfFactorised(function, text, _ => null, 8);
        Assert.Equal((exact.InformationExponent, exact.Leap, exact.IsoLeap, exact.Relevant), (e.InformationExponent, e.Leap, e.IsoLeap, e.Relevant));
        Assert.Equal(exact.LearnedDimensions, e.LearnedDimensions);
        foreach (var quantity in (string[])["generative_leap", "learned_by_reuse", "learned_by_reuse_odd_activation"])
        {
            if (!e.CertificateOf(quantity).IsProved || !exact.CertificateOf(quantity).IsProved)
                continue;
            Assert.Equal(Value(exact), Value(e));

            object? Value(LearningExponents report) => quantity switch
            {
                "generative_leap" => report.GenerativeLeap,
                "learned_by_reuse" => report.LearnedByReuse,
                _ => report.LearnedByReuseWithOddActivation,
            };
        }
    }

    [Property(MaxTest = 10)]
    public void Coefficients_and_closures_are_those_of_dense_tensors(FactorisedTarget target)
    {
        const int order = 5;
        if (FactorisedFunction.TryOf(target.Value.Simplify()) is not { VariableCount: 2 } function)
            return;
        var coefficients = new FactorCoefficients(order);
        var dense = new DenseTensors(z => target.Value.Evaluate(z), 2, order, Panels());
        var norm = Math.Sqrt(Enumerable.Range(0, order + 1).SelectMany(k => MultiIndex.OfDegree(2, k))
            .Sum(index => Math.Pow(function.RawCoefficient(index, coefficients).Value, 2) / (double)index.Factorial));
        foreach (var index in Enumerable.Range(0, order + 1).SelectMany(k => MultiIndex.OfDegree(2, k)))
        {
            int[] slots = [.. Enumerable.Repeat(0, index[0]), .. Enumerable.Repeat(1, index[1])];
            Assert.Equal(function.RawCoefficient(index, coefficients).Value, dense.Coefficient(slots), 1e-9 * (1 + norm) * Math.Sqrt((double)index.Factorial));
        }
        var e = LearningExponents.Of(target.Value);
        if (e.IsoLeap <= order && e.Dimension > 0)
            Assert.Equal((e.InformationExponent, e.IsoLeap, e.Dimension), (dense.InformationExponent, dense.IsoLeap(), dense.Dimension));
    }

    [Property]
    public void Coefficients_of_products_are_products(FactorisedTarget target)
    {
        if (FactorisedFunction.TryOf(target.Value.Simplify()) is not { Terms: [var term] } function)
            return;
        var coefficients = new FactorCoefficients(6);
        foreach (var index in MultiIndex.OfDegree(function.VariableCount, 4))
        {
            var product = term.Factors.Aggregate(term.Coefficient.ToDouble(), (p, f) => p * coefficients.Of(f.Value, index[f.Key - 1]).Value);
            var isOutside = Enumerable.Range(0, function.VariableCount).Any(i => index[i] > 0 && !term.Factors.ContainsKey(i + 1));
            Assert.Equal(isOutside ? 0 : product, function.RawCoefficient(index, coefficients).Value, 1e-13 * Math.Max(1, Math.Abs(product)));
        }
    }

    [Theory]
    [InlineData("relu(z)", 1), InlineData("leakyrelu(z,1/10)", 1), InlineData("gelu(z)", 1), InlineData("silu(z)", 1), InlineData("softplus(z)", 1), InlineData("gelu_tanh(z)", 1)]
    [InlineData("tanh(z)", 2), InlineData("erf(z)", 2), InlineData("arctan(z)", 2), InlineData("sin(z)", 2), InlineData("sigmoid(z)", 2), InlineData("normcdf(z)", 2), InlineData("step(z)", 2)]
    public void Symmetry_decides_which_coefficients_are_exactly_zero(string function, int kind)
    {
        // Kind 1 is a multiple of z plus an even function, kind 2 a constant plus an odd one.
        var coefficients = new FactorCoefficients(15);
        var factor = Expression.Parse(function).Simplify();
        for (var k = 2; k <= 15; k++)
            Assert.Equal((k % 2 == 1) == (kind == 1), coefficients.Of(factor, k).IsZero);
        if (kind == 1 && !function.StartsWith("leaky", StringComparison.Ordinal))
            Assert.Equal(BigRational.One / 2, coefficients.Of(factor, 1).Exact!.ToRational());
    }

    /// <summary>Directions of irrational slope are held as long integer vectors, whose powers leave the range of doubles.</summary>
    [Theory]
    [InlineData("erf(z1)*z1 + erf(-z2)*z1 + abs(2*z3)*z2 + relu(z4)*He2(z1) + relu(-z5)", 2, 2, 5)]
    [InlineData("erf(2*z1)*He2(z2) + sign(2*z2) + relu(-z3) + erf(2*z4)*z3 + sign(z5)*z4", 1, 1, 5)]
    public void Irrational_directions_found_first_do_not_hide_the_others(string target, int isoLeap, int generativeLeap, int dimension)
    {
        var e = LearningExponents.Of(Expression.Parse(target));
        Assert.Equal((isoLeap, generativeLeap, dimension), (e.IsoLeap, e.GenerativeLeap, e.Dimension));
    }

    private static Expression Turn(Expression target, (string First, string Second, string Third) images) => Enumerable.Range(1, 3).Aggregate(
        Enumerable.Range(1, 3).Aggregate(target, (e, i) => e.Substitute(i, Expression.OfVariable(i + 3))),
        (e, i) => e.Substitute(i + 3, Expression.Parse(i switch { 1 => images.First, 2 => images.Second, _ => images.Third })));

    /// <summary>Panels that end at every breakpoint of the factors of <see cref="ExponentCases"/>.</summary>
    private static (double Node, double Weight)[] Panels() =>
    [
        .. Enumerable.Range(-20, 40).Select(p => GaussLegendre.Rule(8, 0.5 * p, 0.5 * (p + 1)))
            .SelectMany(p => p.Nodes.Zip(p.Weights, (z, w) => (z, w * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI)))),
    ];
}
