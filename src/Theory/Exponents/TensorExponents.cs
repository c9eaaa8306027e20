using System.Collections.Immutable;
using Theory.Contract;
using Theory.Hermite.Tensors;
using Theory.Symbolics.Exact;

namespace Theory.Exponents;

/// <summary>Exponents of a target of several variables from exact or certified coefficients of its Hermite tensors.</summary>
internal sealed class TensorExponents
{
    /// <summary>Expansions grow beyond the order asked for until every variable is seen, up to so many coefficients or this order.</summary>
    private const int MostCoefficients = 100_000;
    private const int HighestOrder = 40;

    private readonly int variables;
    private readonly FactorisedFunction? function;
    private readonly FactorCoefficients coefficients;
    private readonly IReadOnlyDictionary<ulong, SymbolicNumber> tensor;
    private readonly Subspace relevant;
    private readonly Certificate relevantCertificate;
    private readonly MultiIndex[] present;

    private TensorExponents(
        Subspace written, FactorisedFunction? function, IReadOnlyDictionary<ulong, SymbolicNumber> tensor, FactorCoefficients coefficients)
    {
        (variables, this.function, this.tensor, this.coefficients) = (written.AmbientDimension, function, tensor, coefficients);
        present = Present(tensor);
        (relevant, relevantCertificate) = RelevantDirections.Of(tensor, coefficients.Order, written, function);
    }

    /// <summary>Exponents of a sum of products of one-variable functions.</summary>
    /// <param name="function">The target, in the coordinates of <paramref name="frame"/> when there is one.</param>
    /// <param name="text">The target as given.</param>
    /// <param name="activation">The orders that an activation transmits.</param>
    /// <param name="order">The largest total order K, unless some variable is seen beyond it only.</param>
    /// <param name="frame">The frame whose coordinates the function uses; the leap is taken in the given ones all the same.</param>
    internal static LearningExponents OfFactorised(
        FactorisedFunction function, string text, Func<int, ActivationOrders?> activation, int order, Frame? frame = null)
    {
        var written = RelevantDirections.Written(function);
        TensorExponents analysis;
        for (; ; order++)
        {
            var coefficients = new FactorCoefficients(order);
            var tensor = function.Coefficients(order, coefficients);
            analysis = new(written, function, tensor, coefficients);
            if (analysis.SeesEveryCoordinateOf(written) || order >= HighestOrder || Combinatorics.Binomial(order + 1 + written.Dimension, written.Dimension) > MostCoefficients)
                break;
        }
        var report = analysis.Report(text, activation(order), odd => new FactorisedPowers(function, analysis.tensor, analysis.relevant, analysis.coefficients, odd));
        return frame is null ? report : TurnBack(report with { Leap = CoordinateLeap.Of(Present(frame.Return(analysis.tensor))) }, frame);
    }

    /// <summary>Exponents from tensors alone; the generative ones from bounded functions of the label, when their tensors can be had.</summary>
    /// <param name="written">Directions through which alone the target depends on z.</param>
    /// <param name="tensor">Its raw coefficients, or <see langword="null"/> to take them from <paramref name="numeric"/>.</param>
    /// <param name="text">The target as given.</param>
    /// <param name="activation">The orders that an activation transmits.</param>
    /// <param name="order">The largest total order K.</param>
    /// <param name="numeric">Tensors by quadrature, where possible.</param>
    internal static LearningExponents OfTensors(
        Subspace written, IReadOnlyDictionary<ulong, SymbolicNumber>? tensor, string text, ActivationOrders? activation, int order, NumericTensors? numeric)
    {
        var coefficients = new FactorCoefficients(order);
        var known = tensor ?? numeric!.OfLabel();
        var analysis = new TensorExponents(written, null, known, coefficients);
        var report = analysis.Report(text, activation, odd =>
        {
            var bounded = numeric?.OfBoundedFunctions() ?? [];
            bool[] isOdd = [true, .. bounded.Select(member => member.IsOdd)];
            return new FactorisedDetector(
                [], [known, .. bounded.Select(member => member.Tensor)], analysis.relevant, coefficients, isComplete: false,
                keep: odd ? (monomial, member) => (monomial.Degree % 2 == 1) != isOdd[member - 1] : null);
        });
        if (numeric is null)
            return report;
        const string estimated = "tensors by quadrature on grids, whose error is only estimated";
        if (tensor is null)
            return report.Weaken(_ => true, estimated);
        // What the exact tensors of the target find alone needs no other function of the label.
        var settled = report.IsoLeap == 1 && report.CertificateOf("iso_leap").IsProved;
        return report.Weaken(quantity => quantity == "learned_by_reuse_odd_activation" || (!settled && quantity is "generative_leap" or "learned_by_reuse"), estimated);
    }

    private bool SeesEveryCoordinateOf(Subspace written) =>
        written.Orthogonal.All(axis => present.Any(index => index[Array.FindIndex(axis, entry => !entry.IsZero)] > 0));

    private static LearningExponents TurnBack(LearningExponents report, Frame frame)
    {
        var variables = frame.Rows.Length;
        Subspace Back(Subspace subspace) => Subspace.Span(variables, subspace.Basis.Select(row => frame.Direction([.. row, .. new BigRational[variables - row.Length]])));
        ImmutableArray<FlagStep> BackAll(ImmutableArray<FlagStep> flag) => [.. flag.Select(step => step with { Learned = Back(step.Learned) })];
        ImmutableSortedDictionary<int, ImmutableArray<Subspace>>? BackEach(ImmutableSortedDictionary<int, ImmutableArray<Subspace>>? steps) =>
            steps?.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Select(Back).ToImmutableArray());
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
            Certificates = [.. report.Certificates.Select(certificate => certificate.Quantity is "leap" or "merged_staircase" ? RotatedLeap(report, certificate.Quantity) : Located(certificate))],
        };

        // Symmetries are named in the rotated coordinates.
        Certificate Located(Certificate certificate) => certificate.Reason.Contains('→', StringComparison.Ordinal)
            ? certificate with { Reason = $"{certificate.Reason}, with coordinates along {string.Join(", ", frame.Rows.Select(row => $"({string.Join(", ", row)})"))}" }
            : certificate;
    }

    private static Certificate RotatedLeap(LearningExponents report, string quantity)
    {
        var certain = report.CertificateOf("dimension").IsProved && report.CertificateOf("information_exponent").IsProved;
        return certain && report.Leap == (report.InformationExponent ?? 0)
            ? new(quantity, ProofStatus.Proved, "no leap is smaller than the information exponent")
            : new(quantity, ProofStatus.NumericalEvidence, "in rotated coordinates smaller leaps are excluded only up to the total order of the expansion");
    }

    private static MultiIndex[] Present(IReadOnlyDictionary<ulong, SymbolicNumber> tensor) =>
        [.. tensor.Where(pair => pair.Key != 0 && pair.Value.IsCertainlyNonzero).Select(pair => new MultiIndex(pair.Key))];

    private LearningExponents Report(string text, ActivationOrders? activation, Func<bool, IDetector> generativeFamily)
    {
        if (present.Length == 0 && relevant.Dimension == 0 && !relevantCertificate.IsProved)
            throw new UnsupportedException($"no Hermite coefficient of '{text}' up to total order {coefficients.Order} is certainly not 0; higher orders are out of reach here.");
        var correlational = Correlational(_ => true);
        var generative = generativeFamily(false);
        var (flag, generativeFlag) = (SubspaceClosure.GreedyFlag(correlational), SubspaceClosure.GreedyFlag(generative));
        var (onePass, reuse) = (SubspaceClosure.Steps(correlational, 1), SubspaceClosure.Steps(generative, 1));
        var odd = SubspaceClosure.Steps(generativeFamily(true), 1);
        var learned = new[] { 1, 2, 3 }.ToImmutableSortedDictionary(l => l, l => SubspaceClosure.Steps(correlational, l));
        var aware = activation is null ? null : new[] { 1, 2, 3 }.ToImmutableSortedDictionary(l => l, l => SubspaceClosure.Steps(Correlational(activation.Transmits), l));
        var complete = generativeFlag.Length > 0 && generativeFlag[^1].Learned.Dimension == relevant.Dimension;
        var leap = CoordinateLeap.Of(present);
        var information = InformationCertificate();
        var report = new LearningExponents
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
                information,
                LeapCertificate("leap", leap, information),
                LeapCertificate("merged_staircase", leap, information),
                FlagCertificate("iso_leap", flag, "the Hermite tensors of the target"),
                relevantCertificate,
                FlagCertificate("generative_leap", generativeFlag, "functions of the label"),
                LearnedCertificate("learned_dimensions", aware ?? learned),
                .. activation is null ? (Certificate[])[] : [new("activation", activation.Status, $"orders hidden by {activation.Text}")],
                new("learned_by_reuse", reuse.LastStatus, reuse.LastReason),
                new("learned_by_reuse_odd_activation", odd.LastStatus, odd.LastReason),
            ],
        };
        return relevantCertificate.IsProved ? report : report.Weaken(quantity => quantity != "information_exponent", relevantCertificate.Reason);
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

    private Certificate InformationCertificate()
    {
        if (present.Length == 0)
            return new("information_exponent", relevant.Dimension == 0 ? relevantCertificate.Status : ProofStatus.NumericalEvidence, "no coefficient is certainly not 0");
        var lowest = present.Min(index => index.Degree);
        var suspicious = tensor.Any(pair => pair.Key != 0 && new MultiIndex(pair.Key).Degree < lowest);
        return new(
            "information_exponent",
            suspicious ? ProofStatus.NumericalEvidence : ProofStatus.Proved,
            suspicious ? "some coefficients of lower order are 0 only to within the numerical error" : "all coefficients of lower order are exactly 0");
    }

    /// <summary>The leap is proved when, once the closure at leap − 1 is stuck, every coefficient of small uncovered weight cancels in all orders.</summary>
    private Certificate LeapCertificate(string quantity, int leap, Certificate information)
    {
        if (information.IsProved && leap == (present.Length == 0 ? 0 : present.Min(index => index.Degree)))
            return new(quantity, ProofStatus.Proved, "no leap is smaller than the information exponent");
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
            return relevantCertificate with { Quantity = quantity };
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
