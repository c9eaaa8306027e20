namespace Theory.Hermite;

/// <summary>What is known of a coefficient being zero. Exponents may rest on the first two, and on <see cref="NumericNonzero"/> with its error bar; double precision alone never proves a zero.</summary>
public enum CoefficientStatus
{
    /// <summary>Zero, proved: by parity, by being linear plus even, by the degree of a polynomial, or by exact arithmetic.</summary>
    ExactZero,

    /// <summary>Not zero, proved by an exact value.</summary>
    ExactNonzero,

    /// <summary>A number that exceeds its error bar a thousandfold.</summary>
    NumericNonzero,

    /// <summary>A number that cannot be told from zero with certainty. This is evidence, no proof.</summary>
    NumericallyZero,
}

/// <summary>The coefficient of order k of a function f in probabilists' Hermite polynomials, in all three normalisations.</summary>
/// <param name="Order">k.</param>
/// <param name="Value">ĉ_k = E[f(z) He_k(z)]/√(k!), on the orthonormal scale: E f² = Σ ĉ_k².</param>
/// <param name="Error">Bound of the error of <paramref name="Value"/>; 0 for an exact zero, rounding for other exact values.</param>
/// <param name="Status">What is known of its being zero.</param>
/// <param name="Exact">The exact <paramref name="Value"/> in closed form, or <see langword="null"/> when there is none.</param>
/// <param name="ExactRaw">The exact <see cref="Raw"/> in closed form ("0", "3", "-1/2"), or <see langword="null"/> when there is none.</param>
public sealed record HermiteCoefficient(int Order, double Value, double Error, CoefficientStatus Status, string? Exact, string? ExactRaw)
{
    /// <summary>c_k = E[f(z) He_k(z)], for smooth f the mean of the k-th derivative; infinite where it exceeds the range of double.</summary>
    public double Raw => Value == 0 ? 0 : Value * RootFactorial(Order);

    /// <summary>c_k/k!, the coefficient of He_k in f = Σ (c_k/k!) He_k.</summary>
    public double Expansion => Value / RootFactorial(Order);

    /// <summary>Whether the coefficient is proved to be 0.</summary>
    public bool IsZero => Status == CoefficientStatus.ExactZero;

    /// <summary>√(k!).</summary>
    internal static double RootFactorial(int order)
    {
        var product = 1.0;
        for (var k = 2; k <= order; k++) product *= k;
        if (double.IsFinite(product)) return Math.Sqrt(product);
        product = 1;
        for (var k = 2; k <= order; k++) product *= Math.Sqrt(k);
        return product;
    }
}
