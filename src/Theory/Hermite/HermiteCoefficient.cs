using System.Numerics;
using Theory.Symbolics.Exact;

namespace Theory.Hermite;

/// <summary>What is known of a coefficient being zero. Exponents may rest on the first two, and on <see cref="NumericNonzero"/> with its error bar; double precision alone never proves a zero.</summary>
public enum CoefficientStatus
{
    /// <summary>Zero, proved: by parity, by being linear plus even, or because the terms of its closed form cancel.</summary>
    ExactZero,

    /// <summary>Not zero, proved: an interval around its closed form excludes 0.</summary>
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
/// <param name="ClosedForm">The raw c_k = E[f(z) He_k(z)] held exactly, or <see langword="null"/> when it has no closed form.</param>
public sealed record HermiteCoefficient(int Order, double Value, double Error, CoefficientStatus Status, ExactNumber? ClosedForm)
{
    /// <summary>Closed forms of more terms than this are not written out: nobody reads them.</summary>
    public const int LongestText = 32;

    private const int TabulatedOrder = 200;

    private static readonly double[] Roots = [.. Enumerable.Range(0, TabulatedOrder + 1).Select(RootOfFactorial)];

    /// <summary>c_k = E[f(z) He_k(z)], for smooth f the mean of the k-th derivative; infinite where it exceeds the range of double.</summary>
    public double Raw => ClosedForm is { IsRational: true } rational ? rational.ToDouble() : Value == 0 ? 0 : Value * RootFactorial(Order);

    /// <summary>c_k/k!, the coefficient of He_k in f = Σ (c_k/k!) He_k.</summary>
    public double Expansion => Value / RootFactorial(Order);

    /// <summary>Whether the coefficient is proved to be 0.</summary>
    public bool IsZero => Status == CoefficientStatus.ExactZero;

    /// <summary>The exact <see cref="Value"/> in the grammar of expressions ("1/(2*sqrt(pi))"), or <see langword="null"/> without a closed form or with one of more than <see cref="LongestText"/> terms.</summary>
    public string? Exact => Printable is { } raw ? Orthonormal(raw, Order).ToString() : null;

    /// <summary>The exact <see cref="Raw"/> in the grammar of expressions ("0", "3", "sqrt(2)/(2*sqrt(pi))"), or <see langword="null"/> as for <see cref="Exact"/>.</summary>
    public string? ExactRaw => Printable?.ToString();

    /// <summary><see cref="Exact"/> in LaTeX, for mathematics mode.</summary>
    public string? Latex => Printable is { } raw ? Orthonormal(raw, Order).ToLatex() : null;

    /// <summary><see cref="ExactRaw"/> in LaTeX, for mathematics mode.</summary>
    public string? LatexRaw => Printable?.ToLatex();

    private ExactNumber? Printable => ClosedForm is { TermCount: <= LongestText } ? ClosedForm : null;

    /// <summary>c/√(k!), exactly.</summary>
    internal static ExactNumber Orthonormal(ExactNumber raw, int order) => raw / ExactNumber.Sqrt((BigRational)Factorial(order));

    /// <summary>√(k!), rounded once or twice.</summary>
    internal static double RootFactorial(int order) => order <= TabulatedOrder ? Roots[order] : RootOfFactorial(order);

    /// <summary>k!.</summary>
    internal static BigInteger Factorial(int order)
    {
        var product = BigInteger.One;
        for (var k = 2; k <= order; k++) product *= k;
        return product;
    }

    private static double RootOfFactorial(int order)
    {
        var product = Factorial(order);
        // 128 leading bits, an even number of bits dropped: k! itself leaves the range of double at k = 171.
        var dropped = Math.Max(0, (int)product.GetBitLength() - 128) & ~1;
        return Math.ScaleB(Math.Sqrt((double)(product >> dropped)), dropped / 2);
    }
}
