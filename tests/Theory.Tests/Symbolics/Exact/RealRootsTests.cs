using FsCheck.Xunit;
using Theory.Symbolics.Exact;

namespace Theory.Tests.Symbolics.Exact;

[Properties(Arbitrary = [typeof(Generators)])]
public class RealRootsTests
{
    [Property]
    public bool Polynomials_form_a_ring_with_division(Polynomial<BigRational> p, Polynomial<BigRational> q, Polynomial<BigRational> r)
    {
        if (!((p + q) * r).Equals((p * r) + (q * r)) || !(p * q).Derivative().Equals((p.Derivative() * q) + (p * q.Derivative())))
            return false;
        if (q.IsZero)
            return true;
        (Polynomial<BigRational> quotient, Polynomial<BigRational> remainder) = Polynomial<BigRational>.DivRem(p, q);
        return ((quotient * q) + remainder).Equals(p) && remainder.Degree < q.Degree + (q.Degree == 0 ? 1 : 0);
    }

    [Property]
    public bool Composition_evaluates_to_the_value_at_the_inner_value(Polynomial<BigRational> p, Polynomial<BigRational> q, BigRational z) =>
        p.Compose(q).Evaluate(z) == p.Evaluate(q.Evaluate(z));

    [Property]
    public bool Prescribed_rational_roots_are_found_exactly_whatever_their_multiplicity(int seed)
    {
        var random = new Random(seed);
        BigRational[] roots = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => new BigRational(random.Next(-9, 10), random.Next(1, 5)))];
        Polynomial<BigRational> product = new((BigRational)random.Next(1, 9));
        foreach (BigRational root in roots)
            product *= new Polynomial<BigRational>(-root, 1);
        product *= new Polynomial<BigRational>(random.Next(1, 5), 0, 1);
        return RealRoots.Isolate(product).Select(interval => interval.IsExact ? interval.Low : throw new InvalidOperationException())
            .SequenceEqual(roots.Distinct().Order());
    }

    [Property]
    public bool Isolating_intervals_are_disjoint_and_change_the_sign(Polynomial<BigRational> p)
    {
        if (p.IsZero)
            return true;
        var intervals = RealRoots.Isolate(p);
        for (int i = 0; i < intervals.Length; i++)
        {
            RootInterval narrow = RealRoots.Refine(p, intervals[i], BigRational.Parse("1e-20"));
            if (narrow.High - narrow.Low > BigRational.Parse("1e-20") || narrow.Low < intervals[i].Low || narrow.High > intervals[i].High)
                return false;
            if (i > 0 && intervals[i - 1].High > intervals[i].Low)
                return false;
        }
        return true;
    }

    [Fact]
    public void Roots_of_a_Chebyshev_polynomial_are_the_cosines()
    {
        // T_7 = 64 z^7 − 112 z^5 + 56 z³ − 7 z.
        var chebyshev = new Polynomial<BigRational>(0, -7, 0, 56, 0, -112, 0, 64);
        var intervals = RealRoots.Isolate(chebyshev);
        Assert.Equal(7, intervals.Length);
        for (int i = 0; i < 7; i++)
            Assert.Equal(Math.Cos(Math.PI * (13 - (2 * i)) / 14), RealRoots.Refine(chebyshev, intervals[i], BigRational.Parse("1e-17")).Midpoint, 1e-15);
    }

    [Fact]
    public void Closed_forms_are_found_for_quadratics_biquadratics_and_transcendental_coefficients()
    {
        Assert.Equal(
            [-ExactNumber.Sqrt(2 * ExactNumber.Ln(2)), 0, ExactNumber.Sqrt(2 * ExactNumber.Ln(2))],
            RealRoots.Exact(new(0, -2 * ExactNumber.Ln(2), 0, 1))!.Value);
        Assert.Equal(
            [-ExactNumber.Sqrt(3), -ExactNumber.Sqrt(2), ExactNumber.Sqrt(2), ExactNumber.Sqrt(3)],
            RealRoots.Exact(new(6, 0, -5, 0, 1))!.Value);
        Assert.Equal([(1 - ExactNumber.Sqrt(5)) / 2, (1 + ExactNumber.Sqrt(5)) / 2], RealRoots.Exact(new(-1, -1, 1))!.Value);
        Assert.Equal([ExactNumber.Pow(2, new BigRational(1, 3))], RealRoots.Exact(new(-2, 0, 0, 1))!.Value);
        Assert.Empty(RealRoots.Exact(new(1, 0, 1))!.Value);
    }

    [Fact]
    public void Casus_irreducibilis_is_left_to_isolation() => Assert.Null(RealRoots.Exact(new(1, -3, 0, 1)));
}
