using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Numerics.LinearAlgebra;

namespace Theory.Dynamics;

/// <summary>
/// Overlaps belong to weights if Q − M P⁺ Mᵀ, the overlaps of the parts of the students outside of the teacher's span, is positive semi-definite. Rounding and the errors of
/// steps leave this cone by a little where students merge or reach the teacher; this brings them back and remembers how far out they were.
/// </summary>
internal sealed class OverlapCone
{
    /// <summary>Least eigenvalue, relative to the largest norm, that is put down to rounding and left alone.</summary>
    private const double Rounding = 1e-10;

    private readonly int p, k, rank;
    private readonly bool spherical;
    private readonly DenseMatrix inverse;            // P⁺
    private readonly double[] rest, factor, pulled;  // p × p, p × p, p × k

    public OverlapCone(ReadOnlySpan<double> omega, int width, int teachers, bool spherical)
    {
        (p, k, this.spherical) = (width, teachers, spherical);
        var (n, copy) = (p + k, omega.ToArray());
        (inverse, rank) = PseudoInverse(DenseMatrix.Create(k, k, (r, t) => copy[(p + r) * n + p + t]));
        (rest, factor, pulled) = (new double[p * p], new double[p * p], new double[p * k]);
    }

    /// <summary>The least eigenvalue so far, relative to the largest squared norm; 0 if none was below the rounding.</summary>
    public double Worst { get; private set; }

    /// <summary>Cuts negative eigenvalues of Q − M P⁺ Mᵀ off; M stays, and on the sphere the norms. The state is the upper triangle of Q, row by row, then M.</summary>
    public bool Project(double time, Span<double> state)
    {
        var size = Rest(state);
        if (IsPositive(Rounding * size)) return false;
        var (values, vectors) = DenseAlgebra.SymmetricEigen(DenseMatrix.Create(p, p, (i, j) => rest[i * p + j]));
        if (values[0] >= -Rounding * size) return false;
        Worst = Math.Min(Worst, values[0] / size);
        var index = 0;
        for (var j = 0; j < p; j++)
        {
            for (var b = j; b < p; b++, index++)
            {
                for (var e = 0; e < p && values[e] < 0; e++) state[index] -= values[e] * vectors[j, e] * vectors[b, e];
            }
        }

        if (spherical) RestoreNorms(state);
        return true;
    }

    /// <summary>The mean squared cosine of the teacher's span with that of the students, tr(Q⁺ M P⁺ Mᵀ)/rank P.</summary>
    public double Overlap(ReadOnlySpan<double> state)
    {
        Rest(state);
        var (q, index) = (new DenseMatrix(p, p), 0);
        for (var j = 0; j < p; j++)
            for (var b = j; b < p; b++) q[j, b] = q[b, j] = state[index++];
        var (students, _) = PseudoInverse(q);
        var sum = 0.0;
        for (var j = 0; j < p; j++)
            for (var b = 0; b < p; b++) sum += students[j, b] * (q[j, b] - rest[j * p + b]);
        return Math.Clamp(sum / rank, 0, 1);
    }

    /// <summary>Q − M P⁺ Mᵀ; returns the largest Q_jj.</summary>
    private double Rest(ReadOnlySpan<double> state)
    {
        var m = state[(p * (p + 1) / 2)..];
        var (size, index) = (0.0, 0);
        for (var j = 0; j < p; j++)
        {
            for (var r = 0; r < k; r++)
            {
                pulled[j * k + r] = 0;
                for (var t = 0; t < k; t++) pulled[j * k + r] += m[j * k + t] * inverse[t, r];
            }
        }

        for (var j = 0; j < p; j++)
        {
            size = Math.Max(size, state[index]);
            for (var b = j; b < p; b++)
            {
                var value = state[index++];
                for (var r = 0; r < k; r++) value -= pulled[j * k + r] * m[b * k + r];
                rest[j * p + b] = rest[b * p + j] = value;
            }
        }

        return size;
    }

    /// <summary>Whether the rest with a number added to its diagonal has a Cholesky factor.</summary>
    private bool IsPositive(double shift)
    {
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = rest[i * p + j] + (i == j ? shift : 0);
                for (var e = 0; e < j; e++) sum -= factor[i * p + e] * factor[j * p + e];
                if (i == j && !(sum > 0)) return false;
                factor[i * p + j] = i == j ? Math.Sqrt(sum) : sum / factor[j * p + j];
            }
        }

        return true;
    }

    /// <summary>Cutting eigenvalues off lengthens the students: on the sphere they are shortened again, to the norms they had.</summary>
    private void RestoreNorms(Span<double> state)
    {
        Span<double> scale = stackalloc double[p];
        for (int j = 0, index = 0; j < p; index += p - j, j++)
        {
            var before = rest[j * p + j];
            for (var r = 0; r < k; r++) before += pulled[j * k + r] * state[p * (p + 1) / 2 + j * k + r];
            scale[j] = Math.Sqrt(before / state[index]);
        }

        var at = 0;
        for (var j = 0; j < p; j++)
            for (var b = j; b < p; b++) state[at++] *= scale[j] * scale[b];
        for (var j = 0; j < p; j++)
            for (var r = 0; r < k; r++) state[at++] *= scale[j];
    }

    private static (DenseMatrix Inverse, int Rank) PseudoInverse(DenseMatrix matrix)
    {
        const double Cut = 1e-10;
        var n = matrix.RowCount;
        var (values, vectors) = DenseAlgebra.SymmetricEigen(matrix);
        var (result, rank) = (new DenseMatrix(n, n), 0);
        for (var e = 0; e < n; e++)
        {
            if (!(values[e] > Cut * values[n - 1])) continue;
            rank++;
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++) result[i, j] += vectors[i, e] * vectors[j, e] / values[e];
        }

        return (result, rank);
    }
}
