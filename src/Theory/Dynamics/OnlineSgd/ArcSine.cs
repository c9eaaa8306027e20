using System.Numerics;
using System.Runtime.InteropServices;

namespace Theory.Dynamics;

/// <summary>
/// Arcsines of many numbers in [−1, 1], several at a time: for |x| ≤ ½ the series Σ c_k x^{2k+1}, beyond asin x = π/2 − 2 asin √((1 − x)/2).
/// The error is a few units in the last place.
/// </summary>
internal static class ArcSine
{
    // c_k = (2k)!/(4^k (k!)² (2k + 1)): 24 terms leave 0.25^24 at x = ½.
    private static readonly double[] Coefficients = Series(25);

    public static void Apply(Span<double> x)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(x);
        for (var i = 0; i < vectors.Length; i++) vectors[i] = Of(vectors[i]);
        for (var i = vectors.Length * Vector<double>.Count; i < x.Length; i++) x[i] = Math.Asin(x[i]);
    }

    private static Vector<double> Of(Vector<double> x)
    {
        var size = Vector.Abs(x);
        var isLarge = Vector.GreaterThan(size, new Vector<double>(0.5));
        var square = Vector.ConditionalSelect(isLarge, (Vector<double>.One - size) * 0.5, size * size);
        var start = Vector.ConditionalSelect(isLarge, Vector.SquareRoot(square), size);
        var sum = new Vector<double>(Coefficients[^1]);
        for (var k = Coefficients.Length - 2; k >= 0; k--) sum = Vector.MultiplyAddEstimate(sum, square, new Vector<double>(Coefficients[k]));
        var small = start * sum;
        var result = Vector.ConditionalSelect(isLarge, new Vector<double>(Math.PI / 2) - 2 * small, small);
        return Vector.ConditionalSelect(Vector.LessThan(x, Vector<double>.Zero), -result, result);
    }

    private static double[] Series(int count)
    {
        var result = new double[count];
        var binomial = 1.0;
        for (var k = 0; k < count; k++)
        {
            result[k] = binomial / (2 * k + 1);
            binomial *= (2 * k + 1) / (2.0 * k + 2);
        }

        return result;
    }
}
