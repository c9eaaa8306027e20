using System.Numerics;

namespace Theory.Numerics.Sampling;

/// <summary>
/// Sobol points with a random linear scramble and a random digital shift in each coordinate: every point is uniform on the unit cube, so that averages are unbiased, while 2^m points keep the
/// equidistribution of the sequence; each coordinate has exactly one of them in every interval [i 2^−m, (i+1) 2^−m).
/// Coordinates are drawn one by one, and do not depend on how many others there are.
/// </summary>
/// <remarks>
/// <para>Beyond <see cref="DigitalCoordinates"/> coordinates are stratified at random (Latin hypercube): one point in every interval, independent of the others.</para>
/// <para>Sources: I. M. Sobol, USSR Comput. Math. Math. Phys. 7, 86 (1967); J. Matoušek, "On the L2-discrepancy for anchored boxes", J. Complexity 14, 527 (1998), for the linear scramble;
/// A. B. Owen, "Monte Carlo variance of scrambled net quadrature", SIAM J. Numer. Anal. 34, 1884 (1997).</para>
/// </remarks>
public sealed class ScrambledSobol
{
    private const int Digits = 52;
    private readonly RandomStream stream;

    /// <summary>Opens a scramble.</summary>
    /// <param name="seed">The seed; any value.</param>
    /// <param name="path">Which of the seed's scrambles.</param>
    public ScrambledSobol(ulong seed, params ReadOnlySpan<ulong> path) => stream = new(seed, path);

    /// <summary>Number of coordinates that come from the sequence.</summary>
    public static int DigitalCoordinates => SobolDirections.Count;

    /// <summary>The greatest number of points.</summary>
    public static int MaximumCount => 1 << SobolDirections.Columns;

    /// <summary>Fills one coordinate of the first points, in Gray code order: any 2^m of them from the first on are those of the sequence.</summary>
    /// <param name="coordinate">The coordinate, from 0 on.</param>
    /// <param name="points">Receives numbers in (0, 1); at most <see cref="MaximumCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The coordinate is negative, or there are too many points.</exception>
    public void FillUniform(int coordinate, Span<double> points)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(coordinate);
        if (points.Length > MaximumCount) throw new ArgumentOutOfRangeException(nameof(points), points.Length, $"points must be at most {MaximumCount}; got {points.Length}.");
        var random = stream.Substream((ulong)coordinate);
        if (coordinate >= DigitalCoordinates) FillStratified(points, random);
        else FillDigital(Scramble(SobolDirections.Of(coordinate), random), random.NextUInt64() >> (64 - Digits), points);
    }

    /// <summary>Fills one coordinate of the first points, carried to standard normal numbers by the inverse distribution function.</summary>
    /// <param name="coordinate">The coordinate, from 0 on.</param>
    /// <param name="points">Receives the numbers; at most <see cref="MaximumCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The coordinate is negative, or there are too many points.</exception>
    public void FillGaussian(int coordinate, Span<double> points)
    {
        FillUniform(coordinate, points);
        foreach (ref var x in points) x = NormalQuantile.Of(x);
    }

    private static void FillDigital(ulong[] columns, ulong shift, Span<double> points)
    {
        const double unit = 1.0 / (1UL << Digits);
        var x = shift;
        for (var i = 0; i < points.Length; i++)
        {
            if (i > 0) x ^= columns[BitOperations.TrailingZeroCount(i)];
            points[i] = (x + 0.5) * unit;
        }
    }

    /// <summary>Columns times a random lower triangular matrix with unit diagonal: digit r of the result takes digits up to r of the sequence.</summary>
    private static ulong[] Scramble(uint[] columns, RandomStream random)
    {
        var scrambled = new ulong[columns.Length];
        for (var r = 0; r < Digits; r++)
        {
            // The first digit is the highest of the bits.
            var bits = (uint)random.NextUInt64() & ((1u << SobolDirections.Columns) - 1);
            if (r < SobolDirections.Columns)
            {
                var own = 1u << (SobolDirections.Columns - 1 - r);
                bits = (bits & ~((own << 1) - 1) & ((1u << SobolDirections.Columns) - 1)) | own;
            }
            for (var c = 0; c < columns.Length; c++)
                if ((BitOperations.PopCount(columns[c] & bits) & 1) == 1) scrambled[c] |= 1UL << (Digits - 1 - r);
        }
        return scrambled;
    }

    private static void FillStratified(Span<double> points, RandomStream random)
    {
        for (var i = 0; i < points.Length; i++) points[i] = (i + random.NextUniform()) / points.Length;
        for (var i = points.Length - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (points[i], points[j]) = (points[j], points[i]);
        }
    }
}
