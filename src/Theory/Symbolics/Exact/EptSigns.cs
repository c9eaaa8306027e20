namespace Theory.Symbolics.Exact;

/// <summary>Where functions of the class are positive and where negative.</summary>
internal static class EptSigns
{
    /// <summary>
    /// The indicators of {f &gt; 0} and {f &lt; 0}, up to single points; null when the sign changes at points without a closed form.
    /// </summary>
    /// <exception cref="ArithmeticException">A sign that is needed cannot be decided.</exception>
    public static (EptFunction Positive, EptFunction Negative)? Of(EptFunction function)
    {
        EptFunction positive = EptFunction.Zero, negative = EptFunction.Zero;
        foreach (EptPiece piece in EptPieces.Of(function))
        {
            if (piece.Function.IsZero)
                continue;
            if (Candidates(piece.Function) is not { } candidates)
                return null;
            ExactNumber[] cuts = [.. candidates.Where(x => IsInside(x, piece)).Distinct().Order()];
            for (int i = 0; i <= cuts.Length; i++)
            {
                ExactNumber? low = i == 0 ? piece.Low : cuts[i - 1], high = i == cuts.Length ? piece.High : cuts[i];
                int sign = SignBetween(piece.Function, low, high);
                if (sign == 0)
                    return null;
                EptFunction here = EptFunction.Interval(low, high);
                (positive, negative) = sign > 0 ? (positive + here, negative) : (positive, negative + here);
            }
        }
        return (positive, negative);
    }

    /// <summary>A number strictly between two others, rational if that is easy to see.</summary>
    public static ExactNumber Between(ExactNumber? low, ExactNumber? high)
    {
        if (low is null && high is null)
            return ExactNumber.Zero;
        if (low is null || high is null)
        {
            double end = (low ?? high!).ToDouble();
            if (!double.IsFinite(end))
                return low is null ? high! - 1 : low + 1;
            double away = Math.Max(1, Math.Abs(end) * 1e-9);
            return BigRational.FromDouble(low is null ? Math.Floor(end) - away : Math.Ceiling(end) + away);
        }
        if (low.IsRational && high.IsRational)
            return (low + high) / 2;
        ExactNumber middle = double.IsFinite(low.ToDouble() + high.ToDouble())
            ? BigRational.FromDouble((low.ToDouble() / 2) + (high.ToDouble() / 2))
            : (low + high) / 2;
        return low.CompareTo(middle) < 0 && middle.CompareTo(high) < 0 ? middle : (low + high) / 2;
    }

    private static bool IsInside(ExactNumber x, EptPiece piece) =>
        (piece.Low is null || x.CompareTo(piece.Low) > 0) && (piece.High is null || x.CompareTo(piece.High) < 0);

    // All points at which the sign of a sum of unrestricted kernels may change.
    private static IEnumerable<ExactNumber>? Candidates(EptFunction function)
    {
        if (function.Terms.Count == 1)
        {
            (EptKernel kernel, Polynomial<ExactNumber> polynomial) = function.Terms.First();
            return CandidatesOfProduct(kernel, polynomial);
        }
        if (CommonFactor(function) is { } common)
        {
            IEnumerable<ExactNumber>? rest = Candidates(EptBounds.WithoutFactor(function, common)), roots = RealRoots.Exact(common)?.AsEnumerable();
            return rest is null || roots is null ? null : rest.Concat(roots);
        }
        if (EptBounds.HasConstantSign(function))
            return [];
        return function.Terms.Count == 2 ? CandidatesOfPair(function) : null;
    }

    private static IEnumerable<ExactNumber>? CandidatesOfProduct(EptKernel kernel, Polynomial<ExactNumber> polynomial)
    {
        if (kernel.Frequency is not null || RealRoots.Exact(polynomial) is not { } roots)
            return null;
        IEnumerable<ExactNumber> singular = kernel.LogPower > 0 ? [-1, 0, 1] : kernel.IsSingular ? [0] : [];
        return roots.Concat(kernel.Errors.Zeros).Concat(singular);
    }

    // A polynomial that divides all terms, found when all terms are multiples of the one of least degree.
    private static Polynomial<ExactNumber>? CommonFactor(EptFunction function)
    {
        Polynomial<ExactNumber> least = function.Terms.Values.MinBy(polynomial => polynomial.Degree)!;
        return least.Degree > 0 && function.Terms.Values.All(p => Polynomial<ExactNumber>.DivRem(p, least).Remainder.IsZero) ? least : null;
    }

    // c₁ exp(u₁) + c₂ exp(u₂) = 0 at u₁ − u₂ = ln(−c₂/c₁).
    private static IEnumerable<ExactNumber>? CandidatesOfPair(EptFunction function)
    {
        (EptKernel Kernel, Polynomial<ExactNumber> Polynomial)[] terms = [.. function.Terms.Select(term => (term.Key, term.Value))];
        if (!terms.All(term => term.Kernel.IsExponential && term.Polynomial.IsConstant))
            return null;
        (ExactNumber c1, ExactNumber c2) = (terms[0].Polynomial.Leading, terms[1].Polynomial.Leading);
        ExactNumber ratio = -c2 / c1;
        if (ratio.Sign <= 0)
            return [];
        var difference = new Polynomial<ExactNumber>(
            -ExactNumber.Ln(ratio),
            terms[0].Kernel.Linear - terms[1].Kernel.Linear,
            terms[0].Kernel.Quadratic - terms[1].Kernel.Quadratic);
        return RealRoots.Exact(difference)?.AsEnumerable();
    }

    // A bounded term may touch 0 at the first point tried, as 1 − cos z does at 0.
    private static int SignBetween(EptFunction function, ExactNumber? low, ExactNumber? high)
    {
        const int attempts = 4;
        for (int i = 0; i < attempts; i++)
        {
            ExactNumber point = Between(low, high);
            ExactNumber value = function.Terms.Aggregate(
                ExactNumber.Zero, (sum, term) => sum + (term.Value.Evaluate(point) * term.Key.ValueAt(point)));
            if (!value.IsZero)
                return value.Sign;
            low = point;
        }
        return 0;
    }
}
