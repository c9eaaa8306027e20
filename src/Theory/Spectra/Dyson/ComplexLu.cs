using System.Numerics;

namespace Theory.Spectra;

/// <summary>LU factors of small dense complex matrices with partial pivoting, in memory that is allocated once.</summary>
internal sealed class ComplexLu(int order)
{
    private readonly Complex[] factors = new Complex[order * order];
    private readonly int[] pivots = new int[order];
    private readonly Complex[] column = new Complex[order];

    /// <summary>The matrix to be factored, row by row; overwritten by <see cref="Factor"/>.</summary>
    public Span<Complex> Matrix => factors;

    /// <summary>The determinant of the matrix that was factored.</summary>
    public Complex Determinant { get; private set; }

    /// <summary>Factors <see cref="Matrix"/>; false if a pivot vanishes or is not finite.</summary>
    public bool Factor()
    {
        Determinant = Complex.One;
        for (var k = 0; k < order; k++)
        {
            var pivot = Largest(k);
            pivots[k] = pivot;
            if (pivot != k)
            {
                Row(k).CopyTo(column);
                Row(pivot).CopyTo(Row(k));
                column.AsSpan().CopyTo(Row(pivot));
                Determinant = -Determinant;
            }
            var diagonal = factors[k * order + k];
            Determinant *= diagonal;
            if (diagonal == Complex.Zero || !Complex.IsFinite(diagonal)) return false;
            for (var i = k + 1; i < order; i++)
            {
                var factor = factors[i * order + k] /= diagonal;
                if (factor == Complex.Zero) continue;
                for (var j = k + 1; j < order; j++) factors[i * order + j] -= factor * factors[k * order + j];
            }
        }
        return true;
    }

    /// <summary>Solves in place.</summary>
    public void Solve(Span<Complex> x)
    {
        for (var k = 0; k < order; k++) (x[k], x[pivots[k]]) = (x[pivots[k]], x[k]);
        for (var i = 1; i < order; i++)
            for (var j = 0; j < i; j++) x[i] -= factors[i * order + j] * x[j];
        for (var i = order - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < order; j++) x[i] -= factors[i * order + j] * x[j];
            x[i] /= factors[i * order + i];
        }
    }

    /// <summary>1/‖A⁻¹‖∞, the distance to the nearest singular matrix in the row-sum norm.</summary>
    public double DistanceToSingular()
    {
        Span<double> sums = stackalloc double[Math.Min(order, 256)];
        if (order > 256) sums = new double[order];
        sums.Clear();
        for (var j = 0; j < order; j++)
        {
            column.AsSpan().Clear();
            column[j] = Complex.One;
            Solve(column);
            for (var i = 0; i < order; i++) sums[i] += Complex.Abs(column[i]);
        }
        var largest = 0.0;
        foreach (var sum in sums) largest = Math.Max(largest, sum);
        return 1 / largest;
    }

    private Span<Complex> Row(int i) => factors.AsSpan(i * order, order);

    private int Largest(int k)
    {
        var (best, size) = (k, -1.0);
        for (var i = k; i < order; i++)
        {
            var value = factors[i * order + k];
            var magnitude = Math.Abs(value.Real) + Math.Abs(value.Imaginary);
            if (magnitude > size) (best, size) = (i, magnitude);
        }
        return best;
    }
}
