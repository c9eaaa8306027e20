using System.Collections.Immutable;
using Theory.Hermite.Tensors;
using Theory.Symbolics.Exact;

namespace Theory.Exponents;

/// <summary>Exponents of a polynomial with rational coefficients: exact linear algebra, no floating-point number anywhere.</summary>
internal static class PolynomialExponents
{
    private static readonly ImmutableArray<int> BatchOrders = [1, 2, 3];

    internal static LearningExponents Compute(MultivariatePolynomial target, string text, ActivationOrders? activation)
    {
        var correlational = new PolynomialDetector(target);
        var relevant = correlational.Relevant;
        var generative = new PowerDetector(target, relevant);
        var flag = SubspaceClosure.GreedyFlag(correlational);
        var generativeFlag = Completed(SubspaceClosure.GreedyFlag(generative), relevant);
        var reuse = SubspaceClosure.Steps(generative, 1);
        var odd = SubspaceClosure.Steps(new PowerDetector(target, relevant, jointlyOddOnly: true), 1);
        var reduced = ReduceBoolean(target);
        return new LearningExponents
        {
            Target = text,
            InformationExponent = LowestOrder(target.HermiteTerms),
            Leap = CoordinateLeap.Of(target.HermiteTerms.Select(term => term.Key)),
            IsoLeap = flag.Select(step => step.Order).DefaultIfEmpty(0).Max(),
            Relevant = relevant,
            GenerativeLeap = relevant.Dimension == 0 ? null : reuse.Last.Equals(relevant) ? 1 : 2,
            SecondMoment = target.SecondMoment,
            Flag = flag,
            GenerativeFlag = generativeFlag,
            LearnedSubspaces = LearnedSteps(correlational),
            LearnedSubspacesWithActivation = activation is null ? null : LearnedSteps(new PolynomialDetector(target.ProjectOrders(activation.Transmits))),
            LearnedInOnePass = SubspaceClosure.Steps(correlational, 1).Last,
            LearnedByReuse = reuse.Last,
            LearnedByReuseWithOddActivation = odd.Last,
            BooleanInformationExponent = LowestOrder(reduced.Terms),
            BooleanLeap = CoordinateLeap.Of(reduced.Terms.Select(term => term.Key)),
            Certificates = [.. Certify(relevant, reuse, odd, activation)],
        };
    }

    /// <summary>The report on a constant that is no polynomial in writing.</summary>
    internal static LearningExponents Constant(int variables, string text, ActivationOrders? activation) =>
        Compute(MultivariatePolynomial.Constant(1).WithVariables(variables), text, activation) with { SecondMoment = null, BooleanLeap = null };

    internal static ImmutableSortedDictionary<int, ImmutableArray<Subspace>> LearnedSteps(IDetector detector) =>
        BatchOrders.ToImmutableSortedDictionary(order => order, order => SubspaceClosure.Steps(detector, order).Subspaces);

    private static int? LowestOrder(IEnumerable<KeyValuePair<MultiIndex, BigRational>> terms) =>
        terms.Where(term => term.Key.Key != 0).Select(term => (int?)term.Key.Degree).Min();

    /// <summary>Order 2 reaches all of V* whether or not the powers tried show it: see <see cref="PowerDetector.MaxOrder"/>.</summary>
    private static ImmutableArray<FlagStep> Completed(ImmutableArray<FlagStep> flag, Subspace relevant) =>
        relevant.Dimension == 0 || (!flag.IsEmpty && flag[^1].Learned.Equals(relevant)) ? flag
            : flag.Add(new(2, relevant, ProofStatus.NumericalEvidence, "the powers tried do not show that order 1 finds nothing more, nor in how many steps order 2 finds the rest"));

    /// <summary>f on the hypercube: every exponent modulo 2.</summary>
    private static MultivariatePolynomial ReduceBoolean(MultivariatePolynomial target) => target.Terms.Aggregate(
        MultivariatePolynomial.Constant(0),
        (sum, term) => sum + Enumerable.Range(0, target.VariableCount).Where(i => term.Key[i] % 2 == 1)
            .Aggregate(MultivariatePolynomial.Constant(term.Value), (product, i) => product * MultivariatePolynomial.Variable(i + 1)));

    private static IEnumerable<Certificate> Certify(Subspace relevant, ClosureSteps reuse, ClosureSteps odd, ActivationOrders? activation)
    {
        const string exact = "exact rational arithmetic on the finite Hermite expansion";
        foreach (var quantity in (string[])["information_exponent", "leap", "merged_staircase", "iso_leap", "dimension", "learned_dimensions", "second_moment", "subspace_basis"])
            yield return new(quantity, ProofStatus.Proved, exact);
        if (activation is not null)
            yield return new("activation", activation.Status, $"orders hidden by {activation.Text}: {string.Join(", ", activation.Vanishing.Order().Where(m => m > 0))}");
        yield return new("generative_leap", reuse.LastStatus, Generative(relevant, reuse));
        yield return new("learned_by_reuse", reuse.LastStatus, reuse.LastReason);
        yield return new("learned_by_reuse_odd_activation", odd.LastStatus, odd.LastReason);
    }

    private static string Generative(Subspace relevant, ClosureSteps reuse) => relevant.Dimension == 0
        ? "constant: no function of the label carries information"
        : reuse.Last.Equals(relevant)
            ? "every direction has E[f^m v·z | z_S] ≠ 0 for some power m, given those before it"
            : $"order 2 suffices because the label is unbounded in what is not yet learned; order 1 does not: {reuse.LastReason}";
}
