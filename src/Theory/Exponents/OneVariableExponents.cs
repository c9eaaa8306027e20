using System.Collections.Immutable;
using Theory.Contract;
using Theory.Hermite.Tensors;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>Exponents of a function of one variable that is no polynomial over the rationals.</summary>
internal static class OneVariableExponents
{
    /// <summary>The level-set moments E[E[He_k | y]²]/k! below which an order is taken to vanish.</summary>
    private const double Threshold = 1e-12;

    /// <summary>Where rounding moves a point of a level set by more than this, the label tells nothing certain.</summary>
    private const double Resolution = 1e-9;

    /// <summary>Expansions grow beyond the order asked for until a coefficient differs from 0, up to this order.</summary>
    private const int HighestOrder = 160;

    internal static LearningExponents Compute(Expression target, int variables, int variable, string text, Func<int, ActivationOrders?> activation, int order)
    {
        if (OneVariableFacts.IsConstant(target))
            return PolynomialExponents.Constant(variables, text, activation(1));
        var polynomial = OneVariableFacts.Polynomial(target);
        if (polynomial is not null && PolynomialConversion.TryConvert(polynomial.ToExpression()) is { } rational)
            return PolynomialExponents.Compute(rational.OfVariable(variable, variables), text, activation(Math.Max(1, rational.Degree)));
        OneVariableFacts.RequireSquareIntegrable(target);
        // A constant changes no exponent, but would drown the rest in rounding. Only odd functions of the label feel it.
        var label = target;
        if (target is Expression.Sum sum)
            target = Simplifier.Sum([.. sum.Terms.Where(term => !term.IsConstant)]);
        var function = ScalarFunction.Of(target);
        var coefficients = new FactorCoefficients(order);
        for (; order < HighestOrder && !coefficients.SeesSomethingOf(target); order *= 2)
            coefficients = new(Math.Min(2 * order, HighestOrder));
        var (exponent, certificate) = Information(target, coefficients);
        if (exponent is null)
            throw new UnsupportedException($"no Hermite coefficient of '{text}' up to order {coefficients.Order} is certainly not 0.");
        var (generative, generativeCertificate) = polynomial is null ? Generative(target, function, coefficients, exponent) : OfPolynomial(polynomial);
        var zero = Subspace.Zero(variables);
        var relevant = Subspace.Span(variables, [IntegerRows.Identity(variables)[variable - 1]]);
        ImmutableArray<Subspace> learned = [relevant];
        ImmutableSortedDictionary<int, ImmutableArray<Subspace>> Steps(int? first) =>
            new[] { 1, 2, 3 }.ToImmutableSortedDictionary(l => l, l => first <= l ? learned : []);
        var transmitted = activation(coefficients.Order);
        var aware = transmitted is null ? null : Steps(FirstTransmitted(target, coefficients, transmitted));
        var (odd, oddCertificate) = OddReuse(label, coefficients, generative);
        return new LearningExponents
        {
            Target = text,
            InformationExponent = exponent,
            Leap = exponent ?? 0,
            IsoLeap = exponent ?? 0,
            Relevant = relevant,
            GenerativeLeap = generative,
            SecondMoment = null,
            Flag = exponent is { } k ? [new(k, relevant, certificate.Status, certificate.Reason)] : [],
            GenerativeFlag = generative is { } g ? [new(g, relevant, generativeCertificate.Status, generativeCertificate.Reason)] : [],
            LearnedSubspaces = Steps(exponent),
            LearnedSubspacesWithActivation = aware,
            LearnedInOnePass = exponent == 1 ? relevant : zero,
            LearnedByReuse = generative == 1 ? relevant : zero,
            LearnedByReuseWithOddActivation = odd ? relevant : zero,
            BooleanInformationExponent = null,
            BooleanLeap = null,
            Certificates =
            [
                certificate,
                certificate with { Quantity = "leap" },
                certificate with { Quantity = "merged_staircase" },
                certificate with { Quantity = "iso_leap" },
                new("dimension", ProofStatus.Proved, "a function of one variable that is not constant"),
                generativeCertificate,
                certificate with { Quantity = "learned_dimensions" },
                .. transmitted is null ? (Certificate[])[] : [new("activation", transmitted.Status, $"orders hidden by {transmitted.Text}")],
                generativeCertificate with { Quantity = "learned_by_reuse" },
                oddCertificate,
            ],
        };
    }

    private static (int? Exponent, Certificate Certificate) Information(Expression target, FactorCoefficients coefficients)
    {
        List<int> suspicious = [];
        for (var k = 1; k <= coefficients.Order; k++)
        {
            var value = coefficients.Of(target, k);
            if (value.IsCertainlyNonzero)
            {
                return (k, new("information_exponent", suspicious.Count == 0 ? ProofStatus.Proved : ProofStatus.NumericalEvidence, suspicious.Count == 0
                    ? $"c_{k} = {value.Exact?.ToString() ?? $"{value.Value:g12} ± {value.Error:g2}"}, and all coefficients of lower order are exactly 0"
                    : $"coefficients of order {string.Join(", ", suspicious)} are 0 only to within the numerical error"));
            }
            if (!value.IsZero)
                suspicious.Add(k);
        }
        return (null, new("information_exponent", ProofStatus.NumericalEvidence, $"no coefficient up to order {coefficients.Order} is certainly not 0"));
    }

    private static int? FirstTransmitted(Expression target, FactorCoefficients coefficients, ActivationOrders activation) => Enumerable.Range(1, coefficients.Order)
        .Where(k => activation.Transmits(k) && coefficients.Of(target, k).IsCertainlyNonzero).Select(k => (int?)k).FirstOrDefault();

    /// <summary>
    /// The least k with E[E[He_k | Y]²] ≠ 0. The information exponent bounds it from above; odd orders vanish for even functions; a label of
    /// v values needs v − 1 powers and no more; otherwise the level sets decide.
    /// </summary>
    private static (int? Exponent, Certificate Certificate) Generative(Expression target, ScalarFunction function, FactorCoefficients coefficients, int? information)
    {
        const string name = "generative_leap";
        if (FactorisedFunction.TryOf(target) is { IsFiniteValued: true } finite && LabelValues.Count(finite) is { } values)
            return OfFiniteLabel(target, coefficients, values);
        List<int> suspicious = [];
        var limit = information ?? coefficients.Order;
        double[]? moments = null;
        for (var k = 1; k < limit; k++)
        {
            if (k % 2 == 1 && function.Parity == Parity.Even)
                continue;
            moments ??= BranchQuadrature.Integrate([LabelSheets.OfHermiteMoments(function, limit - 1)], limit - 1, resolution: Resolution).Lower;
            var strength = moments[(k * (k + 1) / 2) - 1] / (double)Combinatorics.Factorial(k);
            if (strength > Threshold)
            {
                return (k, new(name, suspicious.Count == 0 ? ProofStatus.Proved : ProofStatus.NumericalEvidence, suspicious.Count == 0
                    ? $"E[E[He_{k} | y]²] = {strength * (double)Combinatorics.Factorial(k):g6} by level sets{(k > 1 ? ", and lower orders vanish because the label is even" : "")}"
                    : $"orders {string.Join(", ", suspicious)} vanish to within the error of the level-set quadrature"));
            }
            suspicious.Add(k);
        }
        return (information, new(name, suspicious.Count == 0 && information is not null ? ProofStatus.Proved : ProofStatus.NumericalEvidence, suspicious.Count == 0
            ? $"order {information} is seen by the label itself{(information > 1 ? ", and lower orders vanish because the label is even" : "")}"
            : $"orders {string.Join(", ", suspicious)} vanish to within the error of the level-set quadrature"));
    }

    /// <summary>The theorem of Lee, Oko, Suzuki and Wu 2024, arXiv:2406.01581.</summary>
    private static (int? Exponent, Certificate Certificate) OfPolynomial(ConstantPolynomial polynomial)
    {
        var isEven = polynomial.Coefficients.Keys.All(degree => degree % 2 == 0);
        return (isEven ? 2 : 1, new("generative_leap", ProofStatus.Proved, isEven ? "an even polynomial" : "a polynomial that is not even"));
    }

    private static (int? Exponent, Certificate Certificate) OfFiniteLabel(Expression target, FactorCoefficients coefficients, int values)
    {
        var best = ((int? Exponent, Certificate Certificate))(null, new("generative_leap", ProofStatus.NumericalEvidence, "no power is seen"));
        var status = ProofStatus.Proved;
        for (var m = 1; m < values; m++)
        {
            var (exponent, certificate) = Information(target.Pow(m), coefficients);
            status = certificate.Status == ProofStatus.Proved ? status : certificate.Status;
            if (exponent is not null && (best.Exponent is null || exponent < best.Exponent))
                best = (exponent, certificate with { Quantity = "generative_leap" });
        }
        return (best.Exponent, new("generative_leap", status, $"a label of {values} values: its first {values - 1} powers span all functions of it"));
    }

    private static (bool Learned, Certificate Certificate) OddReuse(Expression label, FactorCoefficients coefficients, int? generative)
    {
        const string name = "learned_by_reuse_odd_activation";
        if (generative != 1)
            return (false, new(name, ProofStatus.Proved, "no function of the label is correlated with z at order 1"));
        try
        {
            foreach (var m in (int[])[1, 3, 5])
            {
                if (coefficients.Of(label.Pow(m), 1).IsCertainlyNonzero)
                    return (true, new(name, ProofStatus.Proved, $"E[f^{m} z] ≠ 0"));
            }
        }
        catch (Exception e) when (e is QuadratureException or UnsupportedException)
        {
            return (false, new(name, ProofStatus.NumericalEvidence, "higher odd powers of the label are not integrable, or too large"));
        }
        return (false, new(name, ProofStatus.NumericalEvidence, "E[f^m z] vanishes for m = 1, 3, 5"));
    }
}
