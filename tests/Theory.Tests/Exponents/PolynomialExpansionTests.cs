using FsCheck.Xunit;
using Theory.Hermite.Tensors;
using Theory.Numerics.Quadrature;
using Theory.Symbolics.Exact;

namespace Theory.Tests.Exponents;

/// <summary>Hermite expansions of polynomials in several variables: identities between rationals, not between rounded numbers.</summary>
[Properties(Arbitrary = [typeof(ExponentCases)], MaxTest = 60)]
public sealed class PolynomialExpansionTests
{
    [Property]
    public void The_second_moment_is_the_mean_of_the_square(AnyPolynomial any)
    {
        var f = any.Value;
        Assert.Equal((f * f).Mean(), f.SecondMoment);
        Assert.Equal(f.SecondMoment, f.HermiteTerms.Aggregate(BigRational.Zero, (sum, term) => sum + term.Value * term.Value * term.Key.Factorial));
    }

    [Property]
    public void Multiplication_by_a_variable_raises_and_lowers_its_order(AnyPolynomial any)
    {
        var f = any.Value;
        for (var i = 0; i < f.VariableCount; i++)
        {
            var product = MultivariatePolynomial.Variable(i + 1) * f;
            foreach (var index in Indices(f))
            {
                var lowered = index[i] == 0 ? BigRational.Zero : f.RawCoefficient(new(index.Key - MultiIndex.Of(i, 1).Key)) * index[i];
                Assert.Equal(f.RawCoefficient(new(index.Key + MultiIndex.Of(i, 1).Key)) + lowered, product.RawCoefficient(index));
            }
        }
    }

    [Property]
    public void Differentiation_lowers_the_order(AnyPolynomial any)
    {
        var f = any.Value;
        for (var i = 0; i < f.VariableCount; i++)
        {
            var derivative = f.Differentiate(i + 1);
            foreach (var index in Indices(f))
                Assert.Equal(f.RawCoefficient(new(index.Key + MultiIndex.Of(i, 1).Key)), derivative.RawCoefficient(index));
        }
    }

    [Property]
    public void Reflection_changes_the_sign_of_odd_orders(AnyPolynomial any)
    {
        var f = any.Value;
        var reflected = f.Substitute([.. Enumerable.Range(0, f.VariableCount).Select(i => Enumerable.Range(0, f.VariableCount).Select(j => (BigRational)(i == j ? -1 : 0)).ToArray())]);
        foreach (var index in Indices(f))
            Assert.Equal(f.RawCoefficient(index) * (index.Degree % 2 == 0 ? 1 : -1), reflected.RawCoefficient(index));
    }

    [Property]
    public void Tensors_turn_with_the_target(RotatedPolynomial rotated)
    {
        // z_i = Σ_j M_ij u_j makes ⟨C_k(f∘M), x^⊗k⟩ = ⟨C_k(f), (Mx)^⊗k⟩.
        var (f, turned) = (rotated.Value, rotated.Turned);
        for (var k = 0; k <= f.Degree; k++)
            Assert.Equal(Form(f, k).Substitute(rotated.Rotation.Block(f.VariableCount)), Form(turned, k));
    }

    [Property]
    public void Coefficients_of_a_product_of_independent_factors_are_products(SmallPolynomial left, SmallPolynomial right)
    {
        var (f, r) = (left.Value, left.Value.VariableCount);
        var g = right.Value;
        var shifted = g.Substitute([.. Enumerable.Range(0, g.VariableCount).Select(i => Enumerable.Range(0, r + g.VariableCount).Select(j => (BigRational)(j == r + i ? 1 : 0)).ToArray())]);
        var product = f * shifted;
        foreach (var a in Indices(f))
        {
            foreach (var b in Indices(g))
                Assert.Equal(f.RawCoefficient(a) * g.RawCoefficient(b), product.RawCoefficient(new(a.Key | (b.Key << (7 * r)))));
        }
    }

    [Property(MaxTest = 30)]
    public void Gauss_Hermite_of_n_nodes_is_exact_below_degree_2n(SmallPolynomial small)
    {
        var f = small.Value;
        var order = f.Degree + 1;
        var rule = GaussHermite.Rule(f.Degree + 1);
        Assert.True(f.Degree + order <= (2 * rule.Count) - 1);
        var dense = new DenseTensors(z => f.Evaluate(z), f.VariableCount, order, rule);
        var norm = Math.Sqrt(f.SecondMoment.ToDouble());
        foreach (var index in Enumerable.Range(0, order + 1).SelectMany(k => MultiIndex.OfDegree(f.VariableCount, k)))
        {
            var slots = Enumerable.Range(0, f.VariableCount).SelectMany(i => Enumerable.Repeat(i, index[i])).ToArray();
            Assert.Equal(f.RawCoefficient(index).ToDouble(), dense.Coefficient(slots), 1e-11 * norm * Math.Sqrt((double)index.Factorial) * Math.Pow(10, f.Degree / 2));
        }
    }

    [Property]
    public void Orders_that_are_projected_out_are_gone_and_the_others_stay(AnyPolynomial any)
    {
        var f = any.Value;
        var odd = f.ProjectOrders(k => k % 2 == 1);
        Assert.Equal(f, odd + f.ProjectOrders(k => k % 2 == 0));
        foreach (var index in Indices(f))
            Assert.Equal(index.Degree % 2 == 1 ? f.RawCoefficient(index) : 0, odd.RawCoefficient(index));
    }

    private static IEnumerable<MultiIndex> Indices(MultivariatePolynomial f) =>
        Enumerable.Range(0, f.Degree + 2).SelectMany(k => MultiIndex.OfDegree(f.VariableCount, k));

    /// <summary>⟨C_k, x^⊗k⟩ = Σ_{|α|=k} k!/α! c_α x^α = k! Σ h_α x^α.</summary>
    private static MultivariatePolynomial Form(MultivariatePolynomial f, int k)
    {
        var sum = MultivariatePolynomial.Variable(f.VariableCount) * MultivariatePolynomial.Constant(0);
        foreach (var (index, coefficient) in f.HermiteTerms.Where(term => term.Key.Degree == k))
        {
            sum += Enumerable.Range(0, f.VariableCount).Aggregate(
                MultivariatePolynomial.Constant(coefficient * MultiIndex.Of(0, k).Factorial),
                (product, i) => product * MultivariatePolynomial.Variable(i + 1).Power(index[i]));
        }
        return sum;
    }
}
