namespace Theory.Symbolics.Exact;

/// <summary>Simple reasons for which a sum of unrestricted kernels does not change its sign.</summary>
internal static class EptBounds
{
    /// <summary>Whether all terms have one sign, or a constant outweighs terms that are bounded by their coefficients.</summary>
    public static bool HasConstantSign(EptFunction function)
    {
        if (function.Terms.All(term => ConstantSign(term.Key, term.Value) > 0) || function.Terms.All(term => ConstantSign(term.Key, term.Value) < 0))
            return true;
        if (!function.Terms.TryGetValue(EptKernel.One, out Polynomial<ExactNumber>? constant) || !constant.IsConstant)
            return false;
        ExactNumber rest = ExactNumber.Zero;
        foreach ((EptKernel kernel, Polynomial<ExactNumber> polynomial) in function.Terms)
        {
            bool bounded = kernel.Linear.IsZero && kernel.Quadratic.IsZero && !kernel.IsSingular && polynomial.IsConstant;
            if (!bounded)
                return false;
            if (kernel != EptKernel.One)
                rest += Size(polynomial.Leading);
        }
        return Size(constant.Leading).CompareTo(rest) >= 0;
    }

    /// <summary>The function divided by a polynomial that divides all its terms.</summary>
    public static EptFunction WithoutFactor(EptFunction function, Polynomial<ExactNumber> factor) =>
        new(function.Terms.Select(term => KeyValuePair.Create(term.Key, Polynomial<ExactNumber>.DivRem(term.Value, factor).Quotient)));

    private static int ConstantSign(EptKernel kernel, Polynomial<ExactNumber> polynomial) =>
        polynomial.IsConstant && kernel.Frequency is null && kernel.Errors.Count == 0 && kernel.LogPower == 0 ? polynomial.Leading.Sign : 0;

    private static ExactNumber Size(ExactNumber value) => value.Sign < 0 ? -value : value;
}
