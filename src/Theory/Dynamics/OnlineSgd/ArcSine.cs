using System.Numerics;
using System.Runtime.CompilerServices;

namespace Theory.Dynamics;

/// <summary>
/// Arcsines of several numbers in [−1, 1] at a time: x P(x²) for |x| ≤ ½, beyond asin x = π/2 − 2 asin √((1 − x)/2).
/// The error is a few units in the last place.
/// </summary>
internal static class ArcSine
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Of(Vector<double> x)
    {
        var size = Vector.Abs(x);
        var isLarge = Vector.GreaterThan(size, new Vector<double>(0.5));
        var square = Vector.ConditionalSelect(isLarge, (Vector<double>.One - size) * 0.5, size * size);
        var start = Vector.ConditionalSelect(isLarge, Vector.SquareRoot(square), size);
        var small = Vector.MultiplyAddEstimate(start * square, Rest(square), start);
        var result = Vector.ConditionalSelect(isLarge, Vector.MultiplyAddEstimate(small, new Vector<double>(-2), new Vector<double>(Math.PI / 2)), small);
        return Vector.ConditionalSelect(Vector.LessThan(x, Vector<double>.Zero), -result, result);
    }

    /// <summary>(asin √u − √u)/u^{3/2} on [0, ¼]: its Chebyshev series to degree 11, in powers of u, even and odd ones apart to shorten the chain of products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Rest(Vector<double> u)
    {
        var square = u * u;
        var even = new Vector<double>(-0.016384436448802192);
        even = Vector.MultiplyAddEstimate(even, square, new Vector<double>(0.006480855348779324));
        even = Vector.MultiplyAddEstimate(even, square, new Vector<double>(0.013883027829435166));
        even = Vector.MultiplyAddEstimate(even, square, new Vector<double>(0.02237173660319574));
        even = Vector.MultiplyAddEstimate(even, square, new Vector<double>(0.044642856791215726));
        even = Vector.MultiplyAddEstimate(even, square, new Vector<double>(0.1666666666666484));
        var odd = new Vector<double>(0.032011340323281685);
        odd = Vector.MultiplyAddEstimate(odd, square, new Vector<double>(0.01964239671205795));
        odd = Vector.MultiplyAddEstimate(odd, square, new Vector<double>(0.0121816790888421));
        odd = Vector.MultiplyAddEstimate(odd, square, new Vector<double>(0.017359969965541983));
        odd = Vector.MultiplyAddEstimate(odd, square, new Vector<double>(0.03038196027149515));
        odd = Vector.MultiplyAddEstimate(odd, square, new Vector<double>(0.07500000000404858));
        return Vector.MultiplyAddEstimate(odd, u, even);
    }
}
