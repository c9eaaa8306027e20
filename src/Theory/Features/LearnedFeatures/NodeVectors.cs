using System.Numerics;
using System.Runtime.InteropServices;

namespace Theory.Features;

/// <summary>Sums and products over the nodes of a projection, whose number is a multiple of the vector length.</summary>
internal static class NodeVectors
{
    /// <summary>The smallest multiple of the vector length that is not below a count.</summary>
    public static int Whole(int count) => (count + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    public static ReadOnlySpan<Vector<double>> Of(ReadOnlySpan<double> values) => MemoryMarshal.Cast<double, Vector<double>>(values);

    public static Span<Vector<double>> Of(Span<double> values) => MemoryMarshal.Cast<double, Vector<double>>(values);

    /// <summary>Σ a b.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var left = Of(a);
        var right = Of(b);
        var sum = Vector<double>.Zero;
        for (var n = 0; n < left.Length && n < right.Length; n++) sum += left[n] * right[n];
        return Vector.Sum(sum);
    }

    /// <summary>Σ a b_0 … Σ a b_3 for four rows that follow each other.</summary>
    public static (double First, double Second, double Third, double Fourth) Dots(ReadOnlySpan<double> a, ReadOnlySpan<double> rows)
    {
        var length = a.Length;
        var left = Of(a);
        var b0 = Of(rows[..length]);
        var b1 = Of(rows.Slice(length, length));
        var b2 = Of(rows.Slice(2 * length, length));
        var b3 = Of(rows.Slice(3 * length, length));
        var (s0, s1, s2, s3) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        for (var n = 0; n < left.Length && n < b0.Length && n < b1.Length && n < b2.Length && n < b3.Length; n++)
        {
            var value = left[n];
            s0 += value * b0[n];
            s1 += value * b1[n];
            s2 += value * b2[n];
            s3 += value * b3[n];
        }
        return (Vector.Sum(s0), Vector.Sum(s1), Vector.Sum(s2), Vector.Sum(s3));
    }

    /// <summary>c = a b.</summary>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c)
    {
        var left = Of(a);
        var right = Of(b);
        var result = Of(c);
        for (var n = 0; n < result.Length && n < left.Length && n < right.Length; n++) result[n] = left[n] * right[n];
    }

    /// <summary>a += factor b.</summary>
    public static void AddMultiple(double factor, ReadOnlySpan<double> b, Span<double> a)
    {
        var right = Of(b);
        var result = Of(a);
        var multiple = new Vector<double>(factor);
        for (var n = 0; n < result.Length && n < right.Length; n++) result[n] += multiple * right[n];
    }

    /// <summary>a *= factor.</summary>
    public static void Scale(double factor, Span<double> a)
    {
        var result = Of(a);
        var multiple = new Vector<double>(factor);
        for (var n = 0; n < result.Length; n++) result[n] *= multiple;
    }
}
