using Theory.Symbolics.Exact;

namespace Theory.Hermite;

/// <summary>Coefficients held exactly, rounded to the orthonormal scale, with what their closed form proves of them.</summary>
internal static class ExactCoefficient
{
    /// <summary>A coefficient that structure proves to be 0.</summary>
    public static HermiteCoefficient Zero(int order) => new(order, 0, 0, CoefficientStatus.ExactZero, ExactNumber.Zero);

    /// <summary>The coefficient with E[f He_k] = <paramref name="raw"/>; <see langword="null"/> if that leaves the range of enclosures or of double.</summary>
    public static HermiteCoefficient? From(int order, ExactNumber raw)
    {
        if (raw.IsZero) return Zero(order);
        try
        {
            var value = Round(order, raw);
            if (!double.IsFinite(value)) return null;
            // A sum that 4096 bits do not separate from 0 is smaller than any rounding.
            return raw.TrySign(out _)
                ? new(order, value, 5e-16 * Math.Abs(value) + double.Epsilon, CoefficientStatus.ExactNonzero, raw)
                : new(order, value, Math.Max(Math.Abs(value), double.Epsilon), CoefficientStatus.NumericallyZero, raw);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>c_k/√(k!): three roundings, or one where c_k is beyond the range of double.</summary>
    private static double Round(int order, ExactNumber raw)
    {
        var value = raw.ToDouble();
        return double.IsFinite(value) && double.IsNormal(value) ? value / HermiteCoefficient.RootFactorial(order) : HermiteCoefficient.Orthonormal(raw, order).ToDouble();
    }
}
