using System.Numerics;
using Theory.Hermite.Tensors;
using Theory.Symbolics.Exact;

namespace Theory.Exponents;

/// <summary>Rational bases of subspaces known in floating point.</summary>
internal static class RationalRows
{
    private const int LargestDenominator = 5000;

    /// <summary>
    /// Whole vectors that span nearly the same space. <paramref name="isSimple"/> tells whether all entries of the echelon form are
    /// within their error of simple fractions; otherwise the vectors carry the entries to ten digits, so that the same direction found
    /// twice is the same vector.
    /// </summary>
    /// <param name="rows">Orthonormal vectors, in coordinates along unit vectors.</param>
    /// <param name="lengths">The lengths of the vectors along which the coordinates are wanted instead.</param>
    /// <param name="error">How wrong their entries may be.</param>
    /// <param name="isSimple">Whether the fractions are simple.</param>
    internal static IReadOnlyList<BigInteger[]> Approximate(double[][] rows, ReadOnlySpan<double> lengths, double error, out bool isSimple)
    {
        var tolerance = Math.Clamp(error, 1e-11, 1e-4);
        // So few fractions that an irrational number meets one by chance in one case of a hundred.
        var largest = (long)Math.Min(LargestDenominator, Math.Sqrt(0.016 / tolerance));
        var echelon = Echelon(rows, Math.Max(1e-7, 10 * tolerance));
        foreach (var row in echelon)
        {
            var leading = lengths[Array.FindIndex(row, entry => entry != 0)];
            for (var a = 0; a < row.Length; a++)
                row[a] *= leading / lengths[a];
        }
        var simple = echelon.Select(row => row.Select(entry => Simplest(entry, tolerance, largest)).ToArray()).ToArray();
        isSimple = simple.All(row => row.All(entry => entry is not null));
        var exact = isSimple
            ? simple.Select(row => row.Select(entry => entry!.Value).ToArray())
            : echelon.Select(row => row.Select(entry => BigRational.FromDouble(Math.ScaleB(Math.Round(Math.ScaleB(entry, 33)), -33))).ToArray());
        return [.. exact.Select(Clear)];
    }

    private static double[][] Echelon(double[][] rows, double smallest)
    {
        var work = rows.Select(row => (double[])row.Clone()).ToList();
        List<double[]> done = [];
        for (var column = 0; work.Count > 0 && column < work[0].Length; column++)
        {
            var pivot = work.MaxBy(row => Math.Abs(row[column]))!;
            if (Math.Abs(pivot[column]) < smallest)
            {
                work.ForEach(row => row[column] = 0);
                continue;
            }
            work.Remove(pivot);
            var leading = pivot[column];
            pivot = Array.ConvertAll(pivot, entry => entry / leading);
            foreach (var row in work.Concat(done))
            {
                var factor = row[column];
                for (var j = 0; j < row.Length; j++)
                    row[j] -= factor * pivot[j];
            }
            done.Add(pivot);
        }
        return [.. done];
    }

    /// <summary>The fraction of least denominator within the tolerance, by continued fractions.</summary>
    private static BigRational? Simplest(double value, double tolerance, long largest)
    {
        var (p0, q0, p1, q1, x) = (0L, 1L, 1L, 0L, value);
        for (var i = 0; i < 20 && Math.Abs(x) < 1e15; i++)
        {
            var whole = (long)Math.Floor(x);
            (p0, q0, p1, q1) = (p1, q1, (whole * p1) + p0, (whole * q1) + q0);
            if (q1 > largest)
                return null;
            if (Math.Abs(value - ((double)p1 / q1)) <= tolerance)
                return new(p1, q1);
            x = 1 / (x - whole);
        }
        return null;
    }

    private static BigInteger[] Clear(BigRational[] row)
    {
        var common = row.Aggregate(BigInteger.One, (c, q) => c * q.Denominator / BigInteger.GreatestCommonDivisor(c, q.Denominator));
        return IntegerRows.Primitive(Array.ConvertAll(row, q => q.Numerator * (common / q.Denominator)));
    }
}
