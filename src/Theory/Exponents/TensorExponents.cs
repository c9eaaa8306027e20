using System.Collections.Immutable;
using Theory.Hermite.Tensors;
using Theory.Symbolics;
using Theory.Symbolics.Exact;

namespace Theory.Exponents;

/// <summary>Exponents of a target of several variables from exact or certified coefficients of its Hermite tensors.</summary>
internal sealed class TensorExponents
{
    private readonly int variables;
    private readonly FactorisedFunction? function;
    private readonly FactorCoefficients coefficients;
    private readonly IReadOnlyDictionary<ulong, SymbolicNumber> tensor;
    private readonly Subspace relevant;
    private readonly Certificate relevantCertificate;
    private readonly MultiIndex[] present;

    private TensorExponents(int variables, FactorisedFunction? function, IReadOnlyDictionary<ulong, SymbolicNumber> tensor, FactorCoefficients coefficients)
    {
        (this.variables, this.function, this.tensor, this.coefficients) = (variables, function, tensor, coefficients);
        present = Present(tensor);
        (relevant, relevantCertificate) = FindRelevant();
    }

    /// <summary>Exponents of a sum of products of one-variable functions.</summary>
    /// <param name="function">The target, in the coordinates of <paramref name="frame"/> when there is one.</param>
    /// <param name="text">The target as given.</param>
    /// <param name="activation">The orders that an activation transmits.</param>
    /// <param name="order">The largest total order K.</param>
    /// <param name="frame">The frame whose coordinates the function uses; the leap is taken in the given ones all the same.</param>
    internal static LearningExponents OfFactorised(FactorisedFunction function, string text, ActivationOrders? activation, int order, Frame? frame = null)
    {
        var coefficients = new FactorCoefficients(order);
        var analysis = new TensorExponents(function.VariableCount, function, function.Coefficients(order, coefficients), coefficients);
        var report = analysis.Report(text, activation, odd => new FactorisedPowers(function, analysis.tensor, analysis.relevant, coefficients, odd));
        return frame is null ? report : TurnBack(report with { Leap = CoordinateLeap.Of(Present(frame.Return(analysis.tensor))) }, frame);
    }

    /// <summary>Exponents from tensors alone; the generative ones from bounded functions of the label, when their tensors can be had.</summary>
    internal static LearningExponents OfTensors(
        int variables, IReadOnlyDictionary<ulong, SymbolicNumber> tensor, string text, ActivationOrders? activation, int order, NumericTensors? numeric)
    {
        var coefficients = new FactorCoefficients(order);
        var analysis = new TensorExponents(variables, null, tensor, coefficients);
        return analysis.Report(text, activation, odd =>
        {
            // An odd function of the label is a combination of the sines.
            var family = numeric?.OfBoundedFunctions() ?? [tensor];
            return new FactorisedDetector(
                [], family, analysis.relevant, coefficients, isComplete: false, keep: odd ? (monomial, member) => (monomial.Degree + member) % 2 == 1 : null);
        });
    }

    private static LearningExponents TurnBack(LearningExponents report, Frame frame)
    {
        var variables = frame.Rows.Length;
        Subspace Back(Subspace subspace) => Subspace.Span(variables, subspace.Basis.Select(row => frame.Direction([.. row, .. new BigRational[variables - row.Length]])));
        ImmutableArray<FlagStep> BackAll(ImmutableArray<FlagStep> flag) => [.. flag.Select(step => step with { Learned = Back(step.Learned) })];
        ImmutableSortedDictionary<int, ImmutableArray<Subspace>>? BackEach(ImmutableSortedDictionary<int, ImmutableArray<Subspace>>? steps) =>
            steps?.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Select(Back).ToImmutableArray());
        const string rotated = "in rotated coordinates smaller leaps are excluded only up to the total order of the expansion";
        return report with
        {
            Relevant = Back(report.Relevant),
            Flag = BackAll(report.Flag),
            GenerativeFlag = BackAll(report.GenerativeFlag),
            LearnedSubspaces = BackEach(report.LearnedSubspaces)!,
            LearnedSubspacesWithActivation = BackEach(report.LearnedSubspacesWithActivation),
            LearnedInOnePass = Back(report.LearnedInOnePass),
            LearnedByReuse = Back(report.LearnedByReuse),
            LearnedByReuseWithOddActivation = Back(report.LearnedByReuseWithOddActivation),
            Certificates =
            [
                .. report.Certificates.Select(certificate => certificate.Quantity is "leap" or "merged_staircase" && report.Leap > 1
                    ? new Certificate(certificate.Quantity, ProofStatus.NumericalEvidence, rotated) : certificate),
            ],
        };
    }

    private static MultiIndex[] Present(IReadOnlyDictionary<ulong, SymbolicNumber> tensor) =>
        [.. tensor.Where(pair => pair.Key != 0 && IsCertainlyNonzero(pair.Value)).Select(pair => new MultiIndex(pair.Key))];

    private static bool IsCertainlyNonzero(SymbolicNumber value) => !value.IsZero && Math.Abs(value.Value) > 1e3 * value.Error && Math.Abs(value.Value) > 1e-10;

    private LearningExponents Report(string text, ActivationOrders? activation, Func<bool, IDetector> generativeFamily)
    {
        var correlational = Correlational(_ => true);
        var generative = generativeFamily(false);
        var (flag, generativeFlag) = (SubspaceClosure.GreedyFlag(correlational), SubspaceClosure.GreedyFlag(generative));
        var (onePass, reuse) = (SubspaceClosure.Steps(correlational, 1), SubspaceClosure.Steps(generative, 1));
        var odd = SubspaceClosure.Steps(generativeFamily(true), 1);
        var learned = new[] { 1, 2, 3 }.ToImmutableSortedDictionary(l => l, l => SubspaceClosure.Steps(correlational, l));
        var aware = activation is null ? null : new[] { 1, 2, 3 }.ToImmutableSortedDictionary(l => l, l => SubspaceClosure.Steps(Correlational(activation.Transmits), l));
        var complete = generativeFlag.Length > 0 && generativeFlag[^1].Learned.Dimension == relevant.Dimension;
        var leap = CoordinateLeap.Of(present);
        return new LearningExponents
        {
            Target = text,
            InformationExponent = present.Length == 0 ? null : present.Min(index => index.Degree),
            Leap = leap,
            IsoLeap = flag.Select(step => step.Order).DefaultIfEmpty(0).Max(),
            Relevant = relevant,
            GenerativeLeap = complete ? generativeFlag.Max(step => step.Order) : null,
            SecondMoment = null,
            Flag = flag,
            GenerativeFlag = generativeFlag,
            LearnedSubspaces = Subspaces(learned),
            LearnedSubspacesWithActivation = aware is null ? null : Subspaces(aware),
            LearnedInOnePass = onePass.Last,
            LearnedByReuse = reuse.Last,
            LearnedByReuseWithOddActivation = odd.Last,
            BooleanInformationExponent = null,
            BooleanLeap = null,
            Certificates =
            [
                InformationCertificate(),
                LeapCertificate("leap", leap),
                LeapCertificate("merged_staircase", leap),
                FlagCertificate("iso_leap", flag, "the Hermite tensors of the target"),
                relevantCertificate,
                FlagCertificate("generative_leap", generativeFlag, "functions of the label"),
                LearnedCertificate("learned_dimensions", aware ?? learned),
                .. activation is null ? (Certificate[])[] : [new("activation", activation.Status, $"orders hidden by {activation.Text}")],
                new("learned_by_reuse", reuse.Status, reuse.Reason),
                new("learned_by_reuse_odd_activation", odd.Status, odd.Reason),
            ],
        };
    }

    private static ImmutableSortedDictionary<int, ImmutableArray<Subspace>> Subspaces(ImmutableSortedDictionary<int, ClosureSteps> steps) =>
        steps.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Subspaces);

    private FactorisedDetector Correlational(Func<int, bool> transmits)
    {
        var kept = tensor.Where(pair => transmits(new MultiIndex(pair.Key).Degree)).ToImmutableSortedDictionary();
        return function is null
            ? new([], [kept], relevant, coefficients)
            : new([function], [kept], relevant, coefficients, FactorisedSymmetries.Of(function));
    }

    /// <summary>V*: every direction seen by some tensor; a rational direction that none sees is proved irrelevant when ∂_v f cancels term by term.</summary>
    private (Subspace Relevant, Certificate Certificate) FindRelevant()
    {
        var used = Enumerable.Range(0, variables).Where(i => tensor.Keys.Any(key => new MultiIndex(key)[i] > 0));
        var axes = Subspace.Span(variables, used.Select(axis => IntegerRows.Identity(variables)[axis]));
        var basis = new AdaptedBasis(Subspace.Zero(variables), axes);
        var undetected = new Annihilator(axes.Dimension);
        for (var order = 1; order <= coefficients.Order && undetected.Dimension > 0; order++)
        {
            var fibres = new FibreMatrix(basis, order);
            fibres.Add(tensor, null);
            foreach (var condition in fibres.NullSpace().Conditions)
                undetected.Impose(condition);
        }
        if (undetected.Dimension == 0)
            return (axes, new("dimension", ProofStatus.Proved, "every variable that is written is seen by a Hermite tensor"));
        var constant = undetected.Basis.Select(basis.Direction).All(direction => IsDerivativeZero(direction));
        return (
            PolynomialDetector.Extend(Subspace.Zero(variables), axes, basis, undetected),
            constant
                ? new("dimension", ProofStatus.Proved, "the derivatives along the other directions cancel identically")
                : new("dimension", ProofStatus.NumericalEvidence, $"no Hermite tensor up to order {coefficients.Order} sees the other directions"));
    }

    private bool IsDerivativeZero(System.Numerics.BigInteger[] direction)
    {
        if (function is null)
            return false;
        List<FactorisedTerm> derivative = [];
        for (var i = 0; i < direction.Length; i++)
        {
            foreach (var term in function.Terms)
            {
                if (!direction[i].IsZero && term.Factors.TryGetValue(i + 1, out var factor))
                    derivative.Add(FactorisedTerm.One.Times(term with
                    {
                        Coefficient = term.Coefficient * direction[i],
                        Factors = term.Factors.SetItem(i + 1, factor.Differentiate()),
                    }));
            }
        }
        // The derivative almost everywhere decides only where nothing jumps.
        return function.Terms.All(term => term.Factors.Values.All(factor => ScalarFunction.Of(factor).Breakpoints.IsEmpty))
            && Factorisation.Collect(derivative).Count == 0;
    }

    private Certificate InformationCertificate()
    {
        if (present.Length == 0)
            return new("information_exponent", ProofStatus.NumericalEvidence, $"no coefficient up to order {coefficients.Order} is certainly not 0");
        var lowest = present.Min(index => index.Degree);
        var suspicious = tensor.Any(pair => pair.Key != 0 && new MultiIndex(pair.Key).Degree < lowest);
        return new(
            "information_exponent",
            suspicious ? ProofStatus.NumericalEvidence : ProofStatus.Proved,
            suspicious ? "some coefficients of lower order are 0 only to within the numerical error" : "all coefficients of lower order are exactly 0");
    }

    /// <summary>The leap is proved when, once the closure at leap − 1 is stuck, every coefficient of small uncovered weight cancels in all orders.</summary>
    private Certificate LeapCertificate(string quantity, int leap)
    {
        var covered = CoordinateLeap.Covered(present, leap - 1);
        var outside = Enumerable.Range(0, variables).Where(i => (covered >> i & 1) == 0 && present.Any(index => index[i] > 0)).ToArray();
        var proved = leap <= 1 || Enumerable.Range(1, leap - 1).SelectMany(k => MultiIndex.OfDegree(outside.Length, k))
            .All(index => TermsCancel(Spread(index, outside), covered));
        return new(
            quantity,
            proved ? ProofStatus.Proved : ProofStatus.NumericalEvidence,
            proved ? "smaller leaps are excluded by exact cancellation in all orders" : $"smaller leaps are excluded up to total order {coefficients.Order}");
    }

    private bool TermsCancel(MultiIndex index, int covered) => function is not null && function.Terms
        .GroupBy(term => string.Join('|', term.Factors.Where(f => (covered >> (f.Key - 1) & 1) == 1).Select(f => $"{f.Key}:{f.Value}")))
        .All(group => group.Aggregate(SymbolicNumber.Zero, (sum, term) => sum + FactorisedFunction.Contribution(term, index, coefficients, ~covered)).IsZero);

    private static MultiIndex Spread(MultiIndex index, int[] axes) =>
        new(axes.Select((axis, a) => MultiIndex.Of(axis, index[a]).Key).Aggregate(0UL, (key, part) => key | part));

    private Certificate FlagCertificate(string quantity, ImmutableArray<FlagStep> flag, string what)
    {
        if (relevant.Dimension == 0)
            return new(quantity, ProofStatus.Proved, "constant");
        if (flag.IsEmpty || flag[^1].Learned.Dimension < relevant.Dimension)
            return new(quantity, ProofStatus.NumericalEvidence, $"not all directions are found up to total order {coefficients.Order} of {what}");
        var hardest = flag.Where(step => step.Order == flag.Max(other => other.Order)).OrderBy(step => step.Status).First();
        return new(quantity, hardest.Status, hardest.Reason);
    }

    private static Certificate LearnedCertificate(string quantity, ImmutableSortedDictionary<int, ClosureSteps> steps)
    {
        var weakest = steps.Values.OrderByDescending(step => step.Status).First();
        return new(quantity, weakest.Status, weakest.Reason);
    }
}
