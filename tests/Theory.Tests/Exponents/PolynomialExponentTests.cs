using FsCheck.Xunit;
using Theory.Exponents;
using Theory.Hermite.Tensors;
using Theory.Numerics.Quadrature;
using Theory.Symbolics.Exact;

namespace Theory.Tests.Exponents;

/// <summary>Laws of exponents, over generated polynomials.</summary>
[Properties(Arbitrary = [typeof(ExponentCases)], MaxTest = 60)]
public sealed class PolynomialExponentTests
{
    [Property]
    public void Exponents_are_ordered(AnyPolynomial any)
    {
        var (f, e) = (any.Value, LearningExponents.Of(any.Value));
        Assert.True(e.InformationExponent <= e.IsoLeap && e.IsoLeap <= f.Degree);
        Assert.True(e.GenerativeLeap <= e.IsoLeap && e.GenerativeLeap is 1 or 2);
        Assert.True(e.InformationExponent <= e.Leap && e.Leap <= e.IsoLeap);
        // On the hypercube squares are gone: z1² + z1·z2·z3 has leap 2, but 3 there. Without squares nothing changes.
        if (f.Terms.All(term => Enumerable.Range(0, f.VariableCount).All(i => term.Key[i] <= 1)))
            Assert.Equal((e.InformationExponent, e.Leap), (e.BooleanInformationExponent, e.BooleanLeap));
        Assert.True(e.LearnedByReuse.Contains(e.LearnedInOnePass) && e.LearnedByReuse.Contains(e.LearnedByReuseWithOddActivation));
        Assert.Equal(e.GenerativeLeap == 1, e.LearnedByReuse.Equals(e.Relevant));
    }

    [Property]
    public void Scale_and_mean_of_the_target_do_not_matter(AnyPolynomial any)
    {
        var (f, e) = (any.Value, LearningExponents.Of(any.Value));
        var changed = LearningExponents.Of((f * MultivariatePolynomial.Constant(new BigRational(-7, 3))) + MultivariatePolynomial.Constant(new BigRational(1_000_000_007, 11)));
        Assert.Equal((e.InformationExponent, e.Leap, e.IsoLeap, e.GenerativeLeap, e.BooleanLeap), (changed.InformationExponent, changed.Leap, changed.IsoLeap, changed.GenerativeLeap, changed.BooleanLeap));
        Assert.Equal(e.Relevant, changed.Relevant);
        Assert.Equal(e.LearnedByReuse, changed.LearnedByReuse);
        Assert.Equal(e.Flag.Select(step => (step.Order, step.Learned)), changed.Flag.Select(step => (step.Order, step.Learned)));
    }

    [Property(MaxTest = 40)]
    public void Rotations_turn_subspaces_and_leave_all_invariant_exponents(RotatedPolynomial rotated)
    {
        var (e, turned) = (LearningExponents.Of(rotated.Value), LearningExponents.Of(rotated.Turned));
        Assert.Equal((e.InformationExponent, e.IsoLeap, e.Dimension, e.GenerativeLeap), (turned.InformationExponent, turned.IsoLeap, turned.Dimension, turned.GenerativeLeap));
        Assert.Equal(e.SecondMoment, turned.SecondMoment);
        Assert.Equal(e.Relevant, rotated.TurnBack(turned.Relevant));
        Assert.Equal(e.LearnedByReuse, rotated.TurnBack(turned.LearnedByReuse));
        Assert.Equal(e.LearnedByReuseWithOddActivation, rotated.TurnBack(turned.LearnedByReuseWithOddActivation));
        Assert.Equal(e.Flag.Select(step => (step.Order, step.Learned)), turned.Flag.Select(step => (step.Order, rotated.TurnBack(step.Learned))));
        Assert.Equal(e.GenerativeFlag.Select(step => (step.Order, step.Learned)), turned.GenerativeFlag.Select(step => (step.Order, rotated.TurnBack(step.Learned))));
        foreach (var (l, steps) in e.LearnedSubspaces)
            Assert.Equal(steps, turned.LearnedSubspaces[l].Select(rotated.TurnBack));
        // isoLeap is the largest leap over all coordinates.
        Assert.True(turned.Leap <= e.IsoLeap);
    }

    [Property]
    public void Closures_grow_with_order_and_steps_and_reach_everything_at_the_isoLeap(AnyPolynomial any)
    {
        var e = LearningExponents.Of(any.Value);
        var detector = new PolynomialDetector(any.Value);
        ClosureSteps? before = null;
        for (var l = 1; l <= any.Value.Degree; l++)
        {
            var steps = SubspaceClosure.Steps(detector, l);
            for (var t = 1; t < steps.Subspaces.Length; t++)
                Assert.True(steps.Subspaces[t].Contains(steps.Subspaces[t - 1]) && steps.Subspaces[t].Dimension > steps.Subspaces[t - 1].Dimension);
            for (var t = 0; t < before?.Subspaces.Length; t++)
                Assert.True(steps.Subspaces[Math.Min(t, steps.Subspaces.Length - 1)].Contains(before.Subspaces[t]));
            Assert.True(before is null || steps.Last.Contains(before.Last));
            Assert.Equal(l >= e.IsoLeap, steps.Last.Equals(e.Relevant));
            before = steps;
        }
    }

    [Property(MaxTest = 40)]
    public void Exact_closures_are_those_of_dense_tensors_in_floating_point(AnyPolynomial any)
    {
        var f = any.Value;
        if (f.VariableCount > 3)
            return;
        var e = LearningExponents.Of(f);
        var dense = new DenseTensors(z => f.Evaluate(z), f.VariableCount, f.Degree, GaussHermite.Rule(f.Degree + 1));
        Assert.Equal(e.InformationExponent, dense.InformationExponent);
        Assert.Equal(e.Dimension, dense.Dimension);
        Assert.Equal(e.IsoLeap, dense.IsoLeap());
        foreach (var (l, dimensions) in e.LearnedDimensions)
            Assert.Equal(dimensions, dense.Steps(l));
    }

    [Property]
    public void The_leap_is_the_smallest_largest_increment_over_all_orders_of_learning(AnyPolynomial any)
    {
        MultiIndex[] indices = [.. any.Value.HermiteTerms.Select(term => term.Key).Where(index => index.Key != 0)];
        if (indices.Length > 6)
            return;
        var e = LearningExponents.Of(any.Value);
        Assert.Equal(BestOrder(indices, 0), e.Leap);
        Assert.Equal(e.Leap <= 1, e.IsMergedStaircase);

        static int BestOrder(MultiIndex[] rest, int covered) => rest.Length == 0 ? 0 : rest.Min(next => Math.Max(
            Enumerable.Range(0, 9).Where(i => (covered >> i & 1) == 0).Sum(i => next[i]),
            BestOrder([.. rest.Where(other => other != next)], covered | next.Support)));
    }

    [Property]
    public void A_fresh_variable_adds_one_dimension_and_only_the_sum_direction_at_the_first_step(AnyPolynomial any)
    {
        var f = any.Value;
        var (fresh, size) = (f.VariableCount + 1, f.VariableCount + 1);
        var (e, g) = (LearningExponents.Of(f), LearningExponents.Of(f + MultivariatePolynomial.Variable(fresh)));
        // Where f is linear in some direction, the fresh variable only tilts it: (z1 + z3) + z2² has two directions, as z1 + z2² has.
        var curved = LearningExponents.Of(f - Enumerable.Range(1, f.VariableCount).Aggregate(
            MultivariatePolynomial.Constant(0), (sum, i) => sum + (MultivariatePolynomial.Variable(i) * f.Terms.FirstOrDefault(term => term.Key == MultiIndex.Of(i - 1, 1)).Value)));
        Assert.Equal(curved.Dimension + 1, g.Dimension);
        Assert.InRange(g.Dimension, e.Dimension, e.Dimension + 1);
        // C_1 is one direction: that of f and the fresh axis together.
        var row = Enumerable.Range(0, size).Select(i => i == f.VariableCount ? 1 : f.RawCoefficient(MultiIndex.Of(i, 1))).ToArray();
        Assert.Equal([1], g.LearnedDimensions[1].Take(1));
        Assert.Equal(Subspace.Span(size, [row]), g.LearnedSubspaces[1][0]);
        Assert.Equal(1, g.InformationExponent);
    }

    [Property(MaxTest = 30)]
    public void One_to_one_functions_of_the_label_leave_the_generative_leap(SmallPolynomial small)
    {
        var f = small.Value;
        if (f.Degree > 3)
            return;
        var e = LearningExponents.Of(f);
        foreach (var changed in (MultivariatePolynomial[])[f.Power(3), f.Power(3) + f])
        {
            var g = LearningExponents.Of(changed);
            Assert.Equal((e.GenerativeLeap, e.Relevant, e.LearnedByReuse), (g.GenerativeLeap, g.Relevant, g.LearnedByReuse));
        }
    }

    [Property]
    public void Polynomials_are_proved_or_say_what_is_not(AnyPolynomial any)
    {
        var e = LearningExponents.Of(any.Value);
        foreach (var certificate in e.Certificates.Where(c => !c.IsProved))
        {
            Assert.Contains(certificate.Quantity, (string[])["generative_leap", "learned_by_reuse", "learned_by_reuse_odd_activation"]);
            Assert.NotEqual("", certificate.Reason);
        }
    }
}
