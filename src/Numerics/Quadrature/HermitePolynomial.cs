using System.Numerics.Tensors;

namespace Theory.Numerics.Quadrature;

/// <summary>
/// Probabilists' Hermite polynomials: He_0 = 1, He_1 = z, He_{k+1} = z He_k − k He_{k−1}, with E[He_j(Z) He_k(Z)] = k! δ_jk,
/// and the orthonormal ĥ_k = He_k/√k!, with E[ĥ_j(Z) ĥ_k(Z)] = δ_jk.
/// </summary>
/// <remarks>|ĥ_k(z)| is at most about e^{z²/4}: orders to 1000 and beyond do not overflow for |z| ≤ 50. Raw He_k overflows near k = 300.</remarks>
public static class HermitePolynomial
{
    /// <summary>Start of scaled recurrences that have to survive both tails and squaring.</summary>
    internal static readonly double TinyStart = Math.ScaleB(1, -500);

    /// <summary>One orthonormal polynomial.</summary>
    /// <param name="k">Order, at least 0.</param>
    /// <param name="z">The point.</param>
    /// <returns>ĥ_k(z) = He_k(z)/√k!.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is negative.</exception>
    public static double Normalised(int k, double z)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        var (previous, last) = (0.0, 1.0);
        for (var j = 0; j < k; j++) (previous, last) = (last, (z * last - Math.Sqrt(j) * previous) / Math.Sqrt(j + 1));
        return last;
    }

    /// <summary>All orthonormal polynomials up to an order at one point.</summary>
    /// <param name="z">The point.</param>
    /// <param name="values">Receives ĥ_0(z), ĥ_1(z), …; its length is the number of orders.</param>
    public static void Normalised(double z, Span<double> values)
    {
        if (values.IsEmpty) return;
        values[0] = 1;
        if (values.Length > 1) values[1] = z;
        for (var k = 1; k + 1 < values.Length; k++)
            values[k + 1] = (z * values[k] - Math.Sqrt(k) * values[k - 1]) / Math.Sqrt(k + 1);
    }

    /// <summary>All orthonormal polynomials up to an order at many points, vectorised over the points.</summary>
    /// <param name="z">The points.</param>
    /// <param name="orders">Number of orders K + 1, at least 1.</param>
    /// <param name="table">Receives orders × points values row by row: element k·z.Length + i is ĥ_k(zᵢ).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="orders"/> is less than 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="table"/> has not orders × points elements.</exception>
    public static void Normalised(ReadOnlySpan<double> z, int orders, Span<double> table)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(orders, 1);
        if (table.Length != (long)orders * z.Length)
            throw new ArgumentException($"table must have orders × points = {(long)orders * z.Length} elements; got {table.Length}.", nameof(table));
        var n = z.Length;
        table[..n].Fill(1);
        if (orders > 1) z.CopyTo(table.Slice(n, n));
        for (var k = 1; k + 1 < orders; k++)
        {
            var next = table.Slice((k + 1) * n, n);
            TensorPrimitives.Multiply(table.Slice((k - 1) * n, n), -Math.Sqrt(k), next);
            TensorPrimitives.MultiplyAdd(z, table.Slice(k * n, n), next, next);
            TensorPrimitives.Divide(next, Math.Sqrt(k + 1), next);
        }
    }

    /// <summary>One polynomial in the raw normalisation.</summary>
    /// <param name="k">Order, at least 0.</param>
    /// <param name="z">The point.</param>
    /// <returns>He_k(z), infinite where it exceeds the range of double.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is negative.</exception>
    public static double Raw(int k, double z)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        var (previous, last) = (0.0, 1.0);
        for (var j = 0; j < k && double.IsFinite(last); j++) (previous, last) = (last, z * last - j * previous);
        return last;
    }
}
